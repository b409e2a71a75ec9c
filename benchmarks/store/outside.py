"""How long a mail pipeline waits: `sendguard check --reuse` as a whole process, beside a check."""

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from benchmarks.twenty_links import newsletter_of, serve_articles
from benchmarks.visit.spent import Spent, spend
from benchmarks.visit.tools import own_program

FRESH, REUSED, REUSED_100 = "check, 20 links", "--reuse, 20 links", "--reuse, 100 links"
_SIZES = (20, 100)


def measure_outside(database: str, rounds: int) -> Mapping[str, float]:
    """Seconds by command, each the median of some rounds in which they take turns."""
    with TemporaryDirectory() as place:
        folder = Path(place)
        config = write_config(folder, database)
        commands = _commands(folder, config)
        for size in _SIZES:
            _run([own_program(), "check", str(folder / f"{size}-links"), *config], folder)
        times: dict[str, list[float]] = {name: [] for name in commands}
        for _ in range(rounds):
            for name, command in commands.items():
                times[name].append(_run(command, folder).wall_s)
        return {name: median(some) for name, some in times.items()}


def write_config(folder: Path, database: str) -> Sequence[str]:
    """The options of a program that may look at the articles and keeps its checks there."""
    file = folder / "config.yaml"
    visit = "visit: {allow_private: [127.0.0.0/8]}"
    file.write_text(f"{visit}\ndatabase: {database}\n", "utf-8")
    return ("--config", str(file))


def write_campaign(folder: Path, addresses: Sequence[str], brief: str = "") -> None:
    """A campaign folder whose newsletter links to these articles."""
    folder.mkdir(parents=True)
    (folder / "newsletter.html").write_text(newsletter_of(list(addresses)), "utf-8")
    (folder / "campaign.yaml").write_text(
        f"newsletter: newsletter.html\nsubject: The magazine\n{brief}", "utf-8"
    )


def _commands(folder: Path, config: Sequence[str]) -> Mapping[str, Sequence[str]]:
    articles = serve_articles(max(_SIZES))
    for size in _SIZES:
        write_campaign(folder / f"{size}-links", articles[:size])
    check = [own_program(), "check"]
    small, large = (str(folder / f"{size}-links") for size in _SIZES)
    return {
        "python": [sys.executable, "-c", ""],
        FRESH: [*check, small, "--fresh", *config],
        REUSED: [*check, small, "--reuse", "1h", *config],
        REUSED_100: [*check, large, "--reuse", "1h", *config],
    }


def _run(command: Sequence[str], folder: Path) -> Spent:
    out = folder / "out"
    spent = spend(command, out=out)
    if spent.code:
        said = out.read_text("utf-8", "replace")
        raise SystemExit(f"{' '.join(command)} ended with {spent.code}: {said}")
    return spent
