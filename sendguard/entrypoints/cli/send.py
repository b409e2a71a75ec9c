"""`sendguard send`: check a campaign, then deliver it."""

from typing import TYPE_CHECKING, Annotated

import typer

from sendguard.entrypoints.cli.exits import EXIT, NOT_PASSED
from sendguard.entrypoints.cli.options import ConfigFile, Yes
from sendguard.entrypoints.cli.say import complain, say
from sendguard.entrypoints.cli.settings import settings
from sendguard.errors import BadConfig

if TYPE_CHECKING:
    from sendguard.adapters.database.store import SqlStore
    from sendguard.config import Config
    from sendguard.flows.deliver import Delivered
    from sendguard.flows.send import Surveyed
    from sendguard.gate import Checked
    from sendguard.send import Dispatch, Edition

MANY = 1_000
"""Gmail counts five thousand a day, of all that a domain sends."""

NO_WAY_OUT = (
    "mail.unsubscribe is not set, so mail programs can show no button to unsubscribe, which Gmail "
    "and Yahoo ask of whoever writes to many"
)
EXAMPLES = """\b
Examples:
  sendguard send campaigns/navigator-42
  sendguard send campaigns/navigator-42 --test-to editor@example.org
  sendguard send campaigns/navigator-42 --yes --recipients 1200

\b
What does not pass the check is not sent. Ctrl-C ends it in order: what is
not sent yet stays queued, and `sendguard outbox resume` goes on with it.
"""


def send(
    *,
    campaign: Annotated[str, typer.Argument(metavar="CAMPAIGN", help="A campaign folder.")],
    yes: Yes = False,
    recipients: Annotated[
        int | None,
        typer.Option(metavar="NUMBER", min=1, help="How many are to get it, said by a person."),
    ] = None,
    test_to: Annotated[
        str | None, typer.Option(metavar="ADDRESS", help="Send one copy there, and queue nothing.")
    ] = None,
    config: ConfigFile = None,
) -> None:
    """Check a campaign, then send it to its audience."""
    obeyed = settings(config)
    if obeyed.database is None:
        raise BadConfig("`send` has to remember who got what, and `database` is null: name one")
    from contextlib import closing

    from sendguard.adapters.database.store import open_store

    with closing(open_store(obeyed.database, _say_made)) as store:
        code = check_and_send(
            campaign, obeyed, store, yes=yes, recipients=recipients, test_to=test_to
        )
    raise typer.Exit(code)


def check_and_send(  # noqa: PLR0913 - one for each thing that the user says
    path: str,
    config: "Config",
    store: "SqlStore",
    *,
    yes: bool,
    recipients: int | None,
    test_to: str | None,
) -> int:
    """Check a campaign, show what goes out, ask, and send it; the exit code."""
    from sendguard.entrypoints.sending import name_of

    name = name_of(path)
    if test_to is None and (queued := store.outbox.find(name)):
        return _say_it_was_queued(queued, store)
    checked, code = _gate(path, config)
    if checked is None:
        return code
    from sendguard.entrypoints.delivering import ready_to_send
    from sendguard.entrypoints.sending import edition_of, survey

    edition = edition_of(checked.campaign, config)
    surveyed = survey(edition)
    ready_to_send(edition, surveyed.columns, config)
    if test_to is not None:
        return _test(edition, surveyed, config, test_to)
    left = _left_to_correct(name, checked.campaign.brief.corrects, store)
    if doubt := left or _doubt(surveyed, edition, store, recipients):
        complain(f"not sent: {doubt}")
        return NOT_PASSED
    _say_what_goes_out(edition, surveyed, config)
    if not (yes or _agrees(surveyed)):
        complain("nothing was sent")
        return NOT_PASSED
    return _deliver(edition, surveyed, config, store)


def _left_to_correct(name: str, original: str | None, store: "SqlStore") -> str | None:
    """Only `correct` knows who got the wrong one, and that nobody gets a second correction."""
    from sendguard.judge.quote import plain

    if original is None:
        return None
    known = store.outbox.find(original) is not None
    how = plain(original) if known else "--original FILE --audience FILE"
    return (
        f"{plain(name)} is a correction of {plain(original)}; `sendguard correct {how}` sends it, "
        "once, to those who got the wrong one"
    )


