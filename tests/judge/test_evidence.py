import pytest

from sendguard.intent import From, Intent
from sendguard.judge import LinkCase, match_page
from sendguard.judge.evidence import with_evidence
from tests.builders import a_case, a_link, a_page, an_answer

SHIP, TREE, MAP, SEA = (
    "A ship of two hulls",
    "The tree of all trees",
    "How to fold a map",
    "What the sea said",
)


def opening(id_: str, meant: str, title: str) -> LinkCase:
    url = f"https://x.org/{id_}"
    intent = Intent(title=meant, url=None, source=From.LABEL, sureness=0.9)
    answer = an_answer(url, page=a_page(f"{title} | Magazine"))
    link = a_link(url, meant, id=id_)
    return a_case(link, answer, intent=intent, match=match_page(intent, answer))


def test_a_page_that_answers_to_another_link_is_known_as_its() -> None:
    ship, tree = with_evidence([opening("L1", SHIP, TREE), opening("L2", TREE, SHIP)])

    assert (ship.fits, tree.fits) == ("L2", "L1")


def test_a_page_that_answers_to_its_own_link_fits_no_other() -> None:
    cases = with_evidence([opening("L1", SHIP, SHIP), opening("L2", SHIP, SHIP)])

    assert [case.fits for case in cases] == [None, None]


@pytest.mark.parametrize(
    ("titles", "keeps"),
    [
        ([TREE, MAP, SEA], True),
        (["Ten facts", "Good news for all", "A day out"], False),
        ([TREE, MAP], None),
    ],
)
def test_the_other_links_tell_whether_words_are_titles(
    *, titles: list[str], keeps: bool | None
) -> None:
    others = zip((TREE, MAP, SEA), titles, strict=False)
    cases = [opening(f"L{n}", meant, title) for n, (meant, title) in enumerate(others, start=2)]

    wrong, *_ = with_evidence([opening("L1", SHIP, "Five ways to lose a sale"), *cases])

    assert wrong.keeps_titles is keeps


def test_links_to_one_address_count_once() -> None:
    again = [opening("L2", TREE, TREE)] * 5

    wrong, *_ = with_evidence([opening("L1", SHIP, MAP), *again])

    assert wrong.keeps_titles is None
