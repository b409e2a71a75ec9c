"""The apology on top of newsletters, as a real browser shows it."""

from pathlib import Path
from typing import TypedDict

import pytest
from playwright.async_api import Page

from sendguard.correct.block import on_top_of_html
from tests.correct import newsletters
from tests.correct.wrong import a_wrong_link, an_apology
from tests.journeys.browser import WIDE, shown

NARROW = (320, 640)
LONG = a_wrong_link("Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichenverordnungen")
MEASURE = """() => {
    const block = document.querySelector('[lang="en"][dir="ltr"]');
    const link = block.querySelector('a');
    const words = link.closest('div');
    const body = [...document.querySelectorAll('p')].find(p => p.innerText.startsWith('A tree'));
    const box = body.closest('table, .main, body');
    const of = one => {
        const r = one.getBoundingClientRect();
        return {left: r.left, right: r.right, top: r.top, bottom: r.bottom};
    };
    const seen = one => getComputedStyle(one);
    return {
        block: of(block), box: of(box), story: of(body), room: innerWidth,
        scroll: document.documentElement.scrollWidth,
        ink: seen(words).color, link: seen(link).color,
        papers: [...new Set([block, ...block.querySelectorAll('td, div, a')].map(
            one => seen(one).backgroundColor))],
    };
}"""


class Box(TypedDict):
    left: float
    right: float
    top: float
    bottom: float


class Measured(TypedDict):
    block: Box
    box: Box
    story: Box
    room: float
    scroll: float
    ink: str
    link: str
    papers: list[str]


async def measured(page: Page) -> Measured:
    found: Measured = await page.evaluate(MEASURE)
    return found


def topped(here: Path, html: str) -> Path:
    file = here / "corrected.html"
    file.write_text(on_top_of_html(html, an_apology(LONG)).text, "utf-8")
    return file


each_layout = pytest.mark.parametrize(
    "html",
    [newsletters.MJML, newsletters.TABLE, newsletters.NO_TABLE, newsletters.STYLED],
    ids=["mjml", "table of 600 px", "no table", "styles"],
)


@each_layout
@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "320 px"])
async def test_the_block_is_as_wide_as_the_newsletter(
    tmp_path: Path, html: str, size: tuple[int, int]
) -> None:
    async with shown(topped(tmp_path, html), size) as told:
        seen = await measured(told.page)

    block, box = seen["block"], seen["box"]
    assert (block["left"], block["right"]) == pytest.approx((box["left"], box["right"]), abs=1)
    assert block["bottom"] <= seen["story"]["top"]
    assert seen["scroll"] <= seen["room"]


@each_layout
async def test_the_words_can_be_read_whatever_the_styles_and_the_night(
    tmp_path: Path, html: str
) -> None:
    async with shown(topped(tmp_path, html), dark=True) as told:
        seen = await measured(told.page)

    assert (seen["ink"], seen["link"]) == ("rgb(34, 34, 34)", "rgb(11, 79, 138)")
    assert seen["papers"] == ["rgb(255, 244, 214)"]


async def test_the_block_stands_at_the_side_where_the_newsletter_does(tmp_path: Path) -> None:
    async with shown(topped(tmp_path, newsletters.LEFT)) as told:
        seen = await measured(told.page)

    assert seen["block"]["left"] == pytest.approx(seen["box"]["left"], abs=1)
    assert seen["block"]["right"] == pytest.approx(seen["box"]["right"], abs=1)


async def test_it_asks_nobody_for_anything(tmp_path: Path) -> None:
    async with shown(topped(tmp_path, newsletters.TABLE)) as told:
        hidden = told.page.get_by_text("was wrong; here is the right one.")

        assert (told.asked, told.said) == ([], [])
        assert not await hidden.is_visible()
