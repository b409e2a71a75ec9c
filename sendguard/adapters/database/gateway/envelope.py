"""How an envelope stands in a column: as JSON in ASCII, whatever the client wrote."""

import json

from sendguard.gateway import Mail, reader_key


def envelope_of(mail: Mail) -> str:
    """All but the message itself."""
    return json.dumps([mail.sender, mail.recipients, mail.is_8bit, mail.is_utf8])


def mail_of(envelope: str, data: bytes = b"") -> Mail:
    """The message in that envelope."""
    sender, recipients, is_8bit, is_utf8 = json.loads(envelope)
    return Mail(
        sender=sender,
        recipients=tuple(recipients),
        data=data,
        is_8bit=is_8bit,
        is_utf8=is_utf8,
    )


def keys_of(mail: Mail) -> list[str]:
    """What its readers are told from others by."""
    return sorted({reader_key(recipient) for recipient in mail.recipients})
