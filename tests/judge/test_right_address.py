from dataclasses import replace

import pytest

from sendguard.intent import From, Intent
from sendguard.intent.feed import KnownArticle
from sendguard.judge.match import Match
from sendguard.judge.right_address import MOST_LOOKED_UP, confirmed, with_right_addresses
from sendguard.judge.rule import LinkCase, judge
from sendguard.judge.rules.answer.page_missing import page_missing
from sendguard.links import Role
from sendguard.values import Url
from sendguard.visit import Answered, Hop, Kind, NotVisited, Outcome, Reason, Trouble, Unreachable
from tests.builders import (
    a_case,
    a_link,
    a_newsletter_case,
    a_page,
    a_visit,
    an_answer,
    an_intent,
)

PROPOSALS, FIVE = "https://x.org/stories/schrodingers-proposals", "https://x.org/five-ways"
FEED = (
    KnownArticle(title="Schrodinger's Proposals", url=Url(PROPOSALS)),
    KnownArticle(title="Five Ways to Lose a Sale", url=Url(FIVE)),
)
SITEMAP = (
    KnownArticle(title="schrodingers proposals", url=Url(PROPOSALS), named=False),
    KnownArticle(title="five ways", url=Url(FIVE), named=False),
    KnownArticle(title="recovering 2", url=Url("https://x.org/recovering-part-2"), named=False),
)
WRONG = Match(sureness=0.1, best_title="Five Ways to Lose a Sale")


def right(case: LinkCase, known: tuple[KnownArticle, ...] = FEED) -> str | None:
    (found,) = with_right_addresses([case], known)
    return found.right.text if found.right else None


def wrong(title: str, href: str = FIVE, match: Match = WRONG) -> LinkCase:
    answer = an_answer(href, page=a_page("Five Ways to Lose a Sale"))
    return a_case(a_link(href), answer, intent=an_intent(title), match=match)


def gone(href: str, *, status: int = 404, title: str | None = None) -> LinkCase:
    intent = an_intent(title) if title else None
    return a_case(a_link(href), an_answer(href, status), intent=intent)


@pytest.mark.parametrize("known", [FEED, SITEMAP])
def test_a_wrong_link_is_told_the_address_of_its_headline(known: tuple[KnownArticle, ...]) -> None:
    assert right(wrong("Schrodinger's Proposals"), known) == PROPOSALS


def test_a_headline_with_a_typing_error_finds_its_article() -> None:
    assert right(wrong("Schrödinger's proposal")) == PROPOSALS


def test_what_the_feed_said_of_the_intent_counts() -> None:
    feed = Intent(title="Proposals", url=Url(PROPOSALS), source=From.FEED, sureness=0.97)
    answer = an_answer(FIVE, page=a_page("Five Ways to Lose a Sale"))

    assert right(a_case(a_link(FIVE), answer, intent=feed, match=WRONG)) == PROPOSALS


@pytest.mark.parametrize("title", ["Proposals", "Schrodinger's Proposals, part 2", "A new cat"])
def test_a_headline_that_is_not_near_enough_finds_nothing(title: str) -> None:
    assert right(wrong(title)) is None


def test_a_title_of_several_articles_finds_nothing() -> None:
    again = KnownArticle(title="Schrodinger's Proposals", url=Url("https://x.org/again"))

    assert right(wrong("Schrodinger's Proposals"), (*FEED, again)) is None


def test_a_link_that_fits_is_told_nothing() -> None:
    fits = Match(sureness=0.9, best_title="Schrodinger's Proposals")

    assert right(wrong("Schrodinger's Proposals", match=fits)) is None


@pytest.mark.parametrize("href", [PROPOSALS, f"{PROPOSALS}/", f"{PROPOSALS}?utm_source=letter"])
def test_a_link_is_not_told_the_address_that_it_has(href: str) -> None:
    assert right(gone(href, title="Schrodinger's Proposals")) is None


@pytest.mark.parametrize(
    "href",
    [
        "https://x.org/stories/schrodinger-proposals",
        "https://x.org/stories/schrodingers-propo",
        "https://www.x.org/old/schrodingers-proposals.html",
    ],
)
def test_a_page_that_is_gone_finds_the_one_that_is_named_so(href: str) -> None:
    assert right(gone(href), SITEMAP) == PROPOSALS


@pytest.mark.parametrize(
    "href",
    [
        "https://x.org/stories/schrodingers-cat",
        "https://x.org/recovering-part-3",
        "https://y.org/stories/schrodingers-proposals",
        "https://x.org/five",
        "https://x.org/",
    ],
)
def test_a_page_that_is_gone_finds_none_that_is_named_otherwise(href: str) -> None:
    assert right(gone(href), SITEMAP) is None


