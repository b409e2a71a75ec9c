"""The cases in the YAML files beside this one, made into what rules see.

A case is told with these words; only `name` must be there, and `says` where the rule speaks:

    href, label, role, element, acts   the link; an article's link labelled “Read article” if untold
    trail       [[address, status], …] as it was answered; addresses may be relative to href
    title       the page's title; `site name`; `cut short: true` where the page stops before it
    walled      what shows that a bot wall answered
    kind, signs what else the answer seems to be (soft-404, parked, login…) and what shows it
    anchors     names on the page that a #fragment may jump to; `media type` where it is no HTML
    certificate [first day, last day]; the check is made on 2026-11-24
    instead     what was asked in place of href
    asked       how often the address was asked that gave this answer, a second apart
    unreachable what went wrong: no-such-host, timeout…; with it go `at`, `detail`, `answers others`
    intent      {title, url, sureness, source}     what the link is meant to open
    match       {sureness, title, why}             how well the page answers to it
    words freely, fits, opened by, shares with, repeats, disagrees with
                what the newsletter's other links say of this one; see LinkCase
    right       the address that it should have
    allowed     true where the operator lets private hosts be visited
    says        the sentence, or a list of them; `severity` where it is not the rule's own

and for rules about a whole newsletter: subject, html (`repeated` so often), text, headers, links
(each told as above; those of html and text if untold), lost (each with href, label and place),
oddities (each with element, says and place), feed (its address, which stands at campaign.yaml:5:7)
and why it could not be read (`feed trouble`), and `place` where the sentence names one. A link that
nobody visited is told by leaving out the answer.

    send at     as campaign.yaml has it; it stands at campaign.yaml:5:10
    earlier     the issues before it, newest first: each its html, or {subject, html}
    unread      names of folders beside it that cannot be read
    sent        {at, campaign, subject, times, same: true where readers got this very letter};
                campaign is its own name, where one is told
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any

from sendguard.intent import From, Intent, infer_intents
from sendguard.judge.earlier.history import look_back
from sendguard.judge.match import Match
from sendguard.judge.rule import LinkCase, NewsletterCase
from sendguard.judge.sending import Sending
from sendguard.links import Link, LostLink, Role, find_links
from sendguard.read import Brief, Campaign
from sendguard.read.campaign import Oddity
from sendguard.read.instant import parse_instant
from sendguard.values import Place, Url
from sendguard.visit import (
    Answered,
    Certificate,
    Hop,
    Kind,
    NotVisited,
    Outcome,
    Page,
    Reason,
    Trouble,
    Unreachable,
)
from sendguard.visit.anchors import squeezed
from tests.builders import NOON, a_campaign, a_case, a_link, a_newsletter_case, a_page, an_issue
from tests.cases import told_in

HERE = Path(__file__).parent
SIDES = ("caught", "let through")
WORDS = frozenset(
    """name href label role element acts trail title site_name cut_short walled unreachable at
    detail intent match words_freely fits opened_by shares_with repeats disagrees_with allowed
    says severity html text headers links lost oddities place repeated subject right feed
    feed_trouble kind signs asked anchors media_type certificate earlier unread sent instead
    campaign answers_others send_at""".split()
)

Told = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One case of one rule, as an editor told it."""

    rule: str
    side: str
    told: Told

    @property
    def name(self) -> str:
        return f"{self.rule} {self.side}: {self.told['name']}"

    @property
    def says(self) -> list[str]:
        says = self.told.get("says", [])
        return says if isinstance(says, list) else [says]


def told_cases() -> list[Case]:
    """Every case of every file."""
    return [case for file in sorted(HERE.rglob("SG*.yaml")) for case in _cases(file)]


def newsletter_of(case: Case) -> NewsletterCase:
    """What a rule is given for this case."""
    told = case.told
    if "href" in told:
        return _after(told, a_newsletter_case(_link_case(told)))
    campaign = replace(
        a_campaign(
            told.get("html", "<p>Hello</p>") * told.get("repeated", 1), text=told.get("text")
        ),
        subject=told.get("subject"),
        headers=tuple(told.get("headers", {}).items()),
        oddities=tuple(_oddity(entry) for entry in told.get("oddities", [])),
        brief=_brief(told),
        id=told.get("campaign"),
    )
    found = find_links(campaign)
    links = [_link_case(entry) for entry in told.get("links", [])]
    intents = infer_intents(found.links) if "earlier" in told else {}
    links = links or [_unvisited(link, intents.get(link.id)) for link in found.links]
    lost = tuple(_lost(entry) for entry in told.get("lost", []))
    whole = a_newsletter_case(*links, campaign=campaign, lost=lost, unmade=found.unmade)
    sent = _sending(told["sent"], campaign) if "sent" in told else None
    whole = replace(whole, feed_trouble=told.get("feed_trouble"), sent=sent)
    return _after(told, whole)


