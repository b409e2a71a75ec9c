"""SG103, malformed-address."""

from collections.abc import Iterator

from sendguard.judge.answer import opened, weighed
from sendguard.judge.placeholders import is_filler
from sendguard.judge.quote import called, quoted
from sendguard.judge.rule import LinkCase, Said, link_rule, suspected
from sendguard.judge.spelling import fault_in, is_empty
from sendguard.links.merge_tags import broken_tag_in, tags_in
from sendguard.values import Severity


@link_rule(
    "SG103",
    severity=Severity.BLOCK,
    advice="Copy the whole address from the browser; for mail, write mailto: and the mail address.",
)
def malformed_address(case: LinkCase) -> Iterator[Said]:
    """An address that is not written as an address must be.

    Why it matters:
        One letter too few or too many when copying, and the link opens nothing, or an
        error, or works in the one program that it was tried in.

    Caught:
        https://https://…, htp://…, https//…, www.example.org and example.org/news
        without https://, spaces, two addresses stuck together, invisible characters,
        mailto: without a mail address, a mail address without mailto:. As a suspicion: a
        last ) or comma that seems to belong to the sentence, and letters in a telephone
        number.

    Let through:
        Letters of any language, brackets in pairs, a last full stop where a page is
        there, and app addresses such as whatsapp:.

    Blind spot:
        An address that is well written and has a letter wrong.
    """
    link = case.link
    if is_empty(link.href) or is_filler(link.href):
        return
    if tags_in(link.href) or broken_tag_in(link.href):
        return
    fault = fault_in(link.href, typed=link.element != "text")
    if fault is None:
        return
    says = f"{called(link)} has a broken address, {quoted(link.href, limit=120)}: {fault.why}"
    found = opened(case.visit.outcome)
    if fault.sure and not found:
        yield weighed(case, says)
    elif fault.sure or not found:
        yield suspected(says)
