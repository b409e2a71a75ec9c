"""What other readers' copies tell of a campaign's links."""

from collections import OrderedDict

from sendguard.gateway import Copy, Stream
from sendguard.gateway.copies.same import shared_tokens

MOST_CAMPAIGNS = 1_000


class Comparing:
    """Tokens of links that no reader is known by, as another one's copy has the same.

    From one copy alone it cannot be told whom a token in a link stands for, so such a link is not
    opened, and what it leads to is unverified.
    """

    def __init__(self) -> None:
        self._shared: OrderedDict[str, frozenset[str]] = OrderedDict()

    def learn(self, stream: Stream, copy: Copy) -> bool:
        """Learn from another copy; whether it told of tokens when none were known to be shared.

        What differs in one copy is no page's, whatever others have.
        """
        told = shared_tokens(copy, stream.first)
        if told is None:
            return False
        known = self._shared.get(stream.fingerprint)
        self._shared[stream.fingerprint] = told if known is None else known & told
        if len(self._shared) > MOST_CAMPAIGNS:
            self._shared.popitem(last=False)
        return known is None and bool(told)

    def known_of(self, stream: Stream) -> frozenset[str]:
        """What is known by now."""
        return self._shared.get(stream.fingerprint, frozenset())
