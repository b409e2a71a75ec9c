"""The first message of a campaign, as the files of a campaign folder that can be checked."""

import json
from collections.abc import Mapping

from sendguard.gateway.mail import Mail
from sendguard.gateway.stream import Stream
from sendguard.read.campaign import COPY_FOR

MESSAGE = "message.eml"
_CAMPAIGN = "campaign.yaml"
_MOST_READERS = 10


def sample_files(stream: Stream, sample: Mail) -> Mapping[str, bytes]:
    """What `prepare_all` reads: the message, and of which series it is.

    Issues of one mailing list are a series, so that the link of the issue before is recognised. A
    line above the message says for whom it was made: what is his is not opened.
    """
    brief = {"newsletter": MESSAGE}
    if stream.first.list_id:
        brief["series"] = stream.first.list_id
    whom = ", ".join(sample.recipients[:_MOST_READERS]).encode("utf-8", "replace")
    copy_for = b"%s: %s\r\n" % (COPY_FOR.encode(), whom)
    return {_CAMPAIGN: json.dumps(brief).encode(), MESSAGE: copy_for + sample.data}
