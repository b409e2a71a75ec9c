"""The blast radius: is the audience as large as the author has in mind?"""

TIMES_USUAL = 2
"""Lists grow by a few in a hundred from issue to issue. A whole list in the place of one group, or
a test's single reader become everyone, is a multiple."""
MORE_THAN_USUAL = 100
"""Small lists do grow by leaps, and the harm is small."""


def doubt_size(
    count: int, expected: int | None, usual: int | None, confirmed: int | None
) -> str | None:
    """Why nothing goes out yet; None where nothing speaks against the size.

    Nobody minds an audience that is smaller than expected.

    Args:
        count: Readers that it would go to.
        expected: `expected_recipients`; where that is kept to, what is usual does not matter.
        usual: Median size of the series' issues; None where too few are known.
        confirmed: The number that a person said; None for none.
    """
    if confirmed == count:
        return None
    if confirmed is not None:
        return f"you said {_readers(confirmed)}, but the audience has {count:,}. {_advice(count)}"
    if expected is not None:
        if count <= expected:
            return None
        return (
            f"the audience has {_readers(count)}, but campaign.yaml expects {expected:,} "
            f"(expected_recipients). {_advice(count)}"
        )
    if usual is not None and count > TIMES_USUAL * usual and count >= usual + MORE_THAN_USUAL:
        return (
            f"the audience has {_readers(count)}, but an issue of this series usually goes to "
            f"about {usual:,}. {_advice(count)}"
        )
    return None


def _readers(count: int) -> str:
    return "1 reader" if count == 1 else f"{count:,} readers"


def _advice(count: int) -> str:
    whom = "that one" if count == 1 else f"all {count:,}"
    return f"If it is to go to {whom}, say so with --recipients {count}; else mend the audience."
