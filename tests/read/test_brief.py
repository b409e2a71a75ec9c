import re
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sendguard.errors import Unreadable
from sendguard.read import Article, Brief, parse_brief
from sendguard.values import Place

WHOLE = """\
subject: How to recover from a mistake
sender: The Navigator <navigator@example.org>
reply_to: editor@example.org
series: navigator
newsletter: newsletter.mjml
audience: readers.csv
expected_recipients: 1200
send_at: 2026-11-24T09:00:00-05:00
articles:
  - link: Read article
    title: Schrodinger's Proposals
    url: https://example.org/proposals
feed: https://example.org/feed.xml
"""


def parse(text: str) -> Brief:
    return parse_brief(text.encode(), "campaign.yaml")


def complaint(text: str) -> str:
    with pytest.raises(Unreadable) as caught:
        parse(text)
    return str(caught.value)


def complaint_or_nothing(text: str) -> str:
    try:
        parse(text)
    except Unreadable as error:
        return str(error)
    return ""


def test_every_key_is_read() -> None:
    brief = parse(WHOLE)

    assert brief == Brief(
        newsletter="newsletter.mjml",
        subject="How to recover from a mistake",
        sender="The Navigator <navigator@example.org>",
        reply_to="editor@example.org",
        series="navigator",
        audience="readers.csv",
        expected_recipients=1200,
        send_at=datetime(2026, 11, 24, 14, tzinfo=UTC),
        send_at_place=Place("campaign.yaml", 8, 10),
        articles=(
            Article(
                link="Read article",
                title="Schrodinger's Proposals",
                url="https://example.org/proposals",
                place=Place("campaign.yaml", 10, 5),
            ),
        ),
        feed="https://example.org/feed.xml",
        feed_place=Place("campaign.yaml", 13, 7),
    )


@pytest.mark.parametrize("subject", ["2026", "yes", "1.10", "null and void", "2026-11-24"])
def test_a_text_is_taken_as_it_is_written(subject: str) -> None:
    assert parse(f"newsletter: a.html\nsubject: {subject}").subject == subject


@pytest.mark.parametrize("value", ["", "null", "~", '""'])
def test_an_empty_key_is_as_good_as_none(value: str) -> None:
    assert parse(f"newsletter: a.html\nsubject: {value}").subject is None


@pytest.mark.parametrize("when", ["2026-11-24 09:00 -05:00", "'2026-11-24T14:00:00Z'"])
def test_a_time_may_be_spelled_in_several_ways(when: str) -> None:
    brief = parse(f"newsletter: a.html\nsend_at: {when}")

    assert brief.send_at == datetime(2026, 11, 24, 14, tzinfo=UTC)


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("sbject: x", "campaign.yaml:2:1: `sbject` is not a key: did you mean `subject`?"),
        ("series: [a]", "campaign.yaml:2:9: `series` should be a text on one line"),
        (
            "expected_recipients: many",
            "campaign.yaml:2:22: `expected_recipients` should be a whole",
        ),
        ("expected_recipients: -3", "campaign.yaml:2:22: `expected_recipients` should be a whole"),
        ("send_at: tomorrow", "campaign.yaml:2:10: `send_at` is no date and time"),
        (
            "send_at: 2026-11-24T09:00:00",
            "campaign.yaml:2:10: `send_at` does not say its time zone",
        ),
        ("send_at: 0001-01-01T00:00:00+09:00", "campaign.yaml:2:10: `send_at` is no date and time"),
        ("audience: ../readers.csv", "campaign.yaml:2:11: `audience` should name a file inside"),
        ("audience: C:\\readers.csv", "campaign.yaml:2:11: `audience` should name a file inside"),
        ("feed: feed.xml", "campaign.yaml:2:7: `feed` should be a whole address"),
        ("articles: Read more", "campaign.yaml:2:11: `articles` should be a list"),
        ("articles: [Read more]", "campaign.yaml:2:12: an entry of `articles` should have keys"),
        ("articles: [{link: a}]", "campaign.yaml:2:12: say what the link should open"),
        ("articles: [{title: a}]", "campaign.yaml:2:12: `link` is missing"),
        ("articles: [{link: a, url: b}]", "campaign.yaml:2:27: `url` should be a whole address"),
        (
            'articles: [{link: a, url: "https://a", titel: b}]',
            "campaign.yaml:2:40: `titel` is not a key: did you mean",
        ),
        ("newsletter: b.html", "campaign.yaml:2:1: `newsletter` is given twice"),
        ("? [a, b]", "campaign.yaml:2:3: "),
        ("subject: Re: this", "campaign.yaml:2:12: a second “: ” stands in this line"),
        ("\tsubject: x", "campaign.yaml:2:1: a tab stands here: indent with spaces"),
        ("subject: 'x", "campaign.yaml:2:10: a quotation mark is opened here and never closed"),
        ("subject: %x", "campaign.yaml:2:10: a text cannot begin with this character"),
        ("subject: *x*", "campaign.yaml:2:10: a text cannot begin with this character"),
        ("subject: *x", "campaign.yaml:2:10: write it out"),
        ("subject: \x01", "campaign.yaml:2:10: this character cannot stand in YAML"),
        ("subject: {a", "campaign.yaml:2:10: a { is opened here and not closed"),
        ("subject: [a, b", "campaign.yaml:2:10: a [ is opened here and not closed"),
        ("subject: [News] in May", "campaign.yaml:2:17: what stands here comes too late"),
        ("subject: 'it's May'", "campaign.yaml:2:14: what stands here comes too late"),
        ("subject: &May", "campaign.yaml:2:10: a text cannot begin with this character"),
        ("subject: !May is here", "campaign.yaml:2:10: a text cannot begin with this character"),
        ("subject: | May", "campaign.yaml:2:10: a text cannot begin with this character"),
        ("subject: - May", "campaign.yaml:2:10: a text cannot begin with this character"),
        ('subject: "\\May"', "campaign.yaml:2:10: a backslash does not fit into this text"),
        ("subject", "campaign.yaml:2:1: a key needs a colon and a space behind it"),
        ("  subject: x", "campaign.yaml:2:10: this line reads as if it went on with the one above"),
        ("--- {}", "campaign.yaml:2:1: a line that begins with --- is one too many"),
    ],
)
def test_a_wrong_line_is_named_with_its_place(line: str, says: str) -> None:
    assert complaint(f"newsletter: a.html\n{line}").startswith(says)


