"""SG107, label-shows-another-address."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote

from sendguard.judge.answer import ends, opened
from sendguard.judge.hosts import is_redirector, site_of
from sendguard.judge.quote import quoted, shown
from sendguard.judge.rule import LinkCase, Said, link_rule, suspected
from sendguard.judge.wrapped import carries
from sendguard.links import Role
from sendguard.values import Severity, Url

_ADDRESS = re.compile(
    r"(?P<scheme>https?://)?(?P<host>(?:[\w-]+\.)+[a-z]{2,24})(?::\d+)?(?P<path>/[^\s?#]*)?"
    r"(?:[?#]\S*)?",
    re.IGNORECASE,
)
# Next.js and go.mod are names of things; of bare names only these are taken for sites.
_SITE_ENDINGS = frozenset(["com", "edu", "eu", "gov", "int", "net", "org"])
_MAILBOX = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_NUMBER = re.compile(r"(?:[\w.-]+/[\w.-]+)?#(\d+)")
_NUMBERED = re.compile(r"/(?:pull|pulls|issues|issue|merge_requests|discussions)/(\d+)(?:/|$)")


@dataclass(frozen=True, slots=True)
class _Shown:
    host: str
    path: str
    sure: bool


@link_rule(
    "SG107",
    severity=Severity.BLOCK,
    advice="Decide which of the two is right, and write the same in the label and the link.",
)
def label_shows_another_address(case: LinkCase) -> Iterator[Said]:
    """The words of the link are an address, and the link opens another one.

    Why it matters:
        One of the two was changed and the other forgotten. Readers trust the one they
        see, and mail programs take the difference for fraud.

    Caught:
        “https://example.org/may” on a link to another site; “#13608” on a link to number
        13806; a mail address on a link that writes to another. As a suspicion: a bare
        name such as “example.org”, and another page of the same site.

    Let through:
        www. or none, http or https, another name under the same owner, a redirect that
        ends where the label says, a click counter that carries the shown address inside.

    Blind spot:
        An address in the middle of a longer label. Counters that hide where they lead,
        before the visit.
    """
    if case.link.role is Role.RESOURCE:
        return
    label = case.link.label.strip().strip("<>()").rstrip(".,;:")
    yield from _another_mailbox(case, label)
    yield from _another_number(case, label)
    address = _shown(label)
    if address and case.link.url:
        yield from _another_address(case, case.link.url, address)


def _another_mailbox(case: LinkCase, label: str) -> Iterator[Said]:
    scheme, _, rest = case.link.href.strip().partition(":")
    target = unquote(rest.partition("?")[0]).strip()
    if scheme.lower() != "mailto" or not _MAILBOX.fullmatch(label) or "@" not in target:
        return
    if label.lower() not in (box.strip().lower() for box in target.split(",")):
        yield f"The label shows {quoted(label)}, but a click writes to {quoted(target)}"


def _another_number(case: LinkCase, label: str) -> Iterator[Said]:
    told = _NUMBER.fullmatch(label)
    opens = [found.group(1) for end in ends(case) if (found := _NUMBERED.search(end.path))]
    if told and opens and told.group(1) not in opens:
        yield f"The label shows {quoted(label)}, but the link opens number {quoted(opens[-1])}"


def _another_address(case: LinkCase, url: Url, label: _Shown) -> Iterator[Said]:
    stops = ends(case)
    says = f"The label shows {quoted(case.link.label)}, but the link opens {shown(stops[-1])}"
    if any(site_of(stop.host) == site_of(label.host) for stop in stops):
        yield from _another_page(stops, label, says)
    elif carries(case.link.href, _bare(label.host)):
        return
    elif is_redirector(url.host) and not opened(case.visit.outcome):
        if label.sure:
            yield suspected(says)
    else:
        yield says if label.sure else suspected(says)


def _another_page(stops: tuple[Url, ...], label: _Shown, says: str) -> Iterator[Said]:
    pages = [_path(stop.path) for stop in stops if _bare(stop.host) == _bare(label.host)]
    if not label.sure or not label.path or not pages or label.path in pages:
        return
    only_numbers_differ = any(_form(page) == _form(label.path) for page in pages)
    yield says if only_numbers_differ else suspected(says)


def _shown(label: str) -> _Shown | None:
    cut = label.endswith(("…", "..."))
    found = _ADDRESS.fullmatch(label.rstrip("…."))
    if not found:
        return None
    host = found["host"].lower()
    sure = bool(found["scheme"]) or host.startswith("www.")
    if not sure and host.rpartition(".")[2] not in _SITE_ENDINGS:
        return None
    return _Shown(host, "" if cut else _path(found["path"] or ""), sure)


def _path(path: str) -> str:
    return unquote(path).rstrip("/").lower()


def _form(path: str) -> str:
    return re.sub(r"\d+", "0", path)


def _bare(host: str) -> str:
    return re.sub(r"^(?:www|m)\.", "", host.lower())
