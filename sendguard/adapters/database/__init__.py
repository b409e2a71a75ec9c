"""The store: SQLModel tables in SQLite or PostgreSQL; see `docs/operating.md`.

This package exports nothing, so that `last_check` comes without SQLModel, whose import takes
longer than what it is asked for.
"""
