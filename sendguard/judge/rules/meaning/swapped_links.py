"""SG302, swapped-links."""

from collections.abc import Iterator

from sendguard.judge.answer import opened
from sendguard.judge.quote import called, quoted
from sendguard.judge.rule import LinkCase, Said, link_rule
from sendguard.values import Severity
from sendguard.visit import Answered


@link_rule(
    "SG302",
    severity=Severity.BLOCK,
    advice="Put each address where it belongs; every one of them is in the newsletter.",
)
def swapped_links(case: LinkCase) -> Iterator[Said]:
    """The link opens what another link should open, and that other opens what this should.

    Why it matters:
        Each address is right somewhere, so every check of single links is content. It
        comes of moving stories about at the last minute.

    Caught:
        Two links whose pages answer to each other's headlines, or three and more in a
        circle: each page clearly better to another's words than to its own link's.

    Let through:
        A page that answers to its own link, too; links to one address.

    Blind spot:
        Two stories whose headlines say nearly the same; links in running text.
    """
    answer = case.visit.outcome
    if case.fits and case.opened_by and isinstance(answer, Answered) and opened(answer):
        title = answer.page.best_title if answer.page else None
        seen = f"{quoted(title)}, " if title else ""
        says = f"{called(case.link)} opens {seen}which {case.fits} should open"
        yield f"{says}, while {case.opened_by} opens what this one should"
