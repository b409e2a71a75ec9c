"""The report that an editor looks at, as markup; tests/journeys has it in a browser."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from selectolax.lexbor import LexborHTMLParser

from sendguard.gate import CouldNotRead, Run
from sendguard.judge.quote import plain
from sendguard.links import find_links
from sendguard.report import as_html
from sendguard.values import Decision, Severity, Url
from sendguard.visit import Answered, Hop, NotVisited, Reason
from tests.builders import a_campaign, a_link, a_page, an_answer
from tests.report.runs import (
    SITE,
    a_blocked_link,
    a_checked,
    a_checked_link,
    a_finding,
    a_fine_link,
    a_meant_link,
    a_remembered_link,
    a_run,
    a_walled_link,
    an_approved_link,
    made_up_runs,
)


def page(run: Run) -> LexborHTMLParser:
    return LexborHTMLParser(as_html(run))


def texts(run: Run, selector: str) -> list[str]:
    return [" ".join(node.text().split()) for node in page(run).css(selector)]


@settings(deadline=None)  # the first one waits for the template
@given(run=made_up_runs)
def test_whatever_was_found_it_is_a_page_without_scripts(run: Run) -> None:
    shown = page(run)

    assert len(shown.css("section.sheet")) == len(run.newsletters)
    assert not shown.css("script, link[rel=stylesheet], iframe, img, form")


def test_the_line_of_totals_is_on_top() -> None:
    run = a_run(a_checked(a_fine_link(), a_blocked_link(id="L2")))

    assert texts(run, "h1") == ["✕Blocked"]
    assert texts(run, "body > header .line") == [
        "issue.html: 1 of 2 links blocks the send. 1 fine (none compared). 0.4 s"
    ]


def test_what_blocks_comes_first_and_what_is_fine_last() -> None:
    warned = a_checked_link(a_link(id="L4"), None, a_finding(code="SG105", severity=Severity.WARN))
    mail = a_checked_link(a_link("mailto:a@b.example", id="L5"), NotVisited(Reason.NOT_WEB))
    unsure = a_checked_link(
        a_link(id="L3"), NotVisited(Reason.OFFLINE), decision=Decision.UNVERIFIED
    )
    links = [a_fine_link("L1"), mail, warned, unsure, a_walled_link("L6"), a_blocked_link(id="L7")]

    headings = texts(a_run(a_checked(*links)), ".group h3")

    assert headings == [
        "✕Blocks the send 1",
        "?Could not be verified 1",
        "↗Open these yourself 1",
        "!Warnings 1",
        "–Never opened, on purpose 1",
        "✓Fine 1",
    ]


def test_what_is_fine_is_folded_away() -> None:
    shown = page(a_run(a_checked(a_fine_link(), a_blocked_link(id="L2"))))

    assert [node.id for node in shown.css("details.group")] == ["n1-fine"]


def test_an_entry_says_what_the_link_should_open_and_what_it_opens() -> None:
    rows = texts(a_run(a_checked(a_meant_link("Another article"))), ".entry dl > div")

    assert rows == [
        "Should open An article from the headline",
        f"Opens Another article {SITE} status 200",
    ]


def test_what_a_person_approved_says_whose_word_it_is() -> None:
    run = a_run(a_checked(an_approved_link()))

    assert texts(run, ".group h3") == ["✎Approved by a person 1"]
    assert [said.partition(" until ")[0] for said in texts(run, ".advice")] == ["Approved by Ada"]


def test_an_entry_shows_the_way_through_redirects() -> None:
    hops = (Hop(Url(f"{SITE}/old"), 301), Hop(Url(f"{SITE}/new"), 200))
    found = a_finding(severity=Severity.WARN)
    moved = a_checked_link(None, Answered(hops=hops, page=a_page("New")), found)
    run = a_run(a_checked(moved))

    assert texts(run, ".way li") == [f"301 {SITE}/old", f"200 {SITE}/new"]
    assert texts(run, ".met .remark") == ["status 200, after 1 redirect"]


def test_a_page_that_is_remembered_is_shown_with_its_age() -> None:
    run = a_run(a_checked(a_remembered_link(250)))

    assert texts(run, ".met .remark") == ["status 200, seen 4 minutes ago"]


def test_a_finding_stands_with_its_advice_its_rule_and_its_place() -> None:
    run = a_run(a_checked(a_blocked_link("No address", id="L5")))

    assert texts(run, ".entry .says") == ["No address"]
    assert texts(run, ".entry .advice") == ["To do Give it an address."]
    assert texts(run, ".entry footer span") == ["newsletter.html:5:9", "SG101 empty-link"]


def test_what_a_finding_says_of_a_page_is_not_said_twice() -> None:
    gone = an_answer(f"{SITE}/gone", 404)
    told = a_finding("It answers 404", code="SG201", name="page-missing")
    run = a_run(a_checked(a_checked_link(None, gone, told, decision=Decision.BLOCK)))

    assert texts(run, ".entry dl > div") == [f"Address {SITE}/gone status 404"]


def test_a_link_that_acts_is_not_offered_for_a_click() -> None:
    acts = a_checked_link(a_link(f"{SITE}/unsubscribe"), NotVisited(Reason.ACTS))

    assert not page(a_run(a_checked(acts))).css(".entry footer a")


def test_a_link_to_open_yourself_is_offered_for_a_click() -> None:
    shown = page(a_run(a_checked(a_walled_link())))

    assert [node.attributes["href"] for node in shown.css(".entry footer a")] == [f"{SITE}/walled"]


@pytest.mark.parametrize("foreign", ["<script>alert(1)</script>", "\"'><b>", "{{ 7 * 7 }}"])
def test_everything_foreign_is_text(foreign: str) -> None:
    answer = an_answer(SITE, 200, a_page(foreign))
    link = a_checked_link(a_link(label=foreign), answer, a_finding(foreign, advice=foreign))

    shown = page(a_run(a_checked(link, path=foreign)))

    assert not shown.css("script, b")
    assert [node.text() for node in shown.css(".met .title")] == [plain(foreign)]


def test_several_newsletters_and_what_could_not_be_read_are_listed_on_top() -> None:
    missing = CouldNotRead(path="gone.html", says="there is no gone.html")
    run = a_run(
        a_checked(a_blocked_link(), path="a.html"),
        a_checked(a_fine_link(), path="b.html"),
        unreadable=(missing,),
    )

    listed = texts(run, "nav li")

    assert listed == [
        "✕Blocked a.html",
        "✓Pass b.html",
        "✕Unreadable gone.html: there is no gone.html",
    ]


def test_plain_text_is_shown_with_its_marks() -> None:
    text = "Hello <you>\nThe story: https://x.example/story\nBye"
    campaign = a_campaign("<p>Hello</p>", text=text)
    links = [a_checked_link(link) for link in find_links(campaign).links]

    written = texts(a_run(a_checked(*links, campaign=campaign)), "pre")

    assert written == ["Hello <you> The story: ✓L1, fine https://x.example/story Bye"]


def test_links_that_readers_do_not_see_are_listed_under_the_newsletter() -> None:
    campaign = a_campaign('<div style="display:none"><a href="https://x.example/">Hi</a></div>')
    links = [a_checked_link(link) for link in find_links(campaign).links]

    unseen = texts(a_run(a_checked(*links, campaign=campaign)), ".unseen")

    assert unseen == ["Links that readers do not see in it: ✓L1, fine"]


def test_a_redirector_that_was_not_asked_is_named_with_the_reason() -> None:
    written = "https://www.google.com/url?q=https%3A%2F%2Fx.org%2F"
    link = a_checked_link(a_link(written), an_answer("https://x.org/", page=a_page("A ship")))
    visit = replace(link.visit, instead=Url("https://x.org/"))

    (remark,) = texts(a_run(a_checked(replace(link, visit=visit))), ".remark")

    assert remark.startswith("status 200; www.google.com only passes on, and was not asked")


def test_beside_what_blocks_no_warning_says_what_to_do() -> None:
    link = a_blocked_link()
    warning = replace(a_finding("Odd", severity=Severity.WARN), advice="Approve this finding.")
    blocked = replace(link, findings=(warning, *link.findings))

    run = a_run(a_checked(blocked))

    assert texts(run, ".advice") == [f"To do {link.findings[0].advice}"]
