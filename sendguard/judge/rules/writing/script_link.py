"""SG111, script-link."""

from collections.abc import Iterator

from sendguard.judge.quote import called, quoted
from sendguard.judge.rule import LinkCase, Said, link_rule
from sendguard.judge.spelling import is_empty, scheme_of
from sendguard.links import Role
from sendguard.values import Severity

_SCRIPTS = frozenset({"javascript", "vbscript", "data"})


@link_rule(
    "SG111",
    severity=Severity.BLOCK,
    advice="Put the address of a page in; no mail program runs a script from a link.",
)
def script_link(case: LinkCase) -> Iterator[Said]:
    """A link that carries a script or a document instead of an address.

    Why it matters:
        Mail programs refuse such links, and filters take the whole message for an
        attack. They come in when a part of a web page is copied into a newsletter.

    Caught:
        javascript:print(), vbscript:…, data:text/html,….

    Let through:
        A picture that is carried inside the message as data:image/…; an app's own
        address, such as whatsapp:.

    Blind spot:
        Scripts outside links, which mail programs drop.
    """
    link = case.link
    scheme = scheme_of(link.href)
    if link.role is Role.RESOURCE or scheme not in _SCRIPTS or is_empty(link.href):
        return
    yield f"{called(link)} carries “{scheme}:” instead of an address: {quoted(link.href)}"
