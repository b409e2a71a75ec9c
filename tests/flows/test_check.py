import asyncio
from collections.abc import Mapping, Sequence

import pytest

from sendguard.config import Config
from sendguard.errors import WrongUsage
from sendguard.flows.check import check
from sendguard.flows.prepare import prepare_all
from sendguard.gate import Run
from sendguard.intent import From
from sendguard.read import Article
from sendguard.values import Decision, Url
from sendguard.visit import Answered, Hop, NotVisited, Outcome, Reason, Trouble, Unreachable
from tests.builders import a_page, an_answer
from tests.fakes import StoppedClock, ToldFeeds, ToldPaths, ToldVisitor, WaitingVisitor
from tests.intent.feed.feeds import RSS

SHIP, TREE = "https://x.org/ship", "https://x.org/tree"
BOTH_FINE = {
    SHIP: an_answer(SHIP, page=a_page("A ship of two hulls")),
    TREE: an_answer(TREE, page=a_page("The tree of all trees")),
}
ISSUE = (
    f'<p><a href="{SHIP}">A ship of two hulls</a></p>'
    f'<p><a href="{TREE}">The tree of all trees</a></p>'
    '<p><a href="https://x.org/unsubscribe/12345">Unsubscribe</a></p>'
)
SWAPPED = ISSUE.replace(SHIP, "?").replace(TREE, SHIP).replace("?", TREE)


async def run(
    paths: Mapping[str, str | Mapping[str, str]],
    outcomes: Mapping[str, Outcome] | None = None,
    expected: Sequence[Article] = (),
    visitor: ToldVisitor | None = None,
    feeds: ToldFeeds | None = None,
) -> Run:
    ready = prepare_all(list(paths), ToldPaths(**paths), expected)
    visitor = visitor or (ToldVisitor(outcomes) if outcomes is not None else None)
    return await check(ready, visitor, StoppedClock(), Config(), feeds=feeds)


async def test_a_sound_newsletter_passes() -> None:
    done = await run({"issue": ISSUE}, BOTH_FINE)

    assert done.decision is Decision.PASS


async def test_swapped_links_block() -> None:
    done = await run({"issue": SWAPPED}, BOTH_FINE)

    assert done.decision is Decision.BLOCK
    (checked,) = done.newsletters
    assert [finding.code for finding in checked.all_findings] == ["SG302", "SG302"]


async def test_each_address_is_visited_once() -> None:
    visitor = ToldVisitor(BOTH_FINE)

    await run({"one": ISSUE, "two": ISSUE}, visitor=visitor)

    assert sorted(visitor.trips) == [SHIP, TREE]


async def test_a_link_that_acts_is_never_opened() -> None:
    visitor = ToldVisitor(BOTH_FINE)

    done = await run({"issue": ISSUE}, visitor=visitor)

    assert "https://x.org/unsubscribe/12345" not in visitor.trips
    assert done.newsletters[0].links[2].visit.outcome == NotVisited(Reason.ACTS)


async def test_offline_never_passes_a_newsletter_with_web_links() -> None:
    done = await run({"issue": ISSUE})

    assert done.decision is Decision.UNVERIFIED


async def test_offline_passes_a_newsletter_without_web_links() -> None:
    done = await run({"issue": '<p>Hello. <a href="mailto:a@x.org">Unsubscribe</a></p>'})

    assert done.decision is Decision.PASS


async def test_a_dead_network_blocks_nothing() -> None:
    done = await run({"issue": ISSUE}, {})

    assert done.decision is Decision.UNVERIFIED
    outcome = done.newsletters[0].links[0].visit.outcome
    assert isinstance(outcome, Unreachable)
    assert outcome.trouble is Trouble.NO_NETWORK


async def test_an_interrupt_leaves_out_what_was_not_seen_by_then() -> None:
    stop = asyncio.Event()
    ready = prepare_all(["issue"], ToldPaths(issue=ISSUE))
    visitor = WaitingVisitor(BOTH_FINE, waits_at=TREE)

    task = asyncio.create_task(check(ready, visitor, StoppedClock(), Config(), stop=stop))
    await visitor.waits.wait()
    stop.set()
    done = await task

    ship, tree, acts = (link.visit.outcome for link in done.newsletters[0].links)
    assert ship == BOTH_FINE[SHIP]
    assert (tree, acts) == (NotVisited(Reason.INTERRUPTED), NotVisited(Reason.ACTS))
    assert (done.decision, done.interrupted) == (Decision.UNVERIFIED, True)


async def test_an_interrupt_before_the_first_visit_asks_nobody() -> None:
    stop, visitor = asyncio.Event(), ToldVisitor(BOTH_FINE)
    stop.set()

    done = await check(
        prepare_all(["issue"], ToldPaths(issue=ISSUE)), visitor, StoppedClock(), Config(), stop=stop
    )

    assert visitor.trips == []
    assert done.decision is Decision.UNVERIFIED


