"""Who is suppressed is kept, and a bounce marks the delivery that it is about."""

from dataclasses import replace

from sendguard.ports.sending import Outbox, Suppressed, Suppressions
from sendguard.send import Delivery, Dispatch, State
from sendguard.send.bounce import Bounce
from sendguard.send.message_id import message_id
from tests.adapters.database.outbox.queued import (
    begin,
    end,
    queue,
    readers,
    states,
)
from tests.builders import NOON


def listed(*names: str) -> list[Suppressed]:
    return [Suppressed(key=f"{name}@example.org", why="listed", at=NOON) for name in names]


def a_bounce(dispatch: Dispatch, delivery: Delivery, key: str | None = None) -> Bounce:
    of = message_id(dispatch, delivery.id, delivery.reader.key, "example.org")
    told = key or delivery.reader.key
    return Bounce(message_id=of, key=told, says="5.1.1 no such user")


def test_only_those_that_are_new_are_counted(suppressions: Suppressions) -> None:
    suppressions.add(listed("ada"))

    assert suppressions.add(listed("ada", "bob", "bob", "cy")) == 2
    assert suppressions.count() == 3


def test_many_are_taken(suppressions: Suppressions) -> None:
    assert suppressions.add(listed(*map(str, range(1_201)))) == 1_201


def test_a_bounce_marks_the_delivery_and_suppresses_the_reader(
    outbox: Outbox, suppressions: Suppressions
) -> None:
    queued = queue(outbox, readers(2))
    begun = begin(outbox, queued)
    end(outbox, begun)

    found = suppressions.bounced([a_bounce(queued, begun[0])], NOON)

    assert (found, suppressions.count()) == (1, 1)
    (refused,) = outbox.results(queued, [State.REFUSED])
    assert (refused.id, refused.says) == (begun[0].id, "5.1.1 no such user")


def test_what_is_in_doubt_is_settled_by_a_bounce(
    outbox: Outbox, suppressions: Suppressions
) -> None:
    queued = queue(outbox, readers(1))
    begun = begin(outbox, queued)
    end(outbox, begun, State.IN_DOUBT)

    assert suppressions.bounced([a_bounce(queued, begun[0])], NOON) == 1


def test_a_bounce_that_names_another_reader_or_a_forged_message_changes_nothing(
    outbox: Outbox, suppressions: Suppressions
) -> None:
    queued = queue(outbox, readers(2))
    first, second = begin(outbox, queued)
    end(outbox, [first, second])
    forged = a_bounce(queued, first).message_id or ""
    number, _, _ = forged.partition(".")

    found = suppressions.bounced(
        [
            a_bounce(queued, first, second.reader.key),
            Bounce(message_id=f"{number}.{'0' * 32}@example.org", key=first.reader.key, says=""),
            Bounce(message_id="zzzzzzzzzzzz.0@", key=first.reader.key, says=""),
            Bounce(message_id=None, key=first.reader.key, says="\0"),
        ],
        NOON,
    )

    assert (found, suppressions.count()) == (0, 0)
    assert states(outbox) == {State.SENT: 2}


def test_a_bounce_that_minds_the_message_marks_it_and_suppresses_nobody(
    outbox: Outbox, suppressions: Suppressions
) -> None:
    queued = queue(outbox, readers(1))
    begun = begin(outbox, queued)
    end(outbox, begun)
    minded = replace(a_bounce(queued, begun[0]), is_of_mailbox=False)

    found = suppressions.bounced([minded], NOON)

    assert (found, suppressions.count()) == (1, 0)
    assert states(outbox) == {State.REFUSED: 1}


def test_those_who_left_are_known_among_others(suppressions: Suppressions) -> None:
    keys = [f"reader{number}@example.org" for number in range(1_200)]
    suppressions.add(Suppressed(key=key, why="unsubscribed", at=NOON) for key in keys[::600])

    assert suppressions.among(keys) == {keys[0], keys[600]}
    assert suppressions.among([]) == frozenset()