@pytest.mark.parametrize("value", ["[News] in May", "{a", "'it's'", "[News]]", '"x" y'])
def test_what_needs_quotes_is_said_with_every_such_character(value: str) -> None:
    says = complaint(f"newsletter: a.html\nsubject: {value}")

    assert "[ ] { } : or # in it, or with * & ! % @ at its beginning, needs quotes" in says
    assert "expected" not in says


@pytest.mark.parametrize(
    ("value", "why"),
    [
        ("[News]", "but [ ] makes a list of it: put the whole text in quotes"),
        ("{{ title }}", "but { } makes a group of it: put the whole text in quotes"),
        ("\n  - News", "not a list or more keys"),
    ],
)
def test_a_list_where_a_text_belongs_is_said_with_what_makes_it_one(value: str, why: str) -> None:
    assert why in complaint(f"newsletter: a.html\nsubject: {value}")


@pytest.mark.parametrize(
    "entry", ["  - link: a\n   title: b", "    - link: a\n  title: b", "  - link: a\n - link: b"]
)
def test_lines_that_are_not_aligned_are_said_to_be(entry: str) -> None:
    says = complaint(f"newsletter: a.html\narticles:\n{entry}")

    assert says.partition(": ")[2] == (
        "this line begins in another column than those it belongs to: align them"
    )


@given(text=st.text(alphabet="ab:-[]{}'\"#*&!|>%@`,? \n\t", max_size=40))
def test_whatever_is_written_the_complaint_is_in_plain_words(text: str) -> None:
    says = complaint_or_nothing(text)

    assert not re.search(r"\b(expected|token|scalar|block end)\b", says)


def test_one_complaint_lists_all_that_is_wrong() -> None:
    says = complaint("sbject: x\nnewsletter: a.html\nseries: []")

    assert says.startswith("campaign.yaml:1:1: `sbject` is not a key")
    assert "; campaign.yaml:3:9: `series` should be a text" in says
    assert "\n" not in says


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "campaign.yaml:1: this should be a list of keys"),
        ("just words", "campaign.yaml:1:1: this should be a list of keys"),
        ("- a\n- b", "campaign.yaml:1:1: this should be a list of keys"),
        ("subject: x", "campaign.yaml:1:1: `newsletter` is missing"),
        ("newsletter: /etc/passwd", "campaign.yaml:1:13: `newsletter` should name a file inside"),
    ],
)
def test_a_file_that_is_no_brief_is_refused(text: str, says: str) -> None:
    assert complaint(text).startswith(says)


def test_what_would_grow_without_end_is_refused() -> None:
    bomb = "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]"

    assert complaint(bomb).startswith("campaign.yaml:2:8: write it out")


def test_what_is_nested_without_end_is_refused() -> None:
    assert "nested more deeply" in complaint("newsletter: " + "[" * 50_000)


def test_a_large_brief_is_refused() -> None:
    assert complaint("#" * 300_000) == "campaign.yaml is 0.3 MB; SendGuard reads at most 0.2 MB"


def test_many_complaints_are_cut_short() -> None:
    says = complaint("newsletter: a.html\n" + "x: y\n" * 500)

    assert says.endswith("; and 490 more")