async def test_one_dead_host_among_answers_blocks() -> None:
    dead = ISSUE.replace(TREE, "https://dead.example/tree")

    done = await run({"issue": dead}, {SHIP: BOTH_FINE[SHIP]})

    assert done.decision is Decision.BLOCK


async def test_a_path_that_cannot_be_read_keeps_the_others_from_nothing() -> None:
    ready = prepare_all(["missing", "issue"], ToldPaths(issue=ISSUE))

    done = await check(ready, ToldVisitor(BOTH_FINE), StoppedClock(), Config())

    assert [one.path for one in done.unreadable] == ["missing"]
    assert [one.campaign.path for one in done.newsletters] == ["issue"]


async def test_a_run_is_as_bad_as_its_worst_newsletter() -> None:
    done = await run({"good": ISSUE, "bad": SWAPPED}, BOTH_FINE)

    assert done.decision is Decision.BLOCK


async def test_a_campaigns_articles_are_promises() -> None:
    campaign = {
        "campaign.yaml": "newsletter: n.html\narticles: [{link: L2, title: Oak}]",
        "n.html": ISSUE,
    }

    done = await run({"issue": campaign}, BOTH_FINE)

    findings = done.newsletters[0].all_findings
    assert [(finding.link, finding.code) for finding in findings] == [("L2", "SG301")]


async def test_an_unknown_label_in_the_campaign_makes_it_unreadable() -> None:
    campaign = {
        "campaign.yaml": "newsletter: n.html\narticles:\n  - link: Nothing\n    title: Oak",
        "n.html": ISSUE,
    }

    done = await run({"issue": campaign}, BOTH_FINE)

    (unreadable,) = done.unreadable
    assert str(unreadable.place).startswith("campaign.yaml:3:")
    assert "“A ship of two hulls”" in unreadable.says


async def test_what_the_command_line_expects_counts() -> None:
    expected = [Article(link="The tree of all trees", url="https://x.org/oak")]

    done = await run({"issue": ISSUE}, BOTH_FINE, expected)

    assert done.decision is Decision.BLOCK


async def test_an_expected_label_has_to_be_in_one_newsletter_only() -> None:
    other = ISSUE.replace("A ship of two hulls", "A ship of 2 hulls")
    expected = [Article(link="A ship of 2 hulls", url=SHIP)]

    done = await run({"issue": ISSUE, "other": other}, BOTH_FINE, expected)

    assert done.decision is Decision.PASS


def test_an_expected_label_that_is_nowhere_is_wrong_usage() -> None:
    expected = [Article(link="Nothing", title="Oak")]

    with pytest.raises(WrongUsage, match="no link is labelled “Nothing”"):
        prepare_all(["issue"], ToldPaths(issue=ISSUE), expected)


async def test_progress_is_told_after_each_visit() -> None:
    told: list[tuple[int, int]] = []
    ready = prepare_all(["issue"], ToldPaths(issue=ISSUE))

    visitor = ToldVisitor(BOTH_FINE)
    await check(
        ready,
        visitor,
        StoppedClock(),
        Config(),
        on_visited=lambda done, of: told.append((done, of)),
    )

    assert told == [(1, 2), (2, 2)]


def digest(*pairs: tuple[str, str]) -> str:
    items = "".join(f'<p><a href="{url}">{words}</a></p>' for words, url in pairs)
    return f"<h2>Also worth your time</h2>{items}"


async def test_swapped_links_under_one_heading_block() -> None:
    swapped = digest(("A ship of two hulls", TREE), ("The tree of all trees", SHIP))

    done = await run({"issue": swapped}, BOTH_FINE)

    findings = done.newsletters[0].all_findings
    assert [(one.link, one.code) for one in findings if one.severity == "block"] == [
        ("L1", "SG302"),
        ("L2", "SG302"),
    ]


async def test_an_editor_who_writes_headlines_of_her_own_is_only_warned() -> None:
    titles = ["Apple shows the M6", "Wages rose again", "Rain in July", "Lunch for nine"]
    urls = [f"https://x.org/{number}" for number in range(4)]
    pages = {
        url: an_answer(url, page=a_page(title)) for url, title in zip(urls, titles, strict=True)
    }
    own = [
        "The chips are down",
        "A penny for your thoughts",
        "Wet feet, warm hearts",
        "Table for all",
    ]

    done = await run({"issue": digest(*zip(own, urls, strict=True))}, pages)

    assert done.decision is Decision.PASS
    assert {one.severity for one in done.newsletters[0].all_findings} == {"warn"}


async def test_a_vote_that_is_not_opened_holds_nothing_back() -> None:
    vote = '<p><a href="https://x.org/vote/123456?answer=yes">Yes, I liked it a lot</a></p>'

    done = await run({"issue": ISSUE + vote}, BOTH_FINE)

    assert done.decision is Decision.PASS


async def test_a_wrong_article_in_chinese_blocks() -> None:
    pages = {SHIP: an_answer(SHIP, page=a_page("北京地铁新线路下月开通试运营_城市日报"))}
    issue = f'<td><h2>人工智能如何改变医院的急诊流程</h2><a href="{SHIP}">阅读全文</a></td>'

    done = await run({"issue": issue}, pages)

    assert done.decision is Decision.BLOCK


