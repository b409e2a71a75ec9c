"""A folder of newsletters, titles and mistakes, read and made into letters."""

import json
from pathlib import Path

from benchmarks.accuracy.corpus import read_corpus
from benchmarks.accuracy.earlier import Filed, with_earlier
from benchmarks.accuracy.lines import lines_alone
from benchmarks.accuracy.shapes import Issue, Mistake
from benchmarks.accuracy.titles import pages_of
from benchmarks.accuracy.wholes import whole_letters

PAIR = {
    "id": "p",
    "repo": "a/b",
    "anchor": "a headline",
    "context": "- We like [a headline][ref 1] and [this](https://b.example/) too.",
    "url": "https://a.example/1",
    "title": "A Headline",
    "anchor_kind": "same",
}
HARD = {"id": "h", "pair": "p", "wrong_url": "https://a.example/2", "wrong_title": "Another"}
MISTAKES = [
    ("Night trains return to Turku", "https://a.example/tyop", "typo-404"),
    ("Why rye whisky costs more", "https://a.example/bees", "duplicate-of-neighbour"),
]
NEWSLETTER = """<ul>
<li><a href="https://a.example/tyop">Night trains return to Turku</a></li>
<li><a href="https://a.example/bees">Why rye whisky costs more</a></li>
<li><a href="https://a.example/bees">What bees do on the roof</a></li>
<li><a href="https://a.example/maps">Hand-drawn maps of the valley</a></li>
<li><a href="https://a.example/clock">How to repair an old clock</a></li>
</ul>"""


def a_folder(at: Path) -> Path:
    (at / "goodpairs.jsonl").write_text(json.dumps(PAIR), "utf-8")
    (at / "hardneg.jsonl").write_text(json.dumps(HARD), "utf-8")
    issue = at / "issues/one"
    issue.mkdir(parents=True)
    mistakes = [
        {"label": label, "wrong_url": wrong, "right_url": "", "kind": kind}
        for label, wrong, kind in MISTAKES
    ]
    (issue / "truth.json").write_text(json.dumps({"mistakes": mistakes}), "utf-8")
    (issue / "newsletter.html").write_text(NEWSLETTER, "utf-8")
    for number in (10, 2, 1):
        (issue / f"previous-{number}.html").write_text(f"<p>{number}</p>", "utf-8")
    return at


def test_issues_before_come_newest_first(tmp_path: Path) -> None:
    (issue,) = read_corpus(a_folder(tmp_path)).issues

    assert issue.previous == ("<p>1</p>", "<p>2</p>", "<p>10</p>")


def test_a_line_has_its_label_as_its_only_link(tmp_path: Path) -> None:
    collection = read_corpus(a_folder(tmp_path))

    right, wrong = lines_alone(collection.pairs, collection.wrongs)

    assert (
        '<li>We like <a href="https://a.example/1">a headline</a> and this too.</li>' in right.html
    )
    assert 'href="https://a.example/2"' in wrong.html


def test_right_links_open_their_labels_and_wrong_ones_what_they_did(tmp_path: Path) -> None:
    (issue,) = read_corpus(a_folder(tmp_path)).issues

    pages = pages_of(issue)

    titles = {address: page.title if page else None for address, page in pages.items()}
    assert titles == {
        "a.example/tyop": None,
        "a.example/bees": "What bees do on the roof",
        "a.example/maps": "Hand-drawn maps of the valley",
        "a.example/clock": "How to repair an old clock",
    }


def test_swapped_links_are_right_ones_that_stand_there_once(tmp_path: Path) -> None:
    _, swapped = whole_letters(read_corpus(a_folder(tmp_path)).issues)

    (asked,) = swapped.asked
    assert asked.other
    assert {asked.label, asked.other[0]} == {
        "Hand-drawn maps of the valley",
        "How to repair an old clock",
    }
    assert f'<a href="{asked.href}">{asked.label}</a>' in swapped.html


def filed(number: int, html: str, *mistakes: Mistake) -> Filed:
    issue = Issue(id=str(number), html=html, mistakes=mistakes)
    return Filed(issue, "a/b", f"drafts/2016-05-{number:02}-letter.md")


def test_an_issue_without_any_before_gets_those_of_its_series_as_they_went_out() -> None:
    stale = Mistake(label="report", wrong="/old", right="/new", kind="previous-issue")
    first, second = filed(2, '<a href="/old">report</a>', stale), filed(9, "<p>Second</p>")

    *_, third = with_earlier([second, first, filed(16, "<p>Third</p>")])

    assert third.previous == ("<p>Second</p>", '<a href="/new">report</a>')


def test_another_series_is_no_issue_before() -> None:
    other = Filed(Issue(id="other", html=""), "c/d", "drafts/2016-05-02-letter.md")

    *_, issue = with_earlier([other, filed(9, "<p>Hello</p>")])

    assert issue.previous == ()
