"""Makes what docs/ has from the program itself: the rules' page and the pictures of a result."""

import contextlib
import re
import shutil
import tempfile
from dataclasses import replace
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path

from playwright.sync_api import sync_playwright
from rich.console import Console
from rich.text import Text

from sendguard.config import Config, Visits
from sendguard.entrypoints.checking import run_check
from sendguard.entrypoints.cli.demo.site import navigator_site
from sendguard.gate import Run
from sendguard.judge.pages import rules_page
from sendguard.judge.rules import ALL
from sendguard.report import as_html, as_text

DOCS = Path(__file__).parent
CAMPAIGN = "campaigns/navigator-42"
WHEN = datetime(2026, 11, 24, 9, tzinfo=UTC)
_FONTS = re.compile(r"@font-face \{.*?\}\s*", re.DOTALL)


def main() -> None:
    """Write docs/rules.md, docs/result.svg and docs/report.png."""
    run = _result()
    (DOCS / "rules.md").write_text(rules_page(ALL), "utf-8")
    (DOCS / "result.svg").write_text(_picture(as_text(run)), "utf-8")
    _photograph(as_html(replace(run, at=WHEN)), DOCS / "report.png")


def _picture(result: Text) -> str:
    """A real check of the Navigator's issue 42, as a terminal shows it."""
    shown = Text.assemble((f"$ sendguard check {CAMPAIGN}\n\n", "bold"), result)
    columns = max(map(len, shown.plain.splitlines()))
    console = Console(record=True, width=columns, file=StringIO(), force_terminal=True)
    console.print(shown)
    # Rich names fonts on a server of others; a picture loads nothing.
    return _FONTS.sub("", console.export_svg(title="SendGuard", unique_id="result"))


def _photograph(report: str, picture: Path) -> None:
    """The report for editors, as a browser shows it."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        file = Path(folder) / "report.html"
        file.write_text(report, "utf-8")
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"))
        page = browser.new_page(viewport={"width": 1280, "height": 760}, device_scale_factor=1.5)
        page.goto(file.as_uri())
        page.screenshot(path=picture)
        browser.close()


def _result() -> Run:
    with navigator_site() as server, contextlib.chdir(DOCS.parent):
        visits = Visits(connect_to={"navigator.example:80": server}, remember_s=0)
        config = Config(database=None, visit=visits)
        return run_check([CAMPAIGN], config, offline=False, on_visited=lambda _done, _of: None)


if __name__ == "__main__":
    main()
