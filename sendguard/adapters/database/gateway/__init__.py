"""The gateway's part of the store, in SQLite or PostgreSQL: campaigns, who got them, what is kept.

`streams` and `ruling` are about campaigns; `writing` is what happens for each message, `releasing`
what is done with kept ones, `keepers` for those of the dead; `numbers` is what people are shown,
`forgetting` how old campaigns go; `tables` says what stands where.
"""

from sendguard.adapters.database.gateway.ledger import SqlLedger
from sendguard.adapters.database.gateway.streams import SqlStreams

__all__ = ["SqlLedger", "SqlStreams"]
