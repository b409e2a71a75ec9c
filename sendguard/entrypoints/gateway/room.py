"""The memory that all messages on their way in have together."""


class Room:
    """So many bytes, handed out in shares.

    Args:
        size: How many.
    """

    def __init__(self, size: int) -> None:
        self._left = size

    @property
    def left(self) -> int:
        """Bytes that nobody has."""
        return self._left

    def take(self, count: int) -> bool:
        """Take so many; False where there are not as many left, and nothing is taken."""
        if count > self._left:
            return False
        self._left -= count
        return True

    def give_back(self, count: int) -> None:
        """Give back what was taken."""
        self._left += count


class Share:
    """What one message has of it."""

    def __init__(self, room: Room) -> None:
        self._room = room
        self._held = 0

    def grow(self, count: int) -> bool:
        """Take so many more; False where there are not as many left."""
        if not self._room.take(count):
            return False
        self._held += count
        return True

    def free(self) -> None:
        """Give all of it back; a second time does nothing."""
        self._room.give_back(self._held)
        self._held = 0
