"""What a link is meant to open when nobody declared it: its label, alt text or headline."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache

from sendguard.intent.intent import From, Intent
from sendguard.links import Link, Role, Story, is_call, is_generic, plain

MAY_OPEN_ARTICLES = frozenset({Role.ARTICLE, Role.BUTTON, Role.IMAGE})

# How sure the words are to name the article. Above 0.8 they are headline-like; a phrase in
# running text, a call to act or a picture's description is not.
OWN_HEADLINE, LAST_HEADLINE, SHORT_HEADLINE, SHARED_HEADLINE = 0.93, 0.85, 0.5, 0.5
OWN_LINE, SHORT_LINE, OPENS_LINE, IN_RUNNING_TEXT = 0.9, 0.82, 0.6, 0.5
ALT, CALL = 0.6, 0.6
FEWEST_HEADLINE_WORDS, FEWEST_WORDS, MOST_WORDS = 2, 3, 30
MANY = 4  # articles under one headline, each with words of its own
OFTEN = 3  # pages under one label
FEWEST_LETTERS = 7  # of a script that has no spaces
_SECTIONS = frozenset(
    """
    also and articles blog brief by calendar community coming contents editorial editor's events
    featured for from highlights hours in interesting introduction issue jobs job latest links
    listings more month month's news note notes of offer offers on other our partner partners
    picks podcast podcasts posts projects quick quote radar read reading recent recommended
    releases report reports resources sponsor sponsored sponsors stories story talks the this to
    today today's top tools tutorials upcoming updates us video videos watch we week week's weekly
    welcome what's worth you your aktuelles termine veranstaltungen neues nachrichten actualites
    agenda evenements noticias eventos agenda notizie eventi nieuws evenementen
    """.split()
)

# Bullets, emoji, numbering, a mark such as [pdf]: what stands in front of a title. A long dash
# there begins the name of whoever is quoted.
_OPENS = re.compile(
    r"(?:[^\w—–]|\d{1,3}[.):、]|(?:pdf|video|audio|slides|podcast|new)\b)*", re.IGNORECASE
)
# The line ends, or a mark or an author comes; a sentence would go on with a word.
_ENDS = re.compile(r"$|[^\w\s'’]|(?:by|via|from|von|par|por|di|door|av|af)\b", re.IGNORECASE)
_ANOTHER_SENTENCE = re.compile(r"[A-Z][a-z]*\s+[a-z]")
_GOES_ON = re.compile("[,、)]")
_A_SENTENCE = re.compile(r"[.!?…:;。！？：][\W_]*$")

Sharing = tuple[int, bool]
"""A story's number, and whether its pictures or its words lead to several addresses."""


def infer_intents(links: Sequence[Link]) -> Mapping[str, Intent]:
    """The inferred intents by link id; links that open no article are left out."""
    shared, often = _shared_headlines(links), _labels_used_often(links)
    linked = _linked_headlines(links)
    closed = {link.story.number for link in links if link.story and link.story.own}

    def stands_apart(link: Link) -> bool:
        """Is it a button below a story that is closed, or whose headline opens something else?"""
        story = link.story
        if story is None or story.own or link.url is None:
            return False
        other = linked.get(story.number, link.url.page.text) != link.url.page.text
        return other or story.number in closed

    may = (link for link in links if link.role in MAY_OPEN_ARTICLES)
    inferred = ((link, _infer(link, shared, often)) for link in may)
    return {
        link.id: _weaker(intent, SHARED_HEADLINE)
        if intent.source is From.HEADLINE and stands_apart(link)
        else intent
        for link, intent in inferred
        if intent
    }


def _infer(link: Link, shared: frozenset[Sharing], often: frozenset[str]) -> Intent | None:
    if link.role is Role.IMAGE:
        return _from_picture(link, shared)
    if not link.label or is_generic(link.label) or plain(link.label) in often:
        return _from_headline(link, shared)
    if is_call(link.label) or _is_short_button(link):
        headline = _from_headline(link, shared)
        return _weaker(headline, CALL) if headline else None
    return _from_label(link)


def _labels_used_often(links: Sequence[Link]) -> frozenset[str]:
    """Labels over several pages say what to do, in whatever language ("J'en profite")."""
    pages: defaultdict[str, set[str]] = defaultdict(set)
    for link in links:
        if link.role in MAY_OPEN_ARTICLES - {Role.IMAGE} and link.url:
            pages[plain(link.label)].add(link.url.page.text)
    return frozenset(label for label, opened in pages.items() if len(opened) >= OFTEN)


def _is_short_button(link: Link) -> bool:
    """A button's few words ("Kup teraz") say what to do, in whatever language."""
    return link.role is Role.BUTTON and len(link.label.split()) < FEWEST_WORDS


