"""What is asked of a measurement, and whether it holds; without a main of its own."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

_MARKS = {True: "holds", False: "DOES NOT HOLD", None: ""}


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One thing asked.

    Attributes:
        is_met: None where it could not be measured.
    """

    asked: str
    bar: str
    measured: str = "not measured"
    is_met: bool | None = None


def at_most(asked: str, figure: float | None, most: float, unit: str, digits: int = 2) -> Bar:
    """The bar for a figure that may be no larger; None for one that was not measured."""
    bar = f"≤ {most:.{digits}f}{unit}"
    if figure is None:
        return Bar(asked=asked, bar=bar)
    # What is shown decides: nobody sees a bar broken that reads as met.
    shown = round(figure, digits)
    return Bar(asked=asked, bar=bar, measured=f"{shown:.{digits}f}{unit}", is_met=shown <= most)


def at_least(asked: str, figure: float | None, least: float, unit: str, digits: int = 2) -> Bar:
    """The bar for a figure that may be no smaller; None for one that was not measured."""
    bar = f"≥ {least:.{digits}f}{unit}"
    if figure is None:
        return Bar(asked=asked, bar=bar)
    shown = round(figure, digits)
    return Bar(asked=asked, bar=bar, measured=f"{shown:.{digits}f}{unit}", is_met=shown >= least)


def bar_table(bars: Iterable[Bar]) -> Iterator[str]:
    """What is asked, what is reached."""
    yield f"{'asked':50}{'measured':>24}  {'bar':12}"
    for bar in bars:
        yield f"{bar.asked:50}{bar.measured:>24}  {bar.bar:12}{_MARKS[bar.is_met]}".rstrip()
