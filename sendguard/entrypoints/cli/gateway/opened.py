"""What came through the gateway, for a command, and the campaign that it names."""

from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from sendguard.entrypoints.cli.say import complain
from sendguard.errors import SendGuardError, WrongUsage
from sendguard.judge.quote import plain

if TYPE_CHECKING:
    from sendguard.adapters.database.store import SqlStore
    from sendguard.config import Config
    from sendguard.gateway import Standing, Stream

NOTHING_CAME = "nothing came through the gateway yet: there is no store"
CHANGED = "it was decided otherwise a moment ago, so nothing was changed: look again"
FEWEST_DIGITS = 6
_TOO_SHORT = "names no campaign: at least {} digits of its fingerprint are needed"
_ALL_DIGITS = 12
_UNKNOWN = "names no campaign that came through the gateway"
_UNKNOWN_OR_SEVERAL = f"{_UNKNOWN}, or is how several of them begin: give all twelve digits"
_LIST = "; `sendguard gateway list` has them"
LONGEST_TROUBLE = 300


class NothingCame(SendGuardError):
    """There is no store, so nothing ever came."""


@contextmanager
def opened_store(config: "Config") -> Iterator["SqlStore"]:
    """The store, in which nothing is on its way any more from a process that is gone.

    Raises:
        NothingCame: There is none.
    """
    from sendguard.adapters.database.store import find_store

    store = find_store(config.database) if config.database else None
    if store is None:
        raise NothingCame(NOTHING_CAME)
    with closing(store):
        store.ledger.recover(datetime.now(UTC))
        yield store


@contextmanager
def store_to_look_at(config: "Config") -> Iterator["SqlStore"]:
    """The same; where mail does not go on that is said first.

    Raises:
        NothingCame: There is none.
    """
    with opened_store(config) as store:
        if trouble := store.ledger.trouble(datetime.now(UTC)):
            says = plain(trouble, LONGEST_TROUBLE)
            complain(f"mail does not go on through the gateway: {says}; see `sendguard doctor`")
        yield store


def find_stream(store: "SqlStore", named: str) -> "Stream":
    """The campaign of that fingerprint, or of one that begins so.

    Raises:
        WrongUsage: There is none, or there are several.
    """
    name = named.strip().lower()
    if len(name) < FEWEST_DIGITS:
        raise WrongUsage(f"{plain(named) or 'nothing'} {_TOO_SHORT.format(FEWEST_DIGITS)}{_LIST}")
    stream = store.streams.find(name)
    if stream is None:
        why = _UNKNOWN if len(name) >= _ALL_DIGITS else _UNKNOWN_OR_SEVERAL
        raise WrongUsage(f"{plain(named)} {why}{_LIST}")
    return stream


def decide(
    store: "SqlStore",
    stream: "Stream",
    standing: "Standing",
    word: tuple[str, str],
    addresses: "Iterable[str]",
) -> None:
    """Have a person's word count, and have those hear of it who were told otherwise.

    Args:
        store: Where it stands.
        stream: As the person saw it.
        standing: How it is to stand.
        word: Who says so, and why.
        addresses: Of `notify:`.

    Raises:
        SendGuardError: Somebody else was quicker.
    """
    from sendguard.gateway import Ruling
    from sendguard.gateway.notice import notice_of

    by, says = word
    ruling = Ruling(
        standing=standing, at=datetime.now(UTC), says=says, record=stream.ruling.record, by=by
    )
    notice = notice_of(stream, ruling, store.ledger.tally(stream.fingerprint).numbers)
    expected = {stream.standing}
    if not store.streams.rule(stream.fingerprint, ruling, expected, notice, tuple(addresses)):
        raise SendGuardError(CHANGED)


def command(name: str, fingerprint: str) -> str:
    """What to call about a campaign."""
    return f"sendguard gateway {name} {fingerprint}"
