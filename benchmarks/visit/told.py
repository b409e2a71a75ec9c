"""What each tool said of each address, read from the tool's own output."""

import csv
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import Any, TypeAlias


class Says(IntEnum):
    """What is said of a link, the mildest first."""

    OK = 0
    WARN = 1
    BROKEN = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a tool said of one address.

    Attributes:
        link: Whether it answers.
        article: Whether it opens what the newsletter says; only SendGuard looks at that.
    """

    link: Says
    article: Says = Says.OK
    title: str = ""


Verdicts: TypeAlias = Mapping[str, Told]
Reader: TypeAlias = Callable[[str], Verdicts]


def sendguard(text: str) -> Verdicts:
    """Of `sendguard check --format json`; an address that occurs twice gets the worst of both."""
    found: dict[str, Told] = {}
    for newsletter in json.loads(text)["newsletters"]:
        for link in newsletter["links"]:
            before = found.get(link["href"], Told(link=Says.OK))
            found[link["href"]] = _worst(before, _of_sendguard(link))
    return found


def _of_sendguard(link: Mapping[str, Any]) -> Told:
    findings = link["findings"]
    title = (link["visit"] or {}).get("title") or ""
    return Told(link=_said(findings, "SG2"), article=_said(findings, "SG3"), title=title)


def _said(findings: Iterable[Mapping[str, Any]], group: str) -> Says:
    said = {"block": Says.BROKEN, "warn": Says.WARN}
    some = (finding["severity"] for finding in findings if finding["code"].startswith(group))
    return max((said.get(severity, Says.OK) for severity in some), default=Says.OK)


def _worst(one: Told, other: Told) -> Told:
    return Told(
        link=max(one.link, other.link),
        article=max(one.article, other.article),
        title=one.title or other.title,
    )


def linkinator(text: str) -> Verdicts:
    """Of `linkinator --format json`."""
    links = json.loads(text)["links"]
    return {link["url"]: Told(link=_ok(link["state"] == "OK")) for link in links}


def check_links(text: str) -> Verdicts:
    """Of our `check_links.mjs`."""
    found = json.loads(text)
    return {url: Told(link=_ok(status == "alive")) for url, status in found.items()}


def linkchecker(text: str) -> Verdicts:
    """Of `linkchecker -o csv`; the first row of an address counts."""
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    found: dict[str, Told] = {}
    for row in csv.DictReader(lines, delimiter=";"):
        fine = Says.WARN if row.get("warningstring") else Says.OK
        link = fine if row["valid"] == "True" else Says.BROKEN
        found.setdefault(row["urlname"], Told(link=link))
    return found


def read_heads(text: str) -> Verdicts:
    """Of our `read_heads.py`."""
    found = json.loads(text)
    return {
        url: Told(link=_ok(200 <= status < 400), title=title)
        for url, (status, title) in found.items()
    }


def curl(text: str) -> Verdicts:
    """Of `curl --write-out '%{url} %{http_code} %{exitcode}'`."""
    rows = (line.split() for line in text.splitlines())
    return {
        row[0]: Told(link=_ok(row[1].startswith("2") and row[2] == "0"))
        for row in rows
        if len(row) == 3
    }


def _ok(fine: bool) -> Says:  # noqa: FBT001  # it is what is asked
    return Says.OK if fine else Says.BROKEN
