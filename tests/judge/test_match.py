from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sendguard.intent import From, Intent
from sendguard.judge.match import Match, match_page
from sendguard.values import Url
from sendguard.visit import Answered, Hop
from tests.builders import a_page, an_answer


def match(
    meant: str, title: str, url: str = "https://x.org/1", story: str = "", **facts: str
) -> Match:
    intent = Intent(title=meant, url=None, source=From.HEADLINE, sureness=0.9)
    found = match_page(intent, an_answer(url, page=a_page(title, **facts)), story)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("meant", "title"),
    [
        ("Schrodinger's Proposals", "Schrodinger's Proposals | The Navigator"),
        ("Schrodinger's Proposals", "The Navigator - SCHRÖDINGER’S PROPOSALS"),
        ("Ships & trees", "Ships and Trees – Magazine"),
        ("Writing a server (part 1)", "Writing a server, part I"),
        ("Chapter two: the storm", "Chapter 2 - The Storm"),
        ("The meeting that could have been a walk", "The meeting that could have been a wa…"),
        ("Lamps: better light for PierHead s", "Lamps: better light for PierHeads · Harbour"),
        ("From Bergen to the islands: the long…", "From Bergen to the islands: the long way round"),
        ("🚢 A ship of two hulls 🚢", "A ship of two hulls"),
        ("如何从错误中恢复", "如何从错误中恢复_导航周刊"),
        ("Rustberry: try Rustberry 0.1", "Rustberry 0.1.0: try Rustberry!"),
        ("More tricks up in the ArcSwap", "More Tricks in Arc Swap"),
        ("Rust 1.70 is out", "Announcing Rust 1.70 | Rust Blog"),
        ("Learning Rust (2nd ed.)", "Learning Rust, 2nd Edition"),
    ],
)
def test_the_same_article_is_known_again(meant: str, title: str) -> None:
    assert match(meant, title).sureness >= 0.6


@pytest.mark.parametrize(
    ("meant", "title"),
    [
        ("Schrodinger's Proposals", "Five Ways to Lose a Sale | The Navigator"),
        ("Writing a server, part 1", "Writing a server, part 2"),
        ("Announcing Rust 1.70", "Announcing Rust 1.71"),
        ("Team news #42", "Team news #41"),
        ("Team news: issue 42", "Team news #41"),
        ("Conference recap 2024", "Conference recap 2025"),
        ("How to fold a map", "How to boil an egg"),
        ("如何从错误中恢复", "关于春天的十首诗"),
    ],
)
def test_another_article_is_not_taken_for_it(meant: str, title: str) -> None:
    assert match(meant, title).sureness <= 0.2


def test_the_address_speaks_where_the_title_does_not() -> None:
    found = match("How to fold a map", "Atlas", url="https://x.org/2026/how-to-fold-a-map.html")

    assert found.sureness > 0.9


def test_a_title_about_what_the_link_names_first_is_no_stranger() -> None:
    found = match("nom 5.0: macros are functions now", "The nom library is at version 5")

    assert 0.5 <= found.sureness < 0.9


@pytest.mark.parametrize(
    ("meant", "title", "why"),
    [
        ("Writing a server, part 1", "Writing a server, part 2", "part 2 instead of part 1"),
        (
            "Newsletter #85",
            "The Harbour Newsletter #185",
            "#185 instead of #85",
        ),
        ("What we do – March", "What we do – February", "february instead of march"),
        ("#207", "Harbour Bulletin 271", "#271 instead of #207"),
        ("How Bergen saved its trams", "How Lyon saved its trams", "“lyon” instead of “bergen”"),
        ("Releasing Oak 5.4.0", "Releasing Oak 5.3.0", "oak 5.3 instead of oak 5.4"),
        (
            "The harbour is still open",
            "The harbour is open",
            "“still” is only in one of the two",
        ),
    ],
)
def test_what_parts_two_titles_is_said(meant: str, title: str, why: str) -> None:
    found = match(meant, title)

    assert found.why == (why,)
    assert found.sureness < 0.2


@pytest.mark.parametrize(
    ("meant", "title"),
    [
        ("My years of mending clocks by hand", "Mending clocks by hand"),
        ("Why boats float (and how to sink one)", "Why boats float"),
        ("Improving the speed of our ferries", "Some improvements in ferry speed"),
        ("The Harbour Master: why we count ships", "Why we count ships"),
        ("Lighthouses, part 5: painting the lamp", "Lighthouses: painting the lamp"),
    ],
)
def test_what_one_holds_whole_is_like(meant: str, title: str) -> None:
    assert match(meant, title).sureness > 0.7


def test_one_story_of_a_series_is_not_another() -> None:
    assert match("Building a boat: the keel", "Building a boat: the sails").sureness < 0.2


def test_a_version_in_the_address_outweighs_the_title_of_the_page() -> None:
    url = "https://x.org/news/2024/03#oak-v0-10-0"

    assert match("Oak v0.10.0", "Harbour News #292", url=url).sureness > 0.5


def test_a_page_called_like_a_file_cannot_be_compared() -> None:
    assert match("Looking back and looking forward", "harbour2018.md").sureness == 0.5


def test_another_script_cannot_be_compared() -> None:
    assert match("如何从错误中恢复", "How to recover from a mistake").sureness == 0.5


def test_a_title_that_the_story_tells_is_no_stranger() -> None:
    story = "Worth a read: Ann Lee has drawn the hidden rivers of London again."

    assert match("Water under the city", "The hidden rivers of London", story=story).sureness == 0.5


