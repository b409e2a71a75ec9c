"""How long one message takes to make, 60 KB with five merge fields: unsigned, and signed.

`python -m benchmarks.send.making` measures it by itself.
"""

import statistics
import time
from datetime import UTC, datetime

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key

from benchmarks.bar import Bar, at_most, bar_table
from sendguard.read import Brief, Campaign, Medium, Part
from sendguard.send import Delivery, Dispatch, Edition, Reader
from sendguard.send.mold import Mold
from sendguard.send.signature import Signer
from sendguard.values import Lines

SIZE = 60_000
COLUMNS = ("name", "city")
ROUNDS, EACH = 7, 1_000
BAR_US = 40
NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
_LINE = '<td style="color: #333">A line of a newsletter, as long as lines are</td>\n'
_TOP = (
    '<p>Dear {{ name | default: "reader" }} of {{ city }},</p>\n'
    '<a href="https://example.org/leave?who={{ email }}">Leave</a>\n'
)


def mold_of(size: int = SIZE, signer: Signer | None = None) -> Mold:
    """A mold whose messages have about `size` bytes and five merge fields."""
    edition = edition_of(size)
    return Mold.of(edition, dispatch_of(edition), signer)


def edition_of(size: int) -> Edition:
    """What it is made of."""
    html = _TOP + _LINE * ((size - 1_500) // (len(_LINE) + 4))
    part = Part(medium=Medium.HTML, text=html, lines=Lines.of("newsletter.html", html))
    return Edition(
        campaign=Campaign(
            path="spring",
            id="spring",
            brief=Brief(newsletter="newsletter.html"),
            subject=None,
            parts=(part,),
            digest="sha256:0",
        ),
        subject="How to recover from a mistake",
        sender="The Navigator <navigator@example.org>",
        reply_to="desk@example.org",
        text="Dear {{ name }},\n\nwhat is new.\n",
        envelope="bounces@example.org",
        list_id="navigator.example.org",
        unsubscribe="https://example.org/leave?who={{ email }}",
    )


def deliveries(count: int) -> list[Delivery]:
    """As a worker begins them."""
    return [_delivery(number) for number in range(count)]


def making_us(mold: Mold) -> float:
    """Microseconds of CPU for one message: the median of several rounds."""
    begun = deliveries(EACH)
    rounds = []
    for _ in range(ROUNDS):
        began = time.process_time()
        for delivery in begun:
            mold.letter(delivery)
        rounds.append((time.process_time() - began) / EACH * 1e6)
    return statistics.median(rounds)


def bars() -> tuple[Bar, ...]:
    """What is asked of making a message."""
    asked = f"making a message, {SIZE // 1000} KB, 5 merge fields"
    return (at_most(asked, making_us(mold_of()), BAR_US, " µs", digits=0),)


def dispatch_of(edition: Edition) -> Dispatch:
    """It, to be queued."""
    return Dispatch(
        campaign="spring",
        series=None,
        path="spring",
        edition=edition.digest,
        columns=COLUMNS,
        key="0" * 32,
        queued_at=NOON,
        id=1,
    )


def _delivery(number: int) -> Delivery:
    address = f"reader{number}@example.net"
    reader = Reader(key=address, address=address, fields=("Zoë", "London"))
    return Delivery(id=number, reader=reader, edition="sha256:0", dated=NOON)


def _signers() -> dict[str, Signer]:
    keys: dict[str, RSAPrivateKey | Ed25519PrivateKey] = {
        "RSA, 2048 bits": generate_private_key(65537, 2048),
        "Ed25519": Ed25519PrivateKey.generate(),
    }
    return {name: Signer(key=key, selector="s", domain="example.org") for name, key in keys.items()}


if __name__ == "__main__":
    print("\n".join(bar_table(bars())))
    for name, signer in _signers().items():
        print(f"signed with {name}: {making_us(mold_of(signer=signer)):.0f} µs")
