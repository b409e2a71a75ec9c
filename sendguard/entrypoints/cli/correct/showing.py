"""What an editor sees of a correction before it goes out, and what she can do with it herself."""

import shlex
from pathlib import Path
from textwrap import fill

from sendguard.correct.block import size_told
from sendguard.correct.files import HTML_FILE, READERS_FILE, SUBJECT_FILE, TEXT_FILE
from sendguard.correct.plan import Plan
from sendguard.correct.repair import Repaired
from sendguard.correct.triage import Triage, told_triage
from sendguard.entrypoints.cli.correct.desk import Desk
from sendguard.entrypoints.cli.correct.prepared import Prepared
from sendguard.entrypoints.cli.correct.readers import Readers
from sendguard.entrypoints.cli.forecast import told_server, told_time
from sendguard.entrypoints.cli.say import complain, say
from sendguard.judge.quote import plain
from sendguard.send.enclosed import told_enclosed
from sendguard.send.merge import by_default, for_reader

_WIDTH = 88


def show_left_alone(plan: Plan, repaired: Repaired) -> None:
    """What was not repaired, and what the editor has to repair by hand."""
    for link in plan.near:
        complain(f"left alone: {link.id} leads to another place of that page: {plain(link.href)}")
    for line in repaired.by_hand:
        complain(line)


def show_triage(judged: Triage) -> None:
    """How bad it is, and why."""
    first, *rest = told_triage(judged)
    say(f"How bad.   {first}")
    for line in rest:
        say(f"  {line}")


def show(desk: Desk, prepared: Prepared) -> None:
    """The correction as a whole."""
    letter, folder = prepared.correction.letter, prepared.folder
    say(f"Subject    {plain(_as_read(letter.subject, prepared.readers), 300)}")
    for number, paragraph in enumerate(prepared.apology.paragraphs):
        say(_wrapped("" if number else "Apology", paragraph.text))
    was = prepared.repaired.letter
    if was.html is not None and letter.html is not None:
        say(_wrapped("Size", size_told(was.html, letter.html)))
    if enclosed := prepared.correction.edition.enclosed:
        say(_wrapped("Enclosed", told_enclosed(enclosed)))
    if prepared.readers is not None:
        say(f"To         {_told_readers(prepared.readers)}")
        for line in prepared.readers.left_out:
            complain(line)
    if prepared.waiting:
        say(f"           {prepared.waiting:,} who wait get it repaired, without an apology")
    if desk.has_relay and prepared.readers is not None:
        time = told_time(prepared.readers.count, desk.config.relay)
        say(f"Through    {told_server(desk.config.relay)}{time}")
    shown = TEXT_FILE if letter.html is None else HTML_FILE
    say(f"Preview    {_from_here(folder / shown)}")


def _as_read(subject: str, readers: Readers | None) -> str:
    """As its first reader sees it; as somebody does of whom nothing is known, where none is."""
    first = next(readers.each(), None) if readers else None
    if readers is None or first is None:
        return by_default(subject)
    return for_reader(subject, readers.columns, (*first.fields, first.address))


def _wrapped(name: str, text: str) -> str:
    return fill(
        text,
        width=_WIDTH,
        initial_indent=f"{name:11}",
        subsequent_indent=" " * 11,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _from_here(file: Path) -> Path:
    """As short as it can be said, and opened from the folder that the editor is in."""
    here = Path.cwd()
    return file.relative_to(here) if file.is_relative_to(here) else file


def _told_readers(readers: Readers) -> str:
    whom = "reader" if readers.count == 1 else "readers"
    which = "who clicked" if readers.only is not None else "who got it"
    have = "has" if readers.gone == 1 else "have"
    gone = f"; {readers.gone:,} {have} left the list since" if readers.gone else ""
    return f"{readers.count:,} {whom} {which}{gone}"


def say_how_to_send_it(prepared: Prepared, why: str) -> None:
    """What to paste where, for whoever sends with a platform of her own."""
    folder = prepared.folder
    complain(f"nothing was sent: {why}")
    complain(f"in {plain(str(_from_here(folder)), 200)} is what you need to send it yourself:")
    names = {
        SUBJECT_FILE: "the subject",
        HTML_FILE: "the newsletter, to be pasted as HTML",
        TEXT_FILE: "its plain text",
    }
    if prepared.correction.letter.html is None:
        del names[HTML_FILE]
    if prepared.readers is not None:
        names[READERS_FILE] = f"to whom: {prepared.readers.count:,}"
    for name, what in names.items():
        complain(f"  {name:16} {what}")
    if enclosed := prepared.correction.edition.enclosed:
        complain(f"not in there, so enclose them where you send it: {told_enclosed(enclosed)}")
    told = shlex.quote(plain(str(_from_here(folder)), 200))
    complain(f"once it went out, let its record know: sendguard sent {told}")
    if prepared.readers is None:
        complain("say who got it with --audience FILE, and there is a list of readers, too")
