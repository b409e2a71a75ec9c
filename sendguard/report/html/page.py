"""The whole report as the template wants it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sendguard.gate import Checked, CheckedLink, Run
from sendguard.read import Medium, Part
from sendguard.report.html.entry import Entry, entry_of, entry_of_all
from sendguard.report.html.kinds import LOOKS, OF_DECISION, QUIET, Kind, Look
from sendguard.report.html.letter import LARGEST, draw
from sendguard.report.html.plain_letter import pieces
from sendguard.report.layout import LONG, plain
from sendguard.report.totals import WORDS, Line, newsletter_line, run_line, unreadable_line
from sendguard.report.where import told_path


@dataclass(frozen=True, slots=True)
class Group:
    """The entries of one kind, in reading order."""

    kind: Kind
    entries: tuple[Entry, ...]

    @property
    def look(self) -> Look:
        """Its sign and heading."""
        return LOOKS[self.kind]

    @property
    def counted(self) -> str:
        """How many there are."""
        number = len(self.entries)
        return f"{number} {self.look.word if number == 1 else self.look.words}"

    @property
    def quiet(self) -> bool:
        """Is it folded away?"""
        return self.kind in QUIET


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """One part of the newsletter, drawn.

    Attributes:
        heading: Over it.
        html: Harmless markup for a shadow root; None for plain text.
        css: The newsletter's own styles, for the same.
        text: Plain text up to each mark, and the entry marked there; empty for HTML.
        marks: The entries marked in `html`.
        unseen: Entries of links that nobody sees in it: hidden, or for Outlook alone.
        too_large: It was not drawn.
    """

    heading: str
    html: str | None = None
    css: str = ""
    text: tuple[tuple[str, Entry | None], ...] = ()
    marks: tuple[Entry, ...] = ()
    unseen: tuple[Entry, ...] = ()
    too_large: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """All about one newsletter.

    Attributes:
        anchor: Its id in the page.
        title: Its subject, else its path.
        path: As the user named it; empty where that is the title.
        line: Why it may or may not go out.
    """

    anchor: str
    title: str
    path: str
    kind: Kind
    line: Line
    groups: tuple[Group, ...]
    pictures: tuple[Picture, ...]

    @property
    def look(self) -> Look:
        """The sign of its decision."""
        return LOOKS[self.kind]


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """The whole report."""

    kind: Kind
    line: Line
    at: str
    sheets: tuple[Sheet, ...]
    unreadable: tuple[Line, ...]

    @property
    def look(self) -> Look:
        """The sign of the decision."""
        return LOOKS[self.kind]


def page_of(run: Run) -> Page:
    """What the template shows of a run."""
    line = run_line(run)
    return Page(
        kind=OF_DECISION[run.decision] if line.word in WORDS.values() else Kind.BLOCK,
        line=line,
        at=f"{run.at.day} {run.at:%B %Y, %H:%M} UTC",
        sheets=tuple(_sheet(checked, at) for at, checked in enumerate(run.newsletters, start=1)),
        unreadable=tuple(map(unreadable_line, run.unreadable)),
    )


def _sheet(checked: Checked, number: int) -> Sheet:
    campaign = checked.campaign
    anchors = {link.link.id: f"n{number}-{link.link.id}" for link in checked.links}
    entries = {
        link.link.id: entry_of(link, anchors[link.link.id], campaign.path) for link in checked.links
    }
    about_all = (entry_of_all(found, campaign.path) for found in checked.findings)
    path, subject = plain(told_path(campaign.path)), plain(campaign.subject or "", LONG)
    return Sheet(
        anchor=f"n{number}",
        title=subject or path,
        path=path if subject else "",
        kind=OF_DECISION[checked.decision],
        line=newsletter_line(checked),
        groups=tuple(_groups([*about_all, *entries.values()])),
        pictures=tuple(_pictures(checked, entries)),
    )


def _groups(entries: list[Entry]) -> Iterator[Group]:
    for kind in Kind:
        if same := tuple(entry for entry in entries if entry.kind is kind):
            yield Group(kind, same)


def _pictures(checked: Checked, entries: Mapping[str, Entry]) -> Iterator[Picture]:
    parts = checked.campaign.parts
    for number, part in enumerate(parts):
        links = [link for link in checked.links if link.link.part == number]
        is_text = part.medium is Medium.TEXT
        heading = "The plain text part" if is_text and number else "The newsletter"
        yield (_written if is_text else _drawn)(part, links, entries, heading)


def _written(
    part: Part, links: list[CheckedLink], entries: Mapping[str, Entry], heading: str
) -> Picture:
    if len(part.text) > LARGEST:
        return Picture(heading=heading, too_large=True, unseen=_unseen(links, entries, frozenset()))
    text = tuple((said, entries.get(id_)) for said, id_ in pieces(part, links))
    return Picture(heading=heading, text=text)


def _drawn(
    part: Part, links: list[CheckedLink], entries: Mapping[str, Entry], heading: str
) -> Picture:
    letter = draw(part, links, {id_: entry.anchor for id_, entry in entries.items()})
    return Picture(
        heading=heading,
        html=letter.html,
        css=letter.css,
        marks=tuple(entries[link.link.id] for link in links if link.link.id in letter.shown),
        unseen=_unseen(links, entries, letter.shown),
        too_large=letter.too_large,
    )


def _unseen(
    links: list[CheckedLink], entries: Mapping[str, Entry], shown: frozenset[str]
) -> tuple[Entry, ...]:
    told = (entries[link.link.id] for link in links if link.link.id not in shown)
    return tuple(entry for entry in told if entry.marked)
