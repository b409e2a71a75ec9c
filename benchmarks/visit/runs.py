"""Every tool run over a newsletter, in turn, so that what else the machine does hits all alike."""

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.request import urlopen

from benchmarks.visit.chains import AT_ONCE_PER_HOST, bench_chain_s, busiest_host_s, chain_s
from benchmarks.visit.line import in_line_s
from benchmarks.visit.newsletters import Entry, Kind, entries, html
from benchmarks.visit.score import Score, score
from benchmarks.visit.spent import Spent, spend
from benchmarks.visit.told import Verdicts
from benchmarks.visit.tools import Task, Tool
from sendguard.config import Visits


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The least that a newsletter takes, in seconds.

    Attributes:
        bench_chain_s: The slowest chain of answers, each address asked once, failures twice.
        chain_s: The same with SendGuard's own pauses and second looks.
        busiest_host_s: What the busiest host needs at eight requests at a time.
        in_line_s: What a check needs that costs nothing itself and asks in reading order.
    """

    bench_chain_s: float
    chain_s: float
    busiest_host_s: float
    in_line_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the web counted while a tool ran."""

    requests: int
    heads: int
    connections: int
    sent: int
    most_at_once: int
    most_per_host: int
    first_s: float
    last_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One run of one tool."""

    tool: str
    kind: str
    web: str
    size: int
    spent: Spent
    asked: Asked
    score: Score
    limits: Limits

    @property
    def before_s(self) -> float:
        """From its start to its first request; 0 when it made none."""
        return max(self.asked.first_s - self.spent.began_s, 0.0)

    @property
    def after_s(self) -> float:
        """From the last answer to its end."""
        return self.spent.ended_s - max(self.asked.last_s, self.spent.began_s)


def run_all(kind: Kind, size: int, tools: Sequence[Tool], rounds: int) -> Iterator[Run]:
    """Every tool `rounds` times over the newsletter with `size` links."""
    with TemporaryDirectory() as folder, a_web(kind, Path(folder)) as port:
        stories = entries(kind, size, port)
        task = _task(Path(folder), stories, port, latency=kind.scale > 0)
        limits = _limits(kind, stories)
        for _ in range(rounds):
            for tool in tools:
                if size <= tool.most:
                    yield _run(tool, kind, task, stories, limits)


def _run(tool: Tool, kind: Kind, task: Task, stories: Sequence[Entry], limits: Limits) -> Run:
    command, printed = tool.command(task), task.out.with_name("printed")
    task.out.unlink(missing_ok=True)
    _reset(task)
    spent = spend(command, out=printed)
    asked = _reset(task)
    verdicts = _read(tool, printed if tool.prints else task.out)
    return Run(
        tool=tool.name,
        kind=tool.kind,
        web=kind.name,
        size=len(stories),
        spent=spent,
        asked=asked,
        score=score(stories, verdicts),
        limits=limits,
    )


def _read(tool: Tool, found: Path) -> Verdicts:
    """What it said; nothing when it broke off."""
    try:
        return tool.read(found.read_text("utf-8", "replace"))
    except (OSError, ValueError):
        return {}


def _reset(task: Task) -> Asked:
    """Let the web forget what flaky pages saw; what it counted until now."""
    address = task.page.rpartition("/newsletter/")[0]
    with urlopen(f"{address}/__reset", timeout=30) as answer:  # noqa: S310  # our own web
        return Asked(**json.load(answer))


def _task(folder: Path, stories: Sequence[Entry], port: int, *, latency: bool) -> Task:
    file, urls = folder / "newsletter.html", folder / "urls"
    file.write_text(html(stories), "utf-8")
    urls.write_text("\n".join(story.url for story in stories), "utf-8")
    page = f"http://127.0.0.1:{port}/newsletter/{file.name}"
    return Task(page=page, file=file, urls=urls, out=folder / "out", latency=latency)


def _limits(kind: Kind, stories: Sequence[Entry]) -> Limits:
    articles = [story.article for story in stories]
    return Limits(
        bench_chain_s=kind.scale * max(map(bench_chain_s, articles)),
        chain_s=kind.scale * max(map(chain_s, articles)),
        busiest_host_s=kind.scale * busiest_host_s(articles),
        in_line_s=kind.scale
        * in_line_s(articles, at_once=Visits().at_once, per_host=AT_ONCE_PER_HOST),
    )


@contextmanager
def a_web(kind: Kind, folder: Path) -> Iterator[int]:
    """Its port, for as long as it is needed."""
    command = [sys.executable, "-m", "benchmarks.visit.web", str(folder), f"--scale={kind.scale}"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as web:
        try:
            yield int(web.stdout.readline()) if web.stdout else 0
        finally:
            web.terminate()
