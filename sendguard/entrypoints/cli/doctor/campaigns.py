"""The campaigns: is their folder there, how many are in it, can they be read."""

from collections.abc import Iterator
from pathlib import PurePath
from time import monotonic
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sendguard.config import Config
    from sendguard.report.health import Part

_CAMPAIGNS = "campaigns"
_LONGEST_S = 3.0
_MOST_NAMED = 5


def look_at_campaigns(config: "Config") -> "Iterator[Part]":
    """Reads them, for as long as anybody likes to wait."""
    from sendguard.adapters.files import campaigns_in, open_path, passed_over_in
    from sendguard.errors import Unreadable
    from sendguard.flows.survey import survey
    from sendguard.gate import CouldNotRead
    from sendguard.report.health.part import doubtful, fine
    from sendguard.watch.passed_over import told_passed_over

    try:
        paths = campaigns_in(config.campaigns)
    except Unreadable as error:
        yield doubtful(_CAMPAIGNS, str(error))
        return
    bad, read, until = [], 0, monotonic() + _LONGEST_S
    for one in survey(paths, open_path):
        read += 1
        bad += [one.path] if isinstance(one, CouldNotRead) else []
        if monotonic() > until:
            break
    count = f"{len(paths)} in {config.campaigns}"
    if read < len(paths):
        count += f", of which {read} were read"
    yield doubtful(_CAMPAIGNS, f"{count}; {_named(bad)}") if bad else fine(_CAMPAIGNS, count)
    if bare := passed_over_in(config.campaigns):
        yield doubtful(_CAMPAIGNS, told_passed_over(bare))


def _named(bad: list[str]) -> str:
    names = [PurePath(path).name for path in bad[:_MOST_NAMED]]
    more = f" and {len(bad) - len(names)} more" if len(bad) > len(names) else ""
    return f"cannot be read: {', '.join(names)}{more} (`sendguard check {bad[0]}` says why)"
