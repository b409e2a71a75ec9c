"""By what a newsletter is judged besides itself: two checks on the same terms answer alike."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from sendguard.config import Config
from sendguard.gate import Sending
from sendguard.read import Article

_PACE = {"at_once", "at_once_per_host", "remember_s"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What a call of the program goes by.

    Attributes:
        config: What is in force.
        release: Which SendGuard judges.
        expected: What the command line says of links.
        offline: No link is opened.
        before_send: That it went out already counts against it.
    """

    config: Config
    release: str
    expected: tuple[Article, ...] = ()
    offline: bool = False
    before_send: bool = True

    def of(
        self,
        previous: Sequence[tuple[str, str]] = (),
        beside: Sequence[tuple[str, str]] = (),
        sent: Sending | None = None,
    ) -> str:
        """A digest of all that, and of what is known of one newsletter.

        Args:
            previous: The issues that it is compared with because the user named them.
            beside: Those that it is compared with because they stand beside it; see `Earlier`.
            sent: Its last sending.
        """
        told = (
            self.config.gate.model_dump_json(),
            self.config.visit.model_dump_json(exclude=_PACE),
            self.release,
            f"{self.offline} {self.before_send}",
            f"{[(one.link, one.title, one.url) for one in self.expected]}",
            f"{tuple(previous)} {tuple(beside)}",
            f"{_told(sent) if sent else None}",
        )
        return sha256("\0".join(told).encode("utf-8", "backslashreplace")).hexdigest()


def _told(sent: Sending) -> tuple[str, str, float, int]:
    return sent.campaign, sent.letter, sent.at.timestamp(), sent.times
