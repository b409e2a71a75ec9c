"""A wrong address put right in a message that waits to go out, whoever's copy it is.

A repair names an address, or one place of it in the first copy of a campaign: `0:3 https://…` is
the fourth address that a reader can follow in the first part that readers see.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import unescape
from urllib.parse import quote

from sendguard.correct.edits import Edit, edited, in_order
from sendguard.correct.places_in_tag import edit_of_value, edits_of_words
from sendguard.correct.spelling import in_text
from sendguard.correct.start_tag import Attribute, StartTag, read_start_tag
from sendguard.gateway.repair.bodies import Body, bodies_of
from sendguard.links.plain_text import find_text_hits
from sendguard.read import Medium
from sendguard.read.message.rows import Rows
from sendguard.values import Url
from sendguard.visit.unwrap import without_reader

_TAG = re.compile(r"<(?:a|area|form|v:\w{1,20})(?=[\s/])", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Readdressed:
    """A message with the right addresses.

    Attributes:
        data: It.
        places: How many were changed; at least one for each repair.
    """

    data: bytes
    places: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """Where a reader can follow an address; one in plain text has no tag."""

    start: int
    end: int
    address: str
    tag: StartTag | None = None
    attribute: Attribute | None = None


@dataclass(frozen=True, slots=True)
class Repairing:
    """Repairs, ready to be made in every copy of a campaign; see `of`."""

    repairs: Mapping[str, str]
    first: tuple[tuple[str, ...], ...]
    media: tuple[Medium, ...] = ()

    @classmethod
    def of(cls, repairs: Sequence[tuple[str, str]], first: bytes | None = None) -> "Repairing":
        """Repairs of the links of one copy.

        Args:
            repairs: Wrong addresses, or places of them, in that copy, with the right addresses.
            first: That copy. In another one, what stands in the place of a wrong address is that
                reader's own form of it. Without it an address is known by itself alone.
        """
        bodies = tuple(bodies_of(Rows.of(first))) if first else ()
        told = tuple(tuple(place.address for place in places_in(body)) for body in bodies)
        return cls(dict(repairs), told, tuple(body.medium for body in bodies))

    def made_in(self, data: bytes) -> Readdressed | None:
        """The message put right; None where not every repair could be made in it."""
        rows = Rows.of(data)
        done: list[bytes] = []
        made: list[str] = []
        at = 0
        for number, body in enumerate(bodies_of(rows)):
            found = list(self._found(body, number))
            edits = in_order(
                edit for place, wrong in found for edit in self._edits(body, place, wrong)
            )
            made += [wrong for _, wrong in found]
            if edits:
                done += [*rows.texts[at : body.first], *body.changed(edits)]
                at = body.first + len(body.rows)
        if not self._is_whole(made):
            return None
        return Readdressed(data=b"".join([*done, *rows.texts[at:]]), places=len(made))

    def made_in_text(self, text: str, medium: Medium) -> str | None:
        """The first part of that kind put right, whatever stands for a reader's own in it.

        Returns:
            None where it has not as many places as the first copy.
        """
        number = self.media.index(medium) if medium in self.media else -1
        first = self.first[number] if number >= 0 else ()
        wanted = [(at, self._repair_of(was, (number, at))) for at, was in enumerate(first)]
        if not any(wrong for _, wrong in wanted):
            return text
        body = Body(first=0, rows=(), encoding="", medium=medium, codec="utf-8", text=text)
        places = places_in(body)
        if len(places) != len(first):
            return None
        found = ((places[at], wrong) for at, wrong in wanted if wrong)
        edits = (edit for place, wrong in found for edit in self._edits(body, place, wrong))
        return edited(text, in_order(edits))

    def _found(self, body: Body, number: int) -> Iterator[tuple[Followed, str]]:
        """Each place that is to be put right, with the wrong address that it stands for."""
        places = places_in(body)
        first = self.first[number] if number < len(self.first) else ()
        are_twins = len(first) == len(places)
        for at, place in enumerate(places):
            if are_twins:
                wrong = self._wrong_in_place_of(first[at], (number, at), place.address)
            else:
                wrong = self._wrong_by_itself(place.address)
            if wrong is not None:
                yield place, wrong

    def _wrong_in_place_of(self, twin: str, at: tuple[int, int], address: str) -> str | None:
        """The repair of what the first copy has there, where this can be a form of that."""
        wrong = self._repair_of(twin, at)
        return wrong if wrong and _host(twin) == _host(address) else None

    def _repair_of(self, twin: str, at: tuple[int, int]) -> str | None:
        """By what that place of the first copy is to be repaired; None for none."""
        keys = (in_place(*at, twin), twin)
        return next((key for key in keys if key in self.repairs), None)

    def _wrong_by_itself(self, address: str) -> str | None:
        if address in self.repairs:
            return address
        bare = _bare(address)
        return next((wrong for wrong in self.repairs if _bare(wrong) == bare), None)

    def _edits(self, body: Body, place: Followed, wrong: str) -> Iterator[Edit]:
        right = self.repairs[wrong]
        if place.tag is None or place.attribute is None:
            yield Edit(place.start, place.end, in_text(_in_ascii(right)))
            return
        for edit in (
            edit_of_value(body.text, place.attribute, right),
            *edits_of_words(body.text, place.tag, place.address, right),
        ):
            yield Edit(
                edit.start, edit.end, edit.text.encode("ascii", "xmlcharrefreplace").decode()
            )

    def _is_whole(self, made: Sequence[str]) -> bool:
        """Was every repair made, at as many places as in the first copy?"""
        wanted = [address for part in self.first for address in part]
        return bool(self.repairs) and all(
            made.count(wrong) >= max(1, wanted.count(wrong)) for wrong in self.repairs
        )


def in_place(part: int, number: int, address: str) -> str:
    """How a repair names one place of an address."""
    return f"{part}:{number} {address}"


def readdress(
    data: bytes, repairs: Sequence[tuple[str, str]], first: bytes | None = None
) -> Readdressed | None:
    """A message in which every wrong address that a reader can follow is the right one.

    Every other byte of it stays; a signature (DKIM) over its body does not hold any more.

    Args:
        data: The message.
        repairs: As for `Repairing.of`, which is for several messages.
        first: As above.

    Returns:
        None where not every repair could be made: it is not to go out as it is.
    """
    return Repairing.of(repairs, first).made_in(data)


def places_in(body: Body) -> list[Followed]:
    """Every address of a part that a reader can follow, in order."""
    if body.medium is Medium.HTML:
        return list(_in_html(body.text))
    return [
        Followed(start=hit.offset, end=hit.offset + len(hit.href), address=hit.href)
        for hit in find_text_hits(body.text)
    ]


def _in_html(text: str) -> Iterator[Followed]:
    at = 0
    while opens := _TAG.search(text, at):
        # A tag that never ends is read once, not once for each that seems to begin in it.
        tag = read_start_tag(text, opens.start())
        at = max(opens.end(), tag.end if tag else 0)
        name = "action" if opens[0].lower() == "<form" else "href"
        found = tag.attribute(name) if tag else None
        if tag and found and found.quote is not None:
            address = unescape(text[found.start : found.end]).strip()
            yield Followed(start=opens.start(), end=at, address=address, tag=tag, attribute=found)


def _bare(address: str) -> str:
    """The address without what only says who its reader is."""
    url = Url.parse(address)
    return without_reader(url).text if url else address


def _host(address: str) -> str | None:
    url = Url.parse(address)
    return url.host if url else None


def _in_ascii(address: str) -> str:
    """The address in plain text of whatever charset."""
    return quote(address, safe="".join(map(chr, range(33, 127))))
