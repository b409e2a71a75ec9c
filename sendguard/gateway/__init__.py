"""11. GATEWAY: this is where mail that other programs send is let through or stopped.

Bulk mail is one message for each recipient. All copies of a campaign are one `Stream`, named by a
fingerprint; it is checked once, and what comes of that is answered to every copy.
"""

from sendguard.gateway.ended import Ended
from sendguard.gateway.held import Held, HeldState
from sendguard.gateway.mail import Mail
from sendguard.gateway.passage import Passage, reader_key
from sendguard.gateway.recognise import fingerprint_of, recognise
from sendguard.gateway.same import is_same_campaign
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
]
