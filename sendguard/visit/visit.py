"""What was there: a visit, its hops, the facts of the page, or the trouble met."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TypeAlias

from sendguard.values import Url


class Trouble(StrEnum):
    """Why no answer came."""

    NO_SUCH_HOST = "no-such-host"
    REFUSED = "refused"
    RESET = "reset"
    TIMEOUT = "timeout"
    BAD_CERTIFICATE = "bad-certificate"
    REDIRECT_LOOP = "redirect-loop"
    TOO_MANY_HOPS = "too-many-hops"
    NO_PROPER_ANSWER = "no-proper-answer"
    PRIVATE_ADDRESS = "private-address"
    NO_NETWORK = "no-network"


class Reason(StrEnum):
    """Why no request was made."""

    ACTS = "acts"  # opening it would unsubscribe, confirm, vote…
    PERSONAL = "personal"  # it is made for each recipient
    NOT_WEB = "not-web"  # mail, phone, a jump inside the newsletter
    MALFORMED = "malformed"
    OFFLINE = "offline"
    INTERRUPTED = "interrupted"  # somebody ended the check before


class Kind(StrEnum):
    """What an answer is, as far as it shows: a page, or something in a page's place."""

    PAGE = "page"
    SOFT_404 = "soft-404"  # answered with success, and says that there is no such page
    PARKED = "parked"  # a domain that nobody uses: advertisements, or an offer to sell it
    SHELL = "shell"  # an empty page that a program fills in the browser
    EMPTY = "empty"  # success, and nothing to show
    UNTOLD = "untold"  # so much came before any title that no more was read
    LOGIN = "login"
    CONSENT = "consent"
    WALL = "wall"  # robots are kept out, or so many requests
    ACT = "act"  # a redirect to what would do something for the reader, and was not opened


@dataclass(frozen=True, slots=True)
class Hop:
    """One answer on the way: who was asked and the status it gave."""

    url: Url
    status: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificate:
    """How long the certificate of a host is good for.

    Attributes:
        host: Who showed it.
        since: When it began.
        until: When it ends.
    """

    host: str
    since: datetime
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Validators:
    """What a server calls this state of a page; at least one of the two is there.

    Attributes:
        etag: As in ETag, with its quotes.
        modified: As in Last-Modified.
    """

    etag: str | None = None
    modified: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What a page says about itself; None or empty where it says nothing.

    Attributes:
        media_type: As in Content-Type, in lower case, without parameters.
        title: `<title>`, or a PDF's title.
        og_title: `og:title`.
        twitter_title: `twitter:title`.
        heading: The first `h1`.
        headline: JSON-LD `headline` (or `name`) of an article.
        description: `og:description`, or the one for search engines.
        site_name: `og:site_name`, or JSON-LD publisher.
        canonical: `<link rel=canonical>`, resolved.
        language: `<html lang>`, in lower case.
        cut_short: The answer ended before what was looked for had come.
        anchors: The names that a `#fragment` may jump to, as `anchors.squeezed` spells them;
            None where nobody asked, or where it cannot be said for sure.
    """

    media_type: str
    title: str | None = None
    og_title: str | None = None
    twitter_title: str | None = None
    heading: str | None = None
    headline: str | None = None
    description: str | None = None
    site_name: str | None = None
    canonical: Url | None = None
    language: str | None = None
    cut_short: bool = False
    anchors: frozenset[str] | None = None

    @property
    def best_title(self) -> str | None:
        """The title to show to a person."""
        titles = (self.og_title, self.title, self.headline, self.heading, self.twitter_title)
        return next((title for title in titles if title), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """A server answered; the last hop says with what.

    Attributes:
        hops: At least one; the last is where the reader's browser would come to rest.
        page: Facts of the page; None when the answer was no success.
        walled: What shows that the answer was a bot wall or a rate limit; None when it was not.
        kind: What the answer seems to be.
        signs: What shows that it is a soft 404 or a parked domain, each a few words for a person.
        certificate: The one met on the way that ends first; None without any.
        validators: To ask later whether the last hop is still the same; None without any.
    """

    hops: tuple[Hop, ...]
    page: Page | None = None
    walled: str | None = None
    kind: Kind = Kind.PAGE
    signs: tuple[str, ...] = ()
    certificate: Certificate | None = None
    validators: Validators | None = None

    @property
    def landed(self) -> Hop:
        """The hop the reader's browser would come to rest on."""
        return self.hops[-1]

    @property
    def is_no_page(self) -> bool:
        """Something else surely stands in the page's place: one sign may mislead, two do not."""
        return self.kind in {Kind.SOFT_404, Kind.PARKED} and len(self.signs) > 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Unreachable:
    """No server answered; `hops` are the ones that did before the trouble.

    Attributes:
        trouble: What went wrong.
        at: The address asked when it did.
        detail: What was seen, a few words for a person (`expired on 2026-01-01`); may be empty.
        hops: The answers before it.
        answers_others: The same server answered for other links of the run.
    """

    trouble: Trouble
    at: Url
    detail: str = ""
    hops: tuple[Hop, ...] = ()
    answers_others: bool = False


@dataclass(frozen=True, slots=True)
class NotVisited:
    """No request was made, on purpose, or none that was waited for."""

    reason: Reason


Outcome: TypeAlias = Answered | Unreachable | NotVisited


def was_left_shut(outcome: Outcome) -> bool:
    """Nothing was opened, on purpose: from the start, or where a redirect led to what acts."""
    return isinstance(outcome, NotVisited) or (
        isinstance(outcome, Answered) and outcome.kind is Kind.ACT
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """One address, gone to once.

    Attributes:
        url: As the newsletter gives it; None when that is no web address.
        at: When, in UTC.
        took_s: Seconds from the first request to the last byte wanted; 0 without a request.
        outcome: What was there.
        instead: What was asked in place of `url`: the target that it carries, or itself without
            what names a reader; None where `url` itself was.
        tries: When the address that decided the outcome was asked; empty where nobody knows.
        age_s: How long ago that was, when it is remembered from an earlier run; None when it was
            asked for in this one.
        heard: When the last whole answer had come; None where none did, or nobody knows.
    """

    url: Url | None
    at: datetime
    took_s: float
    outcome: Outcome
    instead: Url | None = None
    tries: tuple[datetime, ...] = ()
    age_s: float | None = None
    heard: datetime | None = None

    @property
    def asked(self) -> Url | None:
        """What the visit was made to."""
        return self.instead or self.url
