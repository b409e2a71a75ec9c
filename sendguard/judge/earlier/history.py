"""What earlier issues tell of a newsletter and each of its links, worked out once."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from sendguard.intent import Intent
from sendguard.judge.earlier.past import Past
from sendguard.judge.earlier.reused import find_reused
from sendguard.judge.earlier.seen import Seen
from sendguard.judge.earlier.stuck import find_outrun, find_rows, find_stuck
from sendguard.judge.earlier.tags import find_old_tags
from sendguard.judge.earlier.whole import find_copied, other_issues
from sendguard.judge.rule import NewsletterCase
from sendguard.links import Issue


def look_back(case: NewsletterCase, issues: Sequence[Issue]) -> NewsletterCase:
    """The case with the issues before it, newest first, and what they tell of each link.

    Of an issue that is a copy as a whole, one finding says so, and none of its links.
    """
    now = Issue.of(case.campaign, tuple(one.link for one in case.links))
    earlier = other_issues(now, issues)
    if not earlier:
        return case
    here, before = Seen.of(now), [Seen.of(issue) for issue in earlier]
    if copied := find_copied(here, before):
        return replace(case, earlier=earlier, copied=copied)
    past = _past(here, before, {one.link.id: one.intent for one in case.links})
    links = tuple(replace(one, past=past.get(one.link.id)) for one in case.links)
    return replace(case, earlier=earlier, links=links)


def _past(
    now: Seen, earlier: Sequence[Seen], intents: Mapping[str, Intent | None]
) -> Mapping[str, Past]:
    """By link id; links of which nothing is told are left out."""
    rows, tags = find_rows(earlier), find_old_tags(now, earlier)
    found = {
        one.link.id: Past(
            stuck=find_stuck(one, now, earlier),
            outrun=find_outrun(one, rows),
            reused=find_reused(one, intents.get(one.link.id), now, earlier),
            tags=tags.get(one.link.id, ()),
        )
        for one in now.shown
    }
    return {id_: past for id_, past in found.items() if past != Past()}
