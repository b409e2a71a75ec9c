"""The report for a person."""

import re
from dataclasses import replace
from textwrap import dedent

import pytest
from hypothesis import given

from sendguard.gate import CheckedLink, CouldNotRead, Passed, Run, interrupted
from sendguard.judge.quote import quoted
from sendguard.links import Role
from sendguard.read import Brief
from sendguard.report import WIDTH, as_text
from sendguard.report.phrases import seen_ago
from sendguard.values import Decision, Place, Severity, Url
from sendguard.visit import Answered, Hop, Kind, NotVisited, Reason, Trouble, Unreachable
from tests.builders import NOON, a_campaign, a_link, a_page, an_answer, an_intent
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
    made_up_runs,
)


def lines(run: Run) -> list[str]:
    return as_text(run).plain.splitlines()


@given(run=made_up_runs)
def test_whatever_was_found_it_ends_with_the_line_that_says_why(run: Run) -> None:
    last = lines(run)[-1]

    assert re.match(r"(BLOCKED|UNVERIFIED|PASS|UNREADABLE) ", last)


@given(run=made_up_runs)
def test_no_foreign_character_reaches_the_terminal(run: Run) -> None:
    assert not re.search(
        "[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", as_text(run).plain
    )


def test_the_wrong_article_is_told_whole() -> None:
    link = a_link(
        f"{SITE}/five-ways", "Read article", id="L3", place=Place("newsletter.mjml", 41, 9)
    )
    says = "“Read article” opens “Five Ways to Lose a Sale” instead of “Schrodinger's Proposals”"
    found = a_finding(
        says, code="SG301", name="wrong-article", link=link, advice="Put the right address in."
    )
    hops = (Hop(Url(link.href), 301), Hop(Url(f"{SITE}/2025/five-ways"), 200))
    opened = Answered(hops=hops, page=a_page("Five Ways to Lose a Sale"))
    wrong = a_checked_link(
        link, opened, found, decision=Decision.BLOCK, intent=an_intent("Schrodinger's Proposals")
    )

    told = as_text(a_run(a_checked(a_fine_link(), wrong, path="campaigns/navigator-42", id="n")))

    assert told.plain == dedent(
        """\
        block  L3 “Read article”  SG301 wrong-article
          campaigns/navigator-42/newsletter.mjml:41:9
            should open  Schrodinger's Proposals
            opens        Five Ways to Lose a Sale
                         https://navigator.example/2025/five-ways
            to do        Put the right address in.

        BLOCKED  campaigns/navigator-42: 1 of 2 links blocks the send. \
1 fine (none compared). 0.4 s"""
    )


def test_what_blocks_stands_before_what_only_warns() -> None:
    link = a_link()
    warned = a_checked_link(link, None, a_finding("Odd", link=link, severity=Severity.WARN))

    told = lines(a_run(a_checked(warned, a_blocked_link(id="L2"))))

    assert [line.split()[0] for line in told if line[:1].islower()] == ["block", "warning"]


def test_the_same_sentence_is_said_once_with_the_other_places() -> None:
    links = [a_blocked_link(id=f"L{number}") for number in (1, 5, 9)]

    told = as_text(a_run(a_checked(*links))).plain

    assert told.count("The link has no address") == 1
    assert "also at      L5 (line 5), L9 (line 9)" in told


def test_of_very_many_places_only_some_are_named() -> None:
    links = [a_blocked_link(id=f"L{number}") for number in range(1, 101)]

    told = as_text(a_run(a_checked(*links))).plain

    assert "L7 (line 7) and 93 more" in told


def test_of_very_many_findings_only_some_are_told() -> None:
    links = [a_blocked_link(f"Wrong in way {number}", id=f"L{number}") for number in range(1, 101)]

    told = as_text(a_run(a_checked(*links))).plain

    assert told.count("Wrong in way") == 30
    assert "… and 70 more like these; --format json lists all of them." in told


def test_two_findings_on_one_link_are_told_together() -> None:
    link = a_link("#", id="L2")
    both = (a_finding("First", link=link), a_finding("Second", link=link, code="SG102"))
    blocked = a_checked_link(link, NotVisited(Reason.MALFORMED), *both, decision=Decision.BLOCK)

    told = lines(a_run(a_checked(blocked)))

    assert told[0] == "block  L2 “A label”  SG101 empty-link, SG102 empty-link"
    assert told[2:4] == ["  First", "  Second"]


