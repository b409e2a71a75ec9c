"""SG218, made-in-browser."""

from collections.abc import Iterator

from sendguard.judge.answer import opened, reached
from sendguard.judge.quote import called
from sendguard.judge.rule import LinkCase, Said, link_rule
from sendguard.values import Severity
from sendguard.visit import Answered, Kind


@link_rule(
    "SG218",
    severity=Severity.WARN,
    advice="Open it in your browser, and see that it is the page that you mean.",
)
def made_in_browser(case: LinkCase) -> Iterator[Said]:
    """What is served is an empty page; a program in the browser has to make the real one.

    Why it matters:
        Whether it is the right article, or an error, shows only when that program has run.

    Caught:
        A page without a title of its own and with next to no text, but with a script: “React
        App”, “Loading…” or the site's name are no titles. The finding only warns, but the link
        stays unverified (exit code 3).

    Let through:
        Short pages without a script, pages whose title was served with the shell, a front
        page that is called like its site. Social networks, which show their pages to
        browsers alone, are walls (SG207).

    Blind spot:
        Shells with a title of their own that is the same for every page.
    """
    match case.visit.outcome:
        case Answered(kind=Kind.SHELL) as answer if opened(answer):
            seen = f"{reached(case.visit)} is made by a program in the browser"
            yield f"{called(case.link)} could not be looked at: {seen}"
