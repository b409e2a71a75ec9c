"""Campaigns that differ in a few words alone, such as one for each reader's name in a headline."""

from collections import OrderedDict, deque

from sendguard.gateway.stream import Stream

_MOST_KEYS = 1_000


class Siblings:
    """Counts the campaigns of one key, which have the very same links, for some time.

    Args:
        most: So many of them are each taken for themselves.
        within_s: For so long they are counted.
    """

    def __init__(self, most: int, within_s: float) -> None:
        self._most = most
        self._within_s = within_s
        self._seen: OrderedDict[str, deque[tuple[float, str]]] = OrderedDict()

    def are_many(self, stream: Stream, now_s: float) -> bool:
        """Were there so many others of its key that this one is just one more?

        Args:
            stream: The campaign; the same one again is no other.
            now_s: Of a clock that never goes back.
        """
        key, name = stream.first.key, stream.fingerprint
        seen = self._seen.pop(key, deque(maxlen=self._most + 1))
        others = {one for at_s, one in seen if now_s - at_s <= self._within_s and one != name}
        seen.append((now_s, name))
        self._seen[key] = seen
        if len(self._seen) > _MOST_KEYS:
            self._seen.popitem(last=False)
        return len(others) >= self._most
