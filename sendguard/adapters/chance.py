"""The computer's own dice."""

from random import SystemRandom


class SystemChance:
    """A `ports.Chance` that nobody can foretell."""

    def __init__(self) -> None:
        self._dice = SystemRandom()

    def draw(self) -> float:
        """A number from 0 up to, and not including, 1."""
        return self._dice.random()
