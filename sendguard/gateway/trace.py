"""The header `X-SendGuard`, for whoever asked for it: what the gateway made of a message.

It stands above all others, and above whatever the sender has put there under that name.
"""

from dataclasses import replace

from sendguard.gateway.mail import Mail

UNCHECKED = "unchecked"


def passed(fingerprint: str) -> str:
    """What is said of a copy of this campaign."""
    return f"pass {fingerprint}"


def traced(mail: Mail, says: str) -> Mail:
    """The message with that header."""
    return replace(mail, data=f"X-SendGuard: {says}\r\n".encode() + mail.data)
