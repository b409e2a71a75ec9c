"""1. READ: this is where a file, a folder or a message becomes a `Campaign`."""

from sendguard.read.campaign import (
    CAMPAIGN_FILE,
    Article,
    Brief,
    Campaign,
    Medium,
    Oddity,
    Part,
    Source,
)
from sendguard.read.charset import decode
from sendguard.read.inside import inside
from sendguard.read.instant import is_twice
from sendguard.read.kind import LARGEST_BYTES, STANDARD_INPUT, refuse_large
from sendguard.read.read import digest_of, included_names, read_campaign


def parse_brief(raw: bytes, file: str) -> Brief:
    """What the author says in `campaign.yaml`; see `brief.parse_brief`."""
    from sendguard.read.brief import parse_brief as parsed

    return parsed(raw, file)


__all__ = [
    "CAMPAIGN_FILE",
    "LARGEST_BYTES",
    "STANDARD_INPUT",
    "Article",
    "Brief",
    "Campaign",
    "Medium",
    "Oddity",
    "Part",
    "Source",
    "decode",
    "digest_of",
    "included_names",
    "inside",
    "is_twice",
    "parse_brief",
    "read_campaign",
    "refuse_large",
]