def _after(told: Told, case: NewsletterCase) -> NewsletterCase:
    """The case with the issues before it, as a check would see them."""
    issues = [an_issue(**_issue(entry)) for entry in told.get("earlier", [])]
    return look_back(replace(case, unread=tuple(told.get("unread", ()))), issues)


def _issue(entry: str | Told) -> Told:
    return {"html": entry} if isinstance(entry, str) else entry


def _sending(told: Told, campaign: Campaign) -> Sending:
    return Sending(
        campaign=told.get("campaign", campaign.id),
        digest="sha256:0",
        letter=campaign.letter if told.get("same") else "sha256:other",
        at=parse_instant(told["at"]),
        subject=told.get("subject", campaign.subject),
        times=told.get("times", 1),
    )


def _unvisited(link: Link, intent: Intent | None) -> LinkCase:
    return a_case(link, NotVisited(Reason.OFFLINE), intent=intent)


def _cases(file: Path) -> list[Case]:
    document = told_in(file)
    assert document.keys() == {"rule", *SIDES}, f"{file.name} tells {list(document)}"
    assert document["rule"] == file.stem
    return [
        Case(rule=file.stem, side=side, told={key.replace(" ", "_"): entry[key] for key in entry})
        for side in SIDES
        for entry in document[side]
    ]


def _brief(told: Told) -> Brief:
    feed = told.get("feed")
    send_at = parse_instant(told["send_at"]) if "send_at" in told else None
    return Brief(
        newsletter="newsletter.html",
        feed=feed,
        feed_place=Place("campaign.yaml", 5, 7) if feed else None,
        send_at=send_at,
        send_at_place=Place("campaign.yaml", 5, 10) if send_at else None,
    )


def _link_case(told: Told) -> LinkCase:
    link = a_link(
        told["href"],
        told.get("label", "Read article"),
        role=Role(told.get("role", "article")),
        element=told.get("element", "a"),
        acts=told.get("acts", False),
    )
    case = a_case(
        link,
        _outcome(told),
        intent=_intent(told.get("intent")),
        match=_match(told.get("match")),
        reaches_private=told.get("allowed", False),
    )
    tries = tuple(NOON + timedelta(seconds=late) for late in range(told.get("asked", 0)))
    case = replace(case, visit=replace(case.visit, tries=tries))
    right = Url(told["right"]) if "right" in told else None
    if "instead" in told:
        case = replace(case, visit=replace(case.visit, instead=Url(told["instead"])))
    evidence = ("words_freely", "fits", "opened_by", "shares_with", "repeats", "disagrees_with")
    return replace(case, right=right, **{name: told[name] for name in evidence if name in told})


def _outcome(told: Told) -> Outcome:
    hops = tuple(Hop(_url(told, where), status) for where, status in told.get("trail", []))
    if "unreachable" in told:
        at = _url(told, told.get("at", ""))
        trouble = Trouble(told["unreachable"])
        return Unreachable(
            trouble=trouble,
            at=at,
            detail=told.get("detail", ""),
            hops=hops,
            answers_others=told.get("answers_others", False),
        )
    if hops:
        return Answered(
            hops=hops,
            page=_page(told),
            walled=told.get("walled"),
            kind=Kind(told.get("kind", "page")),
            signs=tuple(told.get("signs", ())),
            certificate=_certificate(told),
        )
    return NotVisited(Reason.OFFLINE)


def _page(told: Told) -> Page:
    page = replace(a_page(told.get("title")), site_name=told.get("site_name"))
    anchors = frozenset(map(squeezed, told["anchors"])) if "anchors" in told else None
    kind = told.get("media_type", "text/html")
    cut_short = told.get("cut_short", False)
    return replace(page, cut_short=cut_short, anchors=anchors, media_type=kind)


def _certificate(told: Told) -> Certificate | None:
    if "certificate" not in told:
        return None
    since, until = (datetime.combine(day, time(12), UTC) for day in told["certificate"])
    return Certificate(host=Url(told["href"]).host, since=since, until=until)


def _url(told: Told, where: str) -> Url:
    url = Url.parse(where, Url(told["href"]))
    assert url, f"{where} is no address"
    return url


def _intent(told: Told | None) -> Intent | None:
    if told is None:
        return None
    return Intent(
        title=told.get("title"),
        url=Url(told["url"]) if "url" in told else None,
        source=From(told.get("source", "headline")),
        sureness=told.get("sureness", 0.9),
    )


def _match(told: Told | None) -> Match | None:
    if told is None:
        return None
    why = tuple(told.get("why", ()))
    return Match(sureness=told["sureness"], best_title=told.get("title"), why=why)


def _lost(told: Told) -> LostLink:
    place = place_of(told["place"])
    element = told.get("element", "mj-buton")
    return LostLink(href=told["href"], label=told["label"], element=element, place=place)


def _oddity(told: Told) -> Oddity:
    return Oddity(element=told["element"], says=told["says"], place=place_of(told["place"]))


def place_of(written: str) -> Place:
    file, line, column = written.split(":")
    return Place(file, int(line), int(column))
