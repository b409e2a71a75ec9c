"""The order of the chapters, and who may touch the world: the rules of docs/architecture.md."""

import ast
from collections.abc import Iterator
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

STORY = (
    *("values", "errors", "config"),
    *("read", "links", "intent", "visit", "judge", "gate", "report", "watch"),
    *("send", "correct", "incident", "gateway"),
    *("ports", "flows", "adapters", "entrypoints"),
)
MAY_TOUCH_THE_WORLD = {"adapters", "entrypoints"}
MAY_WAIT = MAY_TOUCH_THE_WORLD | {"flows"}
WORLDLY = {
    *("pathlib", "os", "shutil", "glob", "tempfile", "fileinput", "importlib", "zipfile"),
    *("time", "random", "secrets", "uuid", "locale", "signal", "subprocess", "threading"),
    *("concurrent", "multiprocessing", "contextvars", "logging", "sqlite3", "webbrowser"),
    *("socket", "socketserver", "ssl", "select", "selectors", "smtplib", "urllib.request"),
    *("http.client", "http.server", "http.cookiejar", "httpx", "httpcore", "aiohttp", "anyio"),
    *("typer", "sqlmodel", "sqlalchemy", "alembic", "psycopg", "aiosmtplib", "aiosmtpd"),
    *("apscheduler", "apprise", "structlog", "uvloop", "mailbox"),
}
TELLING_NAMES = {"open", "input", "print", "breakpoint", "__import__"}
TELLING_ATTRIBUTES = {"now", "today", "utcnow", "open_connection", "open_unix_connection"}
OPENERS = {"io.open", "codecs.open", "gzip.open", "tokenize.open"}
LONGEST_FILE = 300
SAYS_NOTHING = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "tools"}

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "sendguard"
FILES = [pytest.param(f, id=f"{f.relative_to(PACKAGE)}") for f in sorted(PACKAGE.rglob("*.py"))]
each_file = pytest.mark.parametrize("file", FILES)


parsed = cache(ast.parse)
"""Each file is read by many tests."""


def imports(source: str) -> Iterator[str]:
    """Every name imported anywhere in `source`, dotted, with the module that it comes from."""
    for node in ast.walk(parsed(source)):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


def reaches(source: str, modules: set[str]) -> set[str]:
    """Those of `modules` from which `source` imports."""
    names = tuple(imports(source))
    return {
        module for module in modules if any(f"{name}.".startswith(f"{module}.") for name in names)
    }


def touches(source: str) -> set[str]:
    """What `source` uses to open a file or a connection, to talk, or to look at a clock.

    Ports may be asked: a `Clock` for the time, a `Shelf` to open a path.
    """
    nodes = tuple(ast.walk(parsed(source)))
    names = {node.id for node in nodes if isinstance(node, ast.Name)}
    dotted = {ast.unparse(node) for node in nodes if isinstance(node, ast.Attribute)}
    telling = {name for name in dotted if name.rpartition(".")[2] in TELLING_ATTRIBUTES}
    asked = {name for name in telling if name.endswith("clock.now")}
    return (names & TELLING_NAMES) | (dotted & OPENERS) | (telling - asked)


def known_chapters(source: str) -> set[str]:
    ours = (name.split(".") for name in imports(source) if name.startswith("sendguard."))
    return {name[1] for name in ours}


def chapter(file: Path) -> str:
    name = file.relative_to(PACKAGE).parts[0].removesuffix(".py")
    return "entrypoints" if name == "__main__" else name


def module(file: Path) -> str:
    parts = file.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def module_of(name: str, modules: set[str]) -> str:
    """The longest beginning of an imported name that is a module."""
    while name not in modules and "." in name:
        name = name.rpartition(".")[0]
    return name


def needs(sources: dict[str, str]) -> dict[str, set[str]]:
    """For each module the other modules of the package that it imports."""
    known = set(sources)
    return {
        name: {module_of(wanted, known) for wanted in imports(source)} & (known - {name})
        for name, source in sources.items()
    }


