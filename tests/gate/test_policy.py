import pytest

from sendguard.config import Walled
from sendguard.gate import CheckedLink, decide_link, decide_newsletter
from sendguard.judge import Finding
from sendguard.values import Decision, Severity, Url
from sendguard.visit import Answered, Hop, NotVisited, Outcome, Page, Reason, Trouble, Unreachable
from tests.builders import a_link, a_page, a_visit, an_answer, an_intent

URL = "https://x.org/a"
FINE = an_answer(URL, page=a_page("A"))
WALLED = Answered(hops=(Hop(Url(URL), 403),), walled="a challenge")
CUT_SHORT = an_answer(URL, page=Page(media_type="text/html", cut_short=True))


def a_finding(severity: Severity = Severity.BLOCK) -> Finding:
    return Finding(
        code="SG999",
        name="a-rule",
        severity=severity,
        link=None,
        place=None,
        says="It is wrong.",
        advice="Put it right.",
        fingerprint="0" * 16,
    )


def a_checked(outcome: Outcome, decision: Decision) -> CheckedLink:
    return CheckedLink(
        link=a_link(URL), intent=None, visit=a_visit(URL, outcome), decision=decision, findings=()
    )


def test_a_finding_that_blocks_blocks_its_link() -> None:
    assert decide_link(FINE, None, [a_finding()]) is Decision.BLOCK


def test_a_warning_blocks_nothing() -> None:
    assert decide_link(FINE, None, [a_finding(Severity.WARN)]) is Decision.PASS


@pytest.mark.parametrize(
    "outcome",
    [
        WALLED,
        CUT_SHORT,
        an_answer(URL, 500),
        an_answer(URL, 503),
        an_answer(URL, 400),
        NotVisited(Reason.OFFLINE),
        *(Unreachable(trouble=trouble, at=Url(URL)) for trouble in Trouble),
    ],
)
def test_what_could_not_be_determined_is_unverified(outcome: Outcome) -> None:
    assert decide_link(outcome, None, []) is Decision.UNVERIFIED


@pytest.mark.parametrize("reason", [Reason.ACTS, Reason.NOT_WEB, Reason.PERSONAL])
def test_what_is_never_opened_on_purpose_passes(reason: Reason) -> None:
    assert decide_link(NotVisited(reason), None, []) is Decision.PASS


def test_an_article_that_was_not_opened_is_unverified() -> None:
    assert decide_link(NotVisited(Reason.PERSONAL), an_intent(), []) is Decision.UNVERIFIED


def test_a_newsletter_is_as_bad_as_its_worst_link() -> None:
    links = [a_checked(FINE, Decision.PASS), a_checked(FINE, Decision.BLOCK)]

    assert decide_newsletter(links, [], walled=Walled.WARN) is Decision.BLOCK


def test_a_finding_about_the_whole_blocks_the_newsletter() -> None:
    links = [a_checked(FINE, Decision.PASS)]

    assert decide_newsletter(links, [a_finding()], walled=Walled.WARN) is Decision.BLOCK


def test_an_unverified_link_leaves_the_newsletter_unverified() -> None:
    links = [a_checked(CUT_SHORT, Decision.UNVERIFIED)]

    assert decide_newsletter(links, [], walled=Walled.WARN) is Decision.UNVERIFIED


@pytest.mark.parametrize(
    ("walled", "decision"),
    [(Walled.WARN, Decision.PASS), (Walled.UNVERIFIED, Decision.UNVERIFIED)],
)
def test_a_walled_link_counts_only_where_the_gate_says_so(
    walled: Walled, decision: Decision
) -> None:
    links = [a_checked(WALLED, Decision.UNVERIFIED)]

    assert decide_newsletter(links, [], walled=walled) is decision


def test_a_newsletter_without_links_passes() -> None:
    assert decide_newsletter([], [], walled=Walled.WARN) is Decision.PASS
