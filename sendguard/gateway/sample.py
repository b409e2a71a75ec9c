"""The first message of a campaign, as the files of a campaign folder that can be checked."""

import json
from collections.abc import Iterable, Mapping

from sendguard.gateway.mail import Mail
from sendguard.gateway.stream import Stream
from sendguard.read.campaign import COPY_FOR, SHARED

MESSAGE = "message.eml"
_CAMPAIGN = "campaign.yaml"
_MOST_READERS = 10


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
    return {_CAMPAIGN: json.dumps(brief).encode(), MESSAGE: above + sample.data}