FEED = "https://x.org/feed"


def with_feed(html: str) -> dict[str, str]:
    return {"campaign.yaml": f"newsletter: n.html\nfeed: {FEED}", "n.html": html}


async def test_a_feed_names_the_right_address_of_a_wrong_link() -> None:
    done = await run({"issue": with_feed(SWAPPED)}, BOTH_FINE, feeds=ToldFeeds({FEED: RSS}))

    advice = [finding.advice for finding in done.newsletters[0].all_findings]
    assert [one.partition("?")[0] for one in advice] == [
        f"Did you mean {SHIP}",
        f"Did you mean {TREE}",
    ]


async def test_a_feeds_articles_are_what_links_are_meant_to_open() -> None:
    done = await run({"issue": with_feed(ISSUE)}, BOTH_FINE, feeds=ToldFeeds({FEED: RSS}))

    intents = [link.intent for link in done.newsletters[0].links[:2]]
    assert [(one.source, one.url) for one in intents if one] == [
        (From.FEED, Url(SHIP)),
        (From.FEED, Url(TREE)),
    ]
    assert done.newsletters[0].all_findings == ()


async def test_a_feed_that_cannot_be_read_only_warns() -> None:
    done = await run({"issue": with_feed(ISSUE)}, BOTH_FINE, feeds=ToldFeeds({}))

    (finding,) = done.newsletters[0].findings
    assert (finding.code, str(finding.place)) == ("SG401", "campaign.yaml:2:7")
    assert done.decision is Decision.PASS


async def test_a_right_link_is_not_blocked_for_a_feed_that_has_it_elsewhere() -> None:
    quirky = RSS.replace("https://x.org/ship", "https://x.org/?p=17")

    done = await run({"issue": with_feed(ISSUE)}, BOTH_FINE, feeds=ToldFeeds({FEED: quirky}))

    assert done.newsletters[0].all_findings == ()


async def test_a_link_to_where_the_feeds_old_address_leads_is_right() -> None:
    old = "https://x.org/?p=17"
    moved = Answered(hops=(Hop(Url(old), 301), Hop(Url(SHIP), 200)), page=a_page("Hulls sell"))
    pages = {**BOTH_FINE, old: moved, SHIP: an_answer(SHIP, page=a_page("Hulls sell"))}
    feed = RSS.replace("https://x.org/ship", old)

    done = await run({"issue": with_feed(ISSUE)}, pages, feeds=ToldFeeds({FEED: feed}))

    assert done.newsletters[0].all_findings == ()


async def test_an_address_of_the_feed_that_is_gone_is_not_named() -> None:
    feed = RSS.replace("https://x.org/ship", "https://x.org/old-ship")

    done = await run({"issue": with_feed(SWAPPED)}, BOTH_FINE, feeds=ToldFeeds({FEED: feed}))

    advice = [finding.advice for finding in done.newsletters[0].all_findings]
    assert advice
    assert not any("old-ship" in one for one in advice)


async def test_an_address_that_acts_is_not_visited_for_the_feeds_sake() -> None:
    acts = "https://x.org/unsubscribe/99"
    visitor = ToldVisitor(BOTH_FINE)
    feeds = ToldFeeds({FEED: RSS.replace("https://x.org/ship", acts)})

    await run({"issue": with_feed(SWAPPED)}, visitor=visitor, feeds=feeds)

    assert acts not in visitor.trips


async def test_a_redirector_that_carries_its_target_is_judged_by_it_and_not_asked() -> None:
    wrapped = f"https://www.google.com/url?q={SHIP}&amp;sa=D"
    visitor = ToldVisitor(BOTH_FINE)

    done = await run({"issue": ISSUE.replace(SHIP, wrapped)}, visitor=visitor)

    assert done.decision is Decision.PASS
    assert sorted(visitor.trips) == [SHIP, TREE]
    assert done.newsletters[0].links[0].visit.instead == Url(SHIP)


async def test_one_page_behind_several_redirectors_is_asked_once() -> None:
    links = [f"{SHIP}?mc_eid=1", f"{SHIP}?mc_eid=2", f"https://www.google.com/url?q={SHIP}"]
    newsletter = "".join(f'<p><a href="{link}">A ship of two hulls</a></p>' for link in links)
    visitor = ToldVisitor(BOTH_FINE)

    await run({"issue": newsletter}, visitor=visitor)

    assert visitor.trips == [SHIP]


async def test_a_wrapped_address_that_acts_is_never_opened() -> None:
    wrapped = "https://www.google.com/url?q=https%3A%2F%2Fx.org%2Funsubscribe%2F77"
    visitor = ToldVisitor(BOTH_FINE)

    done = await run({"issue": f'<p><a href="{wrapped}">Read on</a></p>'}, visitor=visitor)

    assert visitor.trips == []
    assert done.newsletters[0].links[0].visit.outcome == NotVisited(Reason.ACTS)
