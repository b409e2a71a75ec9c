"""5. JUDGE: this is where what was found is held against what was meant."""

from sendguard.judge.finding import Finding
from sendguard.judge.match import Match, match_page
from sendguard.judge.rule import LinkCase, LinkRule, NewsletterCase, NewsletterRule, Rule, judge

__all__ = [
    "Finding",
    "LinkCase",
    "LinkRule",
    "Match",
    "NewsletterCase",
    "NewsletterRule",
    "Rule",
    "judge",
    "match_page",
]
