"""The first message of a campaign, as the files of a campaign folder that can be checked."""

import json
from collections.abc import Mapping

from sendguard.gateway.mail import Mail
from sendguard.gateway.stream import Stream

MESSAGE = "message.eml"
_CAMPAIGN = "campaign.yaml"


def sample_files(stream: Stream, sample: Mail) -> Mapping[str, bytes]:
    """What `prepare_all` reads: the message, and of which series it is.

    Issues of one mailing list are a series, so that the link of the issue before is recognised.
    """
    brief = {"newsletter": MESSAGE}
    if stream.first.list_id:
        brief["series"] = stream.first.list_id
    return {_CAMPAIGN: json.dumps(brief).encode(), MESSAGE: sample.data}
