"""The words of an apology: one file a language, which a sender may replace."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TypeAlias

import yaml
from jinja2 import Environment, PackageLoader

from sendguard.errors import Unreadable
from sendguard.read.section import Complaints, Section
from sendguard.read.yaml_tree import parse_yaml
from sendguard.values import Place

DEFAULT_LANGUAGE = "en"
DIRECTIONS = ("ltr", "rtl")
_HEAD = 20_000  # characters in which the first element stands
_LANGUAGE = re.compile(
    r"<html\b[^<>]{0,2000}?\slang\s{0,9}=\s{0,9}[\"']?([a-z]{2,8}(?:-[a-z0-9]{1,8}){0,3})",
    re.IGNORECASE,
)
_SLOT = re.compile(r"\{(\w{1,40})\}")
_SLOTS: Mapping[str, frozenset[str]] = {
    "wrong": frozenset({"label", "opened"}),
    "wrong_dead": frozenset({"label"}),
    "wrong_several": frozenset({"count"}),
    "right": frozenset({"link", "label"}),
    "right_several": frozenset({"count"}),
    "item": frozenset({"link", "label", "opened"}),
    "nothing_to_do": frozenset(),
    "nothing_to_do_several": frozenset(),
    "reason": frozenset({"reason"}),
    "prevention": frozenset({"prevention"}),
    "make_good": frozenset({"make_good"}),
    "sorry": frozenset(),
    "reply": frozenset({"reply_to"}),
    "preheader": frozenset({"label"}),
    "preheader_several": frozenset({"count"}),
}
_KEYS = ("direction", "word", *_SLOTS)
_HAVE_A_LINK = frozenset({"right", "item"})

Sentence: TypeAlias = tuple[str, ...]
"""A sentence cut at its slots: words and names of slots by turns, words first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """How an apology is said in one language.

    Attributes:
        language: As in `lang`: `en`.
        direction: `ltr` or `rtl`.
        word: What stands before the subject.
        ways: By key, the ways to say it, best first.
        origin: The file that it comes from, as an editor knows it; None for SendGuard's own.
    """

    language: str
    direction: str
    word: str
    ways: Mapping[str, Sequence[Sentence]]
    origin: str | None = None


def choose_wording(
    language: str | None, *, series: str | None = None, own: Mapping[str, bytes] | None = None
) -> Wording:
    """The words for a newsletter; English where there are none in its language.

    Args:
        language: As in `lang`, such as `de-AT`; None where it is not known.
        series: Of the campaign: `SERIES.en.yaml` goes before `en.yaml`.
        own: The files of `correct.templates`, by name. What one of them leaves out is said as
            SendGuard says it.

    Raises:
        Unreadable: The file that would be used is broken.
    """
    wanted = re.split(r"[-_]", (language or DEFAULT_LANGUAGE).strip().lower())[0]
    files = own or {}
    for code in dict.fromkeys((wanted, DEFAULT_LANGUAGE)):
        names = (f"{series}.{code}.yaml", f"{code}.yaml") if series else (f"{code}.yaml",)
        if name := next((name for name in names if name in files), None):
            return read_wording(files[name], name, code)
        if code in languages():
            return _own_wording(code)
    raise Unreadable(f"there is no apology in {DEFAULT_LANGUAGE}")


def language_of(html: str) -> str | None:
    """What a newsletter says of its language; None where it says nothing, or `und`."""
    found = _LANGUAGE.search(html[:_HEAD])
    language = found[1].lower() if found else "und"
    return None if language == "und" else language


def read_wording(raw: bytes, file: str, language: str) -> Wording:
    """The words of a file; what it leaves out is said as SendGuard says it.

    Raises:
        Unreadable: With the line and every complaint.
    """
    fallback = _own_wording(language if language in languages() else DEFAULT_LANGUAGE)
    return _parse(raw, file, language, fallback)


@cache
def languages() -> frozenset[str]:
    """The languages that SendGuard apologises in by itself."""
    return frozenset(name.removesuffix(".yaml") for name in _loader().list_templates())


@cache
def _own_wording(language: str) -> Wording:
    name = f"{language}.yaml"
    text, _, _ = _loader().get_source(Environment(autoescape=True), name)
    nothing = Wording(language=language, direction="ltr", word="", ways={})
    return _parse(text.encode(), name, language, nothing, origin=None)


@cache
def _loader() -> PackageLoader:
    return PackageLoader("sendguard.correct", "apologies")


def _parse(
    raw: bytes, file: str, language: str, fallback: Wording, origin: str | None = ""
) -> Wording:
    node = parse_yaml(raw, file)
    if not isinstance(node, yaml.MappingNode):
        says = f"an apology has keys with the ways to say it: {', '.join(_KEYS)}"
        raise Unreadable(says, Place(file, 1))
    bad = Complaints(file)
    section = Section(node, _KEYS, bad)
    ways = {key: tuple(_ways(section, key, bad)) for key in _SLOTS if section.has(key)}
    direction = section.text("direction") or fallback.direction
    if direction not in DIRECTIONS:
        section.complain("`direction` is ltr or rtl", "direction")
    bad.settle()
    return Wording(
        language=language,
        direction=direction,
        word=section.text("word") or fallback.word,
        ways={**fallback.ways, **ways},
        origin=file if origin == "" else origin,
    )


def _ways(section: Section, key: str, bad: Complaints) -> Iterator[Sentence]:
    for text, place in section.texts(key):
        sentence = tuple(_SLOT.split(text))
        slots = set(sentence[1::2])
        unknown = sorted(slots - _SLOTS[key])
        bad.met.extend((place, _unknown(slot, key)) for slot in unknown)
        if key in _HAVE_A_LINK and "link" not in slots:
            bad.met.append((place, f"`{key}` needs {{link}}, where the right link is to stand"))
        yield sentence


def _unknown(slot: str, key: str) -> str:
    slots = ", ".join(f"{{{known}}}" for known in sorted(_SLOTS[key]))
    may = f"it may have {slots}" if slots else "it may have none"
    return f"{{{slot}}} cannot be filled in `{key}`: {may}"
