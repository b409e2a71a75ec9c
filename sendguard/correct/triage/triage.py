"""How bad a mistake is, and who should hear of it: nobody, those who clicked, or everyone."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from sendguard.correct.triage.facts import Facts, Harm, Mistake
from sendguard.correct.triage.harm import sign_of_harm
from sendguard.correct.triage.reach import told_reach
from sendguard.correct.triage.same_page import why_same_page
from sendguard.correct.triage.silent import Redirect, redirect_for
from sendguard.judge.hosts import is_redirector
from sendguard.judge.quote import plain, quoted
from sendguard.links import Role
from sendguard.visit import Answered, Kind, Unreachable, Visit


class Tier(StrEnum):
    """What to do about a mistake, from the least to the most."""

    NOTHING = "nothing"
    SILENT_REPAIR = "silent-repair"
    CLICKERS = "clickers"
    EVERYONE = "everyone"
    PEOPLE_DECIDE = "people-decide"

    @staticmethod
    def gravest(tiers: Iterable["Tier"]) -> "Tier":
        """The gravest of `tiers`; there is at least one."""
        return max(tiers, key=list(Tier).index)


class Audience(StrEnum):
    """Whom to write to, of those who got it."""

    NOBODY = "nobody"
    CLICKED = "clicked"
    EVERYONE = "everyone"
    PEOPLE_DECIDE = "people-decide"


_AUDIENCES = {
    Tier.NOTHING: Audience.NOBODY,
    Tier.SILENT_REPAIR: Audience.NOBODY,
    Tier.CLICKERS: Audience.CLICKED,
    Tier.EVERYONE: Audience.EVERYONE,
    Tier.PEOPLE_DECIDE: Audience.PEOPLE_DECIDE,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Triage:
    """What is proposed, and why.

    Attributes:
        tier: What to do.
        why: Sentences for the editor, the gravest first.
        redirects: What to repair at the destination.
        calls: Whom to call, and why; only where people decide.
    """

    tier: Tier
    why: tuple[str, ...]
    redirects: tuple[Redirect, ...] = ()
    calls: tuple[str, ...] = ()

    @property
    def audience(self) -> Audience:
        """Whom to write to."""
        return _AUDIENCES[self.tier]

    @property
    def may_queue(self) -> bool:
        """May a correction be queued at all? Where people decide, there is only a draft."""
        return self.tier is not Tier.PEOPLE_DECIDE


def triage(facts: Facts) -> Triage:
    """What to do about the mistakes: the gravest of them counts for all.

    Source:
        Litmus, “How to recover from email marketing mistakes”: repair what can be repaired
        without a word, write to those who were harmed, and only to all where all were.
    """
    weighed = sorted(
        (_weigh(mistake, facts) for mistake in facts.mistakes),
        key=lambda one: -list(Tier).index(one.tier),
    )
    tier = Tier.gravest(one.tier for one in weighed)
    why = tuple(sentence for one in weighed for sentence in one.why)
    return Triage(
        tier=tier,
        why=(*dict.fromkeys(why), *told_reach(facts)),
        redirects=tuple(one for each in weighed for one in each.redirects),
        calls=_calls(facts) if tier is Tier.PEOPLE_DECIDE else (),
    )


def _weigh(mistake: Mistake, facts: Facts) -> Triage:
    """The tier of one mistake. What does harm is asked first, and whom it reached last."""
    if harm := _harm(mistake, facts):
        return Triage(tier=Tier.PEOPLE_DECIDE, why=(harm[1],))
    if same := why_same_page(mistake):
        return Triage(tier=Tier.NOTHING, why=(same,))
    if facts.got == 0:
        says = "Nobody has it yet: whoever is still to get it gets the right link the first time."
        return Triage(tier=Tier.SILENT_REPAIR, why=(says,))
    if redirect := redirect_for(mistake, facts):
        says = (
            f"{mistake.called} leads to an address of your own where no page stands, so a redirect "
            "there mends it in every inbox."
        )
        return Triage(tier=Tier.SILENT_REPAIR, why=(says,), redirects=(redirect,))
    tier = Tier.EVERYONE if mistake.is_main else Tier.CLICKERS
    return Triage(tier=tier, why=(_what_readers_meet(mistake), *_hint(mistake)))


def _harm(mistake: Mistake, facts: Facts) -> tuple[Harm, str] | None:
    """What a person says counts for more than any sign."""
    if facts.harm is Harm.NONE:
        return None
    if facts.harm is Harm.HOSTILE:
        return facts.harm, "You say that the wrong address is hostile."
    if facts.harm is Harm.PERSONAL_DATA:
        return facts.harm, "You say that the wrong address shows somebody's personal data."
    return sign_of_harm(mistake)


def _what_readers_meet(mistake: Mistake) -> str:
    weight = "is what readers came for" if mistake.is_main else "is a minor link"
    if mistake.roles & {Role.UNSUBSCRIBE, Role.MAIL, Role.PHONE} == mistake.roles:
        weight = "is one that readers must be able to rely on"
    return f"{mistake.called} {weight}, and {_opens(mistake)}."


def _opens(mistake: Mistake) -> str:
    match mistake.seen:
        case Visit(outcome=Answered(page=page, kind=Kind.PAGE)) if page and page.best_title:
            return f"opens {quoted(page.best_title)}"
        case Visit(outcome=Answered(landed=landed)) if landed.status >= 400:
            return f"opens nothing (status {landed.status})"
        case Visit(outcome=Unreachable()):
            return "opens nothing"
        case _:
            return "opens the wrong page"


def _hint(mistake: Mistake) -> tuple[str, ...]:
    wrong = mistake.wrong
    if wrong is None or not is_redirector(wrong.host):
        return ()
    says = f"If the short link at {plain(wrong.host)} is yours, point it to the right page first."
    return (says,)


_LEGAL = "Legal: what you have to say, to whom, and what you must not say."
_PRIVACY = (
    "Privacy: where personal data is in play, the authority has to hear of it within 72 hours "
    "(GDPR, article 33), counted from when you knew."
)
_HARM_CALLS = {
    Harm.HOSTILE: "IT security: what it does to those who opened it, and how to have it closed.",
    Harm.PERSONAL_DATA: "Whoever can close the page or change the password: do that first.",
}
_OTHERS = (
    "Public relations: who speaks, before readers ask in public.",
    "Support: what to answer those who write.",
)


def _calls(facts: Facts) -> tuple[str, ...]:
    """Whom to call: those first who can stop the harm."""
    signs = [harm[0] for one in facts.mistakes if (harm := _harm(one, facts))]
    first = tuple(_HARM_CALLS[harm] for harm in dict.fromkeys(signs))
    return (*first, _PRIVACY, _LEGAL, *_OTHERS)
