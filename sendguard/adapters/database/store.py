"""The store, as the rest of the program asks it."""

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import Engine

from sendguard.adapters.database.contents import put_content
from sendguard.adapters.database.engine import has_no_file, open_engine, reading, shown, writing
from sendguard.adapters.database.gateway import SqlLedger, SqlStreams
from sendguard.adapters.database.gateway.forgetting import forget_beyond, forget_streams
from sendguard.adapters.database.incidents import SqlIncidents
from sendguard.adapters.database.locks import open_lock
from sendguard.adapters.database.moments import delete_moments
from sendguard.adapters.database.notices import SqlNotices, delete_notices
from sendguard.adapters.database.outbox import SqlOutbox, SqlSuppressions
from sendguard.adapters.database.prune import delete_contents, delete_runs
from sendguard.adapters.database.runs import get_record, kept_run, kept_runs, put_run
from sendguard.adapters.database.schema import has_tables, make_ready
from sendguard.adapters.database.sendings import last_sending, put_sending, take_back_sending
from sendguard.adapters.database.series import earlier_issues
from sendguard.adapters.database.watching import SqlMoments
from sendguard.errors import BadStore
from sendguard.gate import Kept, Record, Sending
from sendguard.ports import Clock, History
from sendguard.ports.watching import WatchLock
from sendguard.read import Campaign

MOST_KEPT = 1_000
MOST_FIRST_BYTES = 1_000_000_000
"""Of the first messages of the gateway's campaigns, as they stand in the store."""
KEPT_IN_ANY_CASE = timedelta(days=7)
"""So long is what may have to be corrected, however large."""


def open_store(database: str, on_made: Callable[[str], None] | None = None) -> "SqlStore":
    """The store, whose tables are made where there are none.

    Args:
        database: As `Config.database`.
        on_made: Told the name of the file where a new one was made.

    Raises:
        BadStore: The database cannot be used, or its tables are those of another release.
    """
    engine = open_engine(database)
    is_new = has_no_file(engine)
    try:
        make_ready(engine)
    except BadStore:
        engine.dispose()
        raise
    if is_new and on_made:
        on_made(shown(engine))
    return SqlStore(engine)


def find_store(database: str) -> "SqlStore | None":
    """The store; None where none was made yet. Nothing is made.

    Raises:
        BadStore: The database cannot be used, or its tables are those of another release.
    """
    store = SqlStore(open_engine(database))
    try:
        found = store if has_tables(store.engine) else None
    except BadStore:
        store.close()
        raise
    if found is None:
        store.close()
    return found


class SqlStore:
    """A `ports.Store` in SQLite or PostgreSQL; what it raises is `BadStore`."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @property
    def engine(self) -> Engine:
        """The way to its database, for other adapters."""
        return self._engine

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()

    @property
    def incidents(self) -> SqlIncidents:
        """The mistakes that went out."""
        return SqlIncidents(self._engine)

    def moments(self, holder: str) -> SqlMoments:
        """What the watch keeps here.

        Args:
            holder: Stands for this process, and for no other one.
        """
        return SqlMoments(self._engine, holder)

    def lock(self, holder: str, clock: Clock) -> WatchLock:
        """What lets only one process watch at a time; arguments as for `moments`."""
        return open_lock(self._engine, holder, clock)

    @property
    def notices(self) -> SqlNotices:
        """The notices that wait to be told."""
        return SqlNotices(self._engine)

    @property
    def outbox(self) -> SqlOutbox:
        """Every delivery."""
        return SqlOutbox(self._engine)

    @property
    def suppressions(self) -> SqlSuppressions:
        """Who gets nothing any more."""
        return SqlSuppressions(self._engine)

    @property
    def streams(self) -> SqlStreams:
        """The campaigns that came by at the gateway."""
        return SqlStreams(self._engine)

    @property
    def ledger(self) -> SqlLedger:
        """Who got which of these, and the messages that are kept."""
        return SqlLedger(self._engine)

    def history(self, campaign: Campaign, now: datetime) -> History:
        """What is known of what went before a campaign."""
        with reading(self._engine) as session:
            issues = earlier_issues(session, campaign, now) if campaign.brief.series else ()
            sent = last_sending(session, campaign.id or "", campaign.letter)
            return History(issues=issues, sent=sent)

    def keep(self, record: Record) -> int:
        """Keep a check for good, whole or not at all; its number."""
        with writing(self._engine) as session:
            put_content(session, record.checked.campaign, record.at)
            return put_run(session, record)

    def record(self, id_: int) -> Record | None:
        """A check with its evidence; None where it is gone, or another release wrote it."""
        with reading(self._engine) as session:
            return get_record(session, id_)

    def runs(self, campaign: str | None = None, most: int = MOST_KEPT) -> tuple[Kept, ...]:
        """The checks of a campaign, the last one first; without one, the last of each."""
        with reading(self._engine) as session:
            return kept_runs(session, campaign, most)

    def kept(self, id_: int) -> Kept | None:
        """The check of this number without its evidence; None where it is gone."""
        with reading(self._engine) as session:
            return kept_run(session, id_)

    def mark_sent(self, sending: Sending) -> None:
        """Keep that a newsletter went out."""
        with writing(self._engine) as session:
            put_sending(session, sending)

    def take_back_sent(self, campaign: str) -> Sending | None:
        """Forget what was marked last of a campaign, and tell what; None where nothing was."""
        with writing(self._engine) as session:
            return take_back_sending(session, campaign)

    def prune(self, before: datetime) -> int:
        """Delete checks that are older, never the last one of a campaign; how many that were.

        With them go the gateway's campaigns that nothing was heard of since.
        """
        forget_streams(self._engine, before)
        with writing(self._engine) as session:
            count = delete_runs(session, before)
            delete_contents(session)
            delete_moments(session, before)
            delete_notices(session, before)
            return count

    def make_room(self, now: datetime) -> None:
        """Forget the gateway's oldest campaigns where first messages take more than they may.

        None of which anything was heard for less than a week, or of which a message is kept.
        """
        forget_beyond(self._engine, MOST_FIRST_BYTES, now - KEPT_IN_ANY_CASE)
