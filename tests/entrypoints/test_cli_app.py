"""The program as a whole: how it starts, speaks and exits."""

import os
import subprocess
import sys
from collections.abc import Collection, Mapping
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
SLOW = {"httpx", "bs4", "mjml", "pydantic", "rich", "yaml", "pypdf", "selectolax", "asyncio"}
OF_THE_STORE = {"sqlmodel", "sqlalchemy", "alembic", "psycopg"}
SELDOM_NEEDED = OF_THE_STORE | {
    *("mjml", "yaml", "pypdf", "feedparser", "rich", "jinja2", "nh3", "tinycss2"),
}
OF_THE_NETWORK = {"httpx", "httpcore", "aiohttp"}
# Typer reads any command's own options with it.
BY_TYPER = {"pydantic"}


def sendguard(
    *arguments: str, cwd: Path = ROOT, env: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "sendguard", *arguments],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(ROOT), **(env or {})},
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )


def slow_imports(
    *arguments: str, cwd: Path = ROOT, among: Collection[str] = frozenset(SLOW)
) -> set[str]:
    """Those modules that a command line brings in."""
    program = (
        "import sys\n"
        "from sendguard.entrypoints.cli.app import app\n"
        f"app({arguments!r}, standalone_mode=False)\n"
        f"print('\\n', *{set(among)!r}.intersection(sys.modules))"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    return set(ran.stdout.splitlines()[-1].split())


@pytest.mark.parametrize("asked", ["--help", "--version"])
def test_help_and_version_import_nothing_slow(asked: str) -> None:
    assert slow_imports(asked) == set()


@pytest.mark.parametrize(
    ("how", "not_needed"), [([], SELDOM_NEEDED), (["--offline"], SELDOM_NEEDED | OF_THE_NETWORK)]
)
def test_a_check_imports_only_what_its_newsletter_needs(
    how: list[str], not_needed: set[str], tmp_path: Path
) -> None:
    (tmp_path / "issue.html").write_text('<a href="http://127.0.0.1/a">A story</a>')

    brought = slow_imports(
        *("check", "issue.html", "--format", "json", *how), cwd=tmp_path, among=not_needed
    )

    assert brought == set()


@pytest.mark.parametrize("command", ["check", "init", "rules"])
def test_help_on_a_command_imports_nothing_slow_of_ours(command: str) -> None:
    assert slow_imports(command, "--help") <= BY_TYPER


@pytest.mark.parametrize("command", ["check", "init", "rules"])
def test_every_command_has_an_example(command: str) -> None:
    ran = sendguard(command, "--help")

    assert ran.returncode == 0
    assert f"  sendguard {command}" in ran.stdout.partition("Example")[2]


def test_the_version_is_said() -> None:
    ran = sendguard("--version")

    assert ran.returncode == 0
    assert ran.stdout.startswith("sendguard ")


def test_without_a_command_the_help_is_shown() -> None:
    ran = sendguard()

    assert ran.returncode == 2
    assert "check" in ran.stdout + ran.stderr


@pytest.mark.parametrize("arguments", [["chek"], ["check"], ["check", "a", "--format", "xml"]])
def test_wrong_usage_exits_with_2(arguments: list[str]) -> None:
    ran = sendguard(*arguments)

    assert ran.returncode == 2
    assert "Traceback" not in ran.stderr


def test_what_cannot_be_obeyed_is_one_line_and_exits_with_4() -> None:
    ran = sendguard("check", "a.html", "--config", "nowhere.yaml")

    assert ran.returncode == 4
    assert ran.stderr.startswith("sendguard: nowhere.yaml cannot be read")
    assert len(ran.stderr.splitlines()) == 1


def test_a_reader_that_leaves_early_is_no_error() -> None:
    reader, writer = os.pipe()
    os.close(reader)

    ran = subprocess.run(
        [sys.executable, "-m", "sendguard", "rules"],
        cwd=ROOT,
        stdout=writer,
        stderr=subprocess.PIPE,
        check=False,
    )
    os.close(writer)

    assert (ran.returncode, ran.stderr) == (0, b"")


def test_utf8_is_written_whatever_the_locale() -> None:
    ran = sendguard("rules", "nothing-like-it", env={"LC_ALL": "C", "PYTHONUTF8": "0"})

    assert "“nothing-like-it”" in ran.stderr


def test_a_thread_that_never_ends_keeps_nobody_waiting() -> None:
    program = (
        "import sys, threading, time\n"
        "from sendguard.entrypoints.cli.app import run\n"
        "threading.Thread(target=time.sleep, args=(60,)).start()\n"
        "sys.argv = ['sendguard', 'rules', 'SG301']\n"
        "run()"
    )

    ran = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )

    assert ran.returncode == 0
    assert "SG301 wrong-article" in ran.stdout


def test_what_judges_is_not_loaded_before_the_first_page_is_asked_for() -> None:
    program = (
        "import sys\n"
        "from sendguard.entrypoints.checking import load_judging\n"
        "loaded = 'sendguard.judge.rules' in sys.modules\n"
        "load_judging()\n"
        "print(loaded, 'sendguard.judge.rules' in sys.modules)"
    )
    told = subprocess.check_output([sys.executable, "-c", program], cwd=ROOT, text=True)

    assert told.split() == ["False", "True"]
