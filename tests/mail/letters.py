"""Letters to send, and a supply of them that remembers what became of each."""

import asyncio
from collections import deque
from collections.abc import Iterable

from sendguard.send import Letter, Outcome


def a_letter(  # noqa: PLR0913 - a builder takes what its value has
    number: int = 1,
    *,
    recipient: str | None = None,
    sender: str = "editor@example.org",
    data: bytes | None = None,
    is_8bit: bool = False,
    is_utf8: bool = False,
) -> Letter:
    """A letter to `reader1@example.org`, or whoever has that number."""
    recipient = f"reader{number}@example.org" if recipient is None else recipient
    text = f"To: {recipient}\r\nSubject: Issue {number}\r\n\r\nHello.\r\n".encode()
    return Letter(
        id=number,
        sender=sender,
        recipient=recipient,
        data=text if data is None else data,
        is_8bit=is_8bit,
        is_utf8=is_utf8,
    )


class ToldSupply:
    """A `ports.sending.Supply` of these letters; over once each has been settled.

    Attributes:
        outcomes: What became of each letter, by its number, in the order in which it was heard.
        returned: Numbers of letters that were put back, as often as they were.
        taken: Numbers of letters as they were taken.
    """

    def __init__(self, letters: Iterable[Letter] = (), *, stays_open: bool = False) -> None:
        self._left = deque(letters)
        self._under_way = 0
        self._ended = not stays_open
        self._more = asyncio.Event()
        self._more.set()
        self.outcomes: dict[int, Outcome] = {}
        self.returned: list[int] = []
        self.taken: list[int] = []

    def take(self) -> Letter | None:
        if not self._left:
            self._look()
            return None
        letter = self._left.popleft()
        self.taken.append(letter.id)
        self._under_way += 1
        self._look()
        return letter

    def put_back(self, letter: Letter) -> None:
        self.returned.append(letter.id)
        self._under_way -= 1
        self._left.appendleft(letter)
        self._look()

    def settle(self, letter: Letter, outcome: Outcome) -> None:
        assert letter.id not in self.outcomes, f"letter {letter.id} is settled twice"
        self.outcomes[letter.id] = outcome
        self._under_way -= 1
        self._look()

    def add(self, *letters: Letter) -> None:
        """Have these, too."""
        self._left.extend(letters)
        self._look()

    def end(self) -> None:
        """Give no more, whatever is left."""
        self._ended = True
        self._left.clear()
        self._look()

    @property
    def is_over(self) -> bool:
        return self._ended and not self._left and not self._under_way

    async def wait(self) -> None:
        await self._more.wait()

    def _look(self) -> None:
        if self._left or self.is_over:
            self._more.set()
        else:
            self._more.clear()
