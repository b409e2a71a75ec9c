"""`approvals.yaml` as it is read and written."""

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sendguard.errors import Unreadable
from sendguard.gate import Approval, approvals_text, parse_approvals
from sendguard.judge.quote import plain
from tests.builders import an_approval

WHOLE = """\
approvals:
  - finding: 4142351e04900286
    code: SG301
    label: Read article
    address: https://example.org/a
    says: It opens another article
    by: Ada
    because: "Renamed at noon: the editor says so"
    until: 2026-12-24
"""

_words = st.text(min_size=1, max_size=60).map(lambda text: plain(text, 70)).filter(bool)
_shown = st.just("") | _words
_approvals = st.builds(
    Approval,
    fingerprint=st.from_regex(r"[0-9a-f]{16}", fullmatch=True),
    by=_words,
    because=_words,
    until=st.dates(),
    code=_shown,
    label=_shown,
    address=_shown,
    says=_shown,
)


def complaint(text: str) -> str:
    with pytest.raises(Unreadable) as caught:
        parse_approvals(text.encode())
    return str(caught.value)


def test_every_key_is_read() -> None:
    assert parse_approvals(WHOLE.encode()) == (
        Approval(
            fingerprint="4142351e04900286",
            by="Ada",
            because="Renamed at noon: the editor says so",
            until=date(2026, 12, 24),
            code="SG301",
            label="Read article",
            address="https://example.org/a",
            says="It opens another article",
        ),
    )


@given(approvals=st.lists(_approvals, max_size=4).map(tuple))
def test_what_is_written_is_read_again(approvals: tuple[Approval, ...]) -> None:
    assert parse_approvals(approvals_text(approvals).encode()) == approvals


@given(text=st.text(max_size=200))
def test_whatever_stands_there_is_read_or_complained_of(text: str) -> None:
    with suppress(Unreadable):
        parse_approvals(f"approvals:\n  - by: {text}".encode("utf-8", "replace"))


def test_a_title_that_claims_another_charset_changes_no_letter() -> None:
    word = an_approval(by="Zoë", because='“<meta charset="gb18030">” is its title')

    assert parse_approvals(approvals_text([word]).encode()) == (word,)


@pytest.mark.parametrize("text", ["", "# none yet\n", "approvals:\n", "approvals: []\n"])
def test_a_file_without_approvals_has_none(text: str) -> None:
    assert parse_approvals(text.encode()) == ()


@pytest.mark.parametrize(
    ("instead_of", "there", "says"),
    [
        ("finding: 4142351e04900286", "finding: Read article", "5:14: `finding` should be a"),
        ("by: Ada", "by: ''", "10:9: `by` is missing: name the person"),
        ("by: Ada", "by: [Ada]", "10:9: `by` should be a text on one line"),
        ("by: Ada", r'by: "\u202e"', "10:9: `by` has no letters"),
        ("by: Ada", f"by: {'a' * 81}", "10:9: `by` is longer than 80 characters"),
        ("    by: Ada\n", "", "5:5: `by` is missing"),
        ("until: 2026-12-24", "until: 20261224", "12:12: `until` is no date"),
        ("until: 2026-12-24", "until: 2026-13-24", "12:12: `until` is no date"),
        ("by: Ada", "buy: Ada", "did you mean `by`?"),
        ("approvals:", "approval:", "did you mean `approvals`?"),
    ],
)
def test_what_cannot_be_obeyed_is_named_with_its_line(
    instead_of: str, there: str, says: str
) -> None:
    text = "# Ours\n\n\n" + WHOLE.replace(instead_of, there)

    assert says in complaint(text)


def test_a_list_at_the_top_is_refused() -> None:
    assert complaint("- finding: 4142351e04900286") == (
        "approvals.yaml:1:1: this should begin with approvals:"
    )


def test_more_than_can_be_read_is_not_written() -> None:
    many = [an_approval(f"{number:016x}", because="a" * 500) for number in range(500)]

    with pytest.raises(Unreadable, match="take out those that have passed"):
        approvals_text(many)


def test_a_day_that_two_approvals_share_is_written_twice() -> None:
    both = (an_approval("1" * 16), an_approval("2" * 16))

    assert parse_approvals(approvals_text(both).encode()) == both


def test_the_file_reads_well_in_a_review() -> None:
    word = an_approval("4142351e04900286", by="Zoë", because="Renamed at noon: ask Bob")

    assert approvals_text([word]) == (
        "approvals:\n"
        "- finding: 4142351e04900286\n"
        "  by: Zoë\n"
        "  because: 'Renamed at noon: ask Bob'\n"
        "  until: 2026-12-25\n"
    )
