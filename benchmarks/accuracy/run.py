"""The real program, run over letters and their web: many letters to a run where that is fair."""

import json
import os
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import yaml

from benchmarks.accuracy.shapes import Letter, Served
from benchmarks.accuracy.web import Web, a_web

MOST_TOGETHER = 150
_PROGRAM = (sys.executable, "-m", "sendguard", "check")

Report = dict[str, Any]
"""One newsletter of the program's JSON report."""


class CouldNotRun(Exception):
    """The program did not answer as it promises."""


def run_all(letters: Sequence[Letter]) -> dict[str, Report]:
    """The report of each letter, by its id."""
    with_previous = knows("--previous")
    with a_web() as web, TemporaryDirectory() as folder, ThreadPoolExecutor(os.cpu_count()) as pool:
        here = Path(folder)
        web.trust(here / "authority.pem")
        runs = list(batches(letters, with_previous=with_previous))
        folders = (here / str(number) for number in range(len(runs)))
        reports = pool.map(lambda batch, at: _run(batch, web, at), runs, folders)
        return {name: report for found in reports for name, report in found.items()}


@cache
def knows(option: str) -> bool:
    """Has the program this option?"""
    told = subprocess.run([*_PROGRAM, "--help"], capture_output=True, text=True, check=False)
    return option in told.stdout


def batches(letters: Iterable[Letter], *, with_previous: bool) -> Iterator[list[Letter]]:
    """Letters that can share a run: the same issues before, and one web without contradiction."""
    kept = defaultdict[tuple[str, ...], list[tuple[list[Letter], dict[str, Served | None]]]](list)
    for letter in letters:
        before = letter.previous if with_previous else ()
        for some, pages in kept[before]:
            if len(some) < MOST_TOGETHER and _agree(pages, letter.pages):
                some.append(letter)
                pages.update(letter.pages)
                break
        else:
            kept[before].append(([letter], dict(letter.pages)))
    for found in kept.values():
        yield from (some for some, _ in found)


def _agree(some: Mapping[str, Served | None], others: Mapping[str, Served | None]) -> bool:
    return all(address not in some or some[address] == page for address, page in others.items())


def _run(batch: Sequence[Letter], web: Web, folder: str) -> dict[str, Report]:
    here = Path(folder)
    here.mkdir()
    files = {str(_write(here / f"{it.id}.{it.suffix}", it.html)): it.id for it in batch}
    earlier = enumerate(batch[0].previous if knows("--previous") else ())
    before = [f"--previous={_write(here / f'before-{at}.html', html)}" for at, html in earlier]
    pages = {address: page for letter in batch for address, page in letter.pages.items()}
    with web.showing(pages) as doors:
        config = _write(here / "config.yaml", _config(doors, batch, here.parent / "authority.pem"))
        told = _ask((*files, *before, "--format=json", f"--config={config}"))
    return {files[it["path"]]: it for it in told["newsletters"]}


def _ask(arguments: Sequence[str]) -> Report:
    """What the program says, of every newsletter that it was given."""
    ran = subprocess.run([*_PROGRAM, *arguments], capture_output=True, text=True, check=False)
    try:
        report: Report = json.loads(ran.stdout)
    except ValueError as error:
        raise CouldNotRun(f"{ran.stdout[:300]}\n{ran.stderr[-2000:]}") from error
    if report["unreadable"]:
        raise CouldNotRun("\n".join(it["says"] for it in report["unreadable"]))
    return report


def _write(file: Path, text: str) -> Path:
    file.write_text(text, "utf-8")
    return file


def _config(doors: tuple[int, int], batch: Sequence[Letter], authority: Path) -> str:
    there = dict(zip(("http", "https"), doors, strict=True))
    routes = {"*:80": there["http"], "*:443": there["https"]}
    routes |= {f"*:{port}": there[scheme] for letter in batch for scheme, port in letter.ports}
    visit = {
        "connect_to": {name: f"127.0.0.1:{door}" for name, door in routes.items()},
        "ca_file": str(authority),
        "at_once_per_host": 64,
        "timeout_s": 30,
        "remember_s": 0,
    }
    return yaml.safe_dump({"visit": visit})
