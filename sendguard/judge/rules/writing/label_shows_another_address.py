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
_SHOWN_OTHERWISE = frozenset([("pic.twitter.com", "t.co"), ("pic.x.com", "t.co")])
_MAILBOX = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_NUMBER = re.compile(r"(?:[\w.-]+/[\w.-]+)?#(\d+)")
_TELEPHONE = re.compile(r"\+?\(?\d(?:[\d\s().\-–/]*\d)?")
_TELLING_DIGITS = 6  # behind them, country and area codes are written in many ways
# Paths by which programs import packages are names of things too.
_PACKAGE = re.compile(
    r"(?:(?:google\.)?golang\.org/x?|go\.uber\.org/|gopkg\.in/|k8s\.io/|sigs\.k8s\.io/"
    r"|rsc\.io/|go\.etcd\.io/|go\.opentelemetry\.io/|deno\.land/)",
    re.IGNORECASE,
)
_PACKAGE_PAGES = frozenset({"pkg.go.dev", "godoc.org", "go.dev"})
_NUMBERED = re.compile(r"/(?:pull|pulls|issues|issue|merge_requests|discussions)/(\d+)(?:/|$)")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shown:
    """An address as a label shows it.

    Attributes:
        host: In lower case.
        path: For comparing; empty where none is shown, or where it is cut.
        sure: With its scheme or www., so that it can only be an address.
        likely: A bare name with an ending that names of things seldom have.
    """

    host: str
    path: str
    sure: bool
    likely: bool


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
        “https://example.org/may” or “www.example.org” on a link to another site; an
        address shown in full with another number in it; “#13608” on a link to number
        13806; a mail address on a link that writes to another. As a suspicion: a bare
        name such as “example.org” on a link to another site; a page, such as
        “example.org/may”, on a link to another page of the same site; a telephone number
        whose last six digits are not those that are called.

    Let through:
        www. or none, http or https, another name under the same owner, a redirect that
        ends where the label says, a click counter that carries the shown address inside; the
        same page in another folder (/guide, /en/guide); names of things, such as Next.js, and of
        packages, such as golang.org/x/net.

    Blind spot:
        An address in the middle of a longer label. Area codes. Counters that hide where they lead,
        before the visit.
    """
    if case.link.role is Role.RESOURCE:
        return
    label = case.link.label.strip().strip("<>()").rstrip(".,;:")
    yield from _another_mailbox(case, label)
    yield from _another_telephone(case, label)
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


def _another_telephone(case: LinkCase, label: str) -> Iterator[Said]:
    scheme, _, rest = case.link.href.strip().partition(":")
    if scheme.lower() not in {"tel", "sms", "callto"}:
        return
    called = re.split("[;,?]", unquote(rest), maxsplit=1)[0]
    shown_numbers = [_digits(run) for run in _TELEPHONE.findall(label)]
    telling = [digits for digits in shown_numbers if len(digits) >= _TELLING_DIGITS]
    if not telling or not _digits(called):
        return
    rung = {_digits(number)[-_TELLING_DIGITS:] for number in (called, unquote(rest))}
    if not any(digits.endswith(tuple(rung)) for digits in telling):
        says = f"The label shows {quoted(label)}, but a click calls {quoted(called.strip())}"
        yield suspected(says)


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
    elif (
        carries(case.link.href, _bare(label.host))
        or _names_package(label, stops)
        or (label.host, url.host) in _SHOWN_OTHERWISE
    ):
        return
    elif is_redirector(url.host) and not opened(case.visit.outcome):
        if label.sure:
            yield suspected(says)
    elif label.sure:
        yield says
    elif label.likely:
        yield suspected(says)


def _is_no_address(label: _Shown, url: Url, stops: tuple[Url, ...]) -> bool:
    return (label.host, url.host) in _SHOWN_OTHERWISE or _names_package(label, stops)


def _another_page(stops: tuple[Url, ...], label: _Shown, says: str) -> Iterator[Said]:
    pages = [_path(stop.path) for stop in stops if _bare(stop.host) == _bare(label.host)]
    if not label.path or any(_ends_alike(page, label.path) for page in pages) or not pages:
        return
    only_numbers_differ = any(_form(page) == _form(label.path) for page in pages)
    yield says if label.sure and only_numbers_differ else suspected(says)


def _shown(label: str) -> _Shown | None:
    cut = label.endswith(("…", "..."))
    found = _ADDRESS.fullmatch(label.rstrip("…."))
    if not found:
        return None
    host = found["host"].lower()
    sure = bool(found["scheme"]) or host.startswith("www.")
    likely = sure or host.rpartition(".")[2] in _SITE_ENDINGS
    path = "" if cut else _path(found["path"] or "")
    return _Shown(host=host, path=path, sure=sure, likely=likely)


def _names_package(label: _Shown, stops: tuple[Url, ...]) -> bool:
    if label.sure:
        return False
    on_package_page = any(stop.host in _PACKAGE_PAGES for stop in stops)
    return on_package_page or bool(_PACKAGE.match(f"{label.host}{label.path}"))


def _ends_alike(page: str, other: str) -> bool:
    """Is it the same page, with or without a folder in front (`/en/guide`, `/guide`)?"""
    return page.endswith(other) or (bool(page) and other.endswith(page))


def _digits(text: str) -> str:
    return "".join(str(int(digit)) for digit in re.findall(r"\d", text))


def _path(path: str) -> str:
    return unquote(path).rstrip("/").lower()


def _form(path: str) -> str:
    return re.sub(r"\d+", "0", path)


def _bare(host: str) -> str:
    return re.sub(r"^(?:www|m)\.", "", host.lower())
