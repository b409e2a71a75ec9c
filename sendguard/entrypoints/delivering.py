"""Deliveries, joined to the real world: the store, the mail server, the clock."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path

from sendguard.adapters.clock import SystemClock
from sendguard.adapters.database.store import SqlStore
from sendguard.adapters.process import own_name
from sendguard.adapters.smtp import SmtpRelay
from sendguard.config import Config, Smtp
from sendguard.entrypoints.interrupts import hearing_interrupts
from sendguard.errors import BadConfig, BadStore, SendGuardError, Unreadable
from sendguard.flows.deliver import LONGEST_WAIT_S, Delivered, OnProgress, deliver
from sendguard.flows.supply import Equipment, group_of
from sendguard.ports.sending import Outbox
from sendguard.send import Delivery, Dispatch, Edition, Letter, Reader
from sendguard.send.fields import missing_fields
from sendguard.send.mailbox import sole_mailbox
from sendguard.send.merge import says_missing
from sendguard.send.message_id import followed, message_id
from sendguard.send.mold import Mold
from sendguard.send.pace import Limits
from sendguard.send.signature import Signer


def run_delivery(
    dispatch: Dispatch, config: Config, store: SqlStore, show: OnProgress
) -> Delivered:
    """Deliver a dispatch and wait for the end; an interrupt ends it with what is on the wire.

    Raises:
        BadStore: The store cannot be used any more.
        BadConfig: The key that messages are to be signed with cannot be used.
    """

    async def run() -> Delivered:
        with hearing_interrupts() as stop:
            return await deliver_here(dispatch, config, store, show, stop)

    with asyncio.Runner(loop_factory=loop_factory()) as runner:
        return runner.run(run())


async def deliver_here(  # noqa: PLR0913, PLR0917 - one for each thing that it works with
    dispatch: Dispatch,
    config: Config,
    store: SqlStore,
    show: OnProgress,
    stop: asyncio.Event,
    longest_wait_s: float = LONGEST_WAIT_S,
) -> Delivered:
    """Deliver a dispatch in the loop that runs."""
    outbox = store.outbox
    foundry = Foundry(dispatch, outbox, config)
    equipment = Equipment(
        outbox=outbox,
        relay=SmtpRelay(config.relay),
        clock=SystemClock(),
        worker=own_name(),
        cast=foundry.cast,
        limits=limits_of(config.relay),
        group=group_of(await asyncio.to_thread(foundry.size)),
    )
    return await deliver(dispatch, equipment, show, stop, longest_wait_s)


def limits_of(smtp: Smtp) -> Limits:
    """What of the settings holds messages back."""
    return Limits(
        per_hour=smtp.per_hour,
        per_hour_to=smtp.per_hour_to,
        at_once_to=smtp.at_once_to,
        at_once=smtp.at_once,
    )


def loop_factory() -> Callable[[], asyncio.AbstractEventLoop]:
    """uvloop's, which needs half the time for a message, where there is one."""
    try:
        uvloop = import_module("uvloop")
    except ImportError:  # there is none for Windows
        return asyncio.new_event_loop
    factory: Callable[[], asyncio.AbstractEventLoop] = uvloop.new_event_loop
    return factory


@dataclass(slots=True)
class Foundry:
    """Makes the letters of a dispatch, from the editions that its deliveries name."""

    dispatch: Dispatch
    outbox: Outbox
    config: Config
    _molds: dict[str, Mold] = field(default_factory=dict)
    _corrected: dict[str, Dispatch | None] = field(default_factory=dict)

    def cast(self, delivery: Delivery) -> Letter:
        """The letter of a delivery; may read the store.

        Raises:
            BadStore: The edition is gone, or another release wrote it.
        """
        mold = self._mold(delivery.edition)
        return mold.letter(delivery, follows=self._follows(delivery, mold))

    def size(self) -> int:
        """How many bytes its letters have at least; 0 where they cannot be made, as `cast` says."""
        try:
            return self._mold(self.dispatch.edition).size
        except SendGuardError:
            return 0

    def _mold(self, digest: str) -> Mold:
        if digest not in self._molds:
            self._molds[digest] = self._made(digest)
        return self._molds[digest]

    def _made(self, digest: str) -> Mold:
        edition = self.outbox.edition(digest)
        if edition is None:
            raise BadStore(
                f"the edition of {self.dispatch.campaign} cannot be read: "
                "it was queued with another release of SendGuard, so finish it with that one"
            )
        return Mold.of(edition, self.dispatch, signer_of(edition, self.config))

    def _follows(self, delivery: Delivery, mold: Mold) -> str | None:
        """The Message-ID of what this corrects."""
        name = self.dispatch.corrects
        if name is None:
            return None
        if delivery.answers is None:
            return followed(self.dispatch.columns, delivery.reader.fields)
        if name not in self._corrected:
            self._corrected[name] = self.outbox.find(name)
        original = self._corrected[name]
        if original is None:
            return None
        return message_id(original, delivery.answers, delivery.reader.key, mold.domain)


def ready_to_send(edition: Edition, columns: tuple[str, ...], config: Config) -> None:
    """See to it that the messages of an edition can be made, before any of them is queued.

    Args:
        edition: What goes out.
        columns: Names of the merge fields that the readers have.
        config: Names the key that messages are signed with.

    Raises:
        Unreadable: The newsletter speaks of what the readers do not have.
        BadConfig: The key cannot be read or used.
    """
    if missing := missing_fields(edition, columns):
        raise Unreadable(says_missing(missing))
    now = SystemClock().now().replace(microsecond=0)
    dispatch = Dispatch(
        campaign="trial",
        series=None,
        path="",
        edition=edition.digest,
        columns=columns,
        key="0" * 32,
        queued_at=now,
    )
    nobody = "nobody@example.org"
    reader = Reader(key=nobody, address=nobody, fields=("",) * len(columns))
    mold = Mold.of(edition, dispatch, signer_of(edition, config))
    mold.letter(Delivery(id=0, reader=reader, edition=edition.digest, dated=now))


def signer_of(edition: Edition, config: Config) -> Signer | None:
    """What signs the messages of an edition; None where the mail server does.

    Raises:
        BadConfig: The key cannot be read or used.
    """
    mail = config.mail
    if mail.dkim_key is None:
        return None
    pem = read_key(mail.dkim_key)
    domain = mail.dkim_domain or sole_mailbox(edition.sender, "sender").domain
    return Signer.of(pem, selector=mail.dkim_selector, domain=domain)


def read_key(file: str) -> bytes:
    """The file of `mail.dkim_key`.

    Raises:
        BadConfig: It cannot be read.
    """
    try:
        return Path(file).read_bytes()
    except OSError as error:
        says = f"mail.dkim_key: {file} cannot be read: {error.strerror}"
        raise BadConfig(says) from error
