"""SG117, one-click-unsubscribe."""

import re
from collections.abc import Iterator

from sendguard.judge.quote import quoted
from sendguard.judge.rule import NewsletterCase, newsletter_rule
from sendguard.links.merge_tags import has_tag
from sendguard.values import Severity, Url

_LEAVE, _POST = "list-unsubscribe", "list-unsubscribe-post"
_ONE_CLICK = "List-Unsubscribe=One-Click"
_ADDRESS = re.compile(r"<([^<>]{1,8000})>")
_SIGNED = re.compile(r"(?:^|;)\s*h\s*=([^;]*)", re.IGNORECASE)


@newsletter_rule(
    "SG117",
    severity=Severity.WARN,
    advice="Let the program that sends set both headers, with an https address, and sign both.",
)
def one_click_unsubscribe(case: NewsletterCase) -> Iterator[str]:
    """Headers for leaving with one click that mail programs will not accept.

    Why it matters:
        Gmail and Yahoo demand them of those who send much, and show a button for them. Where
        the headers are not as RFC 8058 wants them there is no button, and the reader who
        wants to leave takes the one for spam.

    Caught:
        A List-Unsubscribe header without an https address, without < and >, or without
        List-Unsubscribe-Post beside it; that header alone, or with other words than
        List-Unsubscribe=One-Click; a DKIM signature that covers only one of them or none.

    Let through:
        A newsletter without these headers: the platform adds them. Tags for the platform.

    Blind spot:
        Whether the address lets the reader leave: it is never opened.
    """
    leave, post = case.campaign.header(_LEAVE), case.campaign.header(_POST)
    if leave is None:
        if post is not None:
            yield "The header List-Unsubscribe-Post is there, and List-Unsubscribe is not"
        return
    if has_tag(leave):
        return
    yield from _address_faults(leave)
    yield from _post_faults(post)
    if post is not None:
        yield from _unsigned(case)


def _address_faults(leave: str) -> Iterator[str]:
    addresses = [found.strip() for found in _ADDRESS.findall(leave)]
    if not addresses:
        yield f"The header List-Unsubscribe has no address between < and >: {quoted(leave)}"
    elif not any(url and url.scheme == "https" for url in map(Url.parse, addresses)):
        yield f"The header List-Unsubscribe has no https address: {quoted(leave)}"


def _post_faults(post: str | None) -> Iterator[str]:
    if post is None:
        yield "The header List-Unsubscribe-Post is missing beside List-Unsubscribe"
    elif post.strip() != _ONE_CLICK:
        yield f"The header List-Unsubscribe-Post says {quoted(post)}, not {quoted(_ONE_CLICK)}"


def _unsigned(case: NewsletterCase) -> Iterator[str]:
    signatures = [value for name, value in case.campaign.headers if name == "dkim-signature"]
    signed = [_signed_names(signature) for signature in signatures]
    if signed and not any({_LEAVE, _POST} <= names for names in signed):
        yield "No DKIM signature covers both List-Unsubscribe and List-Unsubscribe-Post"


def _signed_names(signature: str) -> set[str]:
    """The headers that a signature covers, in lower case (RFC 6376, section 3.5, `h=`)."""
    found = _SIGNED.search(signature)
    return {name.strip().lower() for name in found.group(1).split(":")} if found else set()
