"""People are told, through Apprise, which knows some hundred and forty services."""

from sendguard.adapters.notifier.notifier import AppriseNotifier, why_not

__all__ = ["AppriseNotifier", "why_not"]
