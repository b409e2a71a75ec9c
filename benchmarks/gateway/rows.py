"""Each thing that is asked of the gateway, measured by itself."""

import json
import shutil
import statistics
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from tempfile import TemporaryDirectory
from typing import IO, cast

from benchmarks.gateway.letters import Letter
from benchmarks.gateway.servers import Fed, Gate, Stories, a_bare_server, a_gateway, feed
from benchmarks.send.servers import a_server
from benchmarks.twenty_links import LINKS, serve_articles
from benchmarks.visit.newsletters import WEB_B, entries

SMALL, LARGE = 10_000, 60_000
CONNECTIONS = 10


@dataclass(frozen=True, slots=True)
class Rates:
    """Messages a second, with the verdict known: through the gateway, and into nothing."""

    gateway: Fed
    bare: Fed


@dataclass(frozen=True, slots=True)
class Latencies:
    """One message after the other: through the gateway, and straight to the next hop."""

    gateway: Fed
    straight: Fed


@dataclass(frozen=True, slots=True)
class First:
    """From the first copy's DATA to its answer, and what a check of the same newsletter takes."""

    verdict_s: float
    check_s: float


@dataclass(frozen=True, slots=True)
class Memory:
    """The gateway's most, before it held anything, and with all that it held."""

    before_mb: float
    holding_mb: float


def rates(share: float, rounds: int) -> Rates:
    """Ten connections."""
    count = int(10_000 * share)
    with a_server(is_far=False) as sink, a_gateway(sink) as gate, a_bare_server() as bare:
        _let_through(gate, SMALL)
        through, dropped = list[Fed](), list[Fed]()
        for turn in range(rounds):
            first = 10 + turn * count
            dropped.append(feed(bare, gate.letter, count, CONNECTIONS, first))
            through.append(feed(gate.ports["wait"], gate.letter, count, CONNECTIONS, first))
    return Rates(gateway=_median(through), bare=_median(dropped))


def latencies(share: float, rounds: int) -> Latencies:
    """One connection."""
    count = int(2_000 * share)
    with a_server(is_far=False) as sink, a_gateway(sink) as gate:
        _let_through(gate, SMALL)
        through, straight = list[Fed](), list[Fed]()
        for turn in range(rounds):
            first = 10 + turn * count
            straight.append(feed(sink, gate.letter, count, 1, first))
            through.append(feed(gate.ports["wait"], gate.letter, count, 1, first))
    return Latencies(gateway=_median(through), straight=_median(straight))


def first(rounds: int) -> First:
    """Twenty links of the web with latency, a campaign of its own each time."""
    verdicts, checks = list[float](), list[float]()
    with _web_b() as port, a_server(is_far=False) as sink, a_gateway(sink) as gate:
        stories = [(entry.url, entry.headline) for entry in entries(WEB_B, LINKS, port)]
        for turn in range(rounds):
            gate.write([(url, f"{title} {turn}") for url, title in stories], SMALL, f"weekly{turn}")
            checks.append(_check_s(gate))
            verdicts.append(_answered_s(gate))
    return First(verdict_s=statistics.median(verdicts), check_s=statistics.median(checks))


def memory(share: float) -> Memory:
    """What is blocked is held, 60 KB each."""
    with a_server(is_far=False) as sink, a_gateway(sink) as gate:
        before_mb = gate.peak_mb()
        articles = _articles()
        swapped = zip([address for address, _ in articles[1:]], articles, strict=False)
        gate.write([(address, title) for address, (_, title) in swapped], LARGE)
        feed(gate.ports["keep"], gate.letter, int(10_000 * share), CONNECTIONS)
        return Memory(before_mb=before_mb, holding_mb=gate.peak_mb())


def _articles() -> Stories:
    addresses = enumerate(serve_articles(LINKS))
    return [(address, f"The story of number {number}") for number, address in addresses]


def _let_through(gate: Gate, size: int) -> None:
    gate.write(_articles(), size)
    feed(gate.ports["wait"], gate.letter, 1, 1)


def _check_s(gate: Gate) -> float:
    """What a check takes, without the start of the program."""
    (gate.folder / "letter.eml").write_bytes(Letter.read(gate.letter).copy(1))
    program = shutil.which("sendguard", path=f"{sys.prefix}/bin") or "sendguard"
    command = [program, "check", "letter.eml", "--fresh", "--format", "json"]
    done = subprocess.run(command, cwd=gate.folder, capture_output=True, check=False)
    return cast(float, json.loads(done.stdout)["took_s"])


def _answered_s(gate: Gate) -> float:
    """How long the first copy waits for its answer, whatever that is."""
    numbers = [str(number) for number in (gate.ports["wait"], gate.letter, 1, 1, 1)]
    command = [sys.executable, "-m", "benchmarks.gateway.feeder", *numbers]
    done = subprocess.run(command, capture_output=True, check=True)
    return cast(float, json.loads(done.stdout)["median_s"])


@contextmanager
def _web_b() -> Iterator[int]:
    with TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "benchmarks.visit.web", folder]
        with subprocess.Popen(command, stdout=subprocess.PIPE) as web:
            try:
                yield int(cast("IO[bytes]", web.stdout).readline())
            finally:
                web.terminate()


def _median(runs: list[Fed]) -> Fed:
    return Fed(*(statistics.median(values) for values in zip(*map(_figures, runs), strict=True)))


def _figures(fed: Fed) -> tuple[float, ...]:
    return fed.rate, fed.cpu_us, fed.median_s, fed.p99_s
