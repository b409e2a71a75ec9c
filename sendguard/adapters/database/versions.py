"""The forms that the store's tables have had, oldest first, and what each means to this release."""

from enum import StrEnum

VERSION_TABLE = "sendguard_version"
VERSIONS = ("0001", "0002", "0003", "0004", "0005")


class Form(StrEnum):
    """How the tables that are there stand to those that this release knows."""

    EMPTY = "empty"
    OLDER = "older"
    CURRENT = "current"
    NEWER = "newer"


def form_of(version: str | None) -> Form:
    """What the version that a store names means; None for a store without any tables."""
    if version is None:
        return Form.EMPTY
    if version not in VERSIONS:
        return Form.NEWER
    return Form.CURRENT if version == VERSIONS[-1] else Form.OLDER


def why_unusable(form: Form, where: str) -> str | None:
    """The line for a form that cannot be worked with; None where it can."""
    if form is Form.OLDER:
        return f"the store {where} is of an earlier release: run `sendguard store upgrade`"
    if form is Form.NEWER:
        return (
            f"the store {where} was made by a later release of SendGuard: "
            "use that one, or restore a backup from before its upgrade"
        )
    return None
