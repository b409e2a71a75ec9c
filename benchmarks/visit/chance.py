"""Numbers drawn from names: the same name gives the same number in every process."""

import math
from hashlib import blake2b
from statistics import NormalDist

SEED = 7
_NORMAL = NormalDist()


def share(*name: str | int) -> float:
    """A number above 0 and below 1 that `name` settles."""
    told = blake2b(repr((SEED, *name)).encode(), digest_size=8).digest()
    return (int.from_bytes(told, "big") + 0.5) / 2**64


def log_normal(at: float, *, median: float, sigma: float, least: float, most: float) -> float:
    """The value of which the share `at` of a log-normal crowd stays below, within bounds."""
    return min(most, max(least, median * math.exp(sigma * _NORMAL.inv_cdf(at))))


def sigma_of(median: float, at_95_percent: float) -> float:
    """How widely a log-normal crowd scatters that has this median and this 95th percentile."""
    return math.log(at_95_percent / median) / _NORMAL.inv_cdf(0.95)
