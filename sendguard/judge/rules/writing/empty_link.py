"""SG101, empty-link."""

from collections.abc import Iterator

from sendguard.judge.quote import called, quoted
from sendguard.judge.rule import LinkCase, Said, link_rule, suspected
from sendguard.judge.spelling import is_empty
from sendguard.links import Role
from sendguard.values import Severity


@link_rule(
    "SG101",
    severity=Severity.BLOCK,
    advice="Put the address of the page in, or take the link off the words.",
)
def empty_link(case: LinkCase) -> Iterator[Said]:
    """A link that looks like one and opens nothing.

    Why it matters:
        The words are blue, the reader clicks, and nothing happens. It is what is left
        when the address was to be filled in later.

    Caught:
        An address that is empty, or only #, #!, about:blank or javascript:void(0). As a
        suspicion: the same on a link without words or picture, which nobody can see.

    Let through:
        A jump to a place in the same newsletter, such as #top, and a picture without a
        link.

    Blind spot:
        A jump to a place that the newsletter does not have.
    """
    if case.link.role is not Role.RESOURCE and is_empty(case.link.href):
        written = case.link.href.strip()
        seen = f"only {quoted(written)}" if written else "empty"
        says = f"{called(case.link)} opens nothing: its address is {seen}"
        invisible = not case.link.label and case.link.role is not Role.IMAGE
        yield suspected(says) if invisible else says
