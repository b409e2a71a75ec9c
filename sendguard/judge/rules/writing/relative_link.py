"""SG104, relative-link."""

from collections.abc import Iterator

from sendguard.judge.answer import weighed
from sendguard.judge.placeholders import is_filler
from sendguard.judge.quote import called, quoted
from sendguard.judge.rule import LinkCase, Said, link_rule
from sendguard.judge.spelling import fault_in, is_empty, scheme_of
from sendguard.links.merge_tags import broken_tag_in, tags_in
from sendguard.values import Severity


@link_rule(
    "SG104",
    severity=Severity.BLOCK,
    advice="Write the whole address, with https:// and the name of the site.",
)
def relative_link(case: LinkCase) -> Iterator[Said]:
    """An address that leaves out the site, as pages of one site may among themselves.

    Why it matters:
        On the site it works; in a mail there is no site to start from, so a click opens
        nothing.

    Caught:
        /about, ../news, page.html, images/logo.png, //example.org/news.

    Let through:
        The same where the newsletter names its site with <base href>, and a jump such
        as #top.

    Blind spot:
        Mail programs that ignore <base href>, as many do.
    """
    link = case.link
    written = link.href.strip()
    if link.url or is_empty(written) or written.startswith("#") or scheme_of(written):
        return
    if is_filler(written) or tags_in(written) or broken_tag_in(written):
        return
    if written.startswith(("//", "\\\\")) or fault_in(written, typed=False) is None:
        says = f"{called(link)} has an address without a site, {quoted(written, limit=120)}"
        yield weighed(case, f"{says}: in a mail there is nothing that it could start from")