def _from_label(link: Link) -> Intent:
    return Intent(title=link.label, url=None, source=From.LABEL, sureness=_sureness(link))


def _sureness(link: Link) -> float:
    """A label that has its line to itself is a title; what a sentence goes on from is a phrase."""
    if link.element == "text" or not _OPENS.fullmatch(link.aside):
        return IN_RUNNING_TEXT
    tells = _ANOTHER_SENTENCE.match(link.behind) and _title_length(link.label)
    if not tells and not _ENDS.match(link.behind):
        return OPENS_LINE
    if _title_length(link.label):
        return OWN_LINE
    whole = len(link.label.split()) > 1 and not _GOES_ON.match(link.behind)
    return SHORT_LINE if whole else IN_RUNNING_TEXT


def _from_headline(link: Link, shared: frozenset[Sharing]) -> Intent | None:
    if link.story is None:
        return None
    sureness = OWN_HEADLINE if link.story.own else LAST_HEADLINE
    if _names_a_section(link.story.headline):
        sureness = SHORT_HEADLINE
    if _sharing(link, link.story) in shared:
        sureness = SHARED_HEADLINE
    if link.role is not Role.IMAGE and _goes_on(link.aside):
        sureness = IN_RUNNING_TEXT
    return Intent(title=link.story.headline, url=None, source=From.HEADLINE, sureness=sureness)


def _goes_on(aside: str) -> bool:
    """Is a sentence under way ("see it")? Then it says what "here" means, not the headline."""
    return not _OPENS.fullmatch(aside) and not _A_SENTENCE.search(aside)


def _from_picture(link: Link, shared: frozenset[Sharing]) -> Intent | None:
    headline = _from_headline(link, shared)
    if headline and link.story and link.story.own:
        return headline
    if _title_length(link.label):
        return Intent(title=link.label, url=None, source=From.ALT, sureness=ALT)
    return _weaker(headline, ALT) if headline else None


def _weaker(intent: Intent, most: float) -> Intent:
    return Intent(
        title=intent.title,
        url=intent.url,
        source=intent.source,
        sureness=min(intent.sureness, most),
    )


def _names_a_section(headline: str) -> bool:
    """Is it a heading over many things ("Upcoming events") rather than an article's own?"""
    words = plain(headline).split()
    if len(words) < FEWEST_HEADLINE_WORDS:
        return not _is_spaceless(headline)
    return all(word in _SECTIONS for word in words)


def _title_length(text: str) -> bool:
    """Is it as long as titles are? Two words are a phrase as often as a title."""
    return FEWEST_WORDS <= len(text.split()) <= MOST_WORDS or _is_spaceless(text)


def _is_spaceless(text: str) -> bool:
    """Is it a title in a script without spaces between words (Chinese, Japanese, Thai…)?"""
    return not text.isascii() and len(_spaceless().findall(text)) >= FEWEST_LETTERS


@cache
def _spaceless() -> re.Pattern[str]:
    """Their letters; made when they may be met, because so wide a class takes a while."""
    return re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u9fff\uf900-\ufaff]")


def _shared_headlines(links: Sequence[Link]) -> frozenset[Sharing]:
    """Stories whose headline stands over links to many addresses: a section, no article.

    A button before all of them is the headline's own.

    A picture and a button that disagree are no section: one of the two is wrong.
    """
    leaning: defaultdict[Sharing, set[str]] = defaultdict(set)
    among: defaultdict[Sharing, set[str]] = defaultdict(set)
    opened_by_button: dict[Sharing, bool] = {}
    for link in links:
        if link.story and link.url and link.role in MAY_OPEN_ARTICLES:
            sharing, leans = _sharing(link, link.story), _leans(link)
            opened_by_button.setdefault(sharing, leans)
            (leaning if leans else among)[sharing].add(link.url.page.text)
    several = {sharing for sharing, urls in leaning.items() if len(urls) > 1}
    many = {sharing for sharing, urls in among.items() if len(urls) >= MANY}
    return frozenset(several | {sharing for sharing in many if not opened_by_button[sharing]})


def _linked_headlines(links: Sequence[Link]) -> Mapping[int, str]:
    """What the headlines that are links themselves open, by the number of their story."""
    return {
        link.story.number: link.url.page.text
        for link in links
        if link.story and link.url and plain(link.label) == plain(link.story.headline)
    }


def _sharing(link: Link, story: Story) -> Sharing:
    return story.number, link.role is Role.IMAGE


def _leans(link: Link) -> bool:
    """Does the link take its meaning from the headline?"""
    return link.role is Role.IMAGE or not link.label or is_generic(link.label)
