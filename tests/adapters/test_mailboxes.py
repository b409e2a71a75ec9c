"""Mailboxes on disk."""

from pathlib import Path

import pytest

from sendguard.adapters.mailboxes import open_messages
from sendguard.errors import Unreadable
from sendguard.send.bounce import LARGEST_REPORT


def messages(path: Path) -> list[bytes]:
    with open_messages(str(path)) as read:
        return list(read)


@pytest.fixture
def maildir(tmp_path: Path) -> Path:
    for name in ("new", "cur", "tmp"):
        (tmp_path / name).mkdir()
    return tmp_path


def test_a_maildir_is_read_new_and_old_and_left_as_it_is(maildir: Path) -> None:
    (maildir / "new/1.a.mail").write_bytes(b"Subject: 1\n")
    (maildir / "cur/2.b.mail:2,S").write_bytes(b"Subject: 2\n")
    (maildir / "tmp/3.c.mail").write_bytes(b"half")

    read = messages(maildir)

    assert read == [b"Subject: 1\n", b"Subject: 2\n"]
    assert (maildir / "new/1.a.mail").exists()


def test_of_a_huge_message_the_beginning_is_read(maildir: Path) -> None:
    (maildir / "new/1.a.mail").write_bytes(b"x" * (LARGEST_REPORT + 1))

    assert [len(raw) for raw in messages(maildir)] == [LARGEST_REPORT]


def test_an_mbox_is_read_message_by_message(tmp_path: Path) -> None:
    (tmp_path / "mbox").write_bytes(b"From a b\nSubject: 1\n\nHi\n\nFrom a b\nSubject: 2\n\nHo\n")

    assert len(messages(tmp_path / "mbox")) == 2


@pytest.mark.parametrize(
    ("name", "says"),
    [("nowhere", "there is no file"), ("folder", "folder is a folder, but no Maildir")],
)
def test_what_is_no_mailbox_is_told_why(name: str, says: str, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()

    with pytest.raises(Unreadable, match=says):
        messages(tmp_path / name)
