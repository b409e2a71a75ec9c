"""Folders that hold a newsletter and are no campaigns: nobody checks them by itself."""

from collections.abc import Sequence

from sendguard.judge.quote import plain

_MOST_NAMED = 5
_LONGEST_NAME = 40


def told_passed_over(names: Sequence[str]) -> str:
    """Which they are and what to add: a sentence without a full stop.

    Args:
        names: Of the folders, at least one.
    """
    named = ", ".join(plain(name, _LONGEST_NAME) for name in names[:_MOST_NAMED])
    more = f" and {len(names) - _MOST_NAMED} more" if len(names) > _MOST_NAMED else ""
    return (
        f"not watched, for want of a campaign.yaml: {named}{more}; add one that says "
        "`newsletter:` and the file's name"
    )
