"""The outbox: every delivery, durable, in SQLite or PostgreSQL.

`queueing` and `correcting` write campaigns down, `working` is what a worker does many times a
second, `people` is what people do, `reports` what they are shown; `tables` says what stands where.
"""

from sendguard.adapters.database.outbox.outbox import SqlOutbox
from sendguard.adapters.database.outbox.suppressions import SqlSuppressions

__all__ = ["SqlOutbox", "SqlSuppressions"]
