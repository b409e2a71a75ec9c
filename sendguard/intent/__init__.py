"""3. INTENT: this is where it is settled what each link is meant to open."""

from sendguard.intent.declared import NoSuchLabel, SeveralAddresses, choose_links, declared_intents
from sendguard.intent.infer import infer_intents
from sendguard.intent.intent import HEADLINE_LIKE, From, Intent

__all__ = [
    "HEADLINE_LIKE",
    "From",
    "Intent",
    "NoSuchLabel",
    "SeveralAddresses",
    "choose_links",
    "declared_intents",
    "infer_intents",
]
