"""The program's reports, held against what was asked: told, missed, or a false alarm."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import unescape

from benchmarks.accuracy.addresses import key
from benchmarks.accuracy.rows import Node, Row, gravest
from benchmarks.accuracy.shapes import Asked, Letter

_LONG_ENOUGH = 4  # letters of a label, for its name in a sentence to be no accident
_CUT = 25  # letters of a label that any sentence about it shows
_SCHEMES = ("mailto:", "tel:", "sms:")
_TAG = re.compile(r"\{\{|\*\||%%|\[\[|\$\{")


def score(letters: Iterable[Letter], reports: Mapping[str, Node]) -> list[Row]:
    """A row for each question, and one for every other link of a whole issue."""
    return [row for letter in letters for row in _rows(letter, reports[letter.id])]


def _rows(letter: Letter, report: Node) -> Iterator[Row]:
    for asked in letter.asked:
        yield _told(letter, asked, report) if asked.wrong else _left_alone(letter, asked, report)
    if letter.everything:
        yield from _other_links(letter, report)
        yield from _the_whole(letter, report)


def _told(letter: Letter, asked: Asked, report: Node) -> Row:
    """Is it said of the link itself, or does what is said elsewhere name it?"""
    links = _links(report, asked.label, asked.href)
    here = _alarms(*links)
    here += [it for it in _about(letter, asked, report) if it not in here]
    there = _alarms(*_links(report, *asked.other)) if asked.other else []
    return _row(letter, asked, links, here + there, both=bool(here and there))


def _left_alone(letter: Letter, asked: Asked, report: Node) -> Row:
    """Alone in its newsletter, a link answers for everything that is said of it."""
    links = _links(report, asked.label, asked.href)
    found = _alarms(*links) if asked.company else _alarms(report, *report["links"])
    return _row(letter, asked, links, found)


def _links(report: Node, label: str, href: str) -> list[Node]:
    """The links that are meant; where the label is spelt otherwise, those with the address."""
    there = [it for it in report["links"] if (it["href"] or "").strip() == href.strip()]
    named = [it for it in there if _plain(it["label"] or "") == _plain(label)]
    return named or (there if href else [])


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()


def _alarms(*of: Node) -> list[Node]:
    return [it for some in of for it in some["findings"] if it["severity"] != "note"]


def _about(letter: Letter, asked: Asked, report: Node) -> list[Node]:
    """What is said elsewhere and still about this link."""
    label = _plain(asked.label)
    if asked.kind == "missing-link":
        return [it for it in _alarms(report) if _is_of_line(it, letter, asked)]
    everything = _alarms(report, *report["links"]) if len(label) >= _LONG_ENOUGH else []
    return [it for it in everything if f"“{label}”" in _plain(it["says"])]


def _is_of_line(found: Node, letter: Letter, asked: Asked) -> bool:
    """Does it name the words that should be a link, or stand where they stand?"""
    place = (found["place"] or "").rsplit(":", 2)
    line = int(place[1]) if len(place) == 3 else 0
    stands = line and asked.label in unescape("".join(letter.html.splitlines()[line - 1 : line]))
    return bool(stands) or _plain(asked.label)[:_CUT] in _plain(found["says"])


def _other_links(letter: Letter, report: Node) -> Iterator[Row]:
    """Every link that is taken to be right."""
    wrong = {_address(asked.href) for asked in letter.asked}
    for link in report["links"]:
        if _address(link["href"] or "") not in wrong and link["role"] != "resource":
            yield _row(letter, _right(f"{letter.id}-{link['id']}", link), [link], _alarms(link))


def _the_whole(letter: Letter, report: Node) -> Iterator[Row]:
    """What is said of no link, one row each; a link that is missing is rightly told so."""
    missing = [asked for asked in letter.asked if asked.kind == "missing-link"]
    right = [it for asked in missing for it in _about(letter, asked, report)]
    false = [it for it in _alarms(report) if it not in right]
    yield _row(letter, _right(f"{letter.id}-whole", None), [], [])
    for number, found in enumerate(false):
        asked = _right(f"{letter.id}-whole-{number}", None, label=found["says"])
        yield _row(letter, asked, [], [found])


def _address(href: str) -> str:
    return key(href) or href.strip()


def _right(name: str, link: Node | None, label: str = "") -> Asked:
    return Asked(
        id=name,
        group="all",
        company=True,
        kind="link" if link else "newsletter",
        wrong=False,
        label=(link["label"] or "") if link else label,
        href=(link["href"] or "") if link else "",
    )


def _row(
    letter: Letter,
    asked: Asked,
    links: Sequence[Node],
    found: Sequence[Node],
    *,
    both: bool = False,
) -> Row:
    taken_for_right = not asked.wrong and asked.kind != "newsletter"
    return Row(
        id=asked.id,
        letter=letter.id,
        group=asked.group,
        company=asked.company,
        kind=asked.kind,
        wrong=asked.wrong,
        label=asked.label,
        href=asked.href,
        got=gravest(found),
        codes=tuple(sorted({it["code"] for it in found})),
        says=tuple(dict.fromkeys(it["says"] for it in found)),
        both=both,
        unlisted=taken_for_right and not can_open(asked.href, letter.html),
        title=((links[0]["visit"] or {}).get("title")) if links else None,
        intent=links[0]["intent"] if links else None,
    )


def can_open(href: str, html: str) -> bool:
    """Can a mail program do anything with the address, in this newsletter?"""
    bare = href.strip()
    if bare.startswith("#"):
        named = rf"\s(?:id|name)=[\"']?{re.escape(bare[1:])}\b"
        return len(bare) > 1 and re.search(named, html) is not None
    return bool(key(bare)) or bare.lower().startswith(_SCHEMES) or bool(_TAG.search(bare))
