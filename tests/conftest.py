"""What holds for every test."""

import gc
import signal
from collections.abc import Generator, Iterator
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import settings

# A machine that is busy with something else is no failure of what is tested.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")

# What a shell begins in the background is deaf to Ctrl-C, and so would be all that tests begin.
signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """While a failure is written down no rubbish is collected.

    What is collected may complain, and Python before 3.11.8 ends in a SystemError, and so the whole
    run, when it parses a line of the complaint while it parses one of the failure (gh-106905).
    """
    gc.disable()
    try:
        return (yield)
    finally:
        gc.enable()


@pytest.fixture(scope="session")
def caches() -> Iterator[Iterator[Path]]:
    """One cache folder after the other; all of them are removed together."""
    with TemporaryDirectory() as folder:
        yield (Path(folder, str(number)) for number in count())


@pytest.fixture(autouse=True)
def own_cache(monkeypatch: pytest.MonkeyPatch, caches: Iterator[Path]) -> None:
    """Each test, and what it starts, has a cache folder of its own, and never the user's."""
    folder = next(caches)
    folder.mkdir()
    monkeypatch.setenv("XDG_CACHE_HOME", str(folder))
