"""What holds for every test."""

from collections.abc import Iterator
from tempfile import TemporaryDirectory

import pytest
from hypothesis import settings

# A machine that is busy with something else is no failure of what is tested.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")


@pytest.fixture(autouse=True)
def own_cache(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Each test, and what it starts, has a cache folder of its own, and never the user's."""
    with TemporaryDirectory() as folder:
        monkeypatch.setenv("XDG_CACHE_HOME", folder)
        yield
