"""Whatever stands in a newsletter, a check of it ends with an answer or a refusal."""

import asyncio

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sendguard.config import Config
from sendguard.flows.check import check
from sendguard.flows.prepare import Prepared, prepare_all
from sendguard.report import FORMATS
from tests.fakes import StoppedClock, ToldPaths

PIECES = (
    *("<table>", "</table>", "<tr>", "<td>", "</td>", "<p>", "</p>", "<br>", "<h2>", "</h2>"),
    *(
        "<!--",
        "-->",
        "<!--[if mso]>",
        "<![endif]-->",
        "<style>",
        "</style>",
        "<script>",
        "<![CDATA[",
    ),
    *("<a href='https://x.org/a'>", '<a href="', "</a>", "<a name=b>", "<area href=#>", "<form>"),
    *(
        "<img src=https://x.org/i alt='An image'>",
        "<v:rect href=https://x.org/v>",
        "<base href=/b>",
    ),
    *("<div style='font-size:22px'>", "</div>", "url(https://x.org/u)", "Read more", "A headline"),
    *("{{ url }}", "*|UNSUB|*", "%%x%%", "&amp;", "&#0;", "\0", "\ud800", "\u202e", "→", "é", "\n"),
)
markup = st.lists(st.sampled_from(PIECES) | st.text(max_size=12), max_size=60).map("".join)


def is_checked(html: str) -> None:
    encodable = html.encode("utf-8", "replace").decode("utf-8")
    ready = prepare_all(["issue"], ToldPaths(issue=encodable))
    run = asyncio.run(check(ready, None, StoppedClock(), Config()))

    lines = encodable.count("\n") + 1
    assert all(
        1 <= link.place.line <= lines
        for one in ready
        if isinstance(one, Prepared)
        for link in one.links
    )
    assert all(form(run) is not None for form in FORMATS.values())


@given(markup)
def test_any_markup_is_checked(html: str) -> None:
    is_checked(html)


@pytest.mark.soak
@settings(max_examples=20_000, deadline=None, suppress_health_check=list(HealthCheck))
@given(markup)
def test_twenty_thousand_markups_are_checked(html: str) -> None:
    is_checked(html)