def test_a_declared_address_is_met_at_any_hop_and_without_campaign_tags() -> None:
    intent = Intent(title=None, url=Url("https://x.org/a/"), source=From.DECLARED, sureness=1)
    hops = (Hop(Url("https://www.x.org/a?utm_source=n"), 301), Hop(Url("https://x.org/b"), 200))

    found = match_page(intent, Answered(hops=hops, page=a_page("B")))

    assert found is not None
    assert found.sureness == 1


def test_a_declared_title_counts_although_the_address_is_right() -> None:
    intent = Intent(title="A ship", url=Url("https://x.org/a"), source=From.DECLARED, sureness=1)

    found = match_page(intent, an_answer("https://x.org/a", page=a_page("Nine trees of Rome")))

    assert found is not None
    assert found.sureness < 0.5


def test_a_declared_title_is_not_excused_by_the_story_around_the_link() -> None:
    intent = Intent(title="今天天气很好我们去公园", url=None, source=From.DECLARED, sureness=1)
    page = a_page("北京地铁新线路下月开通试运营")

    found = match_page(
        intent, an_answer("https://x.org/a", page=page), "北京地铁新线路下月开通试运营"
    )

    assert found is not None
    assert found.sureness == 0


def test_another_address_than_the_declared_one_does_not_match() -> None:
    intent = Intent(title=None, url=Url("https://x.org/a"), source=From.DECLARED, sureness=1)

    found = match_page(intent, an_answer("https://x.org/b", page=a_page("B")))

    assert found is not None
    assert found.sureness == 0


def test_a_page_without_a_title_cannot_be_compared() -> None:
    intent = Intent(title="A ship", url=None, source=From.HEADLINE, sureness=0.9)

    assert match_page(intent, an_answer("https://x.org/a", page=a_page())) is None


@given(st.text(max_size=300), st.text(min_size=1, max_size=300))
def test_any_two_titles_can_be_compared_and_always_alike(meant: str, title: str) -> None:
    first, second = match(meant, title), match(meant, title)

    assert first == second
    assert 0 <= first.sureness <= 1


@given(st.text(alphabet="abcdefghij 0123", min_size=4, max_size=60).filter(lambda t: t.strip()))
def test_every_title_matches_itself(title: str) -> None:
    assert match(title, title).sureness >= 0.9


def from_feed(title: str, url: str) -> Intent:
    return Intent(title=title, url=Url(url), source=From.FEED, sureness=0.97)


def test_the_feeds_own_address_is_right_whatever_its_page_is_called() -> None:
    answer = an_answer("https://x.org/ship", page=a_page("Why hulls sell"))

    match = match_page(from_feed("A ship of two hulls", "http://www.x.org/ship/"), answer)

    assert match
    assert match.sureness == 1.0


def test_another_address_than_the_feeds_is_judged_by_its_title() -> None:
    answer = an_answer("https://x.org/2026/ship", page=a_page("A ship of two hulls"))

    match = match_page(from_feed("A ship of two hulls", "https://x.org/?p=12"), answer)

    assert match
    assert match.sureness > 0.9


@pytest.mark.parametrize(
    ("meant", "url", "why"),
    [
        (
            "The keel of the boat",
            "https://x.org/boats#keel-and-ribs",
            "the link points into the page",
        ),
        ("reference documentation", "https://x.org/1", "the link's words say too little"),
    ],
)
def test_what_cannot_be_held_against_a_page_is_said(meant: str, url: str, why: str) -> None:
    found = match(meant, "All that sails", url=url)

    assert (found.sureness, found.why) == (0.5, (why,))


def test_a_fragment_excuses_no_other_number() -> None:
    found = match("Harbour Letter #85", "Harbour Letter #185", url="https://x.org/l#pier-and-sea")

    assert found.sureness < 0.2


def test_a_declared_title_is_not_excused_by_a_fragment() -> None:
    intent = Intent(title="The keel", url=None, source=From.DECLARED, sureness=1)
    answer = an_answer("https://x.org/boats#ribs-of-oak", page=a_page("All that sails"))

    found = match_page(intent, answer)

    assert found is not None
    assert found.sureness < 0.2


def test_a_longer_version_is_another_one() -> None:
    assert match("Oak 19", "Oak 19.2", url="https://x.org/oak-19-2").sureness < 0.2


def test_titles_made_to_be_slow_are_compared_in_no_time() -> None:
    def long_title(seed: int) -> str:
        return " ".join(f"{number * seed % 9973:05}".translate(_LETTERS) for number in range(300))

    pages = [a_page(long_title(seed), heading=long_title(seed + 1)) for seed in range(3, 43, 2)]
    began_s = process_time()

    for page in pages:
        match_page(
            Intent(title=long_title(2), url=None, source=From.LABEL, sureness=0.9),
            an_answer("https://x.org/a", page=page),
        )

    assert process_time() - began_s < 5


_LETTERS = str.maketrans("0123456789", "abcdefabcd")


def test_grammar_in_hiragana_tells_no_titles_apart() -> None:
    found = match("秋の読書週間イベントを開催します", "秋の読書週間イベントのお知らせ｜図書館")

    assert found.sureness > 0.4


def test_a_page_that_describes_itself_in_the_links_words_is_no_other() -> None:
    about = "The pipes are repaired: from Advent on the organ is back in its place."

    found = match("The organ is back in its place", "Pipes and bellows", description=about)

    assert (found.sureness, found.why) == (0.5, ("the page's own description speaks of it",))


def test_a_description_excuses_no_other_number() -> None:
    found = match("Team news #42", "Team news #41", description="Team news every week, lately #42")

    assert found.sureness < 0.2


def test_a_declared_title_is_not_excused_by_a_page_called_like_a_file() -> None:
    intent = Intent(title="The keel of oak", url=None, source=From.DECLARED, sureness=1)

    found = match_page(intent, an_answer("https://x.org/1", page=a_page("harbour2018.md")))

    assert found is not None
    assert found.sureness < 0.2
