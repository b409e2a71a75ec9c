"""SG303, previous-issues-link."""

from collections.abc import Iterator

from sendguard.intent import From, Intent
from sendguard.judge.answer import opened
from sendguard.judge.earlier.past import By, Outrun, Past, Reused, Stuck
from sendguard.judge.match import match_page
from sendguard.judge.quote import ago, called, issue, quoted, shown
from sendguard.judge.rule import LinkCase, Said, link_rule, suspected
from sendguard.links import Link
from sendguard.values import Severity
from sendguard.visit import Answered

SEEN_TO_MOVE = 3
SURELY = 0.8
FITS = 0.6
CLEARLY_ANOTHER = 0.2


@link_rule(
    "SG303",
    severity=Severity.BLOCK,
    advice="Put this issue's address in. If it is right, approve this finding.",
)
def previous_issues_link(case: LinkCase) -> Iterator[Said]:
    """A link that still opens what it opened in an earlier issue.

    Why it matters:
        A new issue is begun as a copy of the last one, and what is forgotten in it works:
        the page is there, only it is last month's. The pictures are forgotten most.

    Caught:
        With the issues before: a link that opened another address of the same site in each
        of three or more ("Discuss this issue") and now opens one of theirs; a label whose
        number moved on while its address, which held that number each time, did not; an
        address that was under another headline, where the page has that headline still. As
        a suspicion: the same seen in two issues, or without the page; a story that was
        repeated word for word where each earlier issue had another.

    Let through:
        What recurs: a label whose address stayed for two issues, an address that several
        issues have, front pages, sections, projects; a dated event that is told again; links
        that change from site to site, as a sponsor's do; a headline that was reworded, or
        that the page or its address answers to; words inside running text.

    Blind spot:
        Without earlier issues nothing. A link whose words and address were both left as
        they were, unless both had changed each time before.
    """
    match case:
        case LinkCase(past=Past(outrun=Outrun() as outrun)):
            yield from _of_outrun(case.link, outrun)
        case LinkCase(past=Past(stuck=Stuck() as stuck)):
            yield from _of_stuck(case.link, stuck)
        case LinkCase(past=Past(reused=Reused() as reused)):
            yield from _of_reused(case, reused)


def _of_outrun(link: Link, found: Outrun) -> Iterator[Said]:
    says = (
        f"{called(link)} still opens {_address(link)}, "
        f"which was {quoted(found.was, limit=60)} {ago(found.back)}"
    )
    yield says if found.numbered else suspected(says)


def _of_stuck(link: Link, found: Stuck) -> Iterator[Said]:
    says = (
        f"{called(link)}: each of {found.seen} earlier issues had a page of its own here; "
        f"this one has that of {issue(found.back)}: {_address(link)}"
    )
    known_again = found.by is not By.ADDRESS and not found.repeats
    yield says if known_again and found.seen >= SEEN_TO_MOVE else suspected(says)


def _of_reused(case: LinkCase, found: Reused) -> Iterator[Said]:
    if case.match and case.match.sureness >= FITS:
        return
    says = (
        f"{called(case.link)} should open {quoted(found.title)} but opens {_address(case.link)}, "
        f"which was {quoted(found.was)} {ago(found.back)}"
    )
    yield says if _is_page_of(case, found.was) else suspected(says)


def _is_page_of(case: LinkCase, headline: str) -> bool:
    """Does the page surely answer to the earlier headline, and surely not to this one?"""
    outcome = case.visit.outcome
    if not isinstance(outcome, Answered) or not opened(outcome) or case.match is None:
        return False
    then = Intent(title=headline, url=None, source=From.HEADLINE, sureness=1.0)
    found = match_page(then, outcome)
    return case.match.sureness <= CLEARLY_ANOTHER and bool(found and found.sureness >= SURELY)


def _address(link: Link) -> str:
    return shown(link.url) if link.url else "the same address"
