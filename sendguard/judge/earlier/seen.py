"""One issue, laid out so that the links of another can be looked up in it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sendguard.judge.earlier.address import bare, is_article, numberless
from sendguard.judge.earlier.past import By
from sendguard.links import Issue, Link, Role, plain

_OPEN_NO_PAGE = frozenset(
    {Role.RESOURCE, Role.UNSUBSCRIBE, Role.PREFERENCES, Role.MAIL, Role.PHONE, Role.ANCHOR}
)
_OPEN_ARTICLES = frozenset({Role.ARTICLE, Role.BUTTON, Role.IMAGE})

Key = tuple[By, str, str]
"""What a link is known again by, and the words for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A link that opens a page, as it is compared.

    Attributes:
        link: The link.
        address: Bare.
        label: Plain.
        keys: What it may be known again by, best first.
    """

    link: Link
    address: str
    label: str
    keys: tuple[Key, ...]

    @property
    def opens_an_article(self) -> bool:
        """By its role and its address."""
        url = self.link.url
        return url is not None and self.link.role in _OPEN_ARTICLES and is_article(url)


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """One issue's links by what they can be known again by.

    Attributes:
        called: Its subject and first heading, plain.
        shown: Those that open a page, in reading order.
        slots: The first link of each key.
        crowded: Keys of links to several addresses.
        addresses: Links by bare address.
        named: By label without its numbers: as written, by plain label and address.
    """

    called: frozenset[str]
    shown: Sequence[Shown]
    slots: Mapping[Key, Shown]
    crowded: frozenset[Key]
    addresses: Mapping[str, Sequence[Shown]]
    named: Mapping[str, Mapping[tuple[str, str], str]]

    @classmethod
    def of(cls, issue: Issue) -> "Seen":
        """Lay an issue out."""
        shown = tuple(one for link in issue.links if (one := _shown(link)))
        slots: dict[Key, Shown] = {}
        crowded = {
            key
            for one in shown
            for key in one.keys
            if slots.setdefault(key, one).address != one.address
        }
        return cls(
            called=frozenset(plain(name) for name in (issue.subject, issue.heading) if name),
            shown=shown,
            slots=slots,
            crowded=frozenset(crowded),
            addresses=_addresses(shown),
            named=_named(shown),
        )


def _shown(link: Link) -> Shown | None:
    if link.url is None or link.role in _OPEN_NO_PAGE or link.acts:
        return None
    address, label = bare(link.url), plain(link.label)
    timeless = numberless(label)
    keys: list[Key] = [(By.LABEL, timeless, "")] if timeless else []
    if link.story:
        keys.append((By.STORY, timeless, numberless(plain(link.story.headline))))
    keys.append((By.ADDRESS, numberless(address.lower()), ""))
    return Shown(link=link, address=address, label=label, keys=tuple(keys))


def _addresses(shown: Sequence[Shown]) -> Mapping[str, Sequence[Shown]]:
    found: defaultdict[str, list[Shown]] = defaultdict(list)
    for one in shown:
        found[one.address].append(one)
    return dict(found)


def _named(shown: Sequence[Shown]) -> Mapping[str, Mapping[tuple[str, str], str]]:
    found: defaultdict[str, dict[tuple[str, str], str]] = defaultdict(dict)
    for one in shown:
        timeless = one.keys[0][1]
        if one.label != timeless:
            found[timeless][one.label, one.address] = one.link.label
    return dict(found)
