"""How long `sendguard` takes to start, beside bare Python and bare Typer."""

import shutil
import sys
import tempfile
from pathlib import Path

from benchmarks.measure import measure, table

ROUNDS = 9
NEWSLETTER = '<a href="https://example.org/a">The story of one link</a>'


def main() -> None:
    """Measure and print."""
    sendguard = shutil.which("sendguard", path=f"{sys.prefix}/bin") or "sendguard"
    with tempfile.TemporaryDirectory() as folder:
        newsletter = Path(folder, "newsletter.html")
        newsletter.write_text(NEWSLETTER, "utf-8")
        check = f"{sendguard} check --offline --format json {newsletter}"
        commands = {
            "python": [sys.executable, "-c", ""],
            "import typer": [sys.executable, "-c", "import typer"],
            "sendguard --version": [sendguard, "--version"],
            "sendguard --help": [sendguard, "--help"],
            "sendguard rules": [sendguard, "rules"],
            "check --offline, 1 link": ["sh", "-c", f"{check} || true"],
        }
        print(table(measure(commands, ROUNDS), "import typer"))


if __name__ == "__main__":
    main()
