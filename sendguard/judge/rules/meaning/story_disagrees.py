"""SG308, story-disagrees."""

from collections.abc import Iterator

from sendguard.judge.quote import called, shown
from sendguard.judge.rule import LinkCase, Said, link_rule, suspected
from sendguard.values import Severity


@link_rule(
    "SG308",
    severity=Severity.WARN,
    advice="Look which of the two addresses is meant, and put it behind both.",
)
def story_disagrees(case: LinkCase) -> Iterator[Said]:
    """The headline, the picture and the button of one story do not lead to one page.

    Why it matters:
        Whoever makes this month's issue from last month's changes the words, tests the
        text links, and forgets that the picture is a link, too.

    Caught:
        Of a story's headline, picture and “Read more” one leads to another page of the
        same site than the others. Where only two disagree, the picture is named.

    Let through:
        Pages whose titles tell which of them is the right one: that is for SG301 to say;
        addresses that differ in what counts visitors; a picture that opens a picture, a
        front page or another site.

    Blind spot:
        A link in the words of the story. A story whose three links lead to three pages.
    """
    if case.disagrees_with and case.link.url:
        other = case.disagrees_with
        says = f"{called(case.link)} opens another page than {other} of the same story"
        yield suspected(f"{says}: {shown(case.link.url)}")
