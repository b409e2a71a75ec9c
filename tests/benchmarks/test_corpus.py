"""A folder of newsletters, titles and mistakes, read and made into letters."""

import json
from pathlib import Path

from benchmarks.accuracy.corpus import read_corpus
from benchmarks.accuracy.lines import lines_alone
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