def test_a_beginning_that_several_pages_share_finds_none() -> None:
    two = tuple(
        KnownArticle(title="", url=Url(f"https://x.org/the-whole-story-of-{of}"), named=False)
        for of in ("ships", "trees")
    )

    assert right(gone("https://x.org/the-whole-story"), two) is None


@pytest.mark.parametrize(
    "outcome",
    [
        an_answer("https://x.org/nowhere", 410),
        replace(
            an_answer("https://x.org/nowhere"),
            kind=Kind.SOFT_404,
            signs=("its title says so", "it has no text"),
        ),
        Unreachable(trouble=Trouble.NO_SUCH_HOST, at=Url("https://x.orgg/")),
        NotVisited(Reason.MALFORMED),
    ],
)
def test_a_headline_mends_whatever_is_broken(outcome: Outcome) -> None:
    case = a_case(
        a_link("https://x.org/nowhere"), outcome, intent=an_intent("Schrodinger's Proposals")
    )

    assert right(case) == PROPOSALS


@pytest.mark.parametrize(
    "outcome",
    [
        an_answer("https://x.org/nowhere", 500),
        Unreachable(trouble=Trouble.TIMEOUT, at=Url("https://x.org/")),
        NotVisited(Reason.PERSONAL),
    ],
)
def test_what_need_not_be_wrong_is_told_nothing(outcome: Outcome) -> None:
    case = a_case(
        a_link("https://x.org/nowhere"), outcome, intent=an_intent("Schrodinger's Proposals")
    )

    assert right(case) is None


def test_a_link_that_goes_home_is_told_where_it_should_go() -> None:
    home = an_answer("https://x.org/", page=a_page("The Navigator"))
    case = a_case(
        a_link("https://x.org/stories/old"), home, intent=an_intent("Schrodinger's Proposals")
    )

    assert right(case) == PROPOSALS


def test_a_picture_is_told_nothing() -> None:
    picture = a_link("https://x.org/stories/schrodingers-propo", role=Role.RESOURCE)

    assert right(a_case(picture, an_answer(picture.href, 404)), SITEMAP) is None


def test_only_so_many_links_are_looked_up() -> None:
    cases = [wrong("Schrodinger's Proposals")] * (MOST_LOOKED_UP + 5)

    found = with_right_addresses(cases, FEED)

    assert sum(case.right is not None for case in found) == MOST_LOOKED_UP


def test_the_advice_names_the_right_address_and_the_fingerprint_stays() -> None:
    case = gone("https://x.org/stories/schrodingers-propo")

    (before,) = judge(a_newsletter_case(case), [page_missing])
    (after,) = judge(a_newsletter_case(*with_right_addresses([case], SITEMAP)), [page_missing])

    assert after.advice == f"Did you mean {PROPOSALS}? {before.advice}"
    assert after.fingerprint == before.fingerprint


def wrong_and_seen_to(outcome: Outcome) -> LinkCase:
    """A wrong link that was told an address, and what was there."""
    (case,) = with_right_addresses([wrong("Schrodinger's Proposals")], FEED)
    return confirmed(case, {Url(PROPOSALS): a_visit(PROPOSALS, outcome)})


def test_a_right_address_that_opens_another_page_stands() -> None:
    case = wrong_and_seen_to(an_answer(PROPOSALS, page=a_page("Schrodinger's Proposals")))

    assert (case.right, case.match) == (Url(PROPOSALS), WRONG)


@pytest.mark.parametrize(
    "outcome",
    [
        an_answer(PROPOSALS, 404),
        Unreachable(trouble=Trouble.NO_SUCH_HOST, at=Url(PROPOSALS)),
        Answered(hops=(Hop(Url(PROPOSALS), 301), Hop(Url("https://x.org/"), 200))),
    ],
)
def test_an_address_that_leads_nowhere_is_not_named(outcome: Outcome) -> None:
    case = wrong_and_seen_to(outcome)

    assert (case.right, case.match) == (None, WRONG)


def test_an_address_that_leads_to_the_links_own_page_proves_it_right() -> None:
    detour = Answered(
        hops=(Hop(Url(PROPOSALS), 301), Hop(Url(FIVE), 200)), page=a_page("Five Ways")
    )

    case = wrong_and_seen_to(detour)

    assert case.right is None
    assert case.match
    assert case.match.sureness == 1.0


def test_an_address_that_could_not_be_seen_is_named_all_the_same() -> None:
    timeout = Unreachable(trouble=Trouble.TIMEOUT, at=Url(PROPOSALS))

    assert wrong_and_seen_to(timeout).right == Url(PROPOSALS)
