"""Which SendGuard this is."""

from functools import cache
from importlib.metadata import PackageNotFoundError, version


@cache
def release() -> str:
    """The number of the release; `0` for a program that was not installed."""
    try:
        return version("sendguard")
    except PackageNotFoundError:
        return "0"
