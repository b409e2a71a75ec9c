"""Ask the store what went before, while the pages of now are on their way."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from sendguard.errors import BadStore
from sendguard.flows.prepare import Prepared
from sendguard.flows.terms import Terms
from sendguard.gate import BY_HAND
from sendguard.links import Gone, Issue, find_links
from sendguard.ports import Clock, OpenStore, PastIssue, Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Keeping:
    """How checks of campaigns are kept.

    Attributes:
        open_store: Opens the store; it is closed once all is kept.
        terms: What they go by.
        occasion: What they are made for.
    """

    open_store: OpenStore
    terms: Terms
    occasion: str = BY_HAND


@dataclass(frozen=True, slots=True, kw_only=True)
class LookedBack:
    """What the store knew.

    Attributes:
        store: To keep the checks in; None where there is no need, or no store.
        known: Newsletters with what went before them, by path.
        trouble: Why the store could not be asked.
    """

    store: Store | None = None
    known: Mapping[str, Prepared] = field(default_factory=dict)
    trouble: str | None = None


async def look_back(
    prepared: Sequence[Prepared], keeping: Keeping | None, clock: Clock
) -> LookedBack:
    """Open the store, if there is a campaign to keep, and ask it about each."""
    campaigns = [one for one in prepared if one.campaign.id is not None]
    if keeping is None or not campaigns:
        return LookedBack()
    return await asyncio.to_thread(_ask, keeping, campaigns, clock)


def _ask(keeping: Keeping, campaigns: Sequence[Prepared], clock: Clock) -> LookedBack:
    try:
        store = keeping.open_store()
    except BadStore as error:
        return LookedBack(trouble=str(error))
    try:
        known = {one.campaign.path: _knowing(one, store, keeping, clock) for one in campaigns}
    except BadStore as error:
        store.close()
        return LookedBack(trouble=str(error))
    return LookedBack(store=store, known=known)


def _knowing(one: Prepared, store: Store, keeping: Keeping, clock: Clock) -> Prepared:
    history = store.history(one.campaign, clock.now())
    # Those beside it are judged by what stands there now, and nothing beside those that are named.
    gone = [] if one.earlier.named else [past for past in history.issues if _is_gone(past, one)]
    sent = history.sent if keeping.terms.before_send else None
    return replace(one, gone=tuple(map(_as_issue, gone)), sent=sent)


def _is_gone(past: PastIssue, one: Prepared) -> bool:
    return past.campaign.id not in one.beside


def _as_issue(past: PastIssue) -> Gone:
    issue = Issue.of(past.campaign, find_links(past.campaign).links)
    return Gone(issue=issue, at=past.at, sent=past.sent)
