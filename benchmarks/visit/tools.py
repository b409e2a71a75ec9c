"""The tools that are measured, how each is called, and which of them are there."""

import json
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.visit import told

OWN, PEER, LIMIT = "SendGuard", "peer", "limit"
_ENOUGH = 1_000_000
_PEERS = Path(__file__).with_name("peers")
_AGENT = "Mozilla/5.0 (X11; Linux x86_64) benchmark"


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """What is to be checked.

    Attributes:
        page: Address of the newsletter, for tools that take no file.
        file: The newsletter.
        urls: A file with its addresses, one in a line.
        out: Where a tool may write that does not print.
        latency: Whether the web takes its time.
    """

    page: str
    file: Path
    urls: Path
    out: Path
    latency: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Tool:
    """One tool.

    Attributes:
        kind: `LIMIT` for what only fetches, and is no checker.
        prints: False when what it found is in the task's `out`.
        most: Links of the largest newsletter that it is tried on; more would take minutes.
    """

    name: str
    kind: str
    command: Callable[[Task], list[str]]
    read: told.Reader
    prints: bool = True
    most: int = _ENOUGH


def sendguard() -> Tool:
    """SendGuard as its users start it; nothing is taken from the run before."""
    program = own_program()

    def command(task: Task) -> list[str]:
        config = task.file.with_name("config.yaml")
        config.write_text("visit: {allow_private: [127.0.0.0/8]}\n", "utf-8")
        options = ["--config", str(config), "--format", "json", "--fresh"]
        return [program, "check", str(task.file), *options]

    return Tool(name="sendguard", kind=OWN, command=command, read=told.sendguard)


def own_program() -> str:
    """Where this project's own `sendguard` is."""
    return shutil.which("sendguard", path=f"{sys.prefix}/bin") or "sendguard"


def others(peers: Path) -> Iterator[Tool | str]:
    """Every other tool, or a line that says why it is left out."""
    node = shutil.which("node")
    modules = peers / "npm/node_modules"
    for make, name in ((_linkinator, "linkinator"), (_check_links, "check-links")):
        if node is None:
            yield f"{name}: node is not installed"
        elif not (modules / name).is_dir():
            yield f"{name}: it is not in {modules}"
        else:
            yield make(node, modules)
    program = peers / "venv/bin/linkchecker"
    yield _linkchecker(program) if program.exists() else f"linkchecker: there is no {program}"
    python = peers / "venv/bin/python"
    yield _read_heads(python) if python.exists() else f"aiohttp: there is no {python}"
    curl = shutil.which("curl")
    yield _curl(curl) if curl else "curl: it is not installed"


def _linkinator(node: str, modules: Path) -> Tool:
    about = json.loads((modules / "linkinator/package.json").read_text("utf-8"))
    program = modules / "linkinator" / about["bin"]["linkinator"]
    return Tool(
        name="linkinator",
        kind=PEER,
        command=lambda task: [node, str(program), task.page, "--format", "json"],
        read=told.linkinator,
    )


def _check_links(node: str, modules: Path) -> Tool:
    program = [node, str(_PEERS / "check_links.mjs"), str(modules)]
    return Tool(
        name="check-links",
        kind=PEER,
        command=lambda task: [*program, str(task.urls), str(task.out), "100"],
        read=told.check_links,
        prints=False,
        most=400,
    )


def _linkchecker(program: Path) -> Tool:
    options = ["-v", "--no-status", "-o", "csv/utf-8", "-r1", "--check-extern"]
    return Tool(
        name="linkchecker",
        kind=PEER,
        command=lambda task: [str(program), *options, "--ignore-url", "^mailto:", task.page],
        read=told.linkchecker,
        most=100,
    )


def _read_heads(python: Path) -> Tool:
    def command(task: Task) -> list[str]:
        at_once = "1000" if task.latency else "100"
        return [str(python), str(_PEERS / "read_heads.py"), str(task.urls), str(task.out), at_once]

    return Tool(name="aiohttp", kind=LIMIT, command=command, read=told.read_heads, prints=False)


def _curl(program: str) -> Tool:
    options = ["-s", "-L", "--max-redirs", "10", "--compressed", "-m", "30", "-A", _AGENT]
    at_once = ["--parallel", "--parallel-immediate", "--parallel-max", "100"]

    def command(task: Task) -> list[str]:
        urls = task.urls.read_text("utf-8").split()
        asked = task.urls.with_suffix(".curl")
        asked.write_text("".join(f'url = "{it}"\noutput = "/dev/null"\n' for it in urls), "utf-8")
        found = ["-w", "%{url} %{http_code} %{exitcode}\\n", "-K", str(asked)]
        return [program, *options, *at_once, *found]

    return Tool(name="curl", kind=LIMIT, command=command, read=told.curl)
