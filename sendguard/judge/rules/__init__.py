"""The register: every rule there is, in order of code. A rule that is not here is not applied."""

from sendguard.judge.rule import Rule
from sendguard.judge.rules.answer.bad_certificate import bad_certificate
from sendguard.judge.rules.answer.no_proper_answer import no_proper_answer
from sendguard.judge.rules.answer.no_such_host import no_such_host
from sendguard.judge.rules.answer.odd_status import odd_status
from sendguard.judge.rules.answer.page_missing import page_missing
from sendguard.judge.rules.answer.private_address import private_address
from sendguard.judge.rules.answer.redirect_loop import redirect_loop
from sendguard.judge.rules.answer.refused import refused
from sendguard.judge.rules.answer.server_error import server_error
from sendguard.judge.rules.answer.timed_out import timed_out
from sendguard.judge.rules.answer.walled import walled
from sendguard.judge.rules.campaign.feed_unreadable import feed_unreadable
from sendguard.judge.rules.meaning.front_page_instead import front_page_instead
from sendguard.judge.rules.meaning.wrong_article import wrong_article
from sendguard.judge.rules.writing.clipped_by_gmail import clipped_by_gmail
from sendguard.judge.rules.writing.double_encoded import double_encoded
from sendguard.judge.rules.writing.empty_link import empty_link
from sendguard.judge.rules.writing.label_shows_another_address import label_shows_another_address
from sendguard.judge.rules.writing.link_lost_in_build import link_lost_in_build
from sendguard.judge.rules.writing.malformed_address import malformed_address
from sendguard.judge.rules.writing.merge_tag_left import merge_tag_left
from sendguard.judge.rules.writing.missing_link import missing_link
from sendguard.judge.rules.writing.no_way_to_unsubscribe import no_way_to_unsubscribe
from sendguard.judge.rules.writing.odd_mjml import odd_mjml
from sendguard.judge.rules.writing.odd_tracking_tag import odd_tracking_tag
from sendguard.judge.rules.writing.one_click_unsubscribe import one_click_unsubscribe
from sendguard.judge.rules.writing.placeholder import placeholder
from sendguard.judge.rules.writing.private_host import private_host
from sendguard.judge.rules.writing.relative_link import relative_link
from sendguard.judge.rules.writing.script_link import script_link

ALL: tuple[Rule, ...] = (
    empty_link,  # SG101
    placeholder,
    malformed_address,
    relative_link,
    private_host,
    merge_tag_left,
    label_shows_another_address,
    no_way_to_unsubscribe,
    link_lost_in_build,
    odd_mjml,
    script_link,
    missing_link,
    double_encoded,
    odd_tracking_tag,
    clipped_by_gmail,
    one_click_unsubscribe,
    page_missing,  # SG201
    no_such_host,
    bad_certificate,
    redirect_loop,
    server_error,
    timed_out,
    walled,
    refused,
    no_proper_answer,
    private_address,
    odd_status,
    wrong_article,  # SG301
    front_page_instead,
    feed_unreadable,  # SG401
)
