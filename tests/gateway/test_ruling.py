"""What a check means at the gate."""

from sendguard.gateway import Standing
from sendguard.gateway.ruling import ruling_of
from tests.builders import NOON
from tests.report.runs import a_blocked_link, a_checked, a_fine_link


def test_links_are_called_by_their_words_for_nobody_at_the_gate_has_their_numbers() -> None:
    wrong = a_blocked_link("“Read article” opens “B”: that is what L1 should open", id="L2")

    ruling = ruling_of(a_checked(a_fine_link("L1"), wrong), NOON, 17)

    assert (ruling.standing, ruling.record) == (Standing.BLOCKED, 17)
    assert ruling.says == "“Read article” opens “B”: that is what “A label” should open"
