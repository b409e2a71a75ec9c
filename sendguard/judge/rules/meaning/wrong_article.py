"""SG301, wrong-article."""

from collections.abc import Iterator

from sendguard.intent import HEADLINE_LIKE, From, Intent
from sendguard.judge.answer import opened
from sendguard.judge.front_page import front_page_instead_of, same_site
from sendguard.judge.match import Match, headlines
from sendguard.judge.quote import called, plain, quoted, shown
from sendguard.judge.rule import LinkCase, Said, link_rule, suspected
from sendguard.judge.titles import words
from sendguard.values import Severity, Url
from sendguard.visit import Answered, Visit

MORE_LIKELY_ANOTHER = 0.5
CLEARLY_ANOTHER = 0.19
NOTHING_IN_COMMON = 0.05


@link_rule(
    "SG301",
    severity=Severity.BLOCK,
    advice="Put the right address in. "
    "If it is right, declare its title in campaign.yaml or with --expect.",
)
def wrong_article(case: LinkCase) -> Iterator[Said]:
    """The link opens another article than it is meant to open.

    Why it matters:
        Every address works and every status is 200, so nothing else notices. The reader
        clicks on one story and gets another: it is the mistake that costs most.

    Caught:
        A page whose titles or whose address are not those that the author declared. Where
        the campaign's feed has an article of just the headline's name: a page of the same
        site with next to nothing in common with it. With a headline alone: a page that
        answers to the headline of another link instead, or that has little in common with
        its own label, or nothing with the headline over its button, or another number where
        only the number tells two articles apart. As a suspicion: a page that may be the
        article under other words, and every page where the newsletter's other links show
        that its editor words headlines freely.

    Let through:
        Titles that are shortened, prolonged, reworded or carry the site's name; links
        whose intent is only a phrase; a second link to a page that the first one names
        rightly; pages without a title, in another script, or named like a file; a page
        whose own description says what the headline says.

    Blind spot:
        Two articles whose titles say the same. A headline that was reworded beyond
        recognition is blocked wrongly; to declare the page's title settles it.
    """
    match case:
        case LinkCase(
            intent=Intent() as intent,
            match=Match() as found,
            visit=Visit(outcome=Answered(landed=landed) as answer),
        ) if opened(answer) and not _is_for_another_rule(case):
            if found.best_title is None and not _is_elsewhere(intent, landed.url):
                return
            yield from _weighed(case, intent, found, _says(case, intent, found, landed.url))


def _weighed(case: LinkCase, intent: Intent, found: Match, says: str) -> Iterator[Said]:
    if found.sureness >= MORE_LIKELY_ANOTHER:
        return
    authors_word = intent.source is From.DECLARED
    if authors_word or (intent.sureness >= HEADLINE_LIKE and _is_proven(case, found)):
        yield says
    elif intent.sureness >= HEADLINE_LIKE or (case.fits and intent.source is From.HEADLINE):
        yield suspected(says)


def _is_proven(case: LinkCase, found: Match) -> bool:
    """Is it more than an editor's own wording of a headline?"""
    if case.fits:
        return True
    if found.sureness > CLEARLY_ANOTHER:
        return False
    match case:
        case LinkCase(
            intent=Intent(source=From.FEED),
            right=Url() as meant,
            visit=Visit(outcome=Answered(landed=landed)),
        ):
            return same_site(meant, landed.url)  # elsewhere it may be a copy
        case LinkCase(intent=Intent(source=From.HEADLINE)) if not found.why:
            # Over a button stands what the editor calls the article, and that is often reworded.
            return found.sureness <= NOTHING_IN_COMMON and not case.words_freely
        case _:
            return not case.words_freely


def _says(case: LinkCase, intent: Intent, found: Match, end: Url) -> str:
    meant = quoted(intent.title) if intent.title else _address(intent.url)
    seen = f"{quoted(found.best_title)} ({shown(end)})" if found.best_title else shown(end)
    told = found.why if intent.title else ()  # of an address alone, all is said already
    why = [*told, *([f"that is what {case.fits} should open"] if case.fits else [])]
    reasons = f": {plain('; '.join(why), limit=120)}" if why else ""
    return f"{called(case.link)} should open {meant} but opens {seen}{reasons}"


def _address(url: Url | None) -> str:
    return shown(url) if url else "another page"


def _is_elsewhere(intent: Intent, end: Url) -> bool:
    return intent.url is not None and intent.url.page != end.page


def _is_for_another_rule(case: LinkCase) -> bool:
    """Are two links swapped, does the link share its address, or is its own label the title?"""
    declared = case.intent is not None and case.intent.source is From.DECLARED
    if case.fits and case.opened_by:
        return True
    if not declared and (case.shares_with or case.repeats or _is_titled_so(case)):
        return True
    front = front_page_instead_of(case.visit)
    asked = case.visit.asked
    return front is not None and asked is not None and same_site(asked, front)


def _is_titled_so(case: LinkCase) -> bool:
    """“Go” under “Version updates” may open a page that is called “Go”."""
    answer = case.visit.outcome
    return isinstance(answer, Answered) and words(case.link.label) in headlines(answer)
