"""One Postfix for all tests of the relay."""

from collections.abc import Iterator

import pytest

from tests.mail.postfix import Postfix, postfix


@pytest.fixture(scope="session")
def server() -> Iterator[Postfix]:
    with postfix() as running:
        yield running