def test_what_two_findings_ask_is_asked_once() -> None:
    link, asks = a_link("#", id="L2"), "Did you mean https://x.org/a?"
    both = (
        a_finding("First", link=link, advice=f"{asks} Mend it."),
        a_finding("Second", link=link, code="SG102", advice=f"{asks} Or approve it."),
    )
    blocked = a_checked_link(link, NotVisited(Reason.MALFORMED), *both, decision=Decision.BLOCK)

    told = lines(a_run(a_checked(blocked)))

    assert told[5:7] == [f"    to do        {asks} Mend it.", f"{' ' * 17}Or approve it."]


def test_a_walled_link_is_for_the_reader_to_open() -> None:
    link = a_link(SITE, id="L7")
    by_rule = a_finding("Keeps programs out", code="SG207", name="walled", severity=Severity.NOTE)
    wall = Answered(hops=(Hop(Url(SITE), 999),), walled="status 999")
    walled = a_checked_link(link, wall, by_rule, decision=Decision.UNVERIFIED)

    told = as_text(a_run(a_checked(a_meant_link(), walled, decision=Decision.PASS))).plain

    assert told == dedent(
        """\
        Open these yourself:
          L7 “A label”  SG207 walled
            address      https://navigator.example
            why          it turns programs away (status 999)

        PASS  issue.html: 1 of 2 links fine (1 compared with the article meant), \
1 to open yourself. 0.4 s"""
    )


@pytest.mark.parametrize(
    ("kind", "why"),
    [
        (Kind.WALL, "it turns programs away (log in first)"),
        (Kind.LOGIN, "log in first"),
        (Kind.CONSENT, "log in first\n                 behind it should be https://x.org/may"),
    ],
)
def test_a_wall_is_told_by_its_kind(kind: Kind, why: str) -> None:
    hop = Hop(Url("https://x.org/wall?continue=/may"), 200)
    wall = Answered(hops=(hop,), walled="log in first", kind=kind)
    walled = a_checked_link(a_link(), wall, decision=Decision.UNVERIFIED)

    told = as_text(a_run(a_checked(walled, decision=Decision.PASS))).plain

    assert f"why          {why}\n" in told


def test_what_shows_that_a_page_is_none_is_always_said() -> None:
    hop, seen = Hop(Url("https://x.org/may"), 200), "its title says “Not found”, and it is empty"
    answer = Answered(hops=(hop,), page=a_page("Not found"), kind=Kind.SOFT_404, signs=("a", "b"))
    by_rule = a_finding(f"“Read article” opens no page: {seen}", code="SG212", name="soft-404")
    link = a_checked_link(a_link(label="Read article"), answer, by_rule)

    told = as_text(a_run(a_checked(link))).plain

    assert "its title says “Not found”, and it is" in told


def test_walled_links_to_one_address_are_told_once() -> None:
    told = as_text(a_run(a_checked(a_walled_link("L7"), a_walled_link("L9")))).plain

    assert "L7 “LinkedIn”, also L9" in told


def test_links_that_are_fine_are_only_counted() -> None:
    assert lines(a_run(a_checked(a_fine_link("L1"), a_fine_link("L2")))) == [
        "PASS  issue.html: 2 of 2 links fine (none compared with an article). 0.4 s"
    ]


def test_it_is_said_how_many_were_compared_with_what_they_should_open() -> None:
    compared, untitled = a_meant_link(id="L1"), a_meant_link(None, id="L2")
    guessed = a_meant_link(id="L3", sureness=0.5)

    told = lines(a_run(a_checked(compared, untitled, guessed, a_fine_link("L4"))))

    assert told == [
        "PASS  issue.html: 4 of 4 links fine (1 compared with the article meant). 0.4 s"
    ]


def test_several_compared_have_several_articles() -> None:
    told = lines(a_run(a_checked(a_meant_link(id="L1"), a_meant_link(id="L2"))))

    assert "2 of 2 links fine (2 compared with the articles meant)" in told[-1]


def test_pictures_are_counted_as_what_they_are() -> None:
    picture = a_checked_link(a_link(SITE, id="L2", role=Role.RESOURCE), an_answer(SITE, 200))

    assert "2 of 2 links and pictures fine" in lines(a_run(a_checked(a_fine_link(), picture)))[-1]
    assert "1 of 1 picture fine" in lines(a_run(a_checked(picture)))[-1]


