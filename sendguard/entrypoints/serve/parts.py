"""What `serve` can do, each part by itself or all in one process."""

from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sendguard.config import Config


class Part(StrEnum):
    """One part."""

    SCHEDULER = "scheduler"
    WORKER = "worker"
    GATEWAY = "gateway"


def usual(config: "Config") -> frozenset[Part]:
    """All of it; of gateways only one that somebody asked for."""
    return frozenset(one for one in Part if one is not Part.GATEWAY or config.gateway.is_named)
