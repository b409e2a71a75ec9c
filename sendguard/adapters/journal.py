"""The journal: one line on standard error for each thing that happens, as text or JSON."""

import logging
import sys
import traceback
from collections.abc import Mapping
from contextlib import suppress
from time import monotonic
from typing import TextIO

import structlog
from structlog.typing import Processor

from sendguard.config import Log
from sendguard.judge.quote import plain

LONGEST = 1_000
MISTAKE = "mistake"
QUIET_S = 60.0
"""For so long the same mistake is not told again."""
MOST_KNOWN = 100
_FRAMES = 3


class StructJournal:
    """A `ports.watching.Journal`.

    Args:
        form: Text for people, or JSON.
        stream: Where it goes; None for standard error.
    """

    def __init__(self, form: Log, stream: TextIO | None = None) -> None:
        show: Processor = structlog.processors.LogfmtRenderer(
            key_order=("timestamp", "level", "event"), drop_missing=True, bool_as_flag=False
        )
        if form is Log.JSON:
            show = structlog.processors.JSONRenderer(ensure_ascii=False)
        self._mistakes = _Mistakes()
        self._log = structlog.wrap_logger(
            _Lines(stream or sys.stderr),
            processors=[
                structlog.processors.add_log_level,
                structlog.processors.TimeStamper(fmt="iso", utc=True),
                show,
            ],
        )

    def tell(self, event: str, **about: object) -> None:
        """Something happened as it should."""
        self._log.info(event, **_shown(about))

    def warn(self, event: str, **about: object) -> None:
        """Something happened that somebody should look at."""
        shown = _shown(about)
        if event == MISTAKE:
            again = self._mistakes.again(str(sorted(shown.items())))
            if again is None:
                return
            shown |= {"again": again} if again else {}
        self._log.warning(event, **shown)


class _Mistakes:
    """The same mistake can come a thousand times a second, and a log fill the disk."""

    def __init__(self) -> None:
        self._told: dict[str, tuple[float, int]] = {}

    def again(self, words: str) -> int | None:
        """How often it was passed over since it was told last; None to pass it over now."""
        now = monotonic()
        since, count = self._told.pop(words, (None, 0))
        if since is not None and now - since < QUIET_S:
            self._told[words] = (since, count + 1)
            return None
        self._told[words] = (now, 0)
        if len(self._told) > MOST_KNOWN:
            del self._told[next(iter(self._told))]
        return count


class _Lines:
    """What structlog writes to; a stream that nobody reads any more is no reason to stop."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def msg(self, line: str) -> None:
        with suppress(OSError, ValueError):
            self._stream.write(f"{line}\n")
            self._stream.flush()

    info = warning = msg


def route_libraries(journal: StructJournal) -> None:
    """What libraries complain of goes to the journal, without their words: those hold secrets."""
    root = logging.getLogger()
    root.handlers[:] = [_Routed(journal)]
    root.setLevel(logging.ERROR)
    logging.raiseExceptions = False


class _Routed(logging.Handler):
    def __init__(self, journal: StructJournal) -> None:
        super().__init__(logging.ERROR)
        self._journal = journal

    def emit(self, record: logging.LogRecord) -> None:
        error = record.exc_info[1] if record.exc_info else None
        self._journal.warn(MISTAKE, library=record.name, error=error)


def _shown(about: Mapping[str, object]) -> dict[str, object]:
    return {key: _value(value) for key, value in about.items() if value is not None}


def _value(value: object) -> object:
    if isinstance(value, bool | int | float):
        return value
    if isinstance(value, BaseException):
        return f"{type(value).__name__} in {_where(value)}"
    return plain(str(value), LONGEST)


def _where(error: BaseException) -> str:
    """The places that it came from, without what was said there."""
    frames = traceback.extract_tb(error.__traceback__)[-_FRAMES:]
    return " < ".join(f"{one.name} ({one.filename}:{one.lineno})" for one in reversed(frames))
