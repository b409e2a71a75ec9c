"""A send, joined to the real world: the check before it, the audience, the outbox."""

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from secrets import token_hex

from sendguard.adapters.audience import open_audience
from sendguard.adapters.clock import SystemClock
from sendguard.adapters.database.store import SqlStore
from sendguard.adapters.files import open_path
from sendguard.adapters.smtp import SmtpRelay
from sendguard.config import Config
from sendguard.entrypoints.checking import run_check
from sendguard.entrypoints.delivering import signer_of
from sendguard.entrypoints.reusing import find_passed
from sendguard.errors import RelayTrouble, WrongUsage
from sendguard.flows.send import (
    Surveyed,
    dispatch_of,
    queue_campaign,
    readers_of,
    refuse_missing_fields,
    survey_audience,
)
from sendguard.flows.visit_all import OnVisited
from sendguard.gate import Run
from sendguard.judge.quote import plain
from sendguard.read import Campaign
from sendguard.send import Accepted, Delivery, Dispatch, Edition, Letter, Outcome, Reader
from sendguard.send.address import parse_address
from sendguard.send.freeze import freeze
from sendguard.send.mold import Mold
from sendguard.send.unfit import refuse_unfit

OLDEST_PASS_S = 15 * 60.0
"""A pass for exactly this content counts for so long; an older one is checked afresh."""
TEST = "[TEST]"
"""Stands before the subject of a copy, so that nobody takes it for the real one."""

COPY_PATIENCE_S = 5.0
"""So long a server has to answer whoever waits for one copy."""


def name_of(path: str) -> str:
    """What a campaign is called in the store.

    Raises:
        WrongUsage: It is a newsletter without a campaign.
        Unreadable: There is none.
    """
    name = open_path(path).id
    if name is None:
        raise WrongUsage(
            f"{plain(path)} is a newsletter without a campaign: put it into a folder with a "
            "campaign.yaml that names its audience (`sendguard init` makes one)"
        )
    return name


def checked_now_or_before(path: str, config: Config, on_visited: OnVisited) -> Run:
    """The campaign's last pass, if it still counts; else a check made now."""
    reused = find_passed([path], config, (), (), OLDEST_PASS_S)
    if reused.run is not None:
        return reused.run
    return run_check([path], config, offline=False, on_visited=on_visited)


def edition_of(campaign: Campaign, config: Config) -> Edition:
    """What of a campaign goes out.

    Raises:
        Unreadable: It cannot be sent as it is.
    """
    edition = freeze(campaign, config.mail)
    refuse_unfit(edition)
    return edition


def survey(edition: Edition) -> Surveyed:
    """Go through the audience of an edition.

    Raises:
        Unreadable: It cannot be read, or lacks a column that the newsletter speaks of.
    """
    campaign = edition.campaign
    surveyed = survey_audience(campaign.path, campaign.brief, open_audience)
    refuse_missing_fields(edition, surveyed)
    return surveyed


def queue(edition: Edition, surveyed: Surveyed, store: SqlStore) -> Dispatch:
    """Queue it, all or nothing.

    Raises:
        Unreadable: The audience was changed meanwhile.
        BadStore: It cannot be written down.
        AlreadyQueued: Somebody else has.
    """
    dispatch = dispatch_of(edition, surveyed, token_hex(16), SystemClock())
    return queue_campaign(dispatch, edition, surveyed, store.outbox, open_audience)


def send_copy(
    edition: Edition, columns: tuple[str, ...], like: Reader, config: Config, address: str
) -> str:
    """Send one copy to an address, as a reader would get it; the server's answer.

    Args:
        edition: What goes out.
        columns: Names of the merge fields.
        like: The reader whose fields it is filled with.
        config: Names the mail server.
        address: Where it goes.

    Raises:
        WrongUsage: It is no address.
        RelayTrouble: The server did not take it.
    """
    try:
        key, whole = parse_address(address)
    except ValueError as error:
        raise WrongUsage(f"--test-to {address!r}: {error}") from error
    now = SystemClock().now()
    edition = replace(edition, subject=f"{TEST} {edition.subject}")
    dispatch = Dispatch(
        campaign="test",
        series=None,
        path="",
        edition=edition.digest,
        columns=columns,
        key=token_hex(16),
        queued_at=now,
    )
    reader = replace(like, key=key, address=whole)
    dated = now.replace(microsecond=0)
    mold = Mold.of(edition, dispatch, signer_of(edition, config))
    letter = mold.letter(Delivery(id=0, reader=reader, edition=edition.digest, dated=dated))
    return _answer(letter, config)


def first_reader(surveyed: Surveyed) -> Reader:
    """The first one of an audience."""
    return next(readers_of(surveyed, open_audience))


def _answer(letter: Letter, config: Config) -> str:
    supply = _OneLetter(letter)
    asyncio.run(SmtpRelay(config.relay, patience_s=COPY_PATIENCE_S).carry(supply))
    if not isinstance(supply.outcome, Accepted):
        raise RelayTrouble(f"the mail server did not take it: {supply.says}")
    return plain(str(supply.outcome.reply), 200)


class _OneLetter:
    """A `ports.sending.Supply` of one letter, which is tried once."""

    def __init__(self, letter: Letter) -> None:
        self._left: Iterator[Letter] = iter([letter])
        self.outcome: Outcome | None = None
        self.is_over = False

    @property
    def says(self) -> str:
        """What the server, or the network, had against it."""
        reply = getattr(self.outcome, "reply", None)
        return plain(str(reply or getattr(self.outcome, "says", "there was no answer")), 300)

    def take(self) -> Letter | None:
        """The letter, the first time."""
        return next(self._left, None)

    def put_back(self, letter: Letter) -> None:
        """It is to be tried once more."""
        self._left = iter([letter])

    def settle(self, letter: Letter, outcome: Outcome) -> None:
        """Hear what became of it."""
        del letter
        self.outcome, self.is_over = outcome, True

    async def wait(self) -> None:
        """Wait for what is on the wire."""
        await asyncio.sleep(0.05)