def test_where_no_link_is_opened_none_is_called_fine() -> None:
    leave = a_link("https://a.example/u", role=Role.UNSUBSCRIBE)

    told = lines(a_run(a_checked(a_checked_link(leave, NotVisited(Reason.ACTS)))))

    assert told == [
        "PASS  issue.html: nothing could be compared, 1 never opened (unsubscribe). 0.4 s"
    ]


@pytest.mark.parametrize(
    ("reason", "told"), [(Reason.ACTS, "link that acts"), (Reason.PERSONAL, "made for each reader")]
)
def test_a_link_whose_role_does_not_say_why_it_was_not_opened_is_named_by_the_reason(
    reason: Reason, told: str
) -> None:
    vote = a_checked_link(
        a_link("https://a.example/vote?yes", role=Role.ARTICLE), NotVisited(reason)
    )

    assert f"1 never opened ({told})" in lines(a_run(a_checked(vote)))[-1]


@pytest.mark.parametrize(("sureness", "is_shown"), [(0.5, False), (0.8, True), (1.0, True)])
def test_a_mere_guess_is_not_shown_as_what_a_link_should_open(
    sureness: float, *, is_shown: bool
) -> None:
    link = a_link()
    found = a_finding("Odd", link=link, severity=Severity.WARN)
    intent = an_intent("Read on", sureness=sureness)

    told = as_text(a_run(a_checked(a_checked_link(link, None, found, intent=intent)))).plain

    assert ("should open  Read on" in told) is is_shown


def test_a_title_that_the_sentence_cuts_short_is_not_told_twice() -> None:
    meant, met = "The meant " + "title " * 20, "The other " + "title " * 20
    link = a_link(SITE)
    says = f"It opens {quoted(met)} instead of {quoted(meant)}"
    found = a_finding(says, link=link)
    wrong = a_checked_link(
        link, an_answer(SITE, 200, a_page(met)), found, intent=an_intent(meant, sureness=0.9)
    )

    told = as_text(a_run(a_checked(wrong, decision=Decision.BLOCK))).plain

    assert "instead of" not in told
    assert told.count("The meant") == told.count("The other") == 1


def test_standard_input_is_called_so() -> None:
    found = a_finding("Too large", place=Place("-", 9, 31))
    missing = CouldNotRead(path="-", says="it is broken", place=Place("-", 3, 2))

    told = lines(a_run(a_checked(findings=(found,), decision=Decision.BLOCK, path="-")))

    assert told[1] == "  standard input, line 9"
    assert told[-1].startswith("BLOCKED  standard input: ")
    assert lines(a_run(unreadable=(missing,))) == [
        "UNREADABLE  standard input, line 3: it is broken"
    ]


def test_what_could_not_be_read_is_named_once() -> None:
    missing = CouldNotRead(path="-", says="standard input is empty")

    assert lines(a_run(unreadable=(missing,))) == ["UNREADABLE  standard input is empty"]


def test_an_unverified_link_without_a_finding_says_why() -> None:
    link = a_link(f"{SITE}/slow")
    slow = Unreachable(trouble=Trouble.TIMEOUT, at=Url(link.href), detail="after 15 s")
    unsure = a_checked_link(link, slow, decision=Decision.UNVERIFIED)

    told = as_text(a_run(a_checked(unsure))).plain

    assert "It could not be reached: navigator.example did not answer in time (after" in told


def test_a_finding_about_the_answer_is_why_a_link_is_unverified() -> None:
    link = a_link(f"{SITE}/slow")
    slow = Unreachable(trouble=Trouble.TIMEOUT, at=Url(link.href))
    found = a_finding("No answer", code="SG206", link=link, severity=Severity.WARN)
    unsure = a_checked_link(link, slow, found, decision=Decision.UNVERIFIED)

    told = lines(a_run(a_checked(unsure)))

    assert told[0] == "unverified  L1 “A label”  SG206 empty-link"
    assert told[2] == "  No answer"


def test_a_finding_about_the_writing_is_why_a_malformed_address_was_not_opened() -> None:
    link = a_link("/may.png")
    found = a_finding("No site", code="SG104", link=link, severity=Severity.WARN)
    outcome = NotVisited(Reason.MALFORMED)
    unsure = a_checked_link(link, outcome, found, decision=Decision.UNVERIFIED)

    told = lines(a_run(a_checked(unsure)))

    assert [line.split()[0] for line in told if line[:1].islower()] == ["unverified"]
    assert told[2] == "  No site"


