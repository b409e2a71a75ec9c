"""The first message of a campaign, as the files of a campaign folder that can be checked."""

import json
from collections.abc import Iterable, Mapping

from sendguard.gateway.mail import Mail
from sendguard.gateway.opened import look_inside
from sendguard.gateway.stream import Stream
from sendguard.read.campaign import COPY_FOR, PERSONAL, SHARED

MESSAGE = "message.eml"
_CAMPAIGN = "campaign.yaml"
_MOST_READERS = 10
_LARGE = 4_000_000
"""Bytes; a check reads little more, files that are attached included."""


def sample_files(stream: Stream, sample: Mail, shared: Iterable[str] = ()) -> Mapping[str, bytes]:
    """What `prepare_all` reads: the message, and of which series it is.

    Issues of one mailing list are a series, so that the link of the issue before is recognised. A
    line above the message says for whom it was made: what is his is not opened.

    Args:
        stream: The campaign.
        sample: Its first message.
        shared: Tokens of its links that are the same in another reader's copy.
    """
    brief = {"newsletter": MESSAGE}
    if stream.first.list_id:
        brief["series"] = stream.first.list_id
    whom = ", ".join(sample.recipients[:_MOST_READERS]).encode("utf-8", "replace")
    # The first of a name counts, so both stand there always: the sender may have put them in, too.
    above = b"%s: %s\r\n" % (COPY_FOR.encode(), whom)
    above += b"%s: %s\r\n" % (SHARED.encode(), " ".join(sorted(shared)).encode())
    personal = " ".join(sorted(stream.ruling.personal))
    above += b"%s: %s\r\n" % (PERSONAL.encode(), personal.encode())
    return {_CAMPAIGN: json.dumps(brief).encode(), MESSAGE: above + readable(sample.data)}


def readable(data: bytes) -> bytes:
    """The message; a large one without what its files hold, where no link is looked for."""
    if len(data) <= _LARGE:
        return data
    kept, at = list[bytes](), 0
    for leaf in look_inside(data).parts:
        if leaf.kept.attached or not leaf.kept.type.startswith("text/"):
            kept.append(data[at : leaf.start])
            at = leaf.end
    return b"".join((*kept, data[at:]))
