"""11. GATEWAY: this is where mail that other programs send is let through or stopped.

Bulk mail is one message for each recipient. All copies of a campaign are one `Stream`, named by a
fingerprint; it is checked once, and what comes of that is answered to every copy. In `copies` it is
told of which campaign a message is, in `readers` what of it is its reader's own; in `repair` links
are put right, and in `release` it is settled what becomes of kept messages.
"""

from sendguard.gateway.copies.recognise import fingerprint_of, recognise
from sendguard.gateway.copies.same import is_same_campaign, told_apart
from sendguard.gateway.ended import Ended
from sendguard.gateway.held import Held, HeldState
from sendguard.gateway.mail import Mail
from sendguard.gateway.passage import Passage, reader_key
from sendguard.gateway.stream import Copy, Ruling, Standing, Stream

__all__ = [
    "Copy",
    "Ended",
    "Held",
    "HeldState",
    "Mail",
    "Passage",
    "Ruling",
    "Standing",
    "Stream",
    "fingerprint_of",
    "is_same_campaign",
    "reader_key",
    "recognise",
    "told_apart",
]
