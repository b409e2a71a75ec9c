"""How long `sendguard --help` and `--version` take, beside bare Python and bare Typer."""

import shutil
import sys

from benchmarks.measure import measure, table

ROUNDS = 9


def main() -> None:
    """Measure and print."""
    sendguard = shutil.which("sendguard", path=f"{sys.prefix}/bin") or "sendguard"
    commands = {
        "python": [sys.executable, "-c", ""],
        "import typer": [sys.executable, "-c", "import typer"],
        "sendguard --version": [sendguard, "--version"],
        "sendguard --help": [sendguard, "--help"],
        "sendguard rules": [sendguard, "rules"],
    }
    print(table(measure(commands, ROUNDS), "import typer"))


if __name__ == "__main__":
    main()
