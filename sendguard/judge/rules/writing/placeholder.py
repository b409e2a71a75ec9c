"""SG102, placeholder."""

from collections.abc import Iterator

from sendguard.judge.answer import opened, weighed
from sendguard.judge.placeholders import (
    filler_in_path,
    is_filler,
    is_filler_label,
    is_perhaps_placeholder_host,
    is_placeholder_host,
    placeholder_mailbox,
)
from sendguard.judge.quote import called, opens, plain, quoted, shown
from sendguard.judge.rule import LinkCase, Said, link_rule, suspected
from sendguard.values import Severity, Url


@link_rule(
    "SG102",
    severity=Severity.BLOCK,
    advice="Put the real address in; whoever wrote the placeholder knows which one was meant.",
)
def placeholder(case: LinkCase) -> Iterator[Said]:
    """A word or a site that only held the place until the real address was known.

    Why it matters:
        A placeholder can be a real site: a button left on “xxx” once opened an adult
        site. At best the reader meets an error.

    Caught:
        TODO, TBD, xxx, ????, “link here”, “your-url-here”, undefined; http://link; the
        sites example.com and yourdomain.com. As a suspicion: a part such as /TODO or
        /issue-XX in an address that did not open, and the labels “Lorem ipsum” and TODO.

    Let through:
        example.org and names that end in .example or .test, which documents use for
        good; /TODO where a page is there.

    Blind spot:
        A real address that only held the place, such as the site's front page.
    """
    link = case.link
    mailbox = placeholder_mailbox(link.href)
    if is_filler(link.href):
        says = f"{called(link)} still has a placeholder for an address: {quoted(link.href)}"
        yield weighed(case, says)
    elif mailbox:
        yield f"{called(link)} writes to {plain(mailbox)}, which only stands for a real site"
    elif link.url:
        yield from _on_the_web(case, link.url)
    if is_filler_label(link.label):
        yield suspected(f"The label {quoted(link.label)} is filler that was to be replaced")


def _on_the_web(case: LinkCase, url: Url) -> Iterator[Said]:
    filler = filler_in_path(url.path)
    if is_placeholder_host(url.host):
        says = f"{opens(case.link)} {shown(url)}, a site that only stands for a real one"
        yield weighed(case, says)
    elif is_perhaps_placeholder_host(url.host):
        yield suspected(f"{opens(case.link)} {shown(url)}, which looks like a stand-in")
    elif filler and not opened(case.visit.outcome):
        says = f"{called(case.link)} has a placeholder in its address: {quoted(filler[0])}"
        yield f"{says}, {shown(url)}" if len(filler) > 1 else suspected(f"{says}, {shown(url)}")