def _gate(path: str, config: "Config") -> "tuple[Checked | None, int]":
    """The campaign as it was checked, if it passes; else what to exit with."""
    from sendguard.entrypoints.cli.check import Format, exit_code, tell
    from sendguard.entrypoints.cli.progress import progress
    from sendguard.entrypoints.sending import checked_now_or_before
    from sendguard.report import totals
    from sendguard.values import Decision

    with progress(shown=True) as on_visited:
        run = checked_now_or_before(path, config, on_visited)
    code = exit_code(run)
    if code != EXIT[Decision.PASS]:
        tell(run, Format.TEXT, None)
        for says in [run.unkept] if run.unkept else []:
            complain(says)
        complain("nothing was sent")
        return None, code
    say(totals(run))
    return run.newsletters[0], code


def _test(edition: "Edition", surveyed: "Surveyed", config: "Config", address: str) -> int:
    from sendguard.entrypoints.sending import first_reader, send_copy
    from sendguard.judge.quote import plain

    like = first_reader(surveyed)
    reply = send_copy(edition, surveyed.columns, like, config, address)
    say(f"A copy went to {plain(address)}, with the fields of the audience's first reader: {reply}")
    return 0


def _doubt(
    surveyed: "Surveyed", edition: "Edition", store: "SqlStore", recipients: int | None
) -> str | None:
    from sendguard.adapters.clock import SystemClock
    from sendguard.flows.send import doubt_audience

    brief = edition.campaign.brief
    return doubt_audience(surveyed, brief, store.outbox, SystemClock(), recipients)


def _say_what_goes_out(edition: "Edition", surveyed: "Surveyed", config: "Config") -> None:
    from sendguard.entrypoints.cli.forecast import told_server, told_time
    from sendguard.entrypoints.sending import first_reader
    from sendguard.judge.quote import plain
    from sendguard.send.merge import for_reader

    like = first_reader(surveyed)
    subject = for_reader(edition.subject, surveyed.columns, (*like.fields, like.address))
    say(f"  Subject  {plain(subject, 200)}")
    say(f"  From     {plain(edition.sender, 200)}")
    say(f"  To       {surveyed.told} in {plain(surveyed.name)}")
    say(f"  Through  {told_server(config.relay)}{told_time(surveyed.count.people, config.relay)}")
    for line in surveyed.left_out.told(surveyed.name):
        complain(line)
    if edition.unsubscribe is None and surveyed.count.people >= MANY:
        complain(NO_WAY_OUT)


def _agrees(surveyed: "Surveyed") -> bool:
    from sendguard.entrypoints.cli.ask import agrees

    return agrees(f"Send it to {surveyed.count.told}?")


def _deliver(edition: "Edition", surveyed: "Surveyed", config: "Config", store: "SqlStore") -> int:
    from sendguard.entrypoints.cli.ended import code_of
    from sendguard.entrypoints.sending import queue
    from sendguard.ports.sending import AlreadyQueued

    try:
        dispatch = queue(edition, surveyed, store)
    except AlreadyQueued:
        name = edition.campaign.id or ""
        queued = store.outbox.find(name)
        return _say_it_was_queued(queued, store) if queued else NOT_PASSED
    return code_of(deliver_and_tell(dispatch, config, store))


def deliver_and_tell(dispatch: "Dispatch", config: "Config", store: "SqlStore") -> "Delivered":
    """Deliver a dispatch, show how it goes on and what came of it."""
    from sendguard.entrypoints.cli.delivery_bar import delivery_bar
    from sendguard.entrypoints.cli.ended import told_ended
    from sendguard.entrypoints.delivering import run_delivery

    with delivery_bar() as show:
        ended = run_delivery(dispatch, config, store, show)
    for line in told_ended(ended):
        say(line)
    return ended


def _say_it_was_queued(queued: "Dispatch", store: "SqlStore") -> int:
    from sendguard.entrypoints.cli.ended import told_doubtful, told_progress
    from sendguard.judge.quote import plain
    from sendguard.send import State
    from sendguard.watch import told_instant

    (progress,) = store.outbox.progress(queued.campaign)
    name = plain(queued.campaign)
    complain(f"{name} was queued on {told_instant(queued.queued_at)}, and is not sent twice:")
    complain(told_progress(progress))
    if progress.count(State.PENDING, State.SENDING):
        complain(f"to go on with what is left of it: sendguard outbox resume {name}")
    for line in told_doubtful(progress):
        complain(line)
    return NOT_PASSED


def _say_made(file: str) -> None:
    from sendguard.entrypoints.checking import told_made

    complain(told_made(file))
