"""How a person may name a finding."""

from dataclasses import replace

import pytest

from sendguard.errors import WrongUsage
from sendguard.gate import choose_finding
from sendguard.judge.finding import Finding
from tests.builders import a_link
from tests.report.runs import a_checked, a_checked_link, a_finding

ONE, TWO = a_link(id="L1"), a_link(id="L2")
EMPTY = replace(a_finding("Empty", link=ONE), fingerprint="a1b2c3d400000000")
OTHER = replace(a_finding("Empty too", link=TWO), fingerprint="a1b2c3d500000000")
WRONG = replace(
    a_finding("Wrong", code="SG301", name="wrong-article", link=TWO),
    fingerprint="0123456789abcdef",
)
WHOLE = replace(a_finding("Whole", code="SG108", name="no-way"), fingerprint="f" * 16)
CHECKED = a_checked(
    a_checked_link(ONE, None, EMPTY), a_checked_link(TWO, None, OTHER, WRONG), findings=(WHOLE,)
)


def refusal(named: str) -> str:
    with pytest.raises(WrongUsage) as caught:
        choose_finding(named, CHECKED)
    return str(caught.value)


@pytest.mark.parametrize(
    ("named", "meant"),
    [
        ("0123456789abcdef", WRONG),
        ("012345", WRONG),
        ("a1b2c3d4", EMPTY),
        ("SG101@L2", OTHER),
        (" sg101@l2 ", OTHER),
        ("empty-link@L1", EMPTY),
        ("SG301", WRONG),
        ("SG108", WHOLE),
    ],
)
def test_a_finding_is_named_in_any_of_these_ways(named: str, meant: Finding) -> None:
    assert choose_finding(named, CHECKED) is meant


@pytest.mark.parametrize("named", ["", "01234", "SG301@L1", "SG999", "L2", "@L2", "SG108@", "\x1b"])
def test_what_no_finding_answers_to_is_refused_with_those_there_are(named: str) -> None:
    says = refusal(named)

    assert says.startswith("no finding answers to")
    assert "SG301@L2 (01234567): Wrong" in says


@pytest.mark.parametrize("named", ["SG101", "a1b2c3"])
def test_what_fits_several_is_refused_with_them(named: str) -> None:
    assert refusal(named) == (
        f"{named} fits several findings, name one: "
        "SG101@L1 (a1b2c3d4): Empty; SG101@L2 (a1b2c3d5): Empty too"
    )


def test_links_that_share_label_and_address_have_one_finding() -> None:
    twin = replace(EMPTY, link="L2")
    checked = a_checked(a_checked_link(ONE, None, EMPTY), a_checked_link(TWO, None, twin))

    assert choose_finding("SG101", checked).fingerprint == EMPTY.fingerprint


def test_where_nothing_is_wrong_there_is_nothing_to_approve() -> None:
    with pytest.raises(WrongUsage, match="there is none in this newsletter"):
        choose_finding("SG301", a_checked())
