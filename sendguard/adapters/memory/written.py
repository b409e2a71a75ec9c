"""A visit written down as JSON, and read back."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from sendguard.values import Url
from sendguard.visit import Answered, Certificate, Hop, Kind, Page, Validators, Visit

UNREADABLE = (ValueError, TypeError, KeyError, AttributeError, RecursionError)
"""What `read_back` may raise over a text that is no visit."""

# By hand: to work out how to read these classes, pydantic takes longer than a small check.


def written(visit: Visit) -> bytes:
    """The visit, its outcome and its page, in ASCII."""
    return json.dumps(visit, default=_plain, separators=(",", ":")).encode("ascii")


def read_back(text: bytes) -> Visit:
    """The visit that was written.

    Raises:
        UNREADABLE: It is no visit, or none that was answered.
    """
    told = json.loads(text)
    return Visit(
        **{
            **told,
            "url": _url(told["url"]),
            "at": _instant(told["at"]),
            "outcome": _answered(told["outcome"]),
            "instead": told["instead"] and _url(told["instead"]),
            "tries": tuple(map(_instant, told["tries"])),
            "heard": told["heard"] and _instant(told["heard"]),
        }
    )


def _plain(value: object) -> object:
    match value:
        case datetime():
            return value.astimezone(UTC).isoformat()
        case frozenset():
            return sorted(value)
        case _:
            return {name: getattr(value, name) for name in getattr(value, "__slots__", ())}


def _answered(told: Mapping[str, Any]) -> Answered:
    return Answered(
        **{
            **told,
            "hops": tuple(Hop(_url(hop["url"]), hop["status"]) for hop in told["hops"]),
            "page": told["page"] and _page(told["page"]),
            "kind": Kind(told["kind"]),
            "signs": tuple(told["signs"]),
            "certificate": told["certificate"] and _certificate(told["certificate"]),
            "validators": told["validators"] and Validators(**told["validators"]),
        }
    )


def _page(told: Mapping[str, Any]) -> Page:
    anchors = told["anchors"]
    return Page(
        **{
            **told,
            "canonical": told["canonical"] and _url(told["canonical"]),
            "anchors": None if anchors is None else frozenset(anchors),
        }
    )


def _certificate(told: Mapping[str, Any]) -> Certificate:
    since, until = _instant(told["since"]), _instant(told["until"])
    return Certificate(host=told["host"], since=since, until=until)


def _url(told: Mapping[str, str]) -> Url:
    return Url(told["text"])


def _instant(told: str) -> datetime:
    return datetime.fromisoformat(told)
