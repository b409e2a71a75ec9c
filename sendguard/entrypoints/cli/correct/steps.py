"""A correction, step by step: each is shown as it is done."""

import asyncio
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from sendguard.adapters.clock import SystemClock
from sendguard.adapters.corrected_folder import write_folder
from sendguard.adapters.database.store import SqlStore, open_store
from sendguard.correct.folder import corrected_name
from sendguard.correct.plan import Plan
from sendguard.correct.triage import Facts, Tier, Triage, triage
from sendguard.entrypoints.cli.ask import agrees
from sendguard.entrypoints.cli.correct.desk import Desk, Halted
from sendguard.entrypoints.cli.correct.gating import (
    apologise_for,
    check_correction,
    check_repair,
    prove_it,
)
from sendguard.entrypoints.cli.correct.keeper import Keeper
from sendguard.entrypoints.cli.correct.order import Order
from sendguard.entrypoints.cli.correct.prepared import Prepared
from sendguard.entrypoints.cli.correct.readers import Readers, readers_of
from sendguard.entrypoints.cli.correct.sending import ask, send, send_test
from sendguard.entrypoints.cli.correct.showing import (
    say_how_to_send_it,
    show,
    show_left_alone,
    show_triage,
)
from sendguard.entrypoints.cli.exits import NOT_PASSED
from sendguard.entrypoints.cli.say import complain, say
from sendguard.entrypoints.correcting import Found, find_queued, hosts_of, read_unsent
from sendguard.errors import BadConfig, WrongUsage
from sendguard.flows.correct import (
    Wrong,
    corrected_letter,
    draft,
    find_wrong,
    mend,
    plan_of,
    repaired_letter,
)
from sendguard.flows.stop import stop
from sendguard.judge.quote import called, plain
from sendguard.ports.sending import Progress
from sendguard.send import BEING_CORRECTED, GOT_IT, State
from sendguard.send.unfit import refuse_unfit

if TYPE_CHECKING:
    from sendguard.config import Config


def obey(order: Order, config: "Config") -> int:
    """Do what the editor asks, and show it; the exit code."""
    if config.database is None:
        raise BadConfig("`correct` has to remember who got what, and `database` is null: name one")
    with closing(open_store(config.database)) as store:
        try:
            return _correct(_desk(order, config, store))
        except Halted as halted:
            return halted.code


def _desk(order: Order, config: "Config", store: SqlStore) -> Desk:
    found = _find(order, config, store)
    # `sendguard init` writes every default out, so that it is there says nothing.
    is_named = config.smtp != type(config.smtp)()
    return Desk(
        order=order,
        config=config,
        store=store,
        keeper=Keeper(store, found.original.name, is_on=not order.changes_nothing),
        found=found,
        has_relay=is_named or found.original.dispatch is not None,
    )


def _find(order: Order, config: "Config", store: SqlStore) -> Found:
    if order.original is not None:
        return read_unsent(str(order.original), config)
    path = order.campaign or ""
    found = find_queued(path, config, store)
    if found is not None:
        return found
    if Path(path).exists():
        complain(f"{plain(path)} was not sent by SendGuard: it is taken as it stands there")
        return read_unsent(path, config)
    raise WrongUsage(
        f"{plain(path)} was not sent by SendGuard; for a newsletter that somebody else sent: "
        "sendguard correct --original FILE --audience FILE"
    )


def _correct(desk: Desk) -> int:
    number = _number(desk)
    plan = _plan(desk)
    standing = _stop(desk)
    prepared = _prepare(desk, plan, standing, number)
    if desk.order.test_to is not None:
        return send_test(desk, prepared, desk.order.test_to)
    if desk.order.dry_run:
        say("Nothing was stopped, queued or sent (--dry-run).")
        return 0
    if not desk.has_relay or prepared.readers is None:
        say_how_to_send_it(desk, prepared)
        return 0
    refuse_unfit(prepared.correction.edition)
    ask(desk, prepared)
    return send(desk, prepared, standing)


def _number(desk: Desk) -> int:
    made = desk.store.outbox.corrections(desk.original.name)
    if made and not desk.order.again:
        complain(
            f"{plain(desk.original.name)} was corrected already, by {plain(made[-1].campaign)}. A "
            "second correction costs more trust than most mistakes: if it has to be, say --again"
        )
        raise Halted(NOT_PASSED)
    if made:
        desk.keeper.forced(f"It is corrected again, after {plain(made[-1].campaign)}.")
    return len(made) + 1


