"""Pages that a program makes in the browser: unverified until a person answers for them."""

import json
from pathlib import Path

import yaml

from tests.journeys.program import sendguard
from tests.servers import page, site

SHELL = page(
    "<!doctype html><html><head><title>React App</title></head><body>"
    "<noscript>You need to enable JavaScript to run this app.</noscript>"
    '<div id="root"></div><script src="/static/main.js"></script></body></html>'
)
LETTER = '<p><a href="http://navigator.example/may">How to recover from a mistake</a></p>'


def campaign(here: Path, port: int) -> Path:
    config = {"visit": {"connect_to": {"navigator.example:80": f"127.0.0.1:{port}"}}}
    (here / "config.yaml").write_text(yaml.safe_dump(config), "utf-8")
    folder = here / "navigator-42"
    folder.mkdir()
    (folder / "campaign.yaml").write_text(
        "newsletter: n.html\narticles: [{link: L1, title: How to recover from a mistake}]", "utf-8"
    )
    (folder / "n.html").write_text(LETTER, "utf-8")
    return here


async def test_it_is_unverified_and_no_wrong_article(tmp_path: Path) -> None:
    async with site({"/may": SHELL}) as origin:
        here = campaign(tmp_path, origin.port)
        ran = await sendguard("check", "navigator-42", "--format", "json", here=here)

    document = json.loads(ran.out)
    (link,) = document["newsletters"][0]["links"]
    assert (ran.code, document["decision"]) == (3, "unverified")
    assert [found["code"] for found in link["findings"]] == ["SG218"]
    told = {name: link["visit"][name] for name in ("outcome", "status", "title", "trouble")}
    assert told == {"outcome": "answered", "status": 200, "title": None, "trouble": None}


async def test_an_editor_is_told_what_to_do_and_may_answer_for_it(tmp_path: Path) -> None:
    word = ("--by", "Ada", "--because", "I have looked at it")
    async with site({"/may": SHELL}) as origin:
        here = campaign(tmp_path, origin.port)
        before = await sendguard("check", "navigator-42", here=here)
        await sendguard("approve", "navigator-42", "SG218@L1", *word, here=here)
        after = await sendguard("check", "navigator-42", here=here)

    assert "unverified  L1 “How to recover from a mistake”  SG218 made-in-browser" in before.out
    assert "is made by a program in the browser" in " ".join(before.out.split())
    assert "1 of 1 link only shown by a browser" in before.out
    assert (before.code, after.code) == (3, 0)
