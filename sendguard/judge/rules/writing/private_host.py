"""SG105, private-host."""

import re
from collections.abc import Iterator

from sendguard.judge.answer import weighed
from sendguard.judge.hosts import why_perhaps_staging, why_private, why_staging
from sendguard.judge.placeholders import is_filler
from sendguard.judge.quote import opens, quoted, shown
from sendguard.judge.rule import LinkCase, Said, link_rule, suspected
from sendguard.links.merge_tags import names_site_by_tag
from sendguard.values import Severity, Url
from sendguard.visit import unwrapped

_OWN_DISK = re.compile(r"file:|[a-z]:[\\/]|\\\\", re.IGNORECASE)
_OWN_PORT = re.compile(r"(?:localhost|127(?:\.\d+){3}|[\w-]+\.local):\d+", re.IGNORECASE)
_DRAFT_PATH = re.compile(r"/wp-admin/(?!admin-ajax)|/ghost/#/|/publish/posts?/")
_TOLD_SO = re.compile(r"\b(?:preview|draft|sandbox|test|dev)", re.IGNORECASE)
_DRAFT_QUERY = re.compile(r"(?:^|&)(?:preview=(?:true|1)|preview_id=)")


@link_rule(
    "SG105",
    severity=Severity.BLOCK,
    advice="Put the public address in, and open it once outside your own network.",
)
def private_host(case: LinkCase) -> Iterator[Said]:
    r"""An address that works on the editor's desk and nowhere else.

    Why it matters:
        The author tests the link and it works, because the site is on the same computer,
        in the same office or behind the same login. The readers are not.

    Caught:
        localhost, 192.168.0.7, http://intranet/, printer.local, file:, C:\…, staging.
        and preprod. sites, tunnels. As a suspicion: dev., test. and preview. sites,
        previews of one draft, ?preview=true, /wp-admin/. The same behind a redirector that
        carries its target, such as Safe Links.

    Let through:
        dev.to, whose site is called so; a preview whose label says so; netlify.app and
        vercel.app sites as such; hosts that the operator allows in visit.allow_private; a
        site that the sending platform fills in, such as http://*|UNSUB|*.

    Blind spot:
        A test copy whose name does not say so.
    """
    link = case.link
    if case.reaches_private or names_site_by_tag(link.href):
        return
    if _OWN_DISK.match(link.href.strip()):
        says = f"{opens(link)} a file on the author's own computer, {quoted(link.href)}"
        yield weighed(case, says)
    elif _OWN_PORT.match(link.href.strip()):
        says = f"{opens(link)} {quoted(link.href)}, which only the author can reach"
        yield weighed(case, says)
    elif link.url and link.url.host not in {"http", "https"} and not is_filler(link.href):
        yield from _on_the_web(case, unwrapped(link.url) or link.url)


def _on_the_web(case: LinkCase, url: Url) -> Iterator[Said]:
    leads = f"{opens(case.link)} {shown(url)}, which"
    proven = why_private(url.host) or why_staging(url.host)
    perhaps = why_perhaps_staging(url.host) or _why_draft(url)
    if proven:
        yield weighed(case, f"{leads} {proven}")
    elif perhaps and not _TOLD_SO.search(case.link.label):
        yield suspected(f"{leads} {perhaps}")


def _why_draft(url: Url) -> str | None:
    draft = _DRAFT_PATH.search(f"{url.path}#{url.fragment}") or _DRAFT_QUERY.search(url.query)
    return "looks like a page for the site's own authors" if draft else None
