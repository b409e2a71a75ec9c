"""Makes what docs/ has from the program itself: the rules' page, and pictures of results."""

import contextlib
import html
import os
import re
import shutil
import tempfile
from dataclasses import replace
from datetime import UTC, datetime
from email.message import EmailMessage
from io import StringIO
from pathlib import Path

from playwright.sync_api import sync_playwright
from rich.console import Console
from rich.text import Text

from sendguard.config import Config, Visits
from sendguard.entrypoints.checking import run_check
from sendguard.entrypoints.cli.demo.site import navigator_site
from sendguard.entrypoints.cli.demo.stage import READERS, navigator
from sendguard.gate import Run
from sendguard.judge.pages import rules_page
from sendguard.judge.rules import ALL
from sendguard.report import as_html, as_text

DOCS = Path(__file__).parent
CAMPAIGN = "campaigns/navigator-42"
WHEN = datetime(2026, 11, 24, 9, tzinfo=UTC)
_BODY = re.compile(r"<body[^>]*>")
_INBOX = """<div style="background:#fff;padding:14px 24px;font:15px/24px sans-serif;color:#333">
From <b>{sender}</b><br>Subject <b>{subject}</b></div>"""
_FONTS = re.compile(r"@font-face \{.*?\}\s*", re.DOTALL)


def main() -> None:
    """Write docs/rules.md, docs/result.svg, docs/report.png and docs/correction.png."""
    run = _result()
    (DOCS / "rules.md").write_text(rules_page(ALL), "utf-8")
    (DOCS / "result.svg").write_text(_picture(as_text(run)), "utf-8")
    _photograph(as_html(replace(run, at=WHEN)), DOCS / "report.png", (1280, 760))
    _photograph(_opened(_correction()), DOCS / "correction.png", (720, 350))


def _picture(result: Text) -> str:
    """A real check of the Navigator's issue 42, as a terminal shows it."""
    shown = Text.assemble((f"$ sendguard check {CAMPAIGN}\n\n", "bold"), result)
    columns = max(map(len, shown.plain.splitlines()))
    console = Console(record=True, width=columns, file=StringIO(), force_terminal=True)
    console.print(shown)
    # Rich names fonts on a server of others; a picture loads nothing.
    return _FONTS.sub("", console.export_svg(title="SendGuard", unique_id="result"))


def _photograph(page_html: str, picture: Path, size: tuple[int, int]) -> None:
    """A page as a browser shows it."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        file = Path(folder) / "page.html"
        file.write_text(page_html, "utf-8")
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"))
        width, height = size
        page = browser.new_page(
            viewport={"width": width, "height": height}, device_scale_factor=1.5
        )
        page.goto(file.as_uri())
        page.screenshot(path=picture)
        browser.close()


def _result() -> Run:
    with navigator_site() as server, contextlib.chdir(DOCS.parent):
        visits = Visits(connect_to={"navigator.example:80": server}, remember_s=0)
        config = Config(database=None, visit=visits)
        return run_check([CAMPAIGN], config, offline=False, on_visited=lambda _done, _of: None)


def _correction() -> EmailMessage:
    """What a reader gets in the demo, when the mistake has been put right."""
    with (
        tempfile.TemporaryDirectory() as folder,
        contextlib.chdir(folder),
        Path(os.devnull).open("w", encoding="utf-8") as nowhere,
        contextlib.redirect_stdout(nowhere),
        navigator() as stage,
    ):
        stage.mend()
        stage.change_website()
        stage.send()
        stage.correct()
        return stage.post.inbox(f"{READERS[0]}@readers.example")[-1]


def _opened(letter: EmailMessage) -> str:
    """A message as a mail program shows it, its sender and subject on top."""
    part = letter.get_body(("html",))
    assert part is not None  # noqa: S101 - the demo's newsletter has one
    head = _INBOX.format(
        sender=html.escape(str(letter["From"])), subject=html.escape(str(letter["Subject"]))
    )
    return _BODY.sub(lambda body: body[0] + head, part.get_content(), count=1)


if __name__ == "__main__":
    main()
