"""SG106, merge-tag-left."""

from collections.abc import Iterator

from sendguard.judge.answer import opened
from sendguard.judge.quote import called, quoted
from sendguard.judge.rule import LinkCase, Said, link_rule, suspected
from sendguard.links import Role
from sendguard.links.merge_tags import broken_tag_in, is_system_tag, tags_in
from sendguard.values import Severity

_PLATFORM_FILLS = frozenset(
    {Role.UNSUBSCRIBE, Role.PREFERENCES, Role.WEB_VERSION, Role.SOCIAL, Role.RESOURCE}
)


@link_rule(
    "SG106",
    severity=Severity.BLOCK,
    advice="Mend the tag, or put the address itself in and send a test to yourself.",
)
def merge_tag_left(case: LinkCase) -> Iterator[Said]:
    """A tag for the sending platform that will not, or may not, be filled in.

    Why it matters:
        A tag with a bracket missing goes out as it is, and the link of every reader is
        broken. A whole tag may be one that this platform does not know.

    Caught:
        {{url}, *|URL*, ${link without its end, and tags whose brackets were turned into
        %7B%7B. As a suspicion: a whole tag in the address of an article, because its page
        cannot be looked at; a broken tag in a label.

    Let through:
        The platform's own links: unsubscribe, preferences, web version, forward,
        profiles. Whole tags in labels, which greet the reader.

    Blind spot:
        Whether the platform that sends knows the tag, and what it puts in. In a message
        that is already filled in, a whole tag left over is only suspected.
    """
    link = case.link
    broken = broken_tag_in(link.href)
    tags = () if link.role in _PLATFORM_FILLS or is_system_tag(link.href) else tags_in(link.href)
    if broken and not opened(case.visit.outcome):
        yield f"{called(link)} has a broken merge tag in its address: {quoted(broken)}"
    elif broken:
        yield suspected(
            f"{called(link)} seems to have a merge tag in its address: {quoted(broken)}"
        )
    elif tags:
        says = f"{called(link)} has the merge tag {quoted(tags[0])} in its address"
        yield suspected(f"{says}, so nobody can look at its page before it is sent")
    in_label = broken_tag_in(link.label) if tags_in(link.label) or "{{" in link.label else None
    if in_label:
        yield suspected(f"The label {quoted(link.label)} has a broken merge tag in it")
