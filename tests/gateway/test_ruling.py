"""What a check means at the gate."""

from dataclasses import replace

import pytest

from sendguard.entrypoints.cli.gateway.told import told_standing
from sendguard.gate import CheckedLink, Record
from sendguard.gateway import Ruling, Standing
from sendguard.gateway.ruling import ruling_of, wrong_link
from sendguard.links import Story
from sendguard.values import Decision
from tests.builders import NOON, a_link
from tests.fakes_gateway import a_stream
from tests.report.runs import (
    a_blocked_link,
    a_checked,
    a_checked_link,
    a_finding,
    a_fine_link,
    a_meant_link,
    an_approved_link,
)


def test_links_are_called_by_their_words_for_nobody_at_the_gate_has_their_numbers() -> None:
    wrong = a_blocked_link("“Read article” opens “B”: that is what L1 should open", id="L2")

    ruling = ruling_of(a_checked(a_fine_link("L1"), wrong), NOON, 17)

    assert (ruling.standing, ruling.record) == (Standing.BLOCKED, 17)
    assert ruling.says == "“Read article” opens “B”: that is what “A label” should open"


def test_of_two_stories_with_one_address_it_is_said_what_should_open_and_what_does() -> None:
    meant = a_meant_link("The garden", id="L1")
    says = "“A label” opens the same address as L2, https://example.org"
    found = a_finding(says, code="SG306", name="shared-address", link=meant.link)
    wrong = replace(meant, findings=(found,), decision=Decision.BLOCK)

    ruling = ruling_of(a_checked(wrong, a_fine_link("L2")), NOON, 17)

    address = wrong.link.href
    assert ruling.says == f"“A label” should open “An article” but opens “The garden” ({address})"


def test_what_else_is_wrong_is_named() -> None:
    story = Story(number=1, headline="How to recover")
    link = a_link(label="Read article", id="L2", story=story)
    other = a_checked_link(link, None, a_finding(link=link), decision=Decision.BLOCK)

    ruling = ruling_of(a_checked(a_blocked_link(id="L1"), other), NOON, 17)

    more = "“Read article” under “How to recover”"
    assert ruling.says == f"The link has no address (and 1 more: {more})"


def test_the_link_that_is_wrong_is_known_from_the_check_until_a_person_decides() -> None:
    checked = a_checked(an_approved_link(id="L1"), a_blocked_link(id="L2"))
    record = Record(at=NOON, took_s=0, checked=checked, terms="0", says="BLOCK")
    ruling = Ruling(standing=Standing.BLOCKED, at=NOON, record=17)

    assert wrong_link(ruling, {17: record}.get) == "L2"
    assert wrong_link(replace(ruling, by="Ada"), {17: record}.get) is None
    assert wrong_link(ruling, lambda _: None) is None


@pytest.mark.parametrize(
    ("link", "says"),
    [
        (a_fine_link(), "passes (no link could be compared with an article)"),
        (a_meant_link(), "passes"),
    ],
)
def test_a_pass_by_which_nothing_was_compared_is_told_as_one(link: CheckedLink, says: str) -> None:
    ruling = ruling_of(a_checked(link), NOON, 17)

    assert told_standing(replace(a_stream(), ruling=ruling)) == says
