"""The report that an editor looks at, made by the real program and shown by a real browser."""

import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import yaml
from axe_playwright_python.base import AXE_FILE_PATH

from tests.journeys.browser import PHONE, WIDE, Shown, shown
from tests.journeys.program import Ran, sendguard
from tests.servers import moved, page, site, titled

HOST = "http://navigator.example"
HEADLINES = "".join(
    f'<p><a href="{HOST}/{number}">A story about ship {number}</a></p>' for number in range(30)
)
NEWSLETTER = f"""<!doctype html><html lang="en"><head><meta charset="utf-8">
<title>Ships and trees</title><style>body {{ background: #eef }} h1, h2 {{ color: green }}</style>
</head><body><h2>A ship of two hulls</h2>
<img src="{HOST}/ship.png" width="400" height="120" alt="A ship with two hulls">
<p>It sails. <a href="{HOST}/trees">Read article</a></p>
{HEADLINES}
<h2>Only people may read this</h2><p><a href="{HOST}/robots">Only people may read this</a></p>
<p><a href="{HOST}/old">The tree of all trees</a> <a href="{HOST}/broken">Broken for now</a></p>
<div style="display:none"><a href="{HOST}/trees">The tree of all trees</a></div>
<p><a href="{{{{ unsubscribe_url }}}}">Unsubscribe</a> <a href="mailto:a@b.example">Write</a></p>
</body></html>"""
HOSTILE_TITLE = "<script>alert(1)</script><img src=http://evil.example/ onerror=alert(2)>"
HOSTILE = f"""<html><head><title>{HOSTILE_TITLE}</title>
<style>@import url(http://evil.example/a.css); body {{ background: url(http://evil.example/b) }}
:host {{ position: fixed !important; inset: 0 !important; z-index: 99 !important }}
h1, .top {{ display: none !important }} .mark, ::slotted(*) {{ visibility: hidden !important }}
.over {{ position: fixed; inset: 0; background: red; z-index: 999 }}
@font-face {{ font-family: x; src: url(http://evil.example/f) }} * {{ font-family: x }}</style>
<link rel="stylesheet" href="http://evil.example/s"><base href="http://evil.example/">
<meta http-equiv="refresh" content="0;url=http://evil.example/r"></head>
<body onload="alert(3)" background="http://evil.example/bg">
</template></div></section><script>alert(4)</script><div class="over">over</div>
<img src="http://evil.example/i" srcset="http://evil.example/j 2x" onerror="alert(5)"
 alt="<script>alert(6)</script>">
<svg onload="alert(7)"><image href="http://evil.example/k"/></svg>
<math><mtext><table><mglyph><style><img src=x onerror=alert(8)></style></table></math>
<video src="http://evil.example/v" poster="http://evil.example/p" autoplay></video>
<object data="http://evil.example/o"></object><embed src="http://evil.example/e">
<iframe srcdoc="<script>alert(9)</script>" src="http://evil.example/q"></iframe>
<form action="http://evil.example/form"><input type="image" src="http://evil.example/in"
 autofocus onfocus="alert(10)"></form><noscript><p title="</noscript><script>alert(11)</script>">
</noscript><p style="background:u\\72l(http://evil.example/esc)">p</p>
<a href="javascript:alert(12)" onclick="alert(13)" ping="http://evil.example/ping">Click me</a>
<a href="http://navigator.example/hostile">Read &lt;script&gt;alert(14)&lt;/script&gt;</a>
<slot name="L1">fake</slot></body></html>"""


@pytest.fixture
async def folder(tmp_path: Path) -> AsyncIterator[Path]:
    """A folder with a config that leads to a small site."""
    replies = {
        "/trees": titled("The tree of all trees"),
        "/old": moved("/trees"),
        "/robots": page("Just a moment...", "403 Forbidden", cf_mitigated="challenge"),
        "/broken": page("oops", "500 Internal Server Error"),
        "/ship.png": page(b"\x89PNG", kind="image/png"),
        "/hostile": titled(HOSTILE_TITLE.replace("<", "&lt;")),
        **{f"/{number}": titled(f"A story about ship {number}") for number in range(30)},
    }
    async with site(replies) as there:
        lead = {"navigator.example:80": f"127.0.0.1:{there.port}"}
        config = {"visit": {"connect_to": lead, "allow_private": ["127.0.0.0/8"]}}
        (tmp_path / "config.yaml").write_text(yaml.safe_dump(config))
        yield tmp_path


async def report(here: Path, **newsletters: str) -> tuple[Path, Ran]:
    for name, text in newsletters.items():
        (here / f"{name}.html").write_text(text, "utf-8")
    names = [f"{name}.html" for name in newsletters]
    made = here / "report.html"
    ran = await sendguard("check", *names, "--format", "html", "--output", made.name, here=here)
    return made, ran


async def axe(told: Shown) -> list[str]:
    """What axe has to say against a page, by WCAG 2.0 to 2.2, A and AA."""
    await told.page.evaluate(AXE_FILE_PATH.read_text("utf-8"))
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    options = {"runOnly": {"type": "tag", "values": tags}}
    results = await told.page.evaluate(f"axe.run(document, {json.dumps(options)})")
    assert results["passes"]
    return [
        f"{one['id']}: {one['nodes'][0]['html'][:200]} {one['nodes'][0]['failureSummary']}"
        for one in results["violations"]
    ]


async def test_the_file_is_whole_and_the_line_of_totals_is_told_besides(folder: Path) -> None:
    made, ran = await report(folder, issue=NEWSLETTER)

    assert (ran.code, ran.out) == (1, "")
    assert ran.err.startswith("sendguard: BLOCKED  issue.html: ")
    assert made.read_text("utf-8").endswith("</html>\n")


