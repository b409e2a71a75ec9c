"""Mailboxes on disk and messages on standard input, read one message at a time."""

import mailbox
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sendguard.adapters.audience import open_lines
from sendguard.adapters.files import why_not
from sendguard.errors import Unreadable
from sendguard.read import STANDARD_INPUT
from sendguard.send.bounce import LARGEST_REPORT
from sendguard.send.mbox import part_messages


@contextmanager
def open_messages(path: str) -> Iterator[Iterator[bytes]]:
    """The beginning of each message: of a Maildir, an mbox, a file, or `-` for standard input.

    Nothing is moved, marked or deleted.

    Raises:
        Unreadable: There is nothing of that name, a folder is no Maildir, or it cannot be read;
            also while it is read.
    """
    if path != STANDARD_INPUT and Path(path).is_dir():
        yield _of_maildir(path)
        return
    with open_lines(path) as lines:
        yield part_messages(lines)


def _of_maildir(path: str) -> Iterator[bytes]:
    box = mailbox.Maildir(path, create=False)
    try:
        keys = sorted(box.keys())
    except FileNotFoundError:
        says = f"{path} is a folder, but no Maildir: one has the folders `new` and `cur`"
        raise Unreadable(says) from None
    except OSError as error:
        raise Unreadable(f"{path} cannot be read: {why_not(error)}") from error
    for key in keys:
        raw = _beginning(box, key)
        if raw is not None:
            yield raw


def _beginning(box: "mailbox.Maildir", key: str) -> bytes | None:
    """None where somebody took the message away meanwhile."""
    try:
        with box.get_file(key) as stream:
            raw: bytes = stream.read(LARGEST_REPORT)
    except (KeyError, FileNotFoundError):
        return None
    except OSError as error:
        raise Unreadable(f"{key} cannot be read: {why_not(error)}") from error
    return raw
