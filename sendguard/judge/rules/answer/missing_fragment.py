"""SG216, missing-fragment."""

from collections.abc import Iterator

from sendguard.judge.answer import opened
from sendguard.judge.quote import called, quoted, shown
from sendguard.judge.rule import LinkCase, Said, link_rule
from sendguard.links import Role
from sendguard.values import Severity
from sendguard.visit import Answered, Page
from sendguard.visit.anchors import wanted_anchor


@link_rule(
    "SG216",
    severity=Severity.WARN,
    advice="Copy the address of that part of the page again, or drop what follows the #.",
)
def missing_fragment(case: LinkCase) -> Iterator[Said]:
    """The page is there, but not the part of it that the link jumps to.

    Why it matters:
        The reader lands at the top of a long page and has to look for the part that was
        promised.

    Caught:
        An address ends in #part, the page was read to its end, and nothing in it is called
        so.

    Let through:
        Names that stand anywhere in the page, in a script or in another spelling; the top of
        the page; text to highlight; lines and comments; addresses that scripts read, such as
        #/start; pages that scripts write, and sites that are programs.

    Blind spot:
        Pages of more than two megabytes, and names that a script makes up: those warn
        wrongly if the page has text of its own.
    """
    match case.visit.outcome:
        case Answered(landed=landed, page=Page(anchors=frozenset() as anchors)) as answer:
            wanted = wanted_anchor(landed.url)
            is_followed = case.link.role is not Role.RESOURCE
            if opened(answer) and is_followed and wanted and wanted not in anchors:
                part = quoted(landed.url.fragment, limit=60)
                where = shown(landed.url.page)
                yield f"{called(case.link)} jumps to {part}, which is not on the page {where}"