@each_file
def test_a_chapter_knows_only_the_chapters_before_it(file: Path) -> None:
    own = chapter(file)
    before = STORY[: STORY.index(own) + 1] if own != "__init__" else ()

    known = known_chapters(file.read_text("utf-8"))

    assert known <= set(before)


@each_file
def test_flows_and_adapters_do_not_know_each_other(file: Path) -> None:
    known = known_chapters(file.read_text("utf-8"))

    assert chapter(file) == "entrypoints" or not known >= {"flows", "adapters"}
    assert chapter(file) != "adapters" or "flows" not in known


@each_file
def test_only_adapters_and_entrypoints_import_what_touches_the_world(file: Path) -> None:
    worldly = reaches(file.read_text("utf-8"), WORLDLY)

    assert not worldly or chapter(file) in MAY_TOUCH_THE_WORLD


@each_file
def test_only_flows_adapters_and_entrypoints_wait(file: Path) -> None:
    waiting = reaches(file.read_text("utf-8"), {"asyncio"})

    assert not waiting or chapter(file) in MAY_WAIT


@each_file
def test_only_adapters_and_entrypoints_open_talk_or_look_at_a_clock(file: Path) -> None:
    worldly = touches(file.read_text("utf-8"))

    assert not worldly or chapter(file) in MAY_TOUCH_THE_WORLD


def test_no_module_needs_itself_in_a_circle() -> None:
    files = PACKAGE.rglob("*.py")
    sources = {module(file): file.read_text("utf-8") for file in files}

    order = TopologicalSorter(needs(sources)).static_order()

    assert set(order) == set(sources)


@each_file
def test_a_module_opens_with_what_the_reader_will_find(file: Path) -> None:
    tree = parsed(file.read_text("utf-8"))

    assert ast.get_docstring(tree)


@each_file
def test_annotations_are_what_they_say(file: Path) -> None:
    assert not reaches(file.read_text("utf-8"), {"__future__"})


@each_file
def test_a_file_is_short_and_its_name_says_something(file: Path) -> None:
    lines = file.read_text("utf-8").splitlines()

    assert len(lines) <= LONGEST_FILE
    assert not {file.stem, file.parent.name} & SAYS_NOTHING


@pytest.mark.parametrize(
    ("source", "module"),
    [
        ("import os.path", "os"),
        ("from pathlib import PurePosixPath", "pathlib"),
        ("from urllib import request", "urllib.request"),
        ("def later():\n    import httpx", "httpx"),
    ],
)
def test_the_watch_sees_an_import_that_touches_the_world(source: str, module: str) -> None:
    assert reaches(source, WORLDLY) == {module}


def test_the_watch_lets_a_namesake_pass() -> None:
    assert not reaches("from urllib.parse import urlsplit\nimport ossify", WORLDLY)


@pytest.mark.parametrize(
    ("source", "touched"),
    [
        ("text = open('issue.html').read()", "open"),
        ("def ask():\n    return input()", "input"),
        ("print('checked')", "print"),
        ("at = field(default_factory=datetime.now)", "datetime.now"),
        ("at = dt.datetime.now(UTC)", "dt.datetime.now"),
        ("day = date.today()", "date.today"),
        ("at = datetime.utcnow()", "datetime.utcnow"),
        ("pair = await asyncio.open_connection(host, 80)", "asyncio.open_connection"),
        ("text = io.open('issue.html')", "io.open"),
    ],
)
def test_the_watch_sees_what_touches_the_world_without_an_import(source: str, touched: str) -> None:
    assert touches(source) == {touched}


@pytest.mark.parametrize("source", ["at = self._clock.now()", "folder = shelf.open(path)"])
def test_the_watch_lets_ports_be_asked(source: str) -> None:
    assert not touches(source)


def test_the_watch_sees_which_chapters_are_known() -> None:
    source = "import sendguard.flows.check\nfrom sendguard import adapters, values"

    assert known_chapters(source) == {"flows", "adapters", "values"}


def test_the_watch_sees_a_circle() -> None:
    circle = {"sendguard.a": "from sendguard.b import B", "sendguard.b": "import sendguard.a"}

    with pytest.raises(CycleError):
        TopologicalSorter(needs(circle)).prepare()
