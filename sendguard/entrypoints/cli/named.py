"""What a person names on the command line: a campaign, or a number that the store gave."""

from pathlib import Path

LONGEST_NUMBER = 18  # digits


def number_named(named: str) -> int | None:
    """The number that it is; None for a campaign. A folder of that name comes first."""
    is_number = named.isascii() and named.isdigit() and len(named) <= LONGEST_NUMBER
    return int(named) if is_number and not Path(named).exists() else None


def campaign_named(named: str) -> str:
    """The campaign's name: that of the folder which a path leads to, or the last of its words."""
    try:
        path = Path(named).resolve()
    except (OSError, RuntimeError, ValueError):  # no path, or links in a circle
        return named
    return path.parent.name if path.name == "campaign.yaml" else path.name