def _plan(desk: Desk) -> Plan:
    order = desk.order
    plan, others = plan_of(desk.original, order.links, desk.found.now, everywhere=order.everywhere)
    for line in others:
        complain(f"left as it went out: {line}")
    if not plan.elsewhere:
        return plan
    complain("The same address stands in other places too:")
    for link in plan.elsewhere:
        under = f" under “{plain(link.story.headline)}”" if link.story else ""
        complain(f"  {link.id} {called(link)}{under}")
    if order.yes or order.changes_nothing or not agrees("Is it wrong there as well?"):
        complain("they stay as they are (--everywhere takes them all)")
        return plan
    return plan_of(desk.original, order.links, desk.found.now, everywhere=True)[0]


def _stop(desk: Desk) -> Progress | None:
    """Stop what is still queued; how the original stands then."""
    dispatch, outbox = desk.original.dispatch, desk.store.outbox
    desk.keeper.found(desk.original.edition.subject)
    if dispatch is None:
        return None
    if desk.order.changes_nothing:
        return outbox.progress(dispatch.campaign)[0]
    standing = asyncio.run(stop(dispatch, outbox, SystemClock(), BEING_CORRECTED))
    desk.keeper.stopped(standing)
    waiting, got = standing.count(State.PENDING), standing.count(*GOT_IT)
    left = f" {waiting:,} wait, and do not get the wrong one any more." if waiting else ""
    doubt = ", or may have it" if standing.count(State.IN_DOUBT) else ""
    say(f"Stopped.   {got:,} have it{doubt}.{left}")
    return standing


def _prepare(desk: Desk, plan: Plan, standing: Progress | None, number: int) -> Prepared:
    original = desk.original
    name, repaired = corrected_name(original.name, number), mend(original, plan)
    readers = readers_of(desk.found, desk.order, desk.store)
    was = draft(f"{original.name}-original", original.letter, original, repaired, readers=False)
    letter = repaired_letter(original, repaired)
    right = draft(f"{original.name}-repaired", letter, original, repaired, readers=False)
    show_left_alone(plan, repaired)
    before, after = check_repair(desk, was, right)
    wrong = find_wrong(plan, before, after)
    judged = _triage(desk, wrong, standing, readers)
    apology = apologise_for(desk, wrong)
    whole, taken = corrected_letter(letter, apology, desk.config.correct.word)
    correction = draft(name, whole, original, repaired, readers=readers is not None)
    prove_it(desk, correction, repaired, apology, taken)
    check_correction(desk, correction)
    desk.keeper.repaired(plan)
    folder = desk.found.beside / name
    write_folder(folder, correction.files, readers.rows() if readers else None)
    prepared = Prepared(
        correction=correction,
        repaired=right,
        apology=apology,
        triage=judged,
        readers=readers,
        number=number,
        folder=folder,
    )
    show(desk, prepared)
    _heed(desk, judged)
    return prepared


def _triage(
    desk: Desk, wrong: Sequence[Wrong], standing: Progress | None, readers: Readers | None
) -> Triage:
    listed = readers.count if readers else None
    sent = standing.first_sent if standing else None
    facts = Facts(
        mistakes=tuple(one.mistake for one in wrong),
        got=standing.count(*GOT_IT) if standing else listed,
        pending=standing.count(State.PENDING) if standing else 0,
        minutes=(SystemClock().now() - sent).total_seconds() / 60 if sent else None,
        own_hosts=hosts_of(desk.original.edition),
        harm=desk.order.harm,
    )
    judged = triage(facts)
    desk.keeper.triaged(judged)
    show_triage(judged)
    return judged


def _heed(desk: Desk, judged: Triage) -> None:
    """Nothing is queued where people have to decide, or where there is nothing to correct."""
    if not judged.may_queue:
        complain("nothing is queued, with --yes or without: people decide about this one")
        raise Halted(NOT_PASSED)
    if judged.tier is Tier.NOTHING and not desk.order.force:
        complain(
            "nothing is queued: no reader is led astray; to write to them all the same: --force"
        )
        raise Halted(NOT_PASSED)
