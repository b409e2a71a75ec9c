from dataclasses import replace

import pytest

from sendguard.judge.disagreement import disagreeing
from sendguard.judge.match import Match
from sendguard.judge.rule import LinkCase
from sendguard.links import Role, find_links
from tests.builders import a_campaign, a_case

MAY, MARCH = "https://x.org/may/lighthouse", "https://x.org/march/ferry"


def story(*, headline: str, picture: str, button: str) -> list[LinkCase]:
    html = (
        f'<td><a href="{picture}"><img src="https://x.org/i.png" alt="A light"></a>'
        f'<h2><a href="{headline}">The lighthouse that moved</a></h2><p>It did.</p>'
        f'<a href="{button}">Read more</a></td>'
    )
    links = find_links(a_campaign(html)).links
    return [a_case(link) for link in links if link.role is not Role.RESOURCE]


def roles(cases: list[LinkCase]) -> list[Role]:
    odd = disagreeing(cases)
    return [case.link.role for case in cases if case.link.id in odd]


@pytest.mark.parametrize(
    ("at", "role"),
    [("picture", Role.IMAGE), ("button", Role.BUTTON), ("headline", Role.ARTICLE)],
)
def test_the_one_of_three_that_leads_elsewhere_is_found(at: str, role: Role) -> None:
    addresses = {"headline": MAY, "picture": MAY, "button": MAY, at: MARCH}

    assert roles(story(**addresses)) == [role]


@pytest.mark.parametrize(
    "picture",
    [
        MAY,
        f"{MAY}?utm_source=letter",
        f"{MAY}/",
        "https://x.org/pictures/light.jpg",
        "https://x.org/",
        "https://photos.example.net/light",
    ],
)
def test_what_leads_to_the_same_or_to_no_page_of_the_site_agrees(picture: str) -> None:
    assert roles(story(headline=MAY, picture=picture, button=MAY)) == []


def test_three_addresses_tell_nothing() -> None:
    other = "https://x.org/april/harbour"

    assert roles(story(headline=MAY, picture=MARCH, button=other)) == []


def test_pages_that_tell_which_is_right_leave_nothing_to_suspect() -> None:
    cases = story(headline=MAY, picture=MAY, button=MARCH)
    told = [replace(case, match=Match(sureness=0.9, best_title="The lighthouse")) for case in cases]

    assert roles(told) == []
