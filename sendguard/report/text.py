"""The report for a person: what is wrong first, what to do about it, one line of totals."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from rich.cells import cell_len
from rich.text import Text

from sendguard.gate import Checked, CheckedLink, Run
from sendguard.report.details import Row, details, name_of, says_no_more, wall_details
from sendguard.report.entries import Entry, Weight, entries, to_open_yourself, wall_rules
from sendguard.report.layout import LONG, WIDTH, plain
from sendguard.report.totals import (
    UNREADABLE,
    WORDS,
    Line,
    newsletter_line,
    run_line,
    unreadable_line,
)
from sendguard.report.where import told_place
from sendguard.values import Decision

MOST_ENTRIES = 30  # of one weight; more is a wall that nobody reads
FEW_NOTES = 5

_STYLES = {
    Weight.BLOCK: "bold red",
    Weight.UNVERIFIED: "bold yellow",
    Weight.WARNING: "yellow",
    Weight.APPROVED: "green",
    Weight.NOTE: "cyan",
    WORDS[Decision.BLOCK]: "bold red",
    WORDS[Decision.UNVERIFIED]: "bold yellow",
    WORDS[Decision.PASS]: "bold green",
    UNREADABLE: "bold red",
}
_ROW_NAMES = 13  # cells, so that what the rows say stands in one column


def as_text(run: Run, width: int = WIDTH) -> Text:
    """The report, in lines of about `width` cells; an address is never broken."""
    report = Text()
    before = None
    for paragraph in _paragraphs(run, width):
        if before is not None:
            report.append("\n\n" if _is_long(before) or _is_long(paragraph) else "\n")
        report.append_text(paragraph)
        before = paragraph
    return report


def _is_long(paragraph: Text) -> bool:
    return "\n" in paragraph.plain


def _paragraphs(run: Run, width: int) -> Iterator[Text]:
    several = len(run.newsletters) + len(run.unreadable) > 1
    aligned = max(map(len, (*WORDS.values(), UNREADABLE))) if several else 0
    for checked in run.newsletters:
        yield from _newsletter(checked, width)
        if several:
            yield _decided(newsletter_line(checked), aligned)
    if several:
        yield from (_decided(unreadable_line(missing), aligned) for missing in run.unreadable)
    yield _decided(run_line(run), aligned)


def _decided(line: Line, aligned: int = 0) -> Text:
    padding = " " * (aligned - len(line.word))
    return Text.assemble((line.word, _STYLES[line.word]), padding, "  ", line.says)


def _newsletter(checked: Checked, width: int) -> Iterator[Text]:
    for weight, same in groupby(entries(checked), key=lambda entry: entry.weight):
        yield from _of_one_weight(weight, list(same), checked.campaign.path, width)
    if walled := to_open_yourself(checked):
        yield _walls(walled, width)


def _of_one_weight(weight: Weight, same: list[Entry], path: str, width: int) -> Iterator[Text]:
    most = FEW_NOTES if weight is Weight.NOTE else MOST_ENTRIES
    for entry in same[:most]:
        yield _lines(_entry(entry, path, width))
    if more := len(same) - most if len(same) > most else 0:
        yield Text(f"… and {more} more like these; --format json lists all of them.")


def _entry(entry: Entry, path: str, width: int) -> Iterator[Text]:
    spot = entry.spots[0]
    name = name_of(spot.link.link) if spot.link else "the newsletter"
    rules = ", ".join(dict.fromkeys(told.rule for told in entry.told if told.rule))
    word = (entry.weight.value, _STYLES[entry.weight])
    yield Text.assemble(word, "  ", name, "  " if rules else "", (rules, "dim"))
    if spot.place:
        yield Text(f"  {plain(told_place(path, spot.place))}", "dim")
    rows = tuple(details(entry))
    for told in entry.told:
        if not says_no_more(told.says, rows):
            yield from _indented(plain(told.says, LONG), width)
    yield from _table(rows, width)


def _walls(walled: tuple[tuple[CheckedLink, ...], ...], width: int) -> Text:
    lines = [Text("Open these yourself:", "bold")]
    for links in walled[:MOST_ENTRIES]:
        names = ", ".join(link.link.id for link in links[1:])
        name = f"{name_of(links[0].link)}{f', also {names}' if names else ''}"
        rules = wall_rules(links[0])
        lines.append(Text.assemble("  ", name, "  " if rules else "", (rules, "dim")))
        lines.extend(_table(wall_details(links[0]), width))
    return _lines(lines)


def _table(rows: Iterable[Row], width: int) -> Iterator[Text]:
    column = " " * (4 + _ROW_NAMES)
    for row in rows:
        lines = [line for said in row.says for line in _wrapped(said, width - len(column))]
        name = f"    {row.name:<{_ROW_NAMES}}"
        yield from (Text(f"{column if at else name}{line}") for at, line in enumerate(lines))


def _wrapped(text: str, width: int) -> list[str]:
    """Lines of at most `width` cells; a word that is longer, such as an address, stays whole."""
    lines: list[str] = []
    for word in text.split():
        if lines and cell_len(lines[-1]) + 1 + cell_len(word) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def _indented(says: str, width: int) -> Iterator[Text]:
    yield from (Text(f"  {line}") for line in _wrapped(says, width - 2))


def _lines(lines: Iterable[Text]) -> Text:
    return Text("\n").join(lines)
