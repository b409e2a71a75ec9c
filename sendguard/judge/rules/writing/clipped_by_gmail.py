"""SG116, clipped-by-gmail."""

from collections.abc import Iterator

from sendguard.judge.clipping import CLIPPED_FROM, in_kilobytes, sent_bytes
from sendguard.judge.rule import At, NewsletterCase, newsletter_rule
from sendguard.read import Medium
from sendguard.values import Severity


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
        size = sent_bytes(part.text) if part.medium is Medium.HTML else 0
        if size > CLIPPED_FROM:
            says = f"The HTML takes {in_kilobytes(size)} as it is sent, and Gmail cuts off what is"
            place = case.campaign.sources[0].lines if case.campaign.sources else part.lines
            yield At(place.place(0), f"{says} behind {in_kilobytes(CLIPPED_FROM)}")
