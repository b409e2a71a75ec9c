"""SG401, feed-unreadable."""

from collections.abc import Iterator

from sendguard.judge.quote import plain, shown
from sendguard.judge.rule import At, NewsletterCase, Said, newsletter_rule
from sendguard.values import Severity, Url


@newsletter_rule(
    "SG401",
    severity=Severity.WARN,
    advice="Put the address of the feed or of the sitemap in, or take `feed:` out.",
)
def feed_unreadable(case: NewsletterCase) -> Iterator[Said | At]:
    """The feed that campaign.yaml names could not be read.

    Why it matters:
        The feed knows the right address of every article. Without it a wrong link may
        only be suspected, and the right one cannot be named.

    Caught:
        A feed or sitemap that is not there, does not answer, is damaged, empty or far too
        large, or is a web page. The links are judged all the same, without it.

    Let through:
        A feed that names none of the newsletter's articles; --offline, which reads none.

    Blind spot:
        A feed of another site.
    """
    brief = case.campaign.brief
    if case.feed_trouble is None or brief.feed is None:
        return
    url = Url.parse(brief.feed)
    named = f" {shown(url)}" if url else ""
    why = plain(case.feed_trouble, limit=300)
    says = f"The feed{named} could not be read, so links were judged without it: it {why}"
    yield At(brief.feed_place, says) if brief.feed_place else says
