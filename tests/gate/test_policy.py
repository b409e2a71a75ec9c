from dataclasses import replace

import pytest

from sendguard.config import Walled
from sendguard.gate import CheckedLink, decide_link, decide_newsletter, rests_on_a_word
from sendguard.judge.finding import Finding
from sendguard.values import Decision, Severity, Url
from sendguard.visit import (
    Answered,
    Hop,
    Kind,
    NotVisited,
    Outcome,
    Page,
    Reason,
    Trouble,
    Unreachable,
)
from tests.builders import a_link, a_page, a_visit, an_answer, an_approval, an_intent

URL = "https://x.org/a"
FINE = an_answer(URL, page=a_page("A"))
WALLED = Answered(hops=(Hop(Url(URL), 403),), walled="a challenge")
CUT_SHORT = an_answer(URL, page=Page(media_type="text/html", cut_short=True))


def a_finding(
    severity: Severity = Severity.BLOCK, *, code: str = "SG301", approved: bool = False
) -> Finding:
    return Finding(
        code=code,
        name="a-rule",
        severity=severity,
        link=None,
        place=None,
        says="It is wrong.",
        advice="Put it right.",
        fingerprint="0" * 16,
        approved=an_approval() if approved else None,
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
        NotVisited(Reason.INTERRUPTED),
        Answered(hops=(Hop(Url(URL), 200),), page=a_page(), kind=Kind.SHELL),
        Answered(hops=(Hop(Url(URL), 200),), page=a_page(), kind=Kind.UNTOLD),
        Answered(hops=(Hop(Url(URL), 200),), page=a_page(), kind=Kind.EMPTY),
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


def test_a_redirect_to_what_acts_counts_as_never_opened() -> None:
    acting = Answered(hops=(Hop(Url(URL), 302),), kind=Kind.ACT)

    assert decide_link(acting, None, []) is Decision.PASS
    assert decide_link(acting, an_intent(), []) is Decision.UNVERIFIED


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


def test_an_approved_finding_blocks_nothing() -> None:
    assert decide_link(FINE, None, [a_finding(approved=True)]) is Decision.PASS


def test_an_approval_lets_only_its_own_finding_stand() -> None:
    findings = [a_finding(approved=True), a_finding(code="SG305")]

    assert decide_link(FINE, None, findings) is Decision.BLOCK


def test_an_approved_finding_about_the_whole_blocks_no_newsletter() -> None:
    findings = [a_finding(approved=True)]

    assert decide_newsletter([], findings, walled=Walled.WARN) is Decision.PASS


UNSEEN: list[tuple[Outcome, str]] = [
    (WALLED, "SG207"),
    (CUT_SHORT, "SG209"),
    (an_answer(URL, 500), "SG205"),
    (Unreachable(trouble=Trouble.TIMEOUT, at=Url(URL)), "SG206"),
    (Unreachable(trouble=Trouble.NO_SUCH_HOST, at=Url(URL)), "SG202"),
    (Unreachable(trouble=Trouble.PRIVATE_ADDRESS, at=Url(URL)), "SG105"),
    (NotVisited(Reason.MALFORMED), "SG103"),
    (NotVisited(Reason.PERSONAL), "SG106"),
]


@pytest.mark.parametrize(("outcome", "code"), UNSEEN)
def test_a_person_may_answer_for_what_could_not_be_seen(outcome: Outcome, code: str) -> None:
    findings = [a_finding(Severity.WARN, code=code, approved=True)]

    assert decide_link(outcome, an_intent(), findings) is Decision.PASS


@pytest.mark.parametrize(("outcome", "code"), UNSEEN)
def test_a_word_about_something_else_answers_for_nothing(outcome: Outcome, code: str) -> None:
    other = a_finding(Severity.WARN, code="SG301", approved=True)
    why = a_finding(Severity.WARN, code=code)

    assert decide_link(outcome, an_intent(), [other, why]) is Decision.UNVERIFIED


@pytest.mark.parametrize(
    "outcome",
    [
        NotVisited(Reason.OFFLINE),
        NotVisited(Reason.INTERRUPTED),
        Unreachable(trouble=Trouble.NO_NETWORK, at=Url(URL)),
    ],
)
def test_nobody_can_answer_for_a_check_that_did_not_look(outcome: Outcome) -> None:
    findings = [a_finding(Severity.WARN, code=code, approved=True) for code in ("SG106", "SG206")]

    assert decide_link(outcome, None, findings) is Decision.UNVERIFIED


def test_a_link_rests_on_a_word_only_where_it_would_not_pass_without() -> None:
    blocked, warned = a_finding(approved=True), a_finding(Severity.WARN, approved=True)
    passed = a_checked(FINE, Decision.PASS)

    assert rests_on_a_word(replace(passed, findings=(blocked,)))
    assert not rests_on_a_word(replace(passed, findings=(warned,)))
    assert not rests_on_a_word(passed)
