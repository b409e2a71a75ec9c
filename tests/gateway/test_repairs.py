"""What a person asks to be repaired, in every copy of a campaign."""

import pytest

from sendguard.correct.asked import Asked
from sendguard.correct.plan import plan_repairs
from sendguard.errors import WrongUsage
from sendguard.gateway.repair.readdress import readdress
from sendguard.gateway.repair.repairs import repairs_in_place
from sendguard.links import find_links
from sendguard.read.read import read_campaign
from tests.gateway.test_readdress import a_message, addresses

A, B, C = (f"https://example.org/{name}" for name in ("a", "b", "c"))
STORIES = """\
<html><body>
<table><tr><td><h2>How cats count</h2><p>All about cats.</p><a href="{a}">Read article</a></td></tr>
</table>
<table><tr><td><h2>Why dogs bark</h2><p>Dogs do bark.</p><a href="{b}">Read more</a></td></tr>
</table>
</body></html>
"""


def asked_of(now: bytes, first: bytes, label: str, right: str) -> tuple[tuple[str, str], ...]:
    campaign = read_campaign("-", {"m.eml": now}, name="m.eml", id=None)
    plan = plan_repairs(campaign, find_links(campaign).links, [Asked(label, right)])
    return repairs_in_place(campaign, plan.repairs, now, first)


def repaired(data: bytes, repairs: tuple[tuple[str, str], ...], first: bytes) -> bytes:
    made = readdress(data, repairs, first)
    assert made is not None
    return made.data


def test_a_neighbour_s_link_is_changed_only_where_it_is_wrong() -> None:
    first = a_message(html=STORIES.format(a=A, b=A), text="-")
    other = a_message(html=STORIES.format(a=A, b=A), text="-", encoding="base64")

    repairs = asked_of(first, first, "Read more", B)

    assert addresses(repaired(other, repairs, first)) == [A, B]


def test_the_text_part_s_line_of_the_story_is_repaired_with_it() -> None:
    text = f"How cats count: {A}\nWhy dogs bark: {C}\n"
    first = a_message(html=STORIES.format(a=A, b=C), text=text)

    repairs = asked_of(first, first, "Read more", B)

    assert addresses(repaired(first, repairs, first)) == [A, B, A, B]


def test_a_byte_order_mark_moves_nothing() -> None:
    first = a_message(html="\ufeff" + STORIES.format(a=A, b=A), text="-")

    repairs = asked_of(first, first, "Read more", B)

    assert addresses(repaired(first, repairs, first)) == [A, B]


def test_what_was_repaired_wrongly_can_be_repaired_again() -> None:
    first = a_message(html=STORIES.format(a=A, b=A), text="-")
    once = asked_of(first, first, "Read more", C)

    again = asked_of(repaired(first, once, first), first, "Read more", B)

    assert [wrong for wrong, _ in again] == [wrong for wrong, _ in once]
    assert addresses(repaired(first, again, first)) == [A, B]


def test_a_place_that_is_not_in_a_tag_of_its_own_is_left_to_the_sender() -> None:
    first = a_message(
        html='<p><a>Read more</a> <a href="https://example.org/b">B</a></p>', text="-"
    )

    with pytest.raises(WrongUsage, match="mend it in the program that sends"):
        asked_of(first, first, "Read more", B)