def test_a_link_without_words_is_named_by_what_it_is() -> None:
    link = a_link("#", "", role=Role.IMAGE)
    blocked = a_checked_link(link, None, a_finding(link=link), decision=Decision.BLOCK)

    assert lines(a_run(a_checked(blocked)))[0].startswith("block  L1 (")


@pytest.mark.parametrize(
    ("outcome", "why"),
    [
        (NotVisited(Reason.OFFLINE), "not opened, because of --offline"),
        (
            Unreachable(trouble=Trouble.NO_NETWORK, at=Url(SITE)),
            "not reached, because your own network seems to be down",
        ),
        (
            Unreachable(trouble=Trouble.NO_NETWORK, at=Url(SITE), detail="the proxy is gone"),
            "not reached, because your own network seems to be down (the proxy is gone)",
        ),
    ],
)
def test_what_keeps_every_link_from_being_opened_is_said_in_one_line(
    outcome: NotVisited | Unreachable, why: str
) -> None:
    links = [a_checked_link(None, outcome, decision=Decision.UNVERIFIED)] * 3

    assert lines(a_run(a_checked(*links))) == [f"UNVERIFIED  issue.html: 3 of 3 links {why}. 0.4 s"]


def test_links_never_opened_on_purpose_are_counted_with_what_they_are() -> None:
    leave = a_link("https://a.example/u", id="L2", role=Role.UNSUBSCRIBE)
    left_alone = a_checked_link(leave, NotVisited(Reason.ACTS))

    told = lines(a_run(a_checked(a_fine_link(), left_alone)))

    assert told[-1].endswith(
        " fine (none compared with an article), 1 never opened (unsubscribe). 0.4 s"
    )


def test_a_policy_that_holds_walled_links_back_is_named() -> None:
    told = lines(a_run(a_checked(a_fine_link(), a_walled_link())))

    assert told[-1] == (
        "UNVERIFIED  issue.html: 1 of 2 links must be opened by you first, as gate.walled asks. "
        "1 fine (none compared). 0.4 s"
    )


def test_several_newsletters_have_a_line_each_and_one_for_all() -> None:
    missing = CouldNotRead(path="c", says="not YAML", place=Place("campaign.yaml", 3))
    run = a_run(
        a_checked(a_fine_link(), path="a.html"), a_checked(path="b.html"), unreadable=(missing,)
    )

    assert lines(run) == [
        "PASS        a.html: 1 of 1 link fine (none compared with an article).",
        "PASS        b.html: there are no links in it.",
        "UNREADABLE  c/campaign.yaml:3: not YAML",
        "UNREADABLE  2 newsletters: 2 may go out, 1 path could not be read. 0.4 s",
    ]


def test_one_unreadable_path_is_one_line() -> None:
    missing = CouldNotRead(path="a.html", says="there is no such file")

    assert lines(a_run(unreadable=(missing,))) == ["UNREADABLE  a.html: there is no such file"]


def test_something_wrong_with_the_whole_has_a_place_and_no_link() -> None:
    found = a_finding("Too large", place=Place("newsletter.html", 1, 1))

    told = lines(a_run(a_checked(findings=(found,), decision=Decision.BLOCK, id="a", path="a")))

    head = "block  the newsletter  SG101 empty-link"
    assert told[:3] == [head, "  a/newsletter.html:1:1", "  Too large"]
    assert told[-1] == "BLOCKED  a: the newsletter itself blocks the send. 0.4 s"


def test_lines_fit_a_terminal_unless_an_address_does_not() -> None:
    says = "A sentence that goes on " * 10
    told = lines(a_run(a_checked(a_blocked_link(says))))

    assert all(len(line) <= WIDTH for line in told[:-1])


def test_foreign_markup_stays_text() -> None:
    told = as_text(a_run(a_checked(a_blocked_link("[bold]x[/bold] :smile:"))))

    assert "[bold]x[/bold] :smile:" in told.plain


def test_a_hostile_newsletter_is_told_in_no_time() -> None:
    links = [a_blocked_link(f"Wrong {number} {'y' * 2000}") for number in range(1, 20_001)]

    told = as_text(a_run(a_checked(*links))).plain

    assert len(told) < 100_000


def a_left_out_link(id: str) -> CheckedLink:  # noqa: A002 - the field's own name
    left = NotVisited(Reason.INTERRUPTED)
    return a_checked_link(a_link(SITE, id=id), left, decision=Decision.UNVERIFIED)


