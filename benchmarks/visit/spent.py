"""What a whole process takes: wall time, processor time, memory."""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

_LAUNCH = Path(__file__).with_name("launch.py")


@dataclass(frozen=True, slots=True, kw_only=True)
class Spent:
    """What one run took.

    Attributes:
        began_s: When it was started, by the machine's clock.
        ended_s: When it was at its end.
        cpu_s: Of the process and of those that it started.
        peak_mb: Most memory at a time, of the largest of them.
        code: How it exited.
        late: True when it was ended because it took too long.
    """

    began_s: float
    ended_s: float
    cpu_s: float
    peak_mb: float
    code: int = 0
    late: bool = False

    @property
    def wall_s(self) -> float:
        """From its start to its end."""
        return self.ended_s - self.began_s


def spend(command: Sequence[str], *, out: Path, within_s: float = 150) -> Spent:
    """Run `command`, its output in `out`.

    Caches of its own stand beside `out`, so that nothing of the machine's user is read.
    """
    env = {name: value for name, value in os.environ.items() if name not in _SLOWS_STARTS}
    told = subprocess.run(
        [sys.executable, "-I", "-S", str(_LAUNCH), str(within_s), str(out), *command],
        env=env | {"XDG_CACHE_HOME": str(out.parent / "cache")},
        stdout=subprocess.PIPE,
        check=True,
    )
    return Spent(**json.loads(told.stdout))


# It keeps Python from keeping what it compiled: half a second at every start.
_SLOWS_STARTS = frozenset({"PYTHONDONTWRITEBYTECODE"})
