"""What each kind of newsletter gives to the campaign."""

from dataclasses import dataclass

from sendguard.read.campaign import Oddity, Part, Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What stood in one newsletter; the fields are those of `Campaign`."""

    parts: tuple[Part, ...]
    sources: tuple[Source, ...] = ()
    headers: tuple[tuple[str, str], ...] = ()
    oddities: tuple[Oddity, ...] = ()
    attached: tuple[str, ...] = ()
