"""Makes what docs/ has from the program itself: the rules' page and the picture of a result."""

import contextlib
import re
from io import StringIO
from pathlib import Path

from rich.console import Console
from rich.text import Text

from sendguard.config import Config, Visits
from sendguard.entrypoints.checking import run_check
from sendguard.entrypoints.cli.demo.site import navigator_site
from sendguard.judge.pages import rules_page
from sendguard.judge.rules import ALL
from sendguard.report import as_text

DOCS = Path(__file__).parent
CAMPAIGN = "campaigns/navigator-42"
_FONTS = re.compile(r"@font-face \{.*?\}\s*", re.DOTALL)


def main() -> None:
    """Write docs/rules.md and docs/result.svg."""
    (DOCS / "rules.md").write_text(rules_page(ALL), "utf-8")
    (DOCS / "result.svg").write_text(_picture(), "utf-8")


def _picture() -> str:
    """A real check of the Navigator's issue 42, as a terminal shows it."""
    shown = Text.assemble((f"$ sendguard check {CAMPAIGN}\n\n", "bold"), _result())
    columns = max(map(len, shown.plain.splitlines()))
    console = Console(record=True, width=columns, file=StringIO(), force_terminal=True)
    console.print(shown)
    # Rich names fonts on a server of others; a picture loads nothing.
    return _FONTS.sub("", console.export_svg(title="SendGuard", unique_id="result"))


def _result() -> Text:
    with navigator_site() as server, contextlib.chdir(DOCS.parent):
        config = Config(visit=Visits(connect_to={"navigator.example:80": server}))
        run = run_check([CAMPAIGN], config, offline=False, on_visited=lambda _done, _of: None)
    return as_text(run)


if __name__ == "__main__":
    main()
