"""Articles that nobody wrote: titles from a small grammar, addresses and sites to match."""

import random
import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

WORDS: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("words.yaml").read_text("utf-8"))
LANGUAGES = ("en", "en", "en", "de", "fr", "es", "pl", "ja")
_SEPARATORS = (" | ", " – ", " - ", " · ", " • ")
_EMOJI = ("🌿", "🚂", "📣", "✨")


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One made-up article.

    Attributes:
        about: The words of its title that say what it is about.
        language: Of its title, as in `words.yaml`.
        shown: The title of its page, as its site shows it.
    """

    title: str
    about: str
    language: str
    url: str
    shown: str


class Writer:
    """Writes articles, each title once; the same seed, the same articles."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)  # noqa: S311 - a die, no secret
        self._written = set[str]()

    def article(self, language: str | None = None, host: str | None = None) -> Article:
        """An article with a title that no other has."""
        language = language or self.dice.choice(LANGUAGES)
        while True:
            about, title = self._title(language)
            if title not in self._written:
                break
        self._written.add(title)
        sites = WORDS["sites"]
        site = next((it for it in sites if it["host"] == host), None) or self.dice.choice(sites)
        return Article(
            title=title,
            about=about,
            language=language,
            url=f"https://{site['host']}{self._path(title)}",
            shown=self._shown(title, site["name"]),
        )

    def _title(self, language: str) -> tuple[str, str]:
        words = WORDS[language]
        thing = self.dice.choice(words["thing"])
        pattern = self.dice.choice(words["titles"])
        named = thing if "{thing}" in pattern.lower() else ""
        title = self.fill(pattern, language, thing)
        return named or title, title

    def fill(self, pattern: str, language: str, thing: str) -> str:
        """The pattern with a word in each slot."""
        words = WORDS[language]
        place, other = self.dice.sample(words["place"], 2)
        return pattern.format(
            thing=thing,
            Thing=thing[:1].upper() + thing[1:],
            doing=self.dice.choice(words.get("doing", [""])),
            person=self.dice.choice(words["person"]),
            place=place,
            other=other,
            number=self.dice.randint(3, 40),
            part=self.dice.randint(1, 4),
            n=self.dice.randint(11, 480),
            a=self.dice.randint(1, 9),
            b=self.dice.randint(0, 20),
        )

    def _path(self, title: str) -> str:
        slug = slug_of(title)
        if len(slug) < 8 or self.dice.random() < 0.2:
            return f"/a/{self.dice.randint(10_000, 99_999)}"
        year, month = self.dice.randint(2019, 2026), self.dice.randint(1, 12)
        return self.dice.choice((f"/{slug}", f"/{year}/{month:02}/{slug}.html", f"/read/{slug}/"))

    def _shown(self, title: str, site: str) -> str:
        way = self.dice.random()
        separator = self.dice.choice(_SEPARATORS)
        if way < 0.55:
            return f"{title}{separator}{site}"
        return f"{site}{separator}{title}" if way < 0.65 else title

    def label(self, article: Article) -> str:
        """The title as an editor copies it: exactly, shortened, or with a touch of their own."""
        way, title = self.dice.random(), article.title
        if way < 0.5:
            return title
        if way < 0.6:
            return title.replace(" and ", " & ").replace("'", "’")
        if way < 0.7 and len(title.split()) > 6:
            return " ".join(title.split()[:-2]) + "…"
        if way < 0.8 and ": " in title:
            return title.partition(": ")[0] if len(title.partition(": ")[0].split()) > 2 else title
        return f"{self.dice.choice(_EMOJI)} {title}" if way < 0.9 else f"{title}!"


def slug_of(title: str) -> str:
    """The title as it stands in addresses; empty for scripts that are left out of them."""
    bare = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", bare).strip("-")
