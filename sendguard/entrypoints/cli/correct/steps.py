"""A correction, step by step: each is shown as it is done."""

from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING

from sendguard.adapters.corrected_folder import refuse_anothers
from sendguard.adapters.database.store import SqlStore, open_store
from sendguard.entrypoints.cli.ask import is_anybody_there
from sendguard.entrypoints.cli.correct.desk import Desk, Halted
from sendguard.entrypoints.cli.correct.finding import (
    find,
    names_relay,
    number_of,
    plan_for,
    settle_elsewhere,
    show_found,
)
from sendguard.entrypoints.cli.correct.keeper import Keeper
from sendguard.entrypoints.cli.correct.obstacle import find_obstacle
from sendguard.entrypoints.cli.correct.order import Order
from sendguard.entrypoints.cli.correct.preparing import prepare
from sendguard.entrypoints.cli.correct.sending import ask, send, send_test
from sendguard.entrypoints.cli.correct.showing import say_how_to_send_it
from sendguard.entrypoints.cli.correct.stopping import as_it_rests, stop_it, telling_what_rests
from sendguard.entrypoints.cli.say import say
from sendguard.errors import BadConfig, WrongUsage

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
    found = find(order, config, store)
    found = replace(found, original=found.original.meaning(found.now, order.expected))
    return Desk(
        order=order,
        config=config,
        store=store,
        keeper=Keeper(store, found.original.name, is_on=not order.changes_nothing),
        found=found,
        has_relay=names_relay(config) or found.original.dispatch is not None,
    )


def _correct(desk: Desk) -> int:
    number, plan = number_of(desk), plan_for(desk)
    _refuse_what_ends_badly(desk, number)
    show_found(desk)
    standing = stop_it(desk)
    with telling_what_rests(desk, standing):
        desk, plan = as_it_rests(desk, plan)
        prepared = prepare(desk, settle_elsewhere(desk, plan), standing, number)
        if desk.order.test_to is not None:
            return send_test(desk, prepared, desk.order.test_to)
        obstacle = find_obstacle(desk, prepared)
        if obstacle is not None:
            desk.keeper.drafted(prepared.correction.name, prepared.apology)
            say_how_to_send_it(prepared, obstacle)
            return 0
        if desk.order.dry_run:
            say("Nothing was stopped, queued or sent (--dry-run).")
            return 0
        ask(desk, prepared)
    return send(desk, prepared)


def _refuse_what_ends_badly(desk: Desk, number: int) -> None:
    """Before anything is changed.

    Raises:
        SendGuardError: The folder of the correction is somebody else's.
        WrongUsage: Nobody could be asked at the end.
    """
    refuse_anothers(desk.folder_of(number))
    asks = desk.has_relay and not (desk.order.yes or desk.order.changes_nothing)
    if asks and not is_anybody_there():
        raise WrongUsage(
            "nobody is here to be asked, so nothing was stopped or sent: say --yes to send it, or "
            "--dry-run to see it first"
        )
