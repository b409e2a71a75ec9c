"""Who is suppressed, and what comes of mail that came back, over a list in memory."""

from collections.abc import Iterator
from pathlib import Path

from sendguard.flows.suppress import AT_ONCE, Listed, Returned, suppress, take_returned
from sendguard.ports.sending import Suppressed
from sendguard.send import Reader
from tests.builders import NOON
from tests.fakes_sending import MemorySuppressions, readers

REFUSED = (Path(__file__).parent.parent / "send/bounces/refused.eml").read_bytes()
DELAYED = (Path(__file__).parent.parent / "send/bounces/delayed.eml").read_bytes()


def test_readers_are_suppressed_with_the_reason_that_is_given() -> None:
    suppressions = MemorySuppressions()

    listed = suppress(readers(2), "unsubscribed", NOON, suppressions)

    assert listed == Listed(read=2, new=2)
    assert suppressions.kept["reader1@example.org"] == Suppressed(
        key="reader1@example.org", why="unsubscribed", at=NOON
    )


def test_who_is_suppressed_already_stays_so_and_is_not_new() -> None:
    suppressions = MemorySuppressions()
    suppress(readers(1), "complained", NOON, suppressions)

    listed = suppress(readers(3), "listed", NOON, suppressions)

    assert listed == Listed(read=3, new=2)
    assert suppressions.kept["reader0@example.org"].why == "complained"


def test_what_comes_in_slowly_is_kept_in_parts() -> None:
    suppressions = MemorySuppressions()
    most_held = []

    def slowly() -> Iterator[Reader]:
        for number, reader in enumerate(readers(2 * AT_ONCE)):
            most_held.append(number - suppressions.count())
            yield reader

    suppress(slowly(), "listed", NOON, suppressions)

    assert suppressions.count() == 2 * AT_ONCE
    assert max(most_held) < AT_ONCE


def test_what_came_back_for_good_is_marked_and_what_is_delayed_is_not() -> None:
    suppressions = MemorySuppressions()

    returned = take_returned([b"Subject: Hello\n\nHi\n", REFUSED, DELAYED], NOON, suppressions)

    assert returned == Returned(messages=3, bounces=1, found=1)
    assert [bounce.key for bounce in suppressions.returned] == ["ada@example.org"]
