"""`/healthz` and `/readyz`: is the process alive, and does it do what it is there for?"""

import asyncio
import os
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager

from aiohttp import web

from sendguard.adapters.process import told_name
from sendguard.errors import SendGuardError
from sendguard.flows.gateway.condition import AtGate
from sendguard.flows.watch import Condition
from sendguard.flows.work import AtWork

OLD_LOOK_S = 60.0
"""Without a look for so long, nobody is watching, whatever the process thinks."""

MOST_AT_ONCE = 50
LONGEST_TALK_S = 10.0
"""One question and its answer, for which a moment is enough."""

Tell = Callable[[], Mapping[str, object]]


@asynccontextmanager
async def answering(listen: str | None, tell: Tell) -> AsyncIterator[None]:
    """In here both are answered.

    Args:
        listen: Host and port; None for nowhere.
        tell: What `/readyz` tells; see `facts`.

    Raises:
        SendGuardError: The place is taken, or is not this computer's.
    """
    if listen is None:
        yield
        return
    runner = web.AppRunner(_app(tell), access_log=None, handle_signals=False, shutdown_timeout=0.5)
    await runner.setup()
    host, _, port = listen.rpartition(":")
    try:
        server = await asyncio.get_running_loop().create_server(
            _bounded(runner), host.strip("[]"), int(port), backlog=MOST_AT_ONCE
        )
    except OSError as error:
        await runner.cleanup()
        raise SendGuardError(_says(listen, error)) from error
    try:
        yield
    finally:
        server.close()
        await runner.cleanup()


def _bounded(runner: web.AppRunner) -> Callable[[], asyncio.Protocol]:
    """So many connections for so long: whoever is silent must not use up what checks need."""
    loop, serve = asyncio.get_running_loop(), runner.server
    assert serve is not None  # noqa: S101 - it is set up

    def accept() -> asyncio.Protocol:
        if len(serve.connections) >= MOST_AT_ONCE:
            return _Refusal()
        connection = serve()
        loop.call_later(LONGEST_TALK_S, connection.force_close)
        return connection

    return accept


class _Refusal(asyncio.Protocol):
    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        if isinstance(transport, asyncio.Transport):
            transport.abort()


def _says(listen: str, error: OSError) -> str:
    is_known = error.errno is not None and error.errno > 0  # below are those of names
    why = os.strerror(error.errno or 0).lower() if is_known else "there is no such host"
    return (
        f"{listen} cannot be listened on ({why}): is another `sendguard serve` running "
        "here? Give `watch.listen` another port, or null for none"
    )


def _app(tell: Tell) -> web.Application:
    async def healthz(_: web.Request) -> web.Response:
        return web.json_response({"alive": True})

    async def readyz(_: web.Request) -> web.Response:
        told = tell()
        return web.json_response(told, status=200 if told["ready"] else 503)

    app = web.Application()
    app.router.add_get("/healthz", healthz)
    app.router.add_get("/readyz", readyz)
    return app


def facts(
    watch: Condition | None, work: AtWork | None, gate: AtGate | None = None
) -> dict[str, object]:
    """What `/readyz` tells of the parts that this process has."""
    told: dict[str, object] = {"ready": True}
    parts = (
        _of_watch(watch) if watch else {},
        _of_work(work) if work else {},
        _of_gate(gate) if gate else {},
    )
    for one in parts:
        told |= {**one, "ready": bool(told["ready"] and one.get("ready", True))}
    return told


def _of_watch(now: Condition) -> dict[str, object]:
    is_watched = now.is_watching or now.watcher is not None
    return {
        "ready": now.trouble is None and now.has_place and is_watched and _is_new(now.looked_s),
        "store": now.trouble or "ok",
        "campaigns": "ok" if now.has_place else "missing",
        "watching": now.is_watching,
        "watched_by": told_name(now.watcher.holder) if now.watcher else None,
        "last_look_s": None if now.looked_s is None else round(now.looked_s, 1),
        "under_way": now.under_way,
    }


def _of_work(now: AtWork) -> dict[str, object]:
    # Who sends for long looks no further meanwhile. A mail server that is down is no reason to
    # start this process anew: it is told, and the log has it.
    return {
        "ready": now.trouble is None and (now.sending is not None or _is_new(now.looked_s)),
        "outbox": now.trouble or "ok",
        "sending": now.sending,
        "mail_server": now.relay or "ok",
    }


def _of_gate(now: AtGate) -> dict[str, object]:
    return {
        "ready": now.trouble is None,
        "gateway": now.trouble or "ok",
        "connections": now.connections,
        "kept_messages": now.kept,
    }


def _is_new(looked_s: float | None) -> bool:
    return looked_s is not None and looked_s <= OLD_LOOK_S
