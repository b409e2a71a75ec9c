"""The message that a correction answers, where another program sent it."""

import pytest

from sendguard.send.message_id import FOLLOWS, followed


def test_the_last_column_says_it() -> None:
    assert followed(("name", FOLLOWS), ("Ada", "1.a@example.org")) == "1.a@example.org"


@pytest.mark.parametrize("said", ["", "none", "a@b>\r\nBcc: all@example.org", "<a@b>", "é@b"])
def test_what_is_no_message_id_is_not_answered(said: str) -> None:
    assert followed((FOLLOWS,), (said,)) is None


def test_another_column_says_nothing_of_it() -> None:
    assert followed((FOLLOWS, "name"), ("a@b", "c@d")) is None
