"""`sendguard gateway repair`: a link is put right in every copy of a campaign."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from sendguard.entrypoints.cli.exits import NOT_PASSED
from sendguard.entrypoints.cli.options import ConfigFile, Fingerprint, Yes
from sendguard.entrypoints.cli.say import complain, say
from sendguard.entrypoints.cli.settings import settings
from sendguard.entrypoints.cli.words import words
from sendguard.errors import SendGuardError, WrongUsage

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from sendguard.correct.asked import Asked
    from sendguard.correct.plan import Plan
    from sendguard.gateway import Mail, Stream
    from sendguard.gateway.repair.looked import Looked
    from sendguard.gateway.repair.readdress import Readdressed
    from sendguard.ports.gateway import Tally
    from sendguard.send import Dispatch

EXAMPLES = """\b
Examples:
  sendguard gateway repair 3f9a2c71d0e4 --by Ada \\
    --link "Read article=https://example.org/navigator/schrodingers-proposals"

\b
LABEL is the link's label, alt text, headline, present address, or its id (L3)
as `sendguard show` has it. The right link is opened first: where it is dead,
or opens another article, nothing is changed. It is put right wherever it
stands in its story, in every copy, and nothing else is changed; what comes in
from now on is repaired on its way. The repaired campaign is checked, as any
other, and goes out only if it passes.
"""
NOT_REPAIRED = (
    "it cannot be put right in this message: mend it in the program that sends, and discard this"
)


def repair(  # noqa: PLR0913 - one for each thing that the user says
    *,
    campaign: Fingerprint,
    link: Annotated[
        list[str],
        typer.Option(metavar="LABEL=URL", help="The wrong link, and what it should open."),
    ],
    by: Annotated[str, typer.Option(metavar="NAME", help="Who puts it right.")],
    yes: Yes = False,
    everywhere: Annotated[
        bool,
        typer.Option("--everywhere", help="Wherever that address stands, in whatever story."),
    ] = False,
    force: Annotated[
        bool, typer.Option("--force", help="Take a link that SendGuard objects to.")
    ] = False,
    config: ConfigFile = None,
) -> None:
    """Put a link right in every copy that did not go out yet."""
    from sendguard.correct.asked import Asked
    from sendguard.judge.approval import LONGEST_NAME

    who = words("--by", by, LONGEST_NAME)
    asked = [Asked.parse(one) for one in link]
    obeyed = settings(config)
    from sendguard.entrypoints.cli.ask import agrees
    from sendguard.entrypoints.cli.gateway.looking import UNCHANGED, look, refuse_wrong
    from sendguard.entrypoints.cli.gateway.opened import find_stream, opened_store
    from sendguard.entrypoints.cli.gateway.served import why_not_served
    from sendguard.entrypoints.cli.gateway.wrong import refuse_discarded
    from sendguard.gateway import Ruling, Standing
    from sendguard.gateway.repair.looked import look_at
    from sendguard.send import State

    with opened_store(obeyed) as store:
        stream = find_stream(store, campaign)
        sample = store.streams.sample(stream.fingerprint)
        refuse_discarded(stream)
        if sample is None:
            raise WrongUsage(f"{stream.fingerprint} is not there any more")
        if stream.ruling.is_unread:
            raise WrongUsage(f"{stream.fingerprint}: {NOT_REPAIRED}")
        plan, repairs = _planned(stream, sample, asked, everywhere=everywhere)
        made = _tried(stream, sample, repairs)
        repaired = replace(sample, data=made.data)
        looked = look_at(plan.repairs, look(stream, repaired, obeyed))
        refuse_wrong(looked, yes=yes, force=force)
        changes = tuple(_changes(plan, looked))
        question = _question(stream, changes)
        if question and not (yes or agrees(question)):
            complain(UNCHANGED)
            raise typer.Exit(NOT_PASSED)
        ruling = Ruling(standing=Standing.CHECKING, at=datetime.now(UTC), by=who)
        reached = store.ledger.reached(stream.fingerprint, {State.SENT})
        corrected = store.outbox.corrections(stream.fingerprint)
        if not store.streams.repair(stream.fingerprint, repairs, ruling):
            raise SendGuardError(f"{stream.fingerprint} is not there any more")
        tally = store.ledger.tally(stream.fingerprint)
    say("\n".join(_told(stream, changes, made, tally)))
    for says in (*_warnings(sample, plan), *_too_late(stream, reached, corrected)):
        complain(says)
    if unserved := why_not_served(obeyed):
        complain(unserved)


def _planned(
    stream: "Stream", sample: "Mail", asked: "Iterable[Asked]", *, everywhere: bool
) -> "tuple[Plan, tuple[tuple[str, str], ...]]":
    """What is to be changed, over the message as it is repaired so far."""
    from sendguard.correct.plan import plan_repairs
    from sendguard.flows.in_memory import Shelf
    from sendguard.flows.read_newsletter import read_newsletter
    from sendguard.gateway.repair.repairs import repairs_in_place
    from sendguard.gateway.sample import sample_files
    from sendguard.links import find_links

    now = _tried(stream, sample, ()).data if stream.repairs else sample.data
    name = stream.fingerprint
    files = sample_files(stream, replace(sample, data=now))
    campaign = read_newsletter(name, Shelf({name: files})(name))
    plan = plan_repairs(campaign, find_links(campaign).links, asked, everywhere=everywhere)
    return plan, repairs_in_place(campaign, plan.repairs, now, sample.data)


def _tried(stream: "Stream", sample: "Mail", repairs: "Sequence[tuple[str, str]]") -> "Readdressed":
    """The first message with all repairs, as every copy will be.

    Raises:
        WrongUsage: They cannot be made.
    """
    from sendguard.gateway.repair.readdress import readdress

    every = tuple({**dict(stream.repairs), **dict(repairs)}.items())
    made = readdress(sample.data, every, sample.data)
    if made is None:
        raise WrongUsage(f"{stream.fingerprint}: {NOT_REPAIRED}")
    return made


def _told(
    stream: "Stream", changes: "Iterable[str]", made: "Readdressed", tally: "Tally"
) -> "Iterator[str]":
    from sendguard.entrypoints.cli.gateway.opened import command
    from sendguard.entrypoints.cli.gateway.told import kept, named
    from sendguard.gateway.notice import told_refused

    places = "1 place" if made.places == 1 else f"{made.places} places"
    yield f"{named(stream)} is repaired, in {places} of each copy:"
    yield from changes
    if kept(tally):
        yield "It is checked now, and what is kept of it goes out if it passes."
    else:
        yield "It is checked now. Nothing of it is kept; what still comes goes out so if it passes."
    if tally.refused:
        yield told_refused(tally.refused)
    yield f"To see what comes of it: {command('show', stream.fingerprint)}"


def _question(stream: "Stream", changes: "Iterable[str]") -> str | None:
    """What passes is not known to be wrong, and a slip of the pen would stop it."""
    from sendguard.entrypoints.cli.gateway.told import named, told_standing
    from sendguard.entrypoints.cli.gateway.wrong import question_of_stopped
    from sendguard.gateway.stream import GOES_OUT

    question = question_of_stopped(stream)
    if stream.standing in GOES_OUT:
        question = f"{named(stream)} {told_standing(stream)}. Repair it all the same?"
    lines = "\n".join(changes)
    return f"{question}\n{lines}\n" if question else None


def _too_late(
    stream: "Stream", reached: "Mapping[str | None, int]", corrected: "Sequence[Dispatch]"
) -> "Iterator[str]":
    """Who has it as it was, which no repair changes."""
    from sendguard.entrypoints.cli.gateway.told import readers
    from sendguard.judge.quote import plain

    if not (sent := sum(reached.values())):
        return
    if corrected:
        yield f"{readers(sent)} got it before; {plain(corrected[-1].campaign)} was made for them"
        return
    call = f"sendguard correct {stream.fingerprint}"
    yield f"{readers(sent)} got it before; if that was wrong, to write to them: {call} --link …"


def _changes(plan: "Plan", looked: "Looked") -> "Iterator[str]":
    """Each place, with what it opens from now on."""
    from sendguard.judge.quote import called, plain, quoted

    for one in plan.repairs:
        was, now = plain(one.place.href, 200), plain(one.address, 200)
        title = looked.titles.get(one.address)
        opens = f", which opens {quoted(title, 120)}" if title else ""
        yield f"  {one.place.id} {called(one.place)}: {was} → {now}{opens}"


def _warnings(sample: "Mail", plan: "Plan") -> "Iterator[str]":
    from sendguard.correct.places import told_place
    from sendguard.read.message.rows import Rows
    from sendguard.read.message.walk import split_headers

    for link in plan.elsewhere:
        says = "has the same address, and is left as it is; --everywhere takes it, too"
        yield f"{told_place(link)} {says}"
    headers, _ = split_headers(Rows.of(sample.data))
    if any(name == "dkim-signature" for name, _ in headers):
        yield (
            "its sender signed it (DKIM), and no repaired copy has a signature that holds: some "
            "mail servers may take it for spam. Where the mail server behind the gateway signs "
            "itself, there is nothing to do"
        )
