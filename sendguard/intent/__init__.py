"""3. INTENT: this is where it is settled what each link is meant to open."""

from sendguard.intent.intent import HEADLINE_LIKE, From, Intent

__all__ = ["HEADLINE_LIKE", "From", "Intent"]
