"""The order of the chapters, and who may touch the world: the rules of docs/architecture.md."""

import ast
from collections.abc import Callable, Iterator
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
SOURCES = {file: file.read_text("utf-8") for file in sorted(PACKAGE.rglob("*.py"))}


@cache
def nodes(source: str) -> tuple[ast.AST, ...]:
    """All that stands in `source`; each file is asked for by many tests."""
    return tuple(ast.walk(ast.parse(source)))


@pytest.fixture(scope="module", autouse=True)
def forgotten_when_done() -> Iterator[None]:
    """What is kept of hundreds of files would slow the tests that follow."""
    yield
    nodes.cache_clear()


@cache
def imports(source: str) -> tuple[str, ...]:
    """Every name imported anywhere in `source`, dotted, with the module that it comes from."""
    return tuple(_imports(source))


def _imports(source: str) -> Iterator[str]:
    for node in nodes(source):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


def reaches(source: str, modules: set[str]) -> set[str]:
    """Those of `modules` from which `source` imports."""
    return {
        module
        for module in modules
        if any(f"{name}.".startswith(f"{module}.") for name in imports(source))
    }


def touches(source: str) -> set[str]:
    """What `source` uses to open a file or a connection, to talk, or to look at a clock.

    Ports may be asked: a `Clock` for the time, a `Shelf` to open a path.
    """
    names = {node.id for node in nodes(source) if isinstance(node, ast.Name)}
    last = TELLING_ATTRIBUTES | {opener.rpartition(".")[2] for opener in OPENERS}
    dotted = {
        ast.unparse(node)
        for node in nodes(source)
        if isinstance(node, ast.Attribute) and node.attr in last
    }
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


def offenders(told: Callable[[Path, str], object]) -> dict[str, object]:
    """What is told of each file; those that nothing is told of are left out."""
    all_told = {str(file.relative_to(PACKAGE)): told(file, text) for file, text in SOURCES.items()}
    return {name: one for name, one in all_told.items() if one}


def test_a_chapter_knows_only_the_chapters_before_it() -> None:
    def later(file: Path, source: str) -> set[str]:
        own = chapter(file)
        before = STORY[: STORY.index(own) + 1] if own != "__init__" else ()
        return known_chapters(source) - set(before)

    assert offenders(later) == {}


def test_only_entrypoints_know_both_flows_and_adapters() -> None:
    def both(file: Path, source: str) -> bool:
        known = known_chapters(source)
        return chapter(file) != "entrypoints" and known >= {"flows", "adapters"}

    assert offenders(both) == {}


def test_adapters_do_not_know_flows() -> None:
    def flows(file: Path, source: str) -> bool:
        return chapter(file) == "adapters" and "flows" in known_chapters(source)

    assert offenders(flows) == {}


def test_only_adapters_and_entrypoints_import_what_touches_the_world() -> None:
    def worldly(file: Path, source: str) -> set[str]:
        return set() if chapter(file) in MAY_TOUCH_THE_WORLD else reaches(source, WORLDLY)

    assert offenders(worldly) == {}


def test_only_flows_adapters_and_entrypoints_wait() -> None:
    def waiting(file: Path, source: str) -> set[str]:
        return set() if chapter(file) in MAY_WAIT else reaches(source, {"asyncio"})

    assert offenders(waiting) == {}


def test_only_adapters_and_entrypoints_open_talk_or_look_at_a_clock() -> None:
    def worldly(file: Path, source: str) -> set[str]:
        return set() if chapter(file) in MAY_TOUCH_THE_WORLD else touches(source)

    assert offenders(worldly) == {}


def test_no_module_needs_itself_in_a_circle() -> None:
    sources = {module(file): source for file, source in SOURCES.items()}

    order = TopologicalSorter(needs(sources)).static_order()

    assert set(order) == set(sources)


def test_a_module_opens_with_what_the_reader_will_find() -> None:
    def silent(_: Path, source: str) -> bool:
        tree = nodes(source)[0]
        assert isinstance(tree, ast.Module)
        return not ast.get_docstring(tree)

    assert offenders(silent) == {}


def test_annotations_are_what_they_say() -> None:
    assert offenders(lambda _, source: reaches(source, {"__future__"})) == {}


def test_a_file_is_short() -> None:
    def too_long(_: Path, source: str) -> int | None:
        lines = len(source.splitlines())
        return lines if lines > LONGEST_FILE else None

    assert offenders(too_long) == {}


def test_the_name_of_a_file_says_something() -> None:
    def empty_words(file: Path, _: str) -> set[str]:
        return {file.stem, file.parent.name} & SAYS_NOTHING

    assert offenders(empty_words) == {}


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
