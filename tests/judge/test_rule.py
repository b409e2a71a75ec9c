"""How rules are declared and applied."""

from collections.abc import Iterator

from sendguard.judge.rule import (
    At,
    LinkCase,
    NewsletterCase,
    Said,
    judge,
    link_rule,
    newsletter_rule,
    suspected,
)
from sendguard.values import Place, Severity
from tests.builders import a_case, a_link, a_newsletter_case


@link_rule("SG901", severity=Severity.BLOCK, advice="Do it.")
def names_its_link(case: LinkCase) -> Iterator[Said]:
    """What it says."""
    yield f"seen {case.link.id}"


@link_rule("SG902", severity=Severity.BLOCK, advice="Look.")
def only_suspects(case: LinkCase) -> Iterator[Said]:
    yield suspected(f"perhaps {case.link.id}")


@newsletter_rule("SG903", severity=Severity.NOTE, advice="Read.")
def counts_links(case: NewsletterCase) -> Iterator[Said]:
    yield f"{len(case.links)} links"


@newsletter_rule("SG904", severity=Severity.WARN, advice="Go there.")
def points_elsewhere(_: NewsletterCase) -> Iterator[At]:
    yield At(Place("part.mjml", 7, 3), suspected("here"))


TWO = a_newsletter_case(a_case(a_link(id="L1")), a_case(a_link(id="L2")))


def test_rule_is_named_after_its_function() -> None:
    assert names_its_link.name == "names-its-link"
    assert names_its_link.page == "What it says."


def test_rule_without_words_has_an_empty_page() -> None:
    assert only_suspects.page == ""


def test_findings_stand_link_by_link_and_then_the_newsletters() -> None:
    findings = judge(TWO, [counts_links, names_its_link, only_suspects])

    said = [finding.says for finding in findings]
    assert said == ["seen L1", "perhaps L1", "seen L2", "perhaps L2", "2 links"]


def test_suspicion_only_warns() -> None:
    (finding, _) = judge(TWO, [only_suspects])

    assert finding.severity is Severity.WARN


def test_finding_carries_its_rules_label_and_its_links_place() -> None:
    case = a_newsletter_case(a_case(a_link(place=Place("newsletter.html", 4, 2))))

    (finding,) = judge(case, [names_its_link])

    assert (finding.code, finding.name, finding.advice) == ("SG901", "names-its-link", "Do it.")
    assert finding.place == Place("newsletter.html", 4, 2)


def test_finding_about_the_newsletter_stands_at_its_beginning() -> None:
    (finding,) = judge(TWO, [counts_links])

    assert finding.link is None
    assert finding.place == Place("newsletter.html", 1, 1)


def test_finding_about_the_newsletter_may_name_a_place_of_its_own() -> None:
    (finding,) = judge(TWO, [points_elsewhere])

    assert finding.place == Place("part.mjml", 7, 3)


def test_fingerprint_survives_an_edit_elsewhere() -> None:
    moved = a_newsletter_case(a_case(a_link(id="L1", place=Place("newsletter.html", 90, 1))))

    (before, _) = judge(TWO, [names_its_link])
    (after,) = judge(moved, [names_its_link])

    assert before.fingerprint == after.fingerprint


def test_fingerprint_changes_with_the_address() -> None:
    other = a_newsletter_case(a_case(a_link("https://example.org/other", id="L1")))

    (before, _) = judge(TWO, [names_its_link])
    (after,) = judge(other, [names_its_link])

    assert before.fingerprint != after.fingerprint