async def test_it_shows_the_newsletter_and_asks_nobody_for_anything(folder: Path) -> None:
    made, _ = await report(folder, issue=NEWSLETTER)

    async with shown(made) as told:
        mark = told.page.locator(".letter > .mark.block")
        assert await mark.text_content() == "✕L2, blocks the send"
        assert await mark.is_visible()
        assert await told.page.locator("h1").inner_text() == "✕Blocked"
        assert (told.asked, told.said) == ([], [])


async def test_a_mark_leads_to_its_entry_and_back(folder: Path) -> None:
    made, _ = await report(folder, issue=NEWSLETTER)

    async with shown(made) as told:
        far = told.page.locator('.letter > [slot="L30"]')
        await far.click()
        await told.page.wait_for_url("**#n1-L30", timeout=5000)
        entry = told.page.locator("#n1-L30")
        assert await entry.is_visible()
        assert await entry.evaluate("entry => entry.matches(':target')")

        await told.page.locator(".letter").evaluate("letter => letter.parentNode.scrollTo(0, 0)")
        await entry.locator("a.mark").click()
        await told.page.wait_for_url("**#mark-n1-L30", timeout=5000)
        box, window = await far.bounding_box(), WIDE[1]
        assert box
        assert 0 <= box["y"] < window


async def test_a_click_on_the_link_itself_leads_to_its_entry_too(folder: Path) -> None:
    made, _ = await report(folder, issue=NEWSLETTER)

    async with shown(made) as told:
        box = await told.page.locator('.letter > [slot="L2"]').bounding_box()
        assert box
        await told.page.mouse.click(box["x"] + box["width"] + 20, box["y"] + box["height"] / 2)

        await told.page.wait_for_url("**/report.html#n1-L2", timeout=5000)


async def test_the_keyboard_is_enough(folder: Path) -> None:
    made, _ = await report(folder, issue=NEWSLETTER)

    async with shown(made) as told:
        await told.page.locator('.letter > [slot="L2"]').focus()
        await told.page.keyboard.press("Enter")

        await told.page.wait_for_url("**/report.html#n1-L2", timeout=5000)


@pytest.mark.parametrize(("size", "dark"), [(WIDE, False), (WIDE, True), (PHONE, False)])
async def test_axe_has_nothing_against_it(
    folder: Path, size: tuple[int, int], *, dark: bool
) -> None:
    made, _ = await report(folder, issue=NEWSLETTER, hostile=HOSTILE, short="<p>Hi</p>")

    async with shown(made, size, dark=dark) as told:
        folded = told.page.locator("details")
        await folded.evaluate_all("all => all.forEach(one => { one.open = true })")

        assert await axe(told) == []


async def test_on_a_wide_screen_each_side_scrolls_by_itself(folder: Path) -> None:
    made, _ = await report(folder, issue=NEWSLETTER)

    async with shown(made) as told:
        tall = await told.page.evaluate("document.documentElement.scrollHeight")

        assert tall == WIDE[1]


async def test_on_a_phone_nothing_is_wider_than_the_screen(folder: Path) -> None:
    made, _ = await report(folder, issue=NEWSLETTER)

    async with shown(made, PHONE) as told:
        wide = await told.page.evaluate("document.documentElement.scrollWidth")

        assert wide == PHONE[0]


async def test_on_paper_every_entry_is_open(folder: Path) -> None:
    made, _ = await report(folder, issue=NEWSLETTER)

    async with shown(made) as told:
        await told.page.emulate_media(media="print")

        assert await told.page.get_by_text(f"{HOST}/17", exact=True).is_visible()


async def test_a_hostile_newsletter_runs_nothing_and_asks_for_nothing(folder: Path) -> None:
    made, _ = await report(folder, hostile=HOSTILE)

    async with shown(made) as told:
        await told.page.wait_for_timeout(300)

        assert (told.asked, told.said) == ([], [])
        assert told.page.url == made.as_uri()
        assert HOSTILE_TITLE in await told.page.locator("h2").inner_text()
        title = told.page.locator(".met .title", has_text="<script>")
        assert await title.count() == 1


async def test_a_hostile_newsletter_stays_in_its_frame(folder: Path) -> None:
    made, _ = await report(folder, hostile=HOSTILE)

    async with shown(made) as told:
        at = await told.page.locator("h1").bounding_box()
        assert at
        seen = await told.page.evaluate(
            "([x, y]) => document.elementFromPoint(x, y).closest('h1, .letter').tagName",
            [at["x"] + 5, at["y"] + 5],
        )

        assert seen == "H1"
        font = "getComputedStyle(document.querySelector('h1')).fontFamily"
        assert (await told.page.evaluate(font)).startswith("system-ui")


async def test_a_newsletter_of_five_thousand_links_is_shown(folder: Path) -> None:
    links = "".join(f'<p><a href="#part-{number}">Part {number}</a></p>' for number in range(5000))
    made, _ = await report(folder, issue=links)

    async with shown(made) as told:
        assert await told.page.locator(".letter > .mark").count() == 5000


async def test_text_and_what_cannot_be_read_have_their_place(folder: Path) -> None:
    mail = (
        "Subject: Hello\nContent-Type: text/plain\n\nThe story <b>:\nhttp://navigator.example/1\n"
    )
    (folder / "issue.eml").write_text(mail)

    ran = await sendguard("check", "issue.eml", "gone.html", "--format", "html", here=folder)

    (folder / "report.html").write_text(ran.out, "utf-8")
    assert ran.code == 4
    async with shown(folder / "report.html") as told:
        assert "The story <b>:" in await told.page.locator("pre").inner_text()
        assert "gone.html" in await told.page.locator("nav").inner_text()
