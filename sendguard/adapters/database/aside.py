"""A store for a check whose record is to be kept later, together with what else came of it."""

from sendguard.adapters.database.store import SqlStore
from sendguard.gate import Record


class StoreAside(SqlStore):
    """A `ports.Store` that knows what went before, and sets aside what it is to keep."""

    @classmethod
    def beside(cls, store: SqlStore) -> "StoreAside":
        """One over the same database."""
        return cls(store.engine)

    @property
    def record_aside(self) -> Record | None:
        """What it was to keep; None for nothing yet."""
        return getattr(self, "_record", None)

    def close(self) -> None:
        """Nothing is let go of, for others still need it."""

    def keep(self, record: Record) -> int:
        """Set it aside; it has no number yet."""
        self._record = record
        return 0
