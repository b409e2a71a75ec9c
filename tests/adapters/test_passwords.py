"""Users and their passwords, from a file."""

from pathlib import Path

import pytest

from sendguard.adapters.passwords import hash_password, read_users
from sendguard.errors import BadConfig

HASHED = hash_password("pässword: with a colon")


def users_file(folder: Path, text: str) -> str:
    file = folder / "users"
    file.write_text(text, "utf-8")
    return str(file)


async def test_only_the_password_of_that_name_is_right(tmp_path: Path) -> None:
    users = read_users(users_file(tmp_path, f"ada:{HASHED}\r\n# bob\n"))
    said = "pässword: with a colon".encode()

    assert await users.admit(b"ada", said)
    assert await users.admit(b"ada", said)
    assert not await users.admit(b"ada", said + b"x")
    assert not await users.admit(b"ada", b"")
    assert not await users.admit(b"bob", said)
    assert not await users.admit(b"", b"")


def test_one_password_is_never_hashed_alike_twice() -> None:
    assert hash_password("same") != hash_password("same")
    assert "same" not in hash_password("same")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("ada:secret\n", "users:1 is not of the form “name:hash”"),
        (f"ada:{HASHED}\nbob\n", "users:2 is not of the form “name:hash”"),
        (f"ada:{HASHED.replace('ln=14', 'ln=40')}\n", "users:1 is not of the form “name:hash”"),
        (f"ada:{HASHED[:-44]}{'=' * 44}\n", "users:1 holds a damaged hash"),
        ("\n# ada\n", "users names nobody, so that nobody could send"),
    ],
    ids=["no hash", "no colon", "too dear", "damaged", "empty"],  # hashes are never the same twice
)
def test_a_line_that_is_none_is_told_by_its_number(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(BadConfig) as told:
        read_users(users_file(tmp_path, text))

    assert says in str(told.value)
    assert "secret" not in str(told.value)


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(BadConfig, match="no such file"):
        read_users(str(tmp_path / "nobody"))
