"""What is measured, each in a process of its own: the gateway, and a bare aiosmtpd beside it."""

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import yaml

from benchmarks.gateway.letters import write_letter
from benchmarks.send.servers import free_port, wait_for

Stories = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Fed:
    """What one run of the sender took.

    Attributes:
        rate: Messages a second.
        cpu_us: Processor time of the sender for one message.
        median_s, p99_s: From MAIL FROM to the last reply.
    """

    rate: float
    cpu_us: float
    median_s: float
    p99_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """A gateway that runs.

    Attributes:
        folder: Its own, with the letter that is sent.
        ports: Of its listeners, by mode; `keep` holds what is blocked.
    """

    folder: Path
    ports: Mapping[str, int]
    process: subprocess.Popen[bytes]

    @property
    def letter(self) -> Path:
        """What its copies share."""
        return self.folder / "letter"

    def write(self, stories: Stories, size: int, series: str = "weekly") -> None:
        """Have another letter."""
        write_letter(self.letter, stories, size, series)

    def peak_mb(self) -> float:
        """The most memory that it had until now (RSS)."""
        lines = Path(f"/proc/{self.process.pid}/status").read_text("utf-8").splitlines()
        told = next(line for line in lines if line.startswith("VmHWM"))
        return int(told.split()[1]) / 1024


@contextmanager
def a_gateway(next_hop: int) -> Iterator[Gate]:
    """One that runs and answers."""
    ports = {mode: free_port() for mode in ("wait", "hold", "keep")}
    with TemporaryDirectory() as name:
        _write_config(Path(name), ports, next_hop)
        program = shutil.which("sendguard", path=f"{sys.prefix}/bin") or "sendguard"
        with Path(name, "log").open("wb") as log:
            process = subprocess.Popen(
                [program, "serve", "--only", "gateway"],
                cwd=name,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )
        try:
            for port in ports.values():
                wait_for(port)
            yield Gate(folder=Path(name), ports=ports, process=process)
        finally:
            process.kill()
            process.wait()


def _write_config(folder: Path, ports: Mapping[str, int], next_hop: int) -> None:
    told = {"wait": {"mode": "wait"}, "hold": {}, "keep": {"blocked": "hold"}}
    listeners = [{"listen": f"127.0.0.1:{ports[name]}", **told[name]} for name in ports]
    config = {
        "visit": {"allow_private": ["127.0.0.0/8"], "remember_s": 0},
        "watch": {"listen": None},
        "gateway": {
            "listeners": listeners,
            "next_hop": f"127.0.0.1:{next_hop}",
            "wait_s": 30,
        },
    }
    (folder / "config.yaml").write_text(yaml.safe_dump(config), "utf-8")


@contextmanager
def a_bare_server() -> Iterator[int]:
    """An aiosmtpd that takes and drops; its port."""
    port = free_port()
    command = [sys.executable, "-m", "benchmarks.gateway.bare", str(port)]
    with subprocess.Popen(command, stdin=subprocess.DEVNULL) as server:
        try:
            wait_for(port)
            yield port
        finally:
            server.kill()


def feed(port: int, letter: Path, count: int, connections: int, first: int = 1) -> Fed:
    """Send so many copies, from the reader with that number on.

    Raises:
        SystemExit: Not all of them were accepted.
    """
    numbers = [str(number) for number in (count, connections, first)]
    command = [sys.executable, "-m", "benchmarks.gateway.feeder", str(port), str(letter), *numbers]
    done = subprocess.run(command, capture_output=True, check=False)
    if done.returncode != 0:
        raise SystemExit(f"the sender failed: {done.stderr.decode()}")
    cost = json.loads(done.stdout)
    if cost["refused"] or cost["answered"] != count:
        raise SystemExit(f"{cost['answered']} of {count} were answered: {cost['refused']}")
    return Fed(
        rate=count / cost["wall_s"],
        cpu_us=1e6 * cost["cpu_s"] / count,
        median_s=cost["median_s"],
        p99_s=cost["p99_s"],
    )
