"""The cases of repairs.yaml: what an editor names, and what then stands in the newsletter."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from sendguard.correct.asked import Asked
from sendguard.correct.plan import Plan, plan_repairs
from sendguard.correct.proof import prove
from sendguard.correct.repair import Repaired, repair
from sendguard.errors import WrongUsage
from sendguard.links import find_links
from sendguard.read import Campaign, Medium, read_campaign
from tests.builders import a_campaign
from tests.cases import told_in

TOLD = told_in(Path(__file__).parent / "repairs.yaml")
ALL = [case for group in TOLD.values() for case in group]
DONE = [pytest.param(case, id=case["name"]) for case in ALL if "says" not in case]
REFUSED = [pytest.param(case, id=case["name"]) for case in ALL if "says" in case]
MAIN = "newsletter.mjml"

Case = dict[str, Any]


def in_mjml(case: Case, body: str) -> str:
    return f"<mjml><mj-head>{case.get('head', '')}</mj-head><mj-body>\n{body}</mj-body></mjml>"


def built(files: dict[str, str]) -> Campaign:
    raw = {name: text.encode() for name, text in files.items()}
    return read_campaign("", raw, name=MAIN, id=None)


def went_out(case: Case) -> Campaign:
    if "html" in case:
        return a_campaign(case["html"], text=case.get("text"))
    if "mjml" not in case:
        letter = f"Content-Type: text/plain; charset=utf-8\n\n{case['text']}"
        return read_campaign("", {"m.eml": letter.encode()}, name="m.eml", id=None)
    return built({**case.get("files", {}), MAIN: in_mjml(case, case["mjml"])})


def planned(case: Case, campaign: Campaign) -> Plan:
    links = find_links(campaign).links
    asked = [case["link"]] if isinstance(case["link"], str) else case["link"]
    everywhere = case.get("everywhere", False)
    return plan_repairs(campaign, links, map(Asked.parse, asked), everywhere=everywhere)


def repaired(case: Case) -> Repaired:
    campaign = went_out(case)
    return repair(campaign, planned(case, campaign).repairs)


def text_of(campaign: Campaign, medium: Medium) -> str | None:
    return next((part.text for part in campaign.parts if part.medium is medium), None)


def sources_of(campaign: Campaign) -> dict[str, str]:
    return {source.name: source.text for source in campaign.sources}


@pytest.mark.parametrize("case", DONE)
def test_the_newsletter_becomes_what_its_case_says(case: Case) -> None:
    campaign = repaired(case).campaign

    if "mjml" in case:
        body: str = case["becomes mjml" if "becomes mjml" in case else "mjml"]
        files: dict[str, str] = case.get("becomes files") or case.get("files") or {}
        assert sources_of(campaign) == {**files, MAIN: in_mjml(case, body)}
    else:
        assert text_of(campaign, Medium.HTML) == case.get("becomes")
        assert text_of(campaign, Medium.TEXT) == case.get("becomes text", case.get("text"))


@pytest.mark.parametrize("case", DONE)
def test_what_is_left_alone_is_told(case: Case) -> None:
    plan = planned(case, went_out(case))

    assert [link.id for link in plan.elsewhere] == case.get("elsewhere", [])
    assert [link.id for link in plan.near] == case.get("near", [])


@pytest.mark.parametrize(
    ("text", "under", "is_whole"),
    [("A tree: https://x.org/old\n", "A tree", True), ("All: https://x.org/old\n", None, False)],
)
def test_a_line_of_the_text_is_told_with_its_story(
    text: str, under: str | None, *, is_whole: bool
) -> None:
    story = '<div><h2>{}</h2><a href="https://x.org/old">Read article</a></div>'
    case = {"html": f"{story.format('A ship')}{story.format('A tree')}", "text": text}
    case["link"] = "L1=https://x.org/ship"

    plan = planned(case, went_out(case))

    *_, line = plan.elsewhere
    assert (line.story.headline if line.story else None) == under
    assert plan.is_whole == is_whole


@pytest.mark.parametrize("case", DONE)
def test_every_repair_is_proven(case: Case) -> None:
    done = repaired(case)

    proof = prove(went_out(case), done.campaign, done)

    assert proof.problems == ()
    assert len(proof.changed) == len(done.repairs)


@pytest.mark.parametrize("case", DONE)
def test_repaired_mjml_is_built_into_the_repaired_html(case: Case) -> None:
    campaign = repaired(case).campaign
    by_hand = repaired(case).by_hand

    rebuilt = built(sources_of(campaign)) if campaign.sources else campaign

    assert bool(by_hand) == case.get("by hand", False)
    assert by_hand or addresses(rebuilt) == addresses(campaign)


def addresses(campaign: Campaign) -> list[str]:
    return [link.href for link in find_links(replace(campaign, sources=())).links]


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_told_is_refused_in_words(case: Case) -> None:
    with pytest.raises(WrongUsage) as refused:
        planned(case, went_out(case))

    assert str(refused.value) == case["says"]
