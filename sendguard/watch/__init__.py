"""8. WATCH: this is where it is settled when a campaign is looked at again, and what is told."""

from sendguard.watch.change import Circumstances, changed, following
from sendguard.watch.clock import jump_s, jump_says
from sendguard.watch.due import Missed, Turn, Why, choose_turn, soonest_first, to_make_again
from sendguard.watch.moment import Kind, Moment, content_of
from sendguard.watch.notice import Notice
from sendguard.watch.plan import Seen, plan
from sendguard.watch.sending import told_instant, told_send
from sendguard.watch.span import told_span
from sendguard.watch.standing import Blind, Standing, Verdict, standing_of, unreadable

__all__ = [
    "Blind",
    "Circumstances",
    "Kind",
    "Missed",
    "Moment",
    "Notice",
    "Seen",
    "Standing",
    "Turn",
    "Verdict",
    "Why",
    "changed",
    "choose_turn",
    "content_of",
    "following",
    "jump_s",
    "jump_says",
    "plan",
    "soonest_first",
    "standing_of",
    "to_make_again",
    "told_instant",
    "told_send",
    "told_span",
    "unreadable",
]
