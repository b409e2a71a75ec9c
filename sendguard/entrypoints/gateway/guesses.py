"""Logins that were refused, as the log tells of them."""

from time import monotonic

from sendguard.judge.quote import plain
from sendguard.ports.watching import Journal

MOST_TOLD = 20
WITHIN_S = 60.0
_LONGEST_USER = 80


class Guesses:
    """Tells of the first ones of each minute, and counts the others: some guess all night.

    Args:
        journal: Where they are told.
    """

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self._since = -WITHIN_S
        self._told = 0
        self._untold = 0

    def refused(self, user: bytes, client: object, listen: str) -> None:
        """One more, by the name that was said; what was said for a password is told nobody.

        Args:
            user: As the client said it.
            client: Its address.
            listen: The listener.
        """
        now = monotonic()
        if now - self._since >= WITHIN_S:
            self._since, self._told = now, 0
        if self._told >= MOST_TOLD:
            self._untold += 1
            return
        name = plain(user[: 4 * _LONGEST_USER].decode("utf-8", "replace"), _LONGEST_USER)
        others = {"untold": self._untold} if self._untold else {}
        self._journal.warn("login-refused", user=name, client=client, listen=listen, **others)
        self._told += 1
        self._untold = 0
