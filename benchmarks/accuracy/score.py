"""The answers, held against what was asked: told, missed, or a false alarm."""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from benchmarks.accuracy.addresses import key
from benchmarks.accuracy.shapes import Asked, Letter

Node = dict[str, Any]
_LONG_ENOUGH = 4  # letters of a label, for its name in a sentence to be no accident


class Alarm(StrEnum):
    """The gravest thing that was said."""

    BLOCK = "block"
    WARN = "warn"
    SILENT = "silent"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One question and its answer.

    Attributes:
        group: As in `Asked`; `all` stands for a right link that nothing was asked about.
        codes: Of the findings that made up the answer.
        both: Of two links swapped: were both told?
        title: What the link opened.
        intent: What the program took it to be meant for.
    """

    id: str
    letter: str
    group: str
    company: bool
    kind: str
    wrong: bool
    label: str
    href: str
    got: Alarm
    codes: tuple[str, ...]
    says: tuple[str, ...]
    both: bool = False
    title: str | None = None
    intent: Node | None = None

    @property
    def told(self) -> bool:
        """Was anything said that an editor would act on?"""
        return self.got is not Alarm.SILENT


def score(letters: Iterable[Letter], reports: Mapping[str, Node]) -> list[Row]:
    """A row for each question, and one for every other link of a whole issue."""
    return [row for letter in letters for row in _rows(letter, reports[letter.id])]


def _rows(letter: Letter, report: Node) -> Iterator[Row]:
    whole = [it for it in report["findings"] if it["severity"] != "note"]
    for asked in letter.asked:
        yield _answer(letter, asked, report, whole)
    if letter.everything:
        yield from _others(letter, report, whole)


def _answer(letter: Letter, asked: Asked, report: Node, whole: list[Node]) -> Row:
    links = _links(report, asked.label, asked.href)
    found = [it for link in links for it in _alarms(link)]
    if asked.wrong:
        found += [it for it in _everything(report) if _names(it, asked) and it not in found]
    elif not asked.company:
        found += whole + [it for it in _everything(report) if it not in found]
    others = _links(report, *asked.other) if asked.other else []
    there = [it for link in others for it in _alarms(link)]
    return _row(letter, asked, links, found + there, both=bool(found and there))


def _links(report: Node, label: str, href: str) -> list[Node]:
    """The links that are meant; where labels are cut otherwise, those with the address."""
    there = [it for it in report["links"] if _same(it["href"] or "", href)]
    named = [it for it in there if _plain(it["label"] or "") == _plain(label)]
    return named or (there if href else [])


def _same(one: str, other: str) -> bool:
    return one.strip() == other.strip()


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()


def _alarms(link: Node) -> list[Node]:
    return [it for it in link["findings"] if it["severity"] != "note"]


def _everything(report: Node) -> list[Node]:
    return [*(it for it in report["findings"] if it["severity"] != "note")] + [
        it for link in report["links"] for it in _alarms(link)
    ]


def _names(found: Node, asked: Asked) -> bool:
    """Does the finding, wherever it stands, name the link that is wrong?"""
    label = _plain(asked.label)
    return len(label) >= _LONG_ENOUGH and f"“{label}”" in _plain(found["says"])


def _row(
    letter: Letter, asked: Asked, links: Sequence[Node], found: list[Node], *, both: bool
) -> Row:
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
        title=_title(links[0]) if links else None,
        intent=links[0]["intent"] if links else None,
    )


def gravest(found: Iterable[Node]) -> Alarm:
    """The gravest of some findings."""
    severities = {it["severity"] for it in found}
    return next((alarm for alarm in Alarm if alarm in severities), Alarm.SILENT)


def _title(link: Node) -> str | None:
    visit = link["visit"] or {}
    title: str | None = visit.get("title")
    return title


def _others(letter: Letter, report: Node, whole: list[Node]) -> Iterator[Row]:
    """Every link that is right; what is said about the whole is a link of its own."""
    wrong = {_address(asked.href) for asked in letter.asked}
    told = [it for asked in letter.asked for it in whole if _names(it, asked)]
    for link in report["links"]:
        if _address(link["href"] or "") not in wrong and link["role"] != "resource":
            yield _row(letter, _right(letter, link), [link], _alarms(link), both=False)
    false = [it for it in whole if it not in told]
    yield _row(letter, _the_whole(letter), [], false, both=False)


def _address(href: str) -> str:
    return key(href) or href.strip()


def _right(letter: Letter, link: Node) -> Asked:
    return Asked(
        id=f"{letter.id}-{link['id']}",
        group="all",
        company=True,
        kind="link",
        wrong=False,
        label=link["label"] or "",
        href=link["href"] or "",
    )


def _the_whole(letter: Letter) -> Asked:
    return Asked(
        id=f"{letter.id}-whole",
        group="all",
        company=True,
        kind="newsletter",
        wrong=False,
        label="",
        href="",
    )


def wilson(hits: int, of: int, z: float = 1.96) -> tuple[float, float]:
    """The 95 % interval of a share, 0 to 1; all of it where there is nothing to count.

    Source:
        E. B. Wilson, Probable inference, the law of succession, and statistical inference, 1927.
    """
    if of == 0:
        return 0.0, 1.0
    share, spread = hits / of, z * z / of
    middle = share + spread / 2
    width = z * math.sqrt(share * (1 - share) / of + spread / (4 * of))
    low, high = (middle - width) / (1 + spread), (middle + width) / (1 + spread)
    return max(low, 0.0), min(high, 1.0)
