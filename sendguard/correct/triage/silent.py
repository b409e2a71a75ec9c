"""Repairs at the destination: an address of our own that can lead readers on to the right page."""

import re
from dataclasses import dataclass

from sendguard.correct.triage.facts import Facts, Mistake
from sendguard.correct.triage.same_page import without_counting
from sendguard.judge.front_page import same_site
from sendguard.values import Url
from sendguard.visit import Answered, Visit

_GONE = frozenset({404, 410})
# What servers would read as more than a letter of the address.
_PLAIN_PATH = re.compile(r"/[A-Za-z0-9/_~.@:=&+-]*")
_PLAIN_TARGET = re.compile(r"https?://[A-Za-z0-9/_~.@:=&+?#,%-]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Redirect:
    """An address of ours that should lead on.

    Attributes:
        wrong: The address that is out.
        right: Where it should lead.
    """

    wrong: Url
    right: Url

    @property
    def lines(self) -> tuple[str, ...]:
        """What to paste, with the name of the server it is for; empty for an odd address."""
        path, target = self.wrong.path, self.right.text
        if not _PLAIN_PATH.fullmatch(path) or not _PLAIN_TARGET.fullmatch(target):
            return ()
        nginx = f"nginx: location = {path} {{ return 302 {target}; }}"
        if "&" in target:  # Apache would put the whole address there
            return (nginx,)
        pattern = re.sub(r"([.+])", r"\\\1", path)
        return (f'Apache: RedirectMatch 302 "^{pattern}$" "{target}"', nginx)


def redirect_for(mistake: Mistake, facts: Facts) -> Redirect | None:
    """The redirect that repairs a link that is out; None where a page would be lost by it."""
    wrong = mistake.wrong
    if wrong is None or not facts.is_own(wrong) or _leads_to_itself(wrong, mistake.right):
        return None
    is_whole_site = wrong.path == "/"
    if is_whole_site or without_counting(wrong.query) or not _is_free(wrong, mistake.seen):
        return None
    return Redirect(wrong=wrong, right=mistake.right)


def _leads_to_itself(wrong: Url, right: Url) -> bool:
    """One server may answer for http and https alike, and would go round in a circle."""
    return (wrong.host, wrong.path) == (right.host, right.path)


def _is_free(wrong: Url, visit: Visit | None) -> bool:
    """No page stands at the address: there is none, or it only passes on to another site."""
    match visit:
        case Visit(outcome=Answered(hops=(only,), walled=None)):
            return only.status in _GONE
        case Visit(outcome=Answered(hops=(first, second, *_))):
            return 300 <= first.status < 400 and not same_site(wrong, second.url)
        case _:
            return False
