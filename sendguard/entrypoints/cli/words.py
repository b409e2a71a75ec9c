"""Words that a person gives on the command line, fit to be kept and shown."""

from sendguard.errors import WrongUsage


def words(option: str, given: str, longest: int) -> str:
    """What was given, on one line.

    Raises:
        WrongUsage: It says nothing, or more than `longest` characters.
    """
    from sendguard.judge.quote import plain

    said = plain(given, max(1, len(given)))
    if not any(map(str.isalnum, said)):
        raise WrongUsage(f"{option} is empty: say it in words")
    if len(said) > longest:
        raise WrongUsage(f"{option} has {len(said)} characters; {longest} are the most")
    return said
