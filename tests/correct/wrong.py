"""Wrong links for tests: a builder that takes only what its test is about."""

from sendguard.correct.apologise import apologise
from sendguard.correct.apology import Additions, Apology, WrongLink
from sendguard.correct.wording import choose_wording
from sendguard.values import Url

RIGHT = Url("https://example.org/trees")


def a_wrong_link(
    label: str = "Read article",
    *,
    headline: str | None = "The tree of all trees",
    opened: str | None = "Five ships",
    title: str | None = None,
    right: Url = RIGHT,
    dead: bool = False,
) -> WrongLink:
    return WrongLink(
        label=label, headline=headline, opened=opened, title=title, right=right, dead=dead
    )


def an_apology(
    *wrong: WrongLink, language: str = "en", additions: Additions | None = None
) -> Apology:
    return apologise(wrong or (a_wrong_link(),), choose_wording(language), additions)
