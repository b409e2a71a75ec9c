"""SG201, page-missing."""

from collections.abc import Iterator

from sendguard.judge.answer import proven, reached
from sendguard.judge.asked import twice
from sendguard.judge.quote import fails
from sendguard.judge.rule import LinkCase, Said, link_rule
from sendguard.values import Severity
from sendguard.visit import Answered, Hop

_WORDS = {404: "not found", 410: "gone for good"}


@link_rule(
    "SG201",
    severity=Severity.BLOCK,
    advice="Find the page on its site and copy its address again, or drop the link.",
)
def page_missing(case: LinkCase) -> Iterator[Said]:
    """The site is there and says that it has no such page.

    Why it matters:
        A typing mistake, a page that was moved, or an article that is not out yet. The
        reader sees an error page.

    Caught:
        The address, or the one that it leads to, answers 404 or 410, and does so again when
        it is asked as a browser asks. A missing picture only warns, because the mail can be
        read without it.

    Let through:
        Walls, which answer anything to a program (SG207).

    Blind spot:
        Sites that answer 200 and write “not found” on the page.
    """
    match case.visit.outcome:
        case Answered(walled=None, landed=Hop(status=404 | 410 as status)):
            often = twice(case.visit)
            verb = "answered" if often else "answers"
            answers = f"{reached(case.visit)} {verb} {status} ({_WORDS[status]}){often}"
            yield proven(case, f"{fails(case.link, 'opens no page')}: {answers}")
