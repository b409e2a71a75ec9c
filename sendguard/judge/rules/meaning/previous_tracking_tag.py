"""SG304, previous-tracking-tag."""

from collections.abc import Iterator

from sendguard.judge.quote import ago, called, plain, quoted
from sendguard.judge.rule import LinkCase, Said, link_rule
from sendguard.values import Severity


@link_rule(
    "SG304",
    severity=Severity.WARN,
    advice="Give the link this issue's tag, or its clicks count for the other issue.",
)
def previous_tracking_tag(case: LinkCase) -> Iterator[Said]:
    """A tracking tag of an earlier issue in a link of this one.

    Why it matters:
        The tag was copied along with the link, so its clicks are counted for an issue
        that is over. Often it shows that the whole link was copied.

    Caught:
        With the issues before: a tag that most links of an earlier issue carried, on a
        link of an issue whose other links moved on; or on most links, where each of two
        or more earlier issues had a tag of its own.

    Let through:
        Tags that stay the same from issue to issue (utm_source=newsletter); the tags of a
        sponsor or of another site, which few links carry.

    Blind spot:
        A newsletter with fewer than three tagged links. Tags that never moved on.
    """
    for tag in case.past.tags if case.past else ():
        said = f"{plain(tag.name, limit=40)}={plain(tag.value, limit=60)}"
        if tag.others is None:
            yield f"{tag.alike} links carry {said}, as most did {ago(tag.back)}"
        else:
            yield (
                f"{called(case.link)} carries {said}, as most links did {ago(tag.back)}; "
                f"the other links say {quoted(tag.others, limit=60)}"
            )
