"""Which mail goes to many, told by its headers."""

import re
from collections.abc import Mapping, Sequence


def is_bulk(headers: Mapping[str, Sequence[str]]) -> bool:
    """Whether a message says of itself that it is one of many.

    An answer that a program gave by itself is none, whatever else it says.

    Args:
        headers: The values of each name, which is in lower case.

    Source:
        RFC 2919 (List-Id), RFC 2369 (List-Unsubscribe), RFC 3834, section 5 (Auto-Submitted), and
        Gmail's Feedback-ID.
    """
    if any(
        value.strip().lower().startswith("auto-") for value in headers.get("auto-submitted", ())
    ):
        return False
    if any(name in headers for name in _BULK):
        return True
    said = {value.strip().lower() for value in headers.get("precedence", ())}
    return bool(said & {"bulk", "list"}) or any(names_campaign(name) for name in headers)


def names_campaign(header: str) -> bool:
    """Whether a header of that name (in lower case) tells one campaign from others."""
    return bool(_CAMPAIGN.fullmatch(header)) and not _OF_READER.search(header)


_BULK = ("list-id", "list-unsubscribe", "feedback-id")
_CAMPAIGN = re.compile(
    r"x-(?:[a-z0-9-]{0,40}-)?(?:campaign|mailing|newsletter|broadcast|issue)(?:-?(?:id|uuid|name))?"
    r"|x-(?:mc-(?:user|tags|subaccount)|job|jobid|job-id|kmail-message|pm-tag|mailgun-tag|cmpid)"
)
# Who got it, and not what.
_OF_READER = re.compile(r"subscriber|recipient|contact|member|reader|hash|token|message")
