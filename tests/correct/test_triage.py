"""How bad a mistake is, and who hears of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sendguard.correct.triage import (
    Audience,
    Facts,
    Harm,
    Mistake,
    Redirect,
    Tier,
    Triage,
    told_triage,
    triage,
)
from sendguard.links import Role
from sendguard.values import Url
from sendguard.visit import Answered, Hop, Kind, Outcome, Trouble, Unreachable
from tests.builders import a_page, a_visit, an_answer

OWN = "https://www.example.org/41/ships"
OTHERS = "https://other.example/ships"
RIGHT = "https://example.org/42/trees"


def a_mistake(
    href: str = OTHERS,
    *roles: Role,
    right: str = RIGHT,
    seen: Outcome | None = None,
    expected: Outcome | None = None,
) -> Mistake:
    return Mistake(
        name="Read article",
        href=href,
        wrong=Url.parse(href),
        right=Url(right),
        roles=frozenset(roles or {Role.BUTTON}),
        seen=a_visit(href, seen) if seen else None,
        expected=a_visit(right, expected) if expected else None,
    )


def facts(*mistakes: Mistake, got: int | None = 1000, **more: object) -> Facts:
    own = frozenset({"example.org"})
    return Facts(mistakes=mistakes, got=got, own_hosts=own, **more)  # type: ignore[arg-type]


def judged(*mistakes: Mistake, **more: object) -> Triage:
    return triage(facts(*mistakes, **more))  # type: ignore[arg-type]


def passed_on(*urls: str) -> Answered:
    hops = [Hop(Url(url), 302) for url in urls[:-1]]
    return Answered(hops=(*hops, Hop(Url(urls[-1]), 200)), page=a_page("A page"))


ARTICLE = an_answer(OTHERS, 200, a_page("Five ships"))
GONE = an_answer(OWN, 404)
DEAD = Unreachable(trouble=Trouble.NO_SUCH_HOST, at=Url(OTHERS))
FOR_SALE = Answered(
    hops=(Hop(Url(OTHERS), 200),), kind=Kind.PARKED, signs=("its title says so", "it is thin")
)
PERHAPS_FOR_SALE = Answered(hops=(Hop(Url(OTHERS), 200),), kind=Kind.PARKED, signs=("it is thin",))
DOCUMENT = "https://docs.google.com/document/d/1/edit"
LOGIN = Answered(hops=(Hop(Url(DOCUMENT), 200),), kind=Kind.LOGIN)


@pytest.mark.parametrize(
    ("mistake", "tier"),
    [
        # Readers come to the right page all the same.
        (a_mistake(f"{RIGHT}?utm_source=may"), Tier.NOTHING),
        (a_mistake(f"{RIGHT}/"), Tier.NOTHING),
        (a_mistake("http://example.org/42/trees"), Tier.NOTHING),
        (a_mistake(f"{RIGHT}#comments"), Tier.NOTHING),
        (a_mistake(OTHERS, seen=passed_on(OTHERS, RIGHT), expected=passed_on(RIGHT)), Tier.NOTHING),
        # They do not, however alike the addresses are.
        (a_mistake(f"{RIGHT}#/other"), Tier.EVERYONE),
        (a_mistake(f"{RIGHT}?page=2"), Tier.EVERYONE),
        (a_mistake("http://example.org/42/trees", seen=GONE), Tier.EVERYONE),
        (a_mistake(OTHERS, seen=ARTICLE, expected=passed_on(RIGHT)), Tier.EVERYONE),
        # A page of our own that can lead on.
        (a_mistake(OWN, seen=GONE), Tier.SILENT_REPAIR),
        (a_mistake(OWN, Role.SOCIAL, seen=GONE), Tier.SILENT_REPAIR),
        (a_mistake(OWN, seen=passed_on(OWN, OTHERS)), Tier.SILENT_REPAIR),
        # One that cannot: another article stands there, or nobody knows, or it is not ours.
        (a_mistake(OWN, seen=passed_on(OWN)), Tier.EVERYONE),
        (a_mistake(OWN, seen=passed_on(OWN, "https://example.org/41")), Tier.EVERYONE),
        (a_mistake(OWN), Tier.EVERYONE),
        (a_mistake(f"{OWN}?id=1", seen=GONE), Tier.EVERYONE),
        (a_mistake("https://example.org/", seen=an_answer("https://x/", 404)), Tier.EVERYONE),
        (a_mistake(OTHERS, seen=GONE), Tier.EVERYONE),
        # How much the link matters.
        (a_mistake(OTHERS, Role.ARTICLE, seen=ARTICLE), Tier.EVERYONE),
        (a_mistake(OTHERS, Role.IMAGE, seen=DEAD), Tier.EVERYONE),
        (a_mistake(OTHERS, Role.UNSUBSCRIBE), Tier.EVERYONE),
        (a_mistake("mailto:ed@other.example", Role.MAIL), Tier.EVERYONE),
        (a_mistake(OTHERS, Role.NAVIGATION), Tier.CLICKERS),
        (a_mistake(OTHERS, Role.SOCIAL, seen=ARTICLE), Tier.CLICKERS),
        (a_mistake(OTHERS, Role.OTHER, seen=DEAD), Tier.CLICKERS),
        (a_mistake(OTHERS, Role.SOCIAL, Role.BUTTON), Tier.EVERYONE),
        # What does harm.
        (a_mistake("javascript:alert(document.cookie)"), Tier.PEOPLE_DECIDE),
        (a_mistake("data:text/html,<script>"), Tier.PEOPLE_DECIDE),
        (a_mistake(f"{OTHERS}?e=ada%40example.org"), Tier.PEOPLE_DECIDE),
        (a_mistake(f"{OTHERS}?mc_eid=0123456789"), Tier.PEOPLE_DECIDE),
        (a_mistake(f"{OTHERS}?reset_token=0123456789abcdef"), Tier.PEOPLE_DECIDE),
        (a_mistake("https://ada:secret@other.example/"), Tier.PEOPLE_DECIDE),
        (a_mistake(OTHERS, Role.SOCIAL, seen=FOR_SALE), Tier.PEOPLE_DECIDE),
        (a_mistake(DOCUMENT, seen=LOGIN), Tier.PEOPLE_DECIDE),
        # What only looks like it.
        (a_mistake("javascript:void(0)"), Tier.EVERYONE),
        (a_mistake("https://medium.com/@ada/ships"), Tier.EVERYONE),
        (a_mistake("https://maps.google.com/maps/@52.5,13.4,14z"), Tier.EVERYONE),
        (a_mistake("https://other.example/?e={{ email }}"), Tier.EVERYONE),
        (a_mistake(f"{OTHERS}?token=1"), Tier.EVERYONE),
        (a_mistake(f"{OTHERS}?author=ada-lovelace"), Tier.EVERYONE),
        (a_mistake(f"{OTHERS}?auth=0123456789", right=f"{RIGHT}?auth=012345678"), Tier.EVERYONE),
        (a_mistake(OTHERS, seen=PERHAPS_FOR_SALE), Tier.EVERYONE),
        (a_mistake(DOCUMENT, seen=passed_on(DOCUMENT)), Tier.EVERYONE),
        (a_mistake("https://example.org/members", seen=LOGIN), Tier.EVERYONE),
    ],
)
def test_a_mistake_has_its_tier(mistake: Mistake, tier: Tier) -> None:
    assert judged(mistake).tier is tier


@pytest.mark.parametrize(
    ("tier", "audience"),
    [
        (a_mistake(f"{RIGHT}/"), Audience.NOBODY),
        (a_mistake(OWN, seen=GONE), Audience.NOBODY),
        (a_mistake(OTHERS, Role.SOCIAL), Audience.CLICKED),
        (a_mistake(), Audience.EVERYONE),
        (a_mistake("javascript:alert(1)"), Audience.PEOPLE_DECIDE),
    ],
)
def test_the_tier_says_whom_to_write_to(tier: Mistake, audience: Audience) -> None:
    assert judged(tier).audience is audience


def test_the_gravest_of_several_counts_for_all() -> None:
    found = judged(a_mistake(f"{RIGHT}/"), a_mistake(OTHERS, Role.SOCIAL), a_mistake())

    assert found.tier is Tier.EVERYONE
    assert "is what readers came for" in found.why[0]


def test_nobody_is_written_to_while_nobody_has_it() -> None:
    found = judged(a_mistake(), got=0, pending=500)

    assert found.tier is Tier.SILENT_REPAIR
    assert found.why == (
        "Nobody has it yet: whoever is still to get it gets the right link the first time.",
    )


def test_harm_stops_everything_though_nobody_has_it() -> None:
    assert not judged(a_mistake("javascript:alert(1)"), got=0, pending=500).may_queue


@pytest.mark.parametrize("harm", [Harm.HOSTILE, Harm.PERSONAL_DATA])
def test_a_person_who_says_harm_stops_everything(harm: Harm) -> None:
    found = judged(a_mistake(f"{RIGHT}/"), harm=harm)

    assert (found.tier, found.may_queue) == (Tier.PEOPLE_DECIDE, False)
    assert any("72 hours" in call for call in found.calls)


def test_a_person_who_looked_can_say_that_there_is_no_harm() -> None:
    found = judged(a_mistake(OTHERS, seen=FOR_SALE), harm=Harm.NONE)

    assert (found.tier, found.may_queue, found.calls) == (Tier.EVERYONE, True, ())


def test_why_is_told_in_sentences() -> None:
    found = judged(a_mistake(seen=ARTICLE), got=400, pending=9600, minutes=12.7)

    assert found.why == (
        "“Read article” is what readers came for, and opens “Five ships”.",
        "400 of 10,000 got it; the others get the right link the first time.",
        "The first went out 12 minutes ago: a correction within the hour comes in time.",
    )


@pytest.mark.parametrize(
    ("minutes", "says"),
    [
        (0.9, "went out just now: "),
        (1, "1 minute ago"),
        (59.9, "59 minutes ago"),
        (60, "an hour ago"),
        (190, "3 hours ago"),
        (5 * 24 * 60, "5 days ago: most who would click it have done so"),
    ],
)
def test_the_clock_is_told(minutes: float, says: str) -> None:
    assert says in judged(a_mistake(), minutes=minutes).why[-1]


def test_nothing_is_said_of_how_many_where_nobody_knows() -> None:
    found = judged(a_mistake(seen=ARTICLE), got=None)

    assert found.tier is Tier.EVERYONE
    assert found.why == ("“Read article” is what readers came for, and opens “Five ships”.",)


def test_a_redirect_comes_ready_to_paste() -> None:
    (redirect,) = judged(a_mistake("https://example.org/a.b", seen=GONE)).redirects

    assert redirect.lines == (
        r'Apache: RedirectMatch 302 "^/a\.b$" "https://example.org/42/trees"',
        "nginx: location = /a.b { return 302 https://example.org/42/trees; }",
    )


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("https://example.org/a;b", RIGHT),
        ("https://example.org/$1", RIGHT),
        ("https://example.org/a%20b", RIGHT),
        ("https://example.org/a'b", RIGHT),
        ("https://example.org/a", "https://example.org/$1;"),
    ],
)
def test_no_server_is_given_a_line_that_it_would_read_otherwise(wrong: str, right: str) -> None:
    assert Redirect(wrong=Url(wrong), right=Url(right)).lines == ()


def test_a_short_link_that_may_be_ours_is_hinted_at() -> None:
    found = judged(a_mistake("https://bit.ly/x1"))

    assert found.why[1] == "If the short link at bit.ly is yours, point it to the right page first."


def test_the_terminal_tells_what_to_do_and_why() -> None:
    told = list(told_triage(judged(a_mistake(OWN, seen=GONE))))

    assert told == [
        "Write to nobody: repair it where it leads.",
        (
            "  “Read article” leads to an address of your own where no page stands, so a redirect "
            "there mends it in every inbox."
        ),
        "  All 1,000 got it.",
        "  Redirect https://www.example.org/41/ships to https://example.org/42/trees:",
        '    Apache: RedirectMatch 302 "^/41/ships$" "https://example.org/42/trees"',
        "    nginx: location = /41/ships { return 302 https://example.org/42/trees; }",
    ]


def test_the_terminal_tells_whom_to_call_and_the_way_out() -> None:
    told = list(told_triage(judged(a_mistake(f"{OTHERS}?e=ada@example.org"))))

    assert told[0].startswith("Stop, and let people decide")
    assert told[1] == "  The address of “Read article” holds somebody's mail address."
    assert told[-1] == "If you have looked and it does no harm, say so with --harm none."


PARTS = st.sampled_from(
    [
        "https://",
        "example.org",
        "/",
        "?",
        "e=",
        "@",
        "%40",
        "token=",
        "#",
        "x.org",
        "[",
        "utm_a",
        "&",
    ]
)


@given(st.lists(PARTS, max_size=12).map("".join), st.sampled_from(Role))
def test_no_address_makes_it_stumble(href: str, role: Role) -> None:
    told = list(told_triage(judged(a_mistake(href, role))))

    assert told
    assert not any("\n" in line for line in told)
