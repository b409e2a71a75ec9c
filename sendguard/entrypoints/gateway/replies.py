"""What the gateway answers of its own, and how an answer is written on the wire."""

import unicodedata

from sendguard.judge.quote import plain
from sendguard.send import Reply

MOST_OCTETS = 500
"""Of a line; RFC 5321, section 4.5.3.1.5, allows 512 with the CRLF."""

TOO_MANY_CONNECTIONS = Reply(code=421, enhanced="4.3.2", text="too many connections, come again")
TOO_MANY_OF_YOURS = Reply(code=421, enhanced="4.7.0", text="too many connections of yours")
STRANGER = Reply(code=554, enhanced="5.7.1", text="this computer may not send mail here")
CLOSING = Reply(code=421, enhanced="4.3.2", text="closing down, come again")
IDLE = Reply(code=421, enhanced="4.4.2", text="nothing came for too long")
TOO_SLOW = Reply(code=421, enhanced="4.4.2", text="the message came too slowly, come again")
TOO_MUCH_TALK = Reply(code=421, enhanced="4.7.0", text="too many commands without a message")
NO_SMTP = Reply(code=421, enhanced="4.7.0", text="this is a mail server")
TOO_MANY_LOGINS = Reply(code=421, enhanced="4.7.0", text="too many wrong passwords")
OUR_FAILURE = Reply(code=451, enhanced="4.3.0", text="SendGuard failed, come again")
FULL = Reply(code=452, enhanced="4.3.1", text="too much mail at a time, come again")
TOO_BIG = Reply(code=552, enhanced="5.3.4", text="the message is too big")
BARE = Reply(code=554, enhanced="5.6.0", text="a CR or LF stands alone; lines end in CRLF")
NUL = Reply(code=554, enhanced="5.6.0", text="the message holds a NUL byte")
LONG_LINE = Reply(code=554, enhanced="5.6.0", text="a line is longer than 1 MiB")

_ASCII = str.maketrans(
    {"“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "…": "...", "→": "->"}
)


def reply_line(reply: Reply) -> bytes:
    """The answer as one line, without its end.

    What cannot stand in the place of an answer to a message becomes our own failure: a code that
    is none, or one that asks for more.
    """
    if not (200 <= reply.code < 300 or 400 <= reply.code < 600):
        return reply_line(OUR_FAILURE)
    return printable(str(reply))


def printable(text: str) -> bytes:
    """The text in printable ASCII, on one line, cut at `MOST_OCTETS`."""
    spelt = unicodedata.normalize("NFKD", plain(text, MOST_OCTETS - 2).translate(_ASCII))
    bare = "".join(sign for sign in spelt if not unicodedata.combining(sign))
    return bare.encode("ascii", "replace")[:MOST_OCTETS]
