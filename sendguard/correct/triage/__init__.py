"""How bad a mistake is, and who should hear of it."""

from sendguard.correct.triage.facts import Facts, Harm, Mistake
from sendguard.correct.triage.silent import Redirect
from sendguard.correct.triage.told import told_triage
from sendguard.correct.triage.triage import Audience, Tier, Triage, triage

__all__ = [
    "Audience",
    "Facts",
    "Harm",
    "Mistake",
    "Redirect",
    "Tier",
    "Triage",
    "told_triage",
    "triage",
]
