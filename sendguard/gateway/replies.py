"""What the gateway itself answers to a message, with enhanced codes.

Source:
    RFC 5321, section 4.2 (codes); RFC 3463 and its registry at IANA (enhanced codes).
"""

from sendguard.gateway.stream import Standing, Stream
from sendguard.judge.quote import plain
from sendguard.send import Reply

_LONGEST_SAYS = 300
_LONGEST_NAME = 40

UNDECIDED = Reply(
    code=451,
    enhanced="4.7.1",
    text="SendGuard is checking the links of this newsletter, try again in a minute",
)
OUR_FAILURE = Reply(
    code=451,
    enhanced="4.3.0",
    text="SendGuard cannot check or keep mail at the moment, try again later",
)
FULL = Reply(
    code=452,
    enhanced="4.3.1",
    text="SendGuard keeps as many messages as it may, try again later",
)
TAKEN = Reply(code=250, enhanced="2.0.0", text="kept by SendGuard")
PARTED = Reply(code=250, enhanced="2.0.0", text="sent on; SendGuard tries the others again")
NO_NEXT_HOP = Reply(
    code=451, enhanced="4.4.1", text="the mail server behind SendGuard cannot be reached"
)
NO_ANSWER = Reply(
    code=451, enhanced="4.4.2", text="the mail server behind SendGuard fell silent over the message"
)

GONE_FAR = Reply(
    code=554, enhanced="5.4.6", text="the message passed too many servers: it goes in a circle"
)
ON_ITS_WAY = Reply(
    code=451,
    enhanced="4.4.6",
    text="this very message is just being sent on: does the mail server behind SendGuard "
    "(gateway.next_hop) send it back here?",
)


def stopped(stream: Stream, *, for_good: bool) -> Reply:
    """Why a campaign does not go out, and where to look.

    Args:
        stream: The campaign.
        for_good: 554; else 451, so that the sender keeps it.
    """
    where = f"administrator: sendguard gateway {_command(stream)}"
    text = (
        f"stopped by SendGuard: {_why(stream)}. {_what_to_do(stream, for_good=for_good)} ({where})"
    )
    return Reply(code=554 if for_good else 451, enhanced=f"{5 if for_good else 4}.7.1", text=text)


def _command(stream: Stream) -> str:
    """What tells more; where nobody could read it, there is no more to be told."""
    if stream.ruling.is_unread:
        return f"approve {stream.fingerprint} --by NAME --because REASON"
    return f"show {stream.fingerprint}"


def _why(stream: Stream) -> str:
    ruling = stream.ruling
    says = plain(ruling.says or _WITHOUT_WORDS[stream.standing], _LONGEST_SAYS).rstrip(".")
    if stream.standing is Standing.DISCARDED and ruling.by:
        return f"discarded by {plain(ruling.by, _LONGEST_NAME)}: {says}"
    return says


def _what_to_do(stream: Stream, *, for_good: bool) -> str:
    if not for_good:
        return "Nobody got this message yet; it can go out once that is settled."
    if stream.ruling.by is not None:  # others may have theirs, and its correction
        return "This copy went to nobody."
    return "Nobody got this message: mend it and send it again."


_WITHOUT_WORDS = {
    Standing.BLOCKED: "a link is wrong",
    Standing.UNVERIFIED: "its links could not all be checked",
    Standing.DISCARDED: "a person wants none of it to go out",
    Standing.CHECKING: "it is being checked",
    Standing.PASSED: "it passed",
    Standing.APPROVED: "it was approved",
}
