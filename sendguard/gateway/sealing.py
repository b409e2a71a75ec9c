"""Whether a message at the gate is one that nobody on the way can read."""

from sendguard.gateway.mail import Mail
from sendguard.gateway.opened import look_inside
from sendguard.read.message.sealed import how_sealed


def how_mail_is_sealed(mail: Mail) -> str | None:
    """In words, fit to follow “it is”; None where it is not sealed."""
    parts = look_inside(mail.data).parts
    texts = [leaf.text for leaf in parts if leaf.text and not leaf.text.isspace()]
    return how_sealed([leaf.kept.type for leaf in parts], texts)
