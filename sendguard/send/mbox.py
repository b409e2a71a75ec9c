"""Messages that stand in one file, parted (mbox)."""

from collections.abc import Iterable, Iterator

from sendguard.send.bounce import LARGEST_REPORT

_BEGINS = b"From "


def part_messages(lines: Iterable[bytes]) -> Iterator[bytes]:
    """The beginning of each message, as far as a report of a failure can matter.

    Args:
        lines: Of an mbox, or of one message alone, which does not begin with `From `.

    Source:
        RFC 4155: a blank line, and then `From `, begins another message.
    """
    message, is_mbox, is_behind_blank = bytearray(), False, True
    for number, line in enumerate(lines):
        is_mbox = line.startswith(_BEGINS) if number == 0 else is_mbox
        if is_mbox and is_behind_blank and message and line.startswith(_BEGINS):
            yield bytes(message)
            message.clear()
        message += line[: LARGEST_REPORT - len(message)]
        is_behind_blank = not line.strip()
    if message:
        yield bytes(message)
