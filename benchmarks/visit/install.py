"""Puts the peers where they can be measured, in the versions that `peers/` names."""

import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

_WANTED = Path(__file__).with_name("peers")


def install(folder: Path) -> Iterator[str]:
    """Install what is missing in `folder`, from the network; a line for whatever failed."""
    npm = shutil.which("npm")
    if npm:
        yield from _install(folder / "npm", "package.json", [npm, "install", "--no-package-lock"])
    python = folder / "venv/bin/python"
    yield from _install(
        folder / "venv",
        "requirements.txt",
        [sys.executable, "-m", "venv", "."],
        [str(python), "-m", "pip", "install", "--requirement", "requirements.txt"],
        [str(python), "-m", "compileall", "-q", "lib"],
    )


def _install(folder: Path, wanted: str, *commands: Sequence[str]) -> Iterator[str]:
    """Run the commands in `folder`, unless they were run for the very same wants."""
    wants, met = _WANTED / wanted, folder / f"met-{wanted}"
    if met.exists() and met.read_text("utf-8") == wants.read_text("utf-8"):
        return
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(wants, folder)
    for command in commands:
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            yield f"{wanted}: {(done.stderr.strip().splitlines() or ['?'])[-1]}"
            return
    shutil.copy(wants, met)
