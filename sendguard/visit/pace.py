"""How one host is to be asked: how many requests at a time, and how long to leave it alone."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from math import inf

FIRST_PAUSE_S = 1.0
LONGEST_PAUSE_S = 10.0
LONGEST_WAIT_S = 30.0
"""All pauses of one host in one check; no link waits longer because its host asked for it."""

MOST_IN_VAIN = 3
"""So many pauses in a row that no good answer followed, and the host is asked no more."""

LEAST_SILENT, SILENT_ROUNDS = 6, 2
"""A host that left so many requests in a row unanswered, or so many times as it may be asked at
once, is asked no more: thousands of links to it would keep a check waiting for hours."""

LONGEST_VISIT_S = 600.0
"""From the first request to a host; behind that it is asked no more in this check."""

GIVEN_UP = "its site kept us waiting too often"
"""Why a link was not opened whose host is asked no more although it never asked for that."""

# What a longest header of this kind has, with room to spare.
_LONGEST_NAMED = 64


def queue_of(host: str) -> str:
    """Whose limits count for `host`: its own, or those of the platform that serves it."""
    bare = host.rstrip(".").removeprefix("www.")
    platform = ".".join(bare.split(".")[-2:])
    return platform if platform in _ONE_FARM else bare


def is_slow_down(status: int) -> bool:
    """The host wants to be asked less, or is in no state to be asked."""
    return status in {429, 503}


def named_pause_s(retry_after: str | None, now: datetime) -> float | None:
    """Seconds that a host wants to be left alone; None when it names none that can be read.

    Source:
        RFC 9110, section 10.2.3 (Retry-After).
    """
    named = (retry_after or "").strip()[:_LONGEST_NAMED]
    if named.isascii() and named.isdigit():
        return float(named)
    try:
        until = parsedate_to_datetime(named)
    except (ValueError, OverflowError):
        return None
    aware = until if until.tzinfo else until.replace(tzinfo=UTC)
    return max((aware - now).total_seconds(), 0.0)


def spread(pause_s: float, draw: float) -> float:
    """The pause, up to a tenth longer, so that those who wait do not all come back at once.

    Args:
        pause_s: The shortest that it may be.
        draw: From 0 to 1, by chance.
    """
    return pause_s * (1 + draw / 10)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How a host is to be asked from now on. Instants are seconds since some fixed moment.

    Attributes:
        most_at_once: Requests under way at a time when all is well.
        at_once: The same for now: halved when the host asks for less, one more with each good
            answer.
        quiet_until_s: Nothing is sent before this instant.
        pause_s: The last pause; 0 once a good answer has followed.
        in_vain: Pauses in a row that no good answer followed.
        waited_s: All pauses so far.
        silent: Requests in a row that were not answered in time.
        closed: The host is asked no more in this check.
    """

    most_at_once: int
    at_once: int
    quiet_until_s: float = -inf
    pause_s: float = 0.0
    in_vain: int = 0
    waited_s: float = 0.0
    silent: int = 0
    closed: bool = False

    @classmethod
    def unhurt(cls, at_once: int) -> "Pace":
        """The pace for a host that has not been asked yet."""
        return cls(most_at_once=at_once, at_once=at_once)

    def after_good(self, sent_s: float) -> "Pace":
        """The pace after any other answer to a request that was sent at `sent_s`.

        What was sent before the host was left alone says nothing of how it is now.
        """
        heard = replace(self, silent=0) if self.silent else self
        if sent_s < self.quiet_until_s or (self.at_once == self.most_at_once and not self.in_vain):
            return heard
        more = min(self.at_once + 1, self.most_at_once)
        return replace(heard, at_once=more, pause_s=0.0, in_vain=0)

    def after_silence(self) -> "Pace":
        """The pace after a request that was not answered in time."""
        silent = self.silent + 1
        most = max(SILENT_ROUNDS * self.most_at_once, LEAST_SILENT)
        return replace(self, silent=silent, closed=self.closed or silent >= most)

    def after_slow_down(
        self, *, sent_s: float, now_s: float, named_s: float | None, draw: float
    ) -> "Pace":
        """The pace after the host asked, with 429 or 503, for less.

        Args:
            sent_s: When the request was sent that it answered so.
            now_s: When the answer came.
            named_s: The pause that the host wants; None when it names none.
            draw: From 0 to 1, by chance.
        """
        if named_s is not None and named_s > LONGEST_PAUSE_S:
            return replace(self, closed=True)
        if sent_s < self.quiet_until_s:
            return _rested(self, now_s, named_s or 0.0, draw)
        least = FIRST_PAUSE_S if named_s is None else named_s
        pause_s = min(max(least, 2 * self.pause_s), LONGEST_PAUSE_S)
        slower = replace(self, at_once=max(self.at_once // 2, 1), in_vain=self.in_vain + 1)
        return _rested(slower, now_s, pause_s, draw)


def _rested(pace: Pace, now_s: float, pause_s: float, draw: float) -> Pace:
    """The pace with nothing sent for `pause_s`, or closed where that is too much."""
    until_s = max(pace.quiet_until_s, now_s + spread(pause_s, draw))
    waited_s = pace.waited_s + until_s - max(pace.quiet_until_s, now_s)
    if waited_s > LONGEST_WAIT_S or pace.in_vain > MOST_IN_VAIN:
        return replace(pace, closed=True)
    longest = max(pace.pause_s, pause_s)
    return replace(pace, quiet_until_s=until_s, pause_s=longest, waited_s=waited_s)


# Platforms where each customer has a name below the platform's own, all of them served by the
# same machines, which count requests together.
_ONE_FARM = frozenset(
    """substack.com medium.com beehiiv.com ghost.io tumblr.com wordpress.com blogspot.com
    wixsite.com squarespace.com webflow.io notion.site myshopify.com github.io gitlab.io
    netlify.app vercel.app pages.dev herokuapp.com azurewebsites.net web.app firebaseapp.com
    sharepoint.com list-manage.com campaign-archive.com mailchi.mp sendgrid.net rs6.net
    cmail19.com cmail20.com createsend1.com hubspotlinks.com convertkit-mail.com
    convertkit-mail2.com convertkit-mail4.com mailerlite.com klclick.com customeriomail.com
    awstrack.me mjt.lu acemlna.com acemlnb.com acemlnc.com sparkpostmail.com""".split()
)
