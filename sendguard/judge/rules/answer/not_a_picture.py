"""SG219, not-a-picture."""

from collections.abc import Iterator

from sendguard.judge.quote import called, quoted, shown
from sendguard.judge.rule import LinkCase, Said, link_rule
from sendguard.links import Role
from sendguard.values import Severity
from sendguard.visit import Answered, Page


@link_rule(
    "SG219",
    severity=Severity.WARN,
    advice="Copy the address of the picture itself, not of the page that shows it.",
)
def not_a_picture(case: LinkCase) -> Iterator[Said]:
    """A web page answers where a picture should be.

    Why it matters:
        The reader sees an empty frame. It happens when the address of a page that shows the
        picture is copied, or when the picture was deleted and its site answers with an
        error page.

    Caught:
        An image whose address answers with success and an HTML page that has a title.

    Let through:
        Pictures of any kind; empty answers, as counters give them; walls; errors (SG201).

    Blind spot:
        Pages without a title, backgrounds, and a picture that is another than was meant.
    """
    match case.visit.outcome:
        case Answered(walled=None, landed=landed, page=Page(best_title=str() as title) as page):
            is_image = case.link.role is Role.RESOURCE and case.link.element == "img"
            if is_image and "html" in page.media_type and 200 <= landed.status < 300:
                seen = f"{shown(landed.url)} answers with a web page, {quoted(title)}"
                yield f"{called(case.link)} cannot be shown: {seen}"
