"""What the proof lets through, and every way of changing more than the address."""

from dataclasses import replace

import pytest

from sendguard.correct.asked import Asked
from sendguard.correct.edits import Edit
from sendguard.correct.plan import plan_repairs
from sendguard.correct.proof import Proof, prove
from sendguard.correct.repair import Repaired, repair
from sendguard.links import find_links
from sendguard.read import Campaign
from tests.builders import a_campaign

HTML = """<html><body><div style="display:none">Ships and trees &amp; more</div>
<table><tr><td><a href="https://x.org/online">Read online</a></td></tr>
<tr><td><h2>A ship</h2><a class="button" href="https://x.org/old">Read article</a></td></tr>
<tr><td><h2>A tree</h2><a href="https://x.org/tree">Read of trees</a> <img src="https://x.org/i.png">
</td></tr></table></body></html>"""
TEXT = "A ship\nhttps://x.org/old\n\nA tree\nhttps://x.org/tree\n"
BLOCK = '<tr><td><p>I am sorry. <a href="https://x.org/new">A ship</a></p></td></tr>'
SAID = "I am sorry. Here it is: https://x.org/new\n\n"
WENT_OUT = a_campaign(HTML, text=TEXT)


def corrected(html: str, text: str) -> Campaign:
    return replace(a_campaign(html, text=text), subject="CORRECTED: Ships")


def a_repair() -> Repaired:
    links = find_links(WENT_OUT).links
    plan = plan_repairs(WENT_OUT, links, [Asked.parse("Read article=https://x.org/new")])
    return repair(WENT_OUT, plan.repairs)


def proof_of(*swaps: tuple[str, str], text: tuple[str, str] = ("", ""), taken: str = "") -> Proof:
    """The proof of a correction in which the first of each two words became the second."""
    html = a_repair().campaign.parts[0].text
    start = html.index(taken)
    cut = [Edit(start, start + len(taken), "")]
    for old, new in swaps:
        assert old in html
        html = html.replace(old, new, 1)
    said = a_repair().campaign.parts[1].text.replace(*text, 1)
    return prove(WENT_OUT, corrected(html, said), a_repair(), own=["https://x.org/new"], taken=cut)


def test_a_change_is_told_with_the_link_and_both_addresses() -> None:
    told = [str(change) for change in proof_of().changed]

    assert told == [
        "L2 button “Read article” under “A ship”: https://x.org/old → https://x.org/new",
        "L5 line of the text part “A ship”: https://x.org/old → https://x.org/new",
    ]


def test_an_apology_and_its_preview_are_let_through() -> None:
    proof = proof_of(
        ("Ships and trees &amp; more", "Corrected: the ship"),
        ("<table><tr>", f"<table>{BLOCK}<tr>"),
        text=("A ship", f"{SAID}A ship"),
        taken="Ships and trees &amp; more",
    )

    assert proof.problems == ()


def test_a_preview_of_its_own_is_let_through() -> None:
    hidden = '<div style="display:none">Corrected</div>'

    assert proof_of(("<body>", f"<body>{hidden}{BLOCK}")).problems == ()


def test_an_apology_like_what_follows_it_is_let_through() -> None:
    button = '<a class="button" href="https://x.org/new">Read article</a>'
    same = f"<tr><td><h2>A ship</h2>{button}</td></tr>\n"

    assert proof_of(("<tr><td><h2>A ship", f"{same}<tr><td><h2>A ship")).problems == ()


GONE = "opens something else in the correction or is gone"


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        (
            "https://x.org/new",
            "https://x.org/old",
            f"“Read article”, which should open https://x.org/new, {GONE}",
        ),
        (
            "https://x.org/tree",
            "https://x.org/new",
            f"“Read of trees”, which should open https://x.org/tree, {GONE}",
        ),
        (
            "https://x.org/i.png",
            "https://x.org/j.png",
            f"The image, which should open https://x.org/i.png, {GONE}",
        ),
        (
            "<h2>A tree</h2>",
            "",
            "Of the newsletter this is not there any more as it was: “A tree”",
        ),
        (
            "<h2>A tree",
            '<a href="https://evil.example/">Win</a><h2>A tree',
            "“Win” opens https://evil.example/ and was not there before",
        ),
        (
            "<h2>A tree",
            '<a href="https://x.org/old">The ship</a><h2>A tree',
            "“The ship” opens https://x.org/old and was not there before",
        ),
        (
            "<table>",
            "<!-- <table>",
            "“Read online”, which opens https://x.org/online, is no link any more",
        ),
    ],
)
def test_any_other_change_is_told(old: str, new: str, says: str) -> None:
    assert says in proof_of((old, new)).problems


def test_words_that_the_apology_does_not_take_have_to_stay() -> None:
    problems = proof_of(("A ship", "A boat"), taken="Ships and trees &amp; more").problems

    assert problems == ("Of the newsletter this is not there any more as it was: “A ship”",)


def test_there_may_be_no_link_in_what_the_apology_takes() -> None:
    link = '<a href="https://x.org/online">Read online</a>'

    problems = proof_of((link, "Corrected"), taken=link).problems

    assert problems == ("“Read online”, which opens https://x.org/online, is no link any more",)


def test_a_preview_may_have_space_around_it_and_elements_in_it() -> None:
    said = "Ships and trees &amp; more"
    spaced = a_campaign(HTML.replace(said, f"\n <b>{said}</b> ,\n"), text=TEXT)
    links = find_links(spaced).links
    done = repair(spaced, plan_repairs(spaced, links, [Asked("L2", "https://x.org/new")]).repairs)
    mended = done.campaign.parts[0].text
    old = f"<b>{said}</b> ,"
    start = mended.index(old)
    now = corrected(mended.replace(old, "Corrected"), done.campaign.parts[1].text)

    proof = prove(spaced, now, done, taken=[Edit(start, start + len(old), "")])

    assert proof.problems == ()


def test_a_line_of_the_text_part_may_not_go() -> None:
    problems = proof_of(text=("A tree\n", "")).problems

    assert problems == ("Of the text part this is not there any more as it was: “A tree”",)


def test_a_text_part_may_not_go_as_a_whole() -> None:
    html_only = a_campaign(a_repair().campaign.parts[0].text)

    assert prove(WENT_OUT, html_only, a_repair()).problems == (
        "The correction has no text part any more",
    )
