"""Letters and reports for the tests of the benchmark."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from benchmarks.accuracy.shapes import Asked, Letter, Served

RIGHT = "https://a.example/right"
WRONG = "https://a.example/wrong"


ASKED = Asked(
    id="1",
    group="issues",
    company=True,
    kind="wrong-article",
    wrong=True,
    label="A headline",
    href=WRONG,
)
"""Of a wrong link of an issue."""


def a_letter(
    *asked: Asked,
    name: str = "letter",
    html: str = "<p>Hello</p>",
    pages: Mapping[str, Served | None] = MappingProxyType({}),
    previous: tuple[str, ...] = (),
    everything: bool = False,
) -> Letter:
    """A letter about which that is asked."""
    return Letter(
        id=name, html=html, pages=pages, asked=asked, previous=previous, everything=everything
    )


def a_finding(
    severity: str = "block", says: str = "It is wrong", place: str | None = None
) -> dict[str, Any]:
    """A finding as the JSON report has it."""
    return {"code": "SG301", "severity": severity, "says": says, "place": place}


def a_report(*links: dict[str, Any], findings: tuple[Any, ...] = ()) -> dict[str, Any]:
    """One newsletter of the JSON report."""
    return {"findings": list(findings), "links": list(links)}


def a_link(label: str, href: str, *findings: dict[str, Any]) -> dict[str, Any]:
    """One link of the JSON report."""
    return {
        "id": f"L{abs(hash((label, href)))}",
        "label": label,
        "href": href,
        "role": "article",
        "findings": list(findings),
        "intent": None,
        "visit": None,
    }


def a_page(title: str = "A page") -> Served:
    """A page of the stand-in web."""
    return Served(title=title)
