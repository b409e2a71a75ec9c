"""A collection for a clone that has no other: made-up links and issues, always the same."""

from benchmarks.accuracy.made.issues import made_issues
from benchmarks.accuracy.made.lines import made_lines
from benchmarks.accuracy.made.writer import Writer
from benchmarks.accuracy.shapes import Collection

SEED = 42
LINES = 240
ISSUES = 162  # every kind of mistake three times in every layout


def make_collection(lines: int = LINES, issues: int = ISSUES, seed: int = SEED) -> Collection:
    """Newsletters, titles and mistakes that nobody made."""
    pairs, wrongs = made_lines(Writer(seed), lines)
    return Collection(pairs=pairs, wrongs=wrongs, issues=made_issues(issues, seed))
