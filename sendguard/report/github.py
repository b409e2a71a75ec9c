"""The report as GitHub's workflow commands: a remark beside each line that is wrong."""

from collections.abc import Iterator, Mapping

from sendguard.gate import Checked, CouldNotRead, Run
from sendguard.read import STANDARD_INPUT
from sendguard.report.details import address_of, name_of
from sendguard.report.entries import Entry, Spot, Weight, entries, to_open_yourself
from sendguard.report.layout import LONG, plain
from sendguard.report.totals import newsletter_line
from sendguard.report.where import seen_from_here
from sendguard.values import Decision, Place

# GitHub shows the first ten of each kind, so the gravest come first.
_COMMANDS = {
    Weight.BLOCK: "error",
    Weight.UNVERIFIED: "warning",
    Weight.WARNING: "warning",
    Weight.APPROVED: "notice",
    Weight.NOTE: "notice",
}
_IN_DATA = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_IN_PROPERTY = {**_IN_DATA, **str.maketrans({":": "%3A", ",": "%2C"})}


def as_github(run: Run) -> str:
    """One command a line; empty when there is nothing to remark.

    Source:
        GitHub Actions, "Workflow commands": error, warning, notice and their escapes.
    """
    return "\n".join(_commands(run))


def _commands(run: Run) -> Iterator[str]:
    yield from map(_unreadable, run.unreadable)
    for checked in run.newsletters:
        path = checked.campaign.path
        for entry in entries(checked):
            yield from (_remark(entry, spot, path) for spot in entry.spots)
        yield from _walls(checked)
        if checked.passed:
            yield _command("notice", _file(path), "passed before", str(newsletter_line(checked)))
        if _holds_back_silently(checked):
            yield _command("warning", _file(path), "unverified", str(newsletter_line(checked)))


def _holds_back_silently(checked: Checked) -> bool:
    """Is it unverified for a reason that no remark beside a line gives?"""
    remarked = any(entry.weight is Weight.UNVERIFIED for entry in entries(checked))
    return checked.decision is Decision.UNVERIFIED and not remarked


def _unreadable(missing: CouldNotRead) -> str:
    where = _where(missing.path, missing.place) if missing.place else _file(missing.path)
    return _command("error", where, "cannot be read", plain(missing.says))


def _remark(entry: Entry, spot: Spot, path: str) -> str:
    codes = ", ".join(dict.fromkeys(told.rule for told in entry.told if told.rule))
    name = name_of(spot.link.link) if spot.link else "the newsletter"
    sentences = (
        plain(said, LONG) for told in entry.told for said in (told.says, told.advice, told.approved)
    )
    says = "\n".join(filter(None, sentences))
    where = _where(path, spot.place) if spot.place else _file(path)
    return _command(_COMMANDS[entry.weight], where, f"{codes} {name}".strip(), says)


def _walls(checked: Checked) -> Iterator[str]:
    for links in to_open_yourself(checked):
        link = links[0]
        where = _where(checked.campaign.path, link.link.place)
        says = f"Open this yourself, because it turns programs away: {address_of(link)}"
        yield _command("notice", where, name_of(link.link), says)


def _where(path: str, place: Place) -> Mapping[str, str]:
    here = seen_from_here(path, place)
    columns = {"col": str(place.column)} if place.column else {}
    return {**_file(here.file), "line": str(place.line), **columns}


def _file(path: str) -> Mapping[str, str]:
    return {} if path == STANDARD_INPUT else {"file": plain(path)}


def _command(name: str, where: Mapping[str, str], title: str, says: str) -> str:
    properties = {**where, "title": title}
    listed = ",".join(f"{key}={of.translate(_IN_PROPERTY)}" for key, of in properties.items())
    return f"::{name} {listed}::{says.translate(_IN_DATA)}"
