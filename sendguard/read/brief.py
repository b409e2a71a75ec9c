"""From `campaign.yaml` to the author's brief; every complaint names its line."""

import yaml

from sendguard.errors import Unreadable
from sendguard.read.campaign import Article, Brief
from sendguard.read.section import Complaints, Section
from sendguard.read.yaml_tree import parse_yaml, place_of
from sendguard.values import Place

KEYS = (
    *("subject", "sender", "reply_to", "series", "newsletter", "text", "audience"),
    *("expected_recipients", "send_at", "articles", "feed", "corrects"),
)
ARTICLE_KEYS = ("link", "title", "url")


def parse_brief(raw: bytes, file: str) -> Brief:
    """What the author says in `campaign.yaml`.

    Args:
        raw: The file.
        file: Its name, for the places of complaints.

    Raises:
        Unreadable: It cannot be obeyed; one complaint lists everything that is wrong, with lines.
    """
    node = parse_yaml(raw, file)
    if not isinstance(node, yaml.MappingNode):
        place = place_of(node, file) if node else Place(file, 1)
        raise Unreadable(
            "this should be a list of keys, such as newsletter: newsletter.mjml", place
        )
    bad = Complaints(file)
    brief = _brief(Section(node, KEYS, bad), file)
    bad.settle()
    return brief


def _brief(section: Section, file: str) -> Brief:
    newsletter = section.file("newsletter")
    if not newsletter and not section.has("newsletter"):
        section.complain("`newsletter` is missing: name the file, such as newsletter.mjml")
    return Brief(
        newsletter=newsletter or "",
        subject=section.text("subject"),
        sender=section.text("sender"),
        reply_to=section.text("reply_to"),
        series=section.text("series"),
        text=section.file("text"),
        audience=section.file("audience"),
        expected_recipients=section.whole_number("expected_recipients"),
        send_at=section.instant("send_at"),
        send_at_place=section.place("send_at"),
        articles=tuple(
            _article(entry, file) for entry in section.sections("articles", ARTICLE_KEYS)
        ),
        feed=section.address("feed"),
        feed_place=section.place("feed"),
        corrects=section.text("corrects"),
    )


def _article(section: Section, file: str) -> Article:
    link, title = section.text("link"), section.text("title")
    if not link and not section.has("link"):
        section.complain("`link` is missing: write the link's label, alt text or address")
    if not section.has("title") and not section.has("url"):
        section.complain("say what the link should open: a `title`, a `url` or both")
    return Article(
        link=link or "",
        title=title,
        url=section.address("url"),
        place=place_of(section.node, file),
    )
