"""The pass that binds: an earlier check in the place of one made now, soon and without a network.

A send waits for it, so nothing is imported here that visits, judges or writes.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sendguard.adapters.clock import SystemClock
from sendguard.adapters.files import open_path
from sendguard.adapters.release import release
from sendguard.config import Config
from sendguard.flows.reuse import Reusing, reuse
from sendguard.flows.terms import Terms
from sendguard.gate import Checked, Run
from sendguard.ports import LastCheck
from sendguard.read import Article


@dataclass(frozen=True, slots=True)
class Reused:
    """What earlier checks answer.

    Attributes:
        passed: Those that answer, by path.
        run: The whole answer, where they answer for every path.
    """

    passed: Mapping[str, Checked]
    run: Run | None


NOTHING_REUSED = Reused({}, None)


def find_passed(
    paths: Sequence[str],
    config: Config,
    expected: Sequence[Article],
    previous: Sequence[str],
    oldest_s: float,
) -> Reused:
    """The earlier checks that may answer; see `flows.reuse`.

    Args:
        paths: Newsletters and campaign folders.
        config: What is in force.
        expected: What links are meant to open.
        previous: Earlier issues, newest first.
        oldest_s: How old the check may be.
    """
    if config.database is None:
        return NOTHING_REUSED
    clock, database = SystemClock(), config.database
    at, began_s = clock.now(), clock.elapsed_s()

    def find(campaign: str, digest: str) -> LastCheck | None:
        from sendguard.adapters.database.last_check import last_check

        return last_check(database, campaign, digest)

    reusing = Reusing(
        find=find,
        oldest_s=oldest_s,
        at=at,
        terms=Terms(config=config, release=release(), expected=tuple(expected)),
        previous=previous,
    )
    passed = reuse(paths, open_path, reusing)
    if not all(path in passed for path in paths):
        return Reused(passed, None)
    newsletters = tuple(passed[path] for path in paths)
    took_s = clock.elapsed_s() - began_s
    return Reused(passed, Run(at=at, took_s=took_s, newsletters=newsletters, unreadable=()))
