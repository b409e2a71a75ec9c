"""A folder of newsletters, titles and mistakes, read as it lies there."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.accuracy.earlier import Filed, with_earlier
from benchmarks.accuracy.shapes import Collection, Issue, Mistake, Pair, Wrong


def read_corpus(folder: Path) -> Collection:
    """Everything in the folder that can be measured on."""
    pairs = {row["id"]: _pair(row) for row in _rows(folder / "goodpairs.jsonl")}
    moved = tuple(_moved(row) for row in _rows(folder / "moved.jsonl"))
    wrongs = (
        Wrong(id=row["id"], pair=pairs[row["pair"]], url=row["wrong_url"], title=row["wrong_title"])
        for row in _rows(folder / "hardneg.jsonl")
        if row["pair"] in pairs
    )
    filed = [_issue(file.parent) for file in sorted(folder.glob("issues/*/truth.json"))]
    right = (*pairs.values(), *moved)
    return Collection(pairs=right, wrongs=tuple(wrongs), issues=with_earlier(filed))


def _rows(file: Path) -> Iterator[dict[str, Any]]:
    if file.exists():
        yield from map(json.loads, file.read_text("utf-8").splitlines())


def _pair(row: dict[str, Any]) -> Pair:
    return Pair(
        id=row["id"],
        source=row["repo"],
        label=row["anchor"],
        line=row["context"],
        url=row["url"],
        title=row["title"],
        kind=row["anchor_kind"],
    )


def _moved(row: dict[str, Any]) -> Pair:
    return Pair(
        id=row["id"],
        source=row["repo"],
        label=row["anchor"],
        line=row["context"],
        url=row["wrong_url"],
        title=row["anchor"],
        kind="moved",
    )


def _issue(folder: Path) -> Filed:
    truth = json.loads((folder / "truth.json").read_text("utf-8"))
    previous = sorted(folder.glob("previous-*.html"), key=lambda file: int(file.stem[9:]))
    issue = Issue(
        id=folder.name,
        html=(folder / "newsletter.html").read_text("utf-8"),
        previous=tuple(file.read_text("utf-8") for file in previous),
        mistakes=tuple(
            Mistake(
                label=row["label"],
                wrong=row["wrong_url"],
                right=row["right_url"],
                kind=row["kind"],
            )
            for row in truth["mistakes"]
        ),
    )
    return Filed(issue, truth.get("repo", folder.name), truth.get("file", ""))
