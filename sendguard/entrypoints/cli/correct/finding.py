"""What went out, which places of it are wrong, and which correction of it this is."""

from pathlib import Path
from typing import TYPE_CHECKING

from sendguard.adapters.database.store import SqlStore
from sendguard.correct.addresses import right_address
from sendguard.correct.places import told_place
from sendguard.correct.plan import Plan
from sendguard.entrypoints.cli.ask import agrees, is_anybody_there
from sendguard.entrypoints.cli.correct.desk import Desk, Halted
from sendguard.entrypoints.cli.correct.order import Order
from sendguard.entrypoints.cli.exits import NOT_PASSED
from sendguard.entrypoints.cli.say import complain, say
from sendguard.entrypoints.correcting import Found, find_at_gate, find_queued, read_unsent
from sendguard.errors import WrongUsage
from sendguard.flows.correct import plan_of
from sendguard.judge.quote import called, plain
from sendguard.send import State
from sendguard.values import Url
from sendguard.watch import told_instant

if TYPE_CHECKING:
    from sendguard.config import Config

_AGAIN = "A second correction costs more trust than most mistakes: if it has to be, say --again"


def names_relay(config: "Config") -> bool:
    """Whether somebody said which mail server takes messages.

    `sendguard init` writes every default out, so that `smtp:` is there says nothing.
    """
    return config.smtp.is_named or config.gateway.is_named


def find(order: Order, config: "Config", store: SqlStore) -> Found:
    """What went out.

    Raises:
        WrongUsage: Nobody knows that it went out, and it could be sent to people who never had it.
    """
    if order.original is not None:
        return read_unsent(str(order.original), config, order.sender)
    path = order.campaign or ""
    found = find_queued(path, config, store)
    if found is None and not Path(path).exists():
        found = find_at_gate(path, config, store)
    if found is None and Path(path).exists() and not names_relay(config):
        complain(f"{plain(path)} was not sent by SendGuard: it is taken as it stands there")
        return read_unsent(path, config)
    if found is None:
        file = plain(path) if Path(path).exists() else "FILE"
        raise WrongUsage(
            f"{plain(path)} was not sent by SendGuard; if it went out by other means: "
            f'sendguard correct --original {file} --audience FILE --link "Read article=https://…"'
        )
    if order.audience is not None:
        raise WrongUsage(
            f"who got {plain(path)} is known, to the last one: --audience is for a newsletter that "
            "somebody else sent (--to clicked --clicked FILE writes to some of them)"
        )
    return found


def show_found(desk: Desk) -> None:
    """What it is that is corrected."""
    original = desk.original
    dispatch, name = original.dispatch, plain(original.name)
    how = "which SendGuard did not send"
    if dispatch is not None:
        how = f"queued on {told_instant(dispatch.queued_at)}"
    elif desk.found.passed is not None:
        how = f"which came through the gateway since {told_instant(desk.found.passed.stream.since)}"
    say(f"Found.     “{plain(desk.found.subject, 200)}” ({name}), {how}.")


def number_of(desk: Desk) -> int:
    """The how-manieth correction it is, from 1; a person has to say that there may be a second."""
    original = desk.original
    made = desk.store.outbox.corrections(original.name)
    before = made[-1].campaign if made else None
    if original.dispatch is not None and original.dispatch.corrects is not None:
        before = before or original.name
    if before is None:
        return 1
    if not desk.order.again:
        of = original.name if made else original.dispatch and original.dispatch.corrects
        complain(f"{plain(of or '')} was corrected already, by {plain(before)}. {_AGAIN}")
        _tell_of_those_who_wait(desk, before)
        raise Halted(NOT_PASSED)
    desk.keeper.against(f"It was corrected again, after {plain(before)}.")
    return len(made) + 1


def _tell_of_those_who_wait(desk: Desk, correction: str) -> None:
    """What was broken off goes on, and is not made a second time."""
    standing = desk.store.outbox.progress(correction)
    waiting = sum(one.count(State.PENDING, State.SENDING) for one in standing)
    if waiting:
        name = plain(correction)
        complain(f"{waiting:,} still wait for {name}; to send it: sendguard outbox resume {name}")


def plan_for(desk: Desk) -> Plan:
    """Every place that is to be repaired.

    Raises:
        WrongUsage: A label names no link or several; what is right is no page, or holds a password.
    """
    order = desk.order
    plan, others = plan_of(desk.original, order.links, desk.found.now, everywhere=order.everywhere)
    for one in plan.repairs:
        if Url.parse(one.address) is None:
            raise WrongUsage(
                f"{called(one.place)} opens {plain(one.address, 200)} in the folder, and a "
                "correction can lead to web pages only: name the right one with --link"
            )
        right_address(one.address)
    for line in others:
        complain(f"left as it went out: {line}")
    return plan


def settle_elsewhere(desk: Desk, plan: Plan) -> Plan:
    """The plan, with the places that have the same address in other stories if a person says so."""
    if not plan.elsewhere:
        return plan
    order = desk.order
    complain("The same address stands in other places too:")
    for link in plan.elsewhere:
        complain(f"  {told_place(link)}")
    if not order.links:
        complain("they keep that address, as in the folder: mend there what is wrong of them, too")
        return plan
    may_ask = is_anybody_there() and not (order.yes or order.changes_nothing)
    if may_ask and agrees("Is it wrong there as well?"):
        return plan_of(desk.original, order.links, desk.found.now, everywhere=True)[0]
    complain("they stay as they are (--everywhere takes them all)")
    return plan
