"""Tell people what they are to be told: each address by itself, until it got through."""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass

from sendguard.config.hiding import without_token
from sendguard.ports import Clock
from sendguard.ports.telling import DueNotice, Notices, Notifier
from sendguard.watch.address import digest_of
from sendguard.watch.retry import ON_ITS_WAY, again_at


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """What came of one try.

    Attributes:
        campaign: Whom the notice is about.
        title: What it says.
        address: Where to, without anything secret.
        trouble: Why it did not get through; None when it did.
        given_up: Whether it is not tried again.
    """

    campaign: str
    title: str
    address: str
    trouble: str | None = None
    given_up: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What came of one round.

    Attributes:
        tellings: One for each try, by address in the order of config.yaml.
        dropped: How many notices were dropped because their address is not in config.yaml any more.
    """

    tellings: tuple[Telling, ...] = ()
    dropped: int = 0


async def tell_due(
    notices: Notices, notifier: Notifier, addresses: Iterable[str], clock: Clock
) -> Told:
    """Tell each address what it is due to be told; none of them holds up another.

    A program that dies between sending and marking tells again: better twice than never.
    """
    known = {digest_of(address): address for address in addresses}
    dropped = await asyncio.to_thread(notices.drop_others, known)
    async with asyncio.TaskGroup() as group:
        rounds = [
            group.create_task(_tell_one(notices, notifier, to, address, clock))
            for to, address in known.items()
        ]
    return Told(
        tellings=tuple(telling for each in rounds for telling in each.result()), dropped=dropped
    )


async def _tell_one(
    notices: Notices, notifier: Notifier, to: str, address: str, clock: Clock
) -> list[Telling]:
    """One address, one notice after the other, as far as they get through."""
    tellings: list[Telling] = []
    for notice in await asyncio.to_thread(notices.due, to, clock.now()):
        telling = await _try_once(notices, notifier, notice, address, clock)
        tellings += [telling] if telling else []
        if telling and telling.trouble:
            break  # the next one would meet the same
    return tellings


async def _try_once(
    notices: Notices, notifier: Notifier, notice: DueNotice, address: str, clock: Clock
) -> Telling | None:
    """Try one notice and write down what came of it; None where another was faster."""
    if not await asyncio.to_thread(notices.begin, notice, clock.now() + ON_ITS_WAY):
        return None
    trouble = await notifier.tell(address, notice.title, notice.body, notice.decision)
    now = clock.now()
    again = again_at(now, notice.tries + 1) if trouble else None
    if trouble is None:
        await asyncio.to_thread(notices.told, notice)
    elif again:
        await asyncio.to_thread(notices.failed, notice, trouble.says, again)
    else:
        await asyncio.to_thread(notices.give_up, notice, trouble.says)
    return Telling(
        campaign=notice.campaign,
        title=notice.title,
        address=without_token(address),
        trouble=trouble.says if trouble else None,
        given_up=bool(trouble and not again),
    )
