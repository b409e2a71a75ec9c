"""A campaign as it passes: what names it, how it stands, and what a copy of it is told by."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from typing import TypeAlias

Repairs: TypeAlias = tuple[tuple[str, str], ...]
"""Wrong addresses, or places of them, with the right ones."""


class Standing(StrEnum):
    """How a campaign stands at the gate."""

    CHECKING = "checking"
    PASSED = "passed"
    BLOCKED = "blocked"
    UNVERIFIED = "unverified"  # it could not be determined: as little a pass as a block
    APPROVED = "approved"  # a person lets it out
    DISCARDED = "discarded"  # a person wants none of it to go out


GOES_OUT = frozenset({Standing.PASSED, Standing.APPROVED})
IS_STOPPED = frozenset({Standing.BLOCKED, Standing.UNVERIFIED, Standing.DISCARDED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """What one message says of the campaign that it is a copy of; without its reader's own parts.

    Attributes:
        key: Hex digest of all that is the same in every copy and can be told from one alone:
            sender, list, campaign headers, subject, structure, links.
        texts: The runs of text in reading order, the subject first. Copies of one campaign have
            equally many, and differ at most in what is a reader's own.
        meaning: Which of `texts` (their places) tell what a link is meant to open; those of one
            campaign agree in them, but for what is filled in for each reader (see `copies.filled`).
        subject: As a person reads it, this reader's own words included.
        sender: Of the header `From`, as it is written.
        list_id: Of `List-Id` (RFC 2919), without its brackets; None for none.
        own: This reader's own words, in lower case: parts of the name and the address, tokens.
        tokens: What in its links may be an id of this reader, or of a page: only two copies side by
            side tell. Those of one campaign have equally many, in the same places.
        is_bulk: It is recognised as bulk mail by its headers.
        links: Its links, with what is short enough for a reader's code; without all else that may
            be his. Those of one campaign are built alike, and differ in readers' codes alone.
        is_for_many: The same message goes to several readers: nothing in it is one reader's own.
    """

    key: str
    texts: tuple[str, ...]
    meaning: tuple[int, ...]
    subject: str
    sender: str
    list_id: str | None
    own: frozenset[str]
    is_bulk: bool
    tokens: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    is_for_many: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """What was decided of a campaign, by a check or by a person.

    Attributes:
        standing: How it stands from then on.
        at: In UTC.
        says: Why, in one sentence of plain text; None where nothing is to be said.
        record: Number of the check in the store, for `sendguard show`; None for none.
        by: The person who decided; None for a check.
        shared: Tokens and codes in its links that the check opened, as two readers' copies have the
            same: from then on a copy with others is of another campaign. A person's ruling leaves
            them.
        personal: Codes in the links of its first copy that are its reader's own, as other copies
            have others there: the check opens nothing of them. No ruling takes one of them back.
    """

    standing: Standing
    at: datetime
    says: str | None = None
    record: int | None = None
    by: str | None = None
    shared: frozenset[str] = frozenset()
    personal: frozenset[str] = frozenset()

    @property
    def is_unread(self) -> bool:
        """No check could read it, so that no link of it can be repaired or checked once more."""
        is_by_check = self.by is None and self.standing is Standing.UNVERIFIED
        return is_by_check and self.record is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Stream:
    """One campaign on its way through the gateway.

    Attributes:
        fingerprint: Its name: 12 hex digits.
        first: The copy that it was first seen by, which others are held against.
        since: When that came, in UTC.
        ruling: What was decided last.
        repairs: What a person put right, addresses or places of them (see `readdress`), with the
            right addresses: they are changed in every copy that goes out from then on.
        earlier: What was put right in copies that went out before that, oldest first.
        repaired_by: Who put right what was put right last; None for nobody.
    """

    fingerprint: str
    first: Copy
    since: datetime
    ruling: Ruling
    repairs: Repairs = ()
    earlier: tuple[Repairs, ...] = ()
    repaired_by: str | None = None

    @property
    def standing(self) -> Standing:
        """How it stands."""
        return self.ruling.standing

    @property
    def repaired(self) -> str | None:
        """Stands for its repairs: what goes out now has these, and no others; None for none."""
        return mark_of(self.repairs)


def mark_of(repairs: Sequence[tuple[str, str]]) -> str | None:
    """Stands for exactly these repairs; None for none."""
    if not repairs:
        return None
    return sha256(json.dumps(repairs).encode()).hexdigest()[:_DIGITS]


_DIGITS = 12
