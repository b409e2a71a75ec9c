"""What earlier issues tell of each link; the sentences are told in the rules' YAML."""

from collections.abc import Sequence
from dataclasses import replace
from time import process_time

from hypothesis import given
from hypothesis import strategies as st

from sendguard.intent import infer_intents
from sendguard.judge.earlier.history import look_back
from sendguard.judge.earlier.past import By, Past
from sendguard.judge.rule import NewsletterCase
from sendguard.links import Issue
from tests.builders import a_campaign, a_case, a_link, a_newsletter_case, an_issue

SECONDS = 4.0  # of the processor; it takes a quarter of that on a fast machine


def case_of(issue: Issue) -> NewsletterCase:
    intents = infer_intents(issue.links)
    campaign = replace(a_campaign(), subject=issue.subject)
    links = (a_case(link, intent=intents.get(link.id)) for link in issue.links)
    return a_newsletter_case(*links, campaign=campaign)


def pasts(now: Issue, earlier: Sequence[Issue]) -> list[Past | None]:
    return [one.past for one in look_back(case_of(now), earlier).links]


def issue_of(*links: tuple[str, str]) -> Issue:
    return an_issue("".join(f'<p><a href="{href}">{label}</a></p>' for label, href in links))


def test_without_earlier_issues_nothing_is_told() -> None:
    now = issue_of(("Full report", "https://x.org/1"))

    told = pasts(now, [])

    assert told == [None]


def test_a_label_is_known_again_before_its_address() -> None:
    now = issue_of(("Full report", "https://x.org/3"))
    before = [issue_of(("Full report", f"https://x.org/{number}")) for number in (3, 2, 1)]

    (past,) = pasts(now, before)

    assert past
    assert past.stuck
    assert past.stuck.by is By.LABEL


def test_of_a_copied_issue_no_single_link_is_told() -> None:
    links = [(f"Report {number}", f"https://x.org/reports/10{number}") for number in range(9)]
    now = issue_of(*links)

    told = pasts(now, [issue_of(*links), issue_of(), issue_of()])

    assert set(told) == {None}


def test_five_thousand_links_and_six_issues_are_compared_quickly() -> None:
    def many(shift: int) -> Issue:
        links = tuple(
            a_link(
                f"https://x.org/posts/{number + shift}/a-ship-of-hulls?utm_campaign={shift}",
                f"The story of ship {number} and its sails",
                id=f"L{number}",
            )
            for number in range(5_000)
        )
        empty = an_issue()
        return Issue(
            name="",
            digest=str(shift),
            subject=None,
            heading=None,
            send_at=empty.send_at,
            links=links,
        )

    now, before = many(0), [many(shift) for shift in range(1, 7)]
    case = case_of(now)

    began_s = process_time()
    look_back(case, before)

    assert process_time() - began_s < SECONDS


def test_one_address_thousands_of_times_takes_no_square_of_steps() -> None:
    links = [("A ship of two hulls", "https://x.org/tree-of-all-trees")] * 2_000
    now, before = issue_of(*links), issue_of(*links, ("Other", "https://x.org/other-things-too"))
    case = case_of(now)

    began_s = process_time()
    look_back(case, [before])

    assert process_time() - began_s < SECONDS


ODD = st.text(max_size=30) | st.sampled_from(
    ["#1", "issue 1", "1.2.3", "12/29", "март 5", "\u202e"]
)
ODD_LINKS = st.lists(
    st.tuples(ODD, ODD.map(lambda path: f"https://x.org/{path}?a={path}")), max_size=4
)


@given(now=ODD_LINKS, before=st.lists(ODD_LINKS, max_size=3))
def test_no_issue_makes_it_stumble(
    now: list[tuple[str, str]], before: list[list[tuple[str, str]]]
) -> None:
    def odd(pairs: list[tuple[str, str]], digest: str) -> Issue:
        links = tuple(
            a_link(href, label, id=f"L{number}") for number, (label, href) in enumerate(pairs)
        )
        said = pairs[0][0] if pairs else None
        return Issue(name="", digest=digest, subject=said, heading=said, send_at=None, links=links)

    issue = odd(now, "now")
    earlier = [odd(pairs, str(number)) for number, pairs in enumerate(before)]

    first, again = (pasts(issue, earlier) for _ in range(2))

    assert first == again
