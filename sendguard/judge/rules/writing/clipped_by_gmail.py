"""SG116, clipped-by-gmail."""

import quopri
from collections.abc import Iterator

from sendguard.judge.rule import At, NewsletterCase, newsletter_rule
from sendguard.read import Medium, Part
from sendguard.values import Severity

CLIPPED_FROM = 102 * 1024


@newsletter_rule(
    "SG116",
    severity=Severity.WARN,
    advice="Shorten it, or leave out styles and comments that no reader needs.",
)
def clipped_by_gmail(case: NewsletterCase) -> Iterator[At]:
    """A newsletter so large that Gmail cuts it off.

    Why it matters:
        Gmail shows about the first 102 kilobytes of HTML and then “[Message clipped]”. The
        last stories, the link to unsubscribe and the picture that counts readers are gone.

    Caught:
        HTML of more than 102 times 1,024 bytes, measured on what is sent: the built HTML in
        UTF-8, spelt for mail as quoted-printable, in which an accent takes six characters.

    Let through:
        Pictures, however large: they are loaded from elsewhere. The plain text part.

    Blind spot:
        What the sending platform still adds, such as longer addresses for counting clicks.
    """
    for part in case.campaign.parts:
        size = _sent_bytes(part) if part.medium is Medium.HTML else 0
        if size > CLIPPED_FROM:
            says = f"The HTML takes {_kilobytes(size)} as it is sent, and Gmail cuts off what is"
            place = case.campaign.sources[0].lines if case.campaign.sources else part.lines
            yield At(place.place(0), f"{says} behind {_kilobytes(CLIPPED_FROM)}")


def _sent_bytes(part: Part) -> int:
    return len(quopri.encodestring(part.text.encode("utf-8", "replace")))


def _kilobytes(size: int) -> str:
    return f"{-(-size // 1024)} kB"
