"""SG106, merge-tag-left."""

from collections import Counter
from collections.abc import Iterator

from sendguard.judge.answer import opened
from sendguard.judge.quote import called, quoted
from sendguard.judge.rule import About, LinkCase, NewsletterCase, Said, newsletter_rule, suspected
from sendguard.links import Link, Role
from sendguard.links.merge_tags import (
    broken_tag_in,
    is_system_tag,
    tags_in,
    tags_only_tell_reader,
)
from sendguard.links.platforms import platforms_named_in
from sendguard.values import Severity

_PLATFORM_FILLS = frozenset(
    {Role.UNSUBSCRIBE, Role.PREFERENCES, Role.WEB_VERSION, Role.SOCIAL, Role.RESOURCE}
)
# Single brackets may belong to the address itself: https://api.example.org/{id}.
_NEVER_OWN = ("{{", "{%", "*|", "<%", "%%", "[[")
_ENOUGH = 2  # other tags that agree, to say which platform sends


@newsletter_rule(
    "SG106",
    severity=Severity.BLOCK,
    advice="Mend the tag, or put the address itself in and send a test to yourself.",
)
def merge_tag_left(case: NewsletterCase) -> Iterator[About | Said]:
    """A tag for the sending platform that will not, or may not, be filled in.

    Why it matters:
        A tag with a bracket missing goes out as it is, and the link of every reader is
        broken. A whole tag may be one that this platform does not know.

    Caught:
        {{url}, *|URL*, ${link without its end, and tags whose brackets were turned into
        %7B%7B; any tag in the subject or an address of a message that was sent already. As a
        suspicion: a whole tag in the address of an article, because its page cannot be
        looked at; a tag of another platform than all the others; a broken tag in a label.

    Let through:
        The platform's own links: unsubscribe, preferences, web version, forward,
        profiles. Behind the ?, tags that name the reader. Whole tags in labels, which greet
        the reader.

    Blind spot:
        Whether the platform that sends knows the name in the tag, and what it puts in.
        Which platform sends, where its tags are spelt as those of others.
    """
    sent = case.campaign.was_sent
    subject = tags_in(case.campaign.subject or "") if sent else ()
    if subject:
        yield f"The subject still has the merge tag {quoted(subject[0])} in it"
    for link in case.links:
        yield from (About(link.link, said) for said in _of_link(link, sent=sent))
    yield from _of_another_platform(case)


def _of_link(case: LinkCase, *, sent: bool) -> Iterator[Said]:
    link = case.link
    broken, whole = broken_tag_in(link.href), tags_in(link.href)
    if broken and not opened(case.visit.outcome):
        yield f"{called(link)} has a broken merge tag in its address: {quoted(broken)}"
    elif broken:
        yield suspected(
            f"{called(link)} seems to have a merge tag in its address: {quoted(broken)}"
        )
    elif whole and sent and link.role is not Role.RESOURCE:
        says = f"{called(link)} still has the merge tag {quoted(whole[0])} in its address"
        yield says if whole[0].startswith(_NEVER_OWN) else suspected(says)
    elif whole and not _is_expected(link):
        says = f"{called(link)} has the merge tag {quoted(whole[0])} in its address"
        yield suspected(f"{says}, so nobody can look at its page before it is sent")
    in_label = broken_tag_in(link.label) if tags_in(link.label) or "{{" in link.label else None
    if in_label:
        yield suspected(f"The label {quoted(link.label)} has a broken merge tag in it")


def _is_expected(link: Link) -> bool:
    """Do platforms have such a tag there?"""
    known = is_system_tag(link.href) or tags_only_tell_reader(link.href)
    return link.role in _PLATFORM_FILLS or known


def _of_another_platform(case: NewsletterCase) -> Iterator[About]:
    """The one tag that no platform fills in which fills in all the others."""
    known: dict[str, frozenset[str]] = {}
    first: dict[str, Link] = {}
    for one in case.links:
        for tag, names in platforms_named_in(one.link.href):
            known[tag] = names
            first.setdefault(tag, one.link)
    others = len(known) - 1
    votes = Counter(name for names in known.values() for name in names)
    for tag, names in known.items():
        shared = frozenset(name for name, count in votes.items() if count == others) - names
        if others >= _ENOUGH and shared and not any(votes[name] > 1 for name in names):
            link = first[tag]
            says = f"{called(link)} has the merge tag {quoted(tag)} of {_either(names)}"
            yield About(link, suspected(f"{says}; the others here are of {_either(shared)}"))


def _either(names: frozenset[str]) -> str:
    """At most two names of platforms, in order."""
    first, *rest = sorted(names)
    if not rest:
        return first
    return f"{first} or {rest[0]}" if len(rest) == 1 else f"{first} and others like it"
