"""A `ports.Notifier` that tells people through Apprise."""

import asyncio
import re
from contextlib import suppress
from threading import Thread
from typing import TypeAlias

from sendguard.adapters.notifier.reasons import UNKNOWN
from sendguard.ports.telling import NotTold
from sendguard.watch import Verdict

Telling: TypeAlias = tuple[str, str, str, Verdict | None]
"""Address, title, body and how grave it is."""

LONGEST_WAIT_S = 30.0
LONGEST_TITLE = 250
LONGEST_BODY = 4_000
MOST_REMEMBERED = 1_000

# What would call a whole channel together in Slack or Discord, where a page's title says so.
_CALLS_ALL = re.compile(r"(?<=@)(?=(?:everyone|here|channel|all|room)\b)|(?<=<)(?=[@!#])")
_WORD_JOINER = "\u2060"


def why_not(address: str) -> str | None:
    """What is wrong with the form of an address, for who looks after config.yaml; None for nothing.

    Nobody is asked and nothing is sent. The answer holds nothing of the address but its scheme.
    """
    from sendguard.adapters.notifier.service import service_at

    service = service_at(address)
    return service.says if isinstance(service, NotTold) else None


class AppriseNotifier:
    """Tells one address at a time each, and as many addresses at once as it is asked to.

    Apprise waits without an end where a server answers a byte at a time. So each try has a thread
    of its own, which is left behind when it takes too long; nothing more is sent to that address
    until it is back, and the program does not wait for it to leave.
    """

    def __init__(self, longest_wait_s: float = LONGEST_WAIT_S) -> None:
        self._longest_wait_s = longest_wait_s
        self._busy: set[str] = set()
        self._taken: dict[Telling, set[str]] = {}

    async def tell(
        self, address: str, title: str, body: str, decision: Verdict | None = None
    ) -> NotTold | None:
        """Tell once; None when it was taken. Trouble is a value, and holds nothing secret."""
        key = (address, title, body, decision)
        if address in self._busy:
            return NotTold("it has not answered the last time yet")
        try:
            trouble = await asyncio.wait_for(self._begun(key), self._longest_wait_s)
        except TimeoutError:
            return NotTold(f"it did not answer within {self._longest_wait_s:g} s")
        if trouble is None:
            self._taken.pop(key, None)
        return trouble

    def _begun(self, key: Telling) -> asyncio.Future[NotTold | None]:
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[NotTold | None] = loop.create_future()

        def settle(trouble: NotTold | None) -> None:
            if not answer.done():
                answer.set_result(trouble)

        def work() -> None:
            trouble = self._told(key)
            self._busy.discard(key[0])
            with suppress(RuntimeError):  # nobody waits any more
                loop.call_soon_threadsafe(settle, trouble)

        self._busy.add(key[0])
        Thread(target=work, name="telling", daemon=True).start()
        return answer

    def _told(self, key: Telling) -> NotTold | None:
        from sendguard.adapters.notifier.service import send, service_at

        address, title, body, decision = key
        try:
            service = service_at(address)
            if isinstance(service, NotTold):
                return service
            return send(
                service,
                _harmless(title[:LONGEST_TITLE]),
                _harmless(body[:LONGEST_BODY]),
                self._who_took(key),
                decision,
            )
        except Exception:  # noqa: BLE001 - a hundred and forty plugins, not ours; all is to be tried again
            return NotTold(UNKNOWN)

    def _who_took(self, key: Telling) -> set[str]:
        while len(self._taken) > MOST_REMEMBERED:
            self._taken.pop(next(iter(self._taken)), None)
        return self._taken.setdefault(key, set())


def _harmless(text: str) -> str:
    return _CALLS_ALL.sub(_WORD_JOINER, text)
