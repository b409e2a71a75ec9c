"""What `serve` can do, each part by itself or all in one process."""

from enum import StrEnum


class Part(StrEnum):
    """One part."""

    SCHEDULER = "scheduler"
    WORKER = "worker"
