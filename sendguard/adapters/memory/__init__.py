"""What was seen in earlier runs, in a file of the user's cache folder."""

from sendguard.adapters.memory.sqlite import SqliteMemory, cache_file, what_changes_answers

__all__ = ["SqliteMemory", "cache_file", "what_changes_answers"]
