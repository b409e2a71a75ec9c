"""Values as they stand in a column: JSON, compressed, and the very same when they come back."""

import json
import zlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError
from pydantic_core import PydanticSerializationError

from sendguard.gate import Checked, CheckedLink, Record
from sendguard.judge.finding import Finding
from sendguard.read import Campaign
from sendguard.values import Decision

Value = TypeVar("Value")

FORM = b"1"
"""To be raised when a stored value changes so that older evidence cannot be read any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A record without its campaign, which many records share; fields as there."""

    at: datetime
    took_s: float
    terms: str
    says: str
    occasion: str
    links: tuple[CheckedLink, ...]
    findings: tuple[Finding, ...]
    decision: Decision
    interrupted: bool
    compared_with: int | None = None

    @classmethod
    def of(cls, record: Record) -> "Evidence":
        """What of a record is kept with it."""
        return cls(
            at=record.at,
            took_s=record.took_s,
            terms=record.terms,
            says=record.says,
            occasion=record.occasion,
            links=record.checked.links,
            findings=record.checked.findings,
            decision=record.checked.decision,
            interrupted=record.checked.interrupted,
            compared_with=record.checked.compared_with,
        )

    def about(self, campaign: Campaign) -> Record:
        """The record that it was, of that campaign."""
        checked = Checked(
            campaign=campaign,
            links=self.links,
            findings=self.findings,
            decision=self.decision,
            interrupted=self.interrupted,
            compared_with=self.compared_with,
        )
        return Record(
            at=self.at,
            took_s=self.took_s,
            checked=checked,
            terms=self.terms,
            says=self.says,
            occasion=self.occasion,
        )


def record_of(campaign: object, evidence: object) -> Record | None:
    """The record whose two parts these are; None where a release that differs wrote them."""
    known, told = unpacked(Campaign, campaign), unpacked(Evidence, evidence)
    return told.about(known) if known and told else None


_ADAPTERS: dict[type[Any], TypeAdapter[Any]] = {}


def _adapter(kind: type[Any]) -> TypeAdapter[Any]:
    """Made when it is needed first: whoever asks for the last check waits for no other."""
    if kind not in _ADAPTERS:
        _ADAPTERS[kind] = TypeAdapter(kind)
    return _ADAPTERS[kind]


LARGEST_BYTES = 200_000_000
"""Of one value, unpacked; the largest newsletter there may be, full of links, takes less."""


def packed(value: object) -> bytes:
    """The value, a frozen dataclass, written down."""
    return FORM + zlib.compress(_json(value), level=9)


def unpacked(kind: type[Value], stored: object) -> Value | None:
    """The value that was written down; None where a release that differs wrote it."""
    if not isinstance(stored, bytes) or stored[:1] != FORM:
        return None
    try:
        value: Value = _adapter(kind).validate_json(_unzipped(stored[1:]))
    except (ValidationError, zlib.error):
        return None
    return value


def _unzipped(stored: bytes) -> bytes:
    """What was compressed; cut off, and so no JSON, where that is more than it can be."""
    return zlib.decompressobj().decompress(stored, LARGEST_BYTES)


def _json(value: object) -> bytes:
    adapter = _adapter(type(value))
    try:
        return adapter.dump_json(value)
    except PydanticSerializationError:  # half a character, which no encoding has
        plain = adapter.dump_python(value, mode="json")
        return json.dumps(plain, ensure_ascii=False).encode("utf-8", "replace")
