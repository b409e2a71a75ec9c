"""SG114, odd-tracking-tag."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from urllib.parse import unquote_plus

from rapidfuzz.distance import OSA

from sendguard.judge.queries import pairs_of
from sendguard.judge.quote import called, quoted
from sendguard.judge.rule import About, NewsletterCase, newsletter_rule
from sendguard.links import Link, Role
from sendguard.links.merge_tags import has_tag
from sendguard.values import Severity, Url

_KNOWN = ("utm_source", "utm_medium", "utm_campaign", "utm_content", "utm_term")
_NEEDED = frozenset(_KNOWN[:3])  # the others are left empty by many platforms
_TAG = re.compile(r"utm[_-]?[a-z]+", re.IGNORECASE)
_FAR = 2  # letters wrong, at which a name is still the known one
_ENOUGH = 3  # other addresses that agree, to call one the odd one

_Pairs = tuple[tuple[str, str], ...]


@newsletter_rule(
    "SG114",
    severity=Severity.WARN,
    advice="Correct the tag, or your figures will miss the clicks on this link.",
)
def odd_tracking_tag(case: NewsletterCase) -> Iterator[About]:
    """A tag for counting clicks (utm_…) that does not count, or counts for another issue.

    Why it matters:
        The page opens all the same, mostly, and the click is missing from the figures. A
        tag with last issue's name is often on a link that was last issue's too.

    Caught:
        A second ? before the tag, an & without a ?, a tag behind the #; one tag twice with
        two values; utm_sorce and utm-source; an empty source, medium or campaign; a space
        at an end; another utm_campaign than all other links with the same utm_source have.

    Let through:
        Tags of others, such as a sponsor's; a campaign name for each link; an empty utm_term;
        utm-source on a site that spells all of its tags so.

    Blind spot:
        A wrong name that all links share.
    """
    tagged = [(link.link, link.link.url) for link in case.links if _may_be_tagged(link.link)]
    for link, url in tagged:
        if url:
            for fault in _faults(url):
                yield About(link, f"{called(link)} {fault}")
    yield from _of_another_campaign([(link, url) for link, url in tagged if url])


def _may_be_tagged(link: Link) -> bool:
    return link.role is not Role.RESOURCE and "utm" in link.href.lower() and not has_tag(link.href)


def _faults(url: Url) -> Iterator[str]:
    """What is wrong with the tags of one address, fit to follow the link's name."""
    pairs = pairs_of(url.query)
    # Some sites spell all of theirs with a hyphen.
    own_way = not any(name.startswith("utm_") for name, _ in pairs)
    yield from _misplaced(url)
    values: defaultdict[str, set[str]] = defaultdict(set)
    for name, value in pairs:
        if not _TAG.fullmatch(name) or (own_way and name.startswith("utm-")):
            continue
        values[name].add(value)
        if (meant := _meant(name)) != name:
            yield f"has the tag {quoted(name)} in its address, where {quoted(meant)} is meant"
        elif name in _NEEDED and not value:
            yield f"has the tag {quoted(name)} in its address without a value"
        elif (text := unquote_plus(value)) != text.strip():
            yield f"has a space at an end of its tag {quoted(name)}: {quoted(value)}"
    for name, found in values.items():
        if len(found) > 1:
            told = " and ".join(quoted(value) for value in sorted(found)[:2])
            yield f"has the tag {quoted(name)} twice in its address, with {told}"


def _misplaced(url: Url) -> Iterator[str]:
    if re.search(r"\?[^&?]{0,200}utm_", f"{url.query}"):
        yield "has a second “?” in its address before a tag, where “&” is meant"
    elif "&utm_" in url.path:
        yield "has a tag in its address without a “?” in front of the first"
    elif re.match(r"[\w-]*[?&]utm_", url.fragment):
        yield "has its tags behind the “#” of its address, where nobody counts them"


def _meant(name: str) -> str:
    """The known tag that the name is a misspelling of; the name itself where it is none."""
    if name in _KNOWN:
        return name
    near = [known for known in _KNOWN if 0 < OSA.distance(name.lower(), known) <= _FAR]
    return near[0] if near else name.lower() if name.lower() in _KNOWN else name


def _of_another_campaign(tagged: Sequence[tuple[Link, Url]]) -> Iterator[About]:
    """The one link whose campaign differs, where all others of its source share one."""
    by_source: defaultdict[str, defaultdict[str, dict[str, Link]]]
    by_source = defaultdict(lambda: defaultdict(dict))
    for link, url in tagged:
        tags = dict(pairs_of(url.query))
        if tags.get("utm_source") and tags.get("utm_campaign"):
            by_source[tags["utm_source"]][tags["utm_campaign"]].setdefault(url.text, link)
    for campaigns in by_source.values():
        if len(campaigns) != 2:
            continue
        odd, usual = sorted(campaigns, key=lambda name: len(campaigns[name]))
        if len(campaigns[odd]) == 1 and len(campaigns[usual]) >= _ENOUGH:
            (link,) = campaigns[odd].values()
            says = f"{called(link)} is tagged for the campaign {quoted(odd)}"
            yield About(link, f"{says}, the other links for {quoted(usual)}")
