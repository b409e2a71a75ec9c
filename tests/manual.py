"""docs/operating.md, as the tests read it and do what it says."""

import os
import re
import sys
from collections.abc import Iterable, Mapping
from importlib.util import find_spec
from pathlib import Path
from subprocess import CompletedProcess, run

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs/operating.md"
EXAMPLES = ROOT / "docs/operating"


def commands(heading: str) -> list[str]:
    """The blocks of commands under a heading, in order."""
    _, _, after = PAGE.read_text("utf-8").partition(f"\n{heading}\n")
    section = re.split(r"^#{1,3} ", after, maxsplit=1, flags=re.MULTILINE)[0]
    return re.findall(r"^```sh\n(.*?)^```$", section, re.DOTALL | re.MULTILINE)


def stand_in(folder: Path, name: str, script: str) -> None:
    """A program of that name, to be found on the PATH before a real one."""
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(f"#!/bin/sh\n{script}\n", "utf-8")
    (folder / name).chmod(0o755)


def bare_environment(*first: Path, more: Mapping[str, str] | None = None) -> dict[str, str]:
    """The environment that cron gives, with programs of these folders before the system's."""
    path = os.pathsep.join((*map(str, first), "/usr/bin", "/bin"))
    return {"HOME": str(first[0]), "LOGNAME": "sender", "SHELL": "/bin/sh", "PATH": path} | dict(
        more or {}
    )


def do(command: str, here: Path, environment: Mapping[str, str]) -> CompletedProcess[str]:
    """Let a shell do it; it ends at the first command that fails."""
    return run(
        ["/bin/sh", "-e", "-c", command],
        cwd=here,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def programs() -> Iterable[Path]:
    """The folders of this Python, and of the tools that come with the tests' PostgreSQL."""
    server = find_spec("pgserver")
    assert server is not None
    assert server.origin is not None
    return (Path(sys.executable).parent, Path(server.origin).parent / "pginstall/bin")
