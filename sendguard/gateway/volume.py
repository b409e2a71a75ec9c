"""How many people a message without any sign of bulk mail went to, which is a sign, too."""

from collections import OrderedDict

from sendguard.gateway.mail import Mail
from sendguard.gateway.stream import Copy

MUCH = 50
WITHIN_S = 3_600.0
_MOST_KEYS = 10_000


class Volume:
    """Counts the recipients of what looks alike, for an hour."""

    def __init__(self) -> None:
        self._seen: OrderedDict[str, tuple[float, set[str]]] = OrderedDict()

    def is_much(self, copy: Copy, mail: Mail, now_s: float) -> bool:
        """Has it gone to so many by now that it is bulk mail?

        Args:
            copy: What it looks like.
            mail: Tells whom it goes to.
            now_s: Of a clock that never goes back.
        """
        since_s, people = self._seen.pop(copy.key, (now_s, set()))
        if now_s - since_s > WITHIN_S:
            since_s, people = now_s, set()
        if len(people) < MUCH:
            people.update(mail.recipients)
        self._seen[copy.key] = since_s, people
        if len(self._seen) > _MOST_KEYS:
            self._seen.popitem(last=False)
        return len(people) >= MUCH