@pytest.mark.parametrize(
    ("others", "says"),
    [
        ((), "UNVERIFIED  issue.html: interrupted: 1 of 2 links was not opened. 1 fine"),
        (
            (a_blocked_link(id="L3"),),
            "BLOCKED  issue.html: 1 of 3 links blocks the send; interrupted: 1 of 3 links",
        ),
        (
            (a_walled_link("L4"),),
            "interrupted: 1 of 3 links was not opened. 1 fine (none compared), 1 to open yourself.",
        ),
    ],
)
def test_what_an_interrupt_left_out_is_counted(others: tuple[CheckedLink, ...], says: str) -> None:
    checked = interrupted(a_checked(a_fine_link(), a_left_out_link("L2"), *others))

    assert says in lines(a_run(checked))[-1]


def test_an_interrupt_that_left_no_link_out_is_said() -> None:
    told = lines(a_run(interrupted(a_checked(a_fine_link()))))

    assert "UNVERIFIED  issue.html: interrupted before it was done. 1 fine" in told[-1]


def in_place_of(written: str, asked: str) -> Run:
    link = a_checked_link(
        a_link(written),
        an_answer(asked, page=a_page("A tale of two cities")),
        a_finding("The article is another", link=a_link(written)),
    )
    visit = replace(link.visit, instead=Url(asked))
    return a_run(a_checked(replace(link, visit=visit)))


def test_a_redirector_that_was_not_asked_is_named_with_the_reason() -> None:
    run = in_place_of("https://www.google.com/url?q=https%3A%2F%2Fx.org%2F", "https://x.org/")

    said = " ".join(as_text(run).plain.split())
    assert "www.google.com only passes on, and was not asked: it would count a click" in said


def test_an_address_that_was_asked_without_its_reader_says_so() -> None:
    run = in_place_of("https://x.org/?mc_eid=77", "https://x.org/")

    said = " ".join(as_text(run).plain.split())
    assert "asked without the part of the address that names one reader" in said


def test_it_is_said_how_long_ago_a_page_was_seen_that_was_not_asked_for_now() -> None:
    told = lines(a_run(a_checked(a_remembered_link(250), a_fine_link("L2"))))

    assert told[-1] == (
        "PASS  issue.html: 2 of 2 links fine"
        " (none compared with an article, 1 seen 4 minutes ago). 0.4 s"
    )


def test_of_several_the_oldest_counts() -> None:
    told = lines(a_run(a_checked(a_remembered_link(20), a_remembered_link(3_700, "L2"))))

    assert "2 seen up to 1 hour ago" in told[-1]


@pytest.mark.parametrize(
    ("age_s", "ago"),
    [
        (1.0, "1 second"),
        (1.9, "1 second"),
        (59.9, "59 seconds"),
        (60, "1 minute"),
        (90_000, "1 day"),
        (200_000, "2 days"),
    ],
)
def test_an_age_is_told_in_the_unit_that_fits(age_s: float, ago: str) -> None:
    assert seen_ago(age_s) == f"seen {ago} ago"


def test_what_was_seen_within_this_second_was_seen_just_now() -> None:
    assert seen_ago(0.9) == "seen just now"


def test_which_links_an_interrupt_left_out_is_said_in_one_entry() -> None:
    left = (a_left_out_link("L2"), a_left_out_link("L3"))

    told = lines(a_run(interrupted(a_checked(a_fine_link(), *left))))

    assert told[0] == "unverified  L2 “A label”"
    assert "  It was not opened, because the check was interrupted." in told
    assert "    also at      L3 (line 1)" in told


def test_an_earlier_check_that_answers_says_how_old_it_is() -> None:
    passed = replace(a_checked(a_fine_link()), passed=Passed(NOON, 720.0))

    last = lines(a_run(passed))[-1]

    assert last.endswith(", passed 12 minutes ago, and nothing has changed since. 0.4 s")


@pytest.mark.parametrize(
    ("issues", "says"),
    [
        (0, "no earlier issue known"),
        (1, "compared with 1 earlier issue"),
        (2, "compared with 2 earlier issues"),
    ],
)
def test_an_issue_of_a_series_says_what_it_was_compared_with(issues: int, says: str) -> None:
    brief = Brief(newsletter="newsletter.html", series="Weakly")
    checked = a_checked(a_fine_link(), campaign=replace(a_campaign(), brief=brief))

    last = lines(a_run(replace(checked, compared_with=issues)))[-1]

    assert last.endswith(f", {says}. 0.4 s")
