"""MJML for tests: each builder takes only what its test is about."""

from collections.abc import Mapping

from sendguard.read import Campaign, read_campaign
from sendguard.read.mjml.syntax import Markup, parse
from sendguard.values import Lines

FILE = "newsletter.mjml"


def in_column(content: str, head: str = "") -> str:
    """A newsletter on one line, `content` beginning at `COLUMN`."""
    return (
        f"<mjml>{head}<mj-body><mj-section><mj-column>{content}"
        "</mj-column></mj-section></mj-body></mjml>"
    )


COLUMN = in_column("|").index("|") + 1


def in_text(content: str) -> str:
    return in_column(f"<mj-text>{content}</mj-text>")


def with_head(content: str) -> str:
    return f"<mjml><mj-head>{content}</mj-head><mj-body/></mjml>"


def markup(text: str) -> Markup:
    return parse(text, Lines.of(FILE, text))


def read(text: str, files: Mapping[str, str] | None = None) -> Campaign:
    texts = {FILE: text, **(files or {})}
    raws = {name: one.encode() for name, one in texts.items()}
    return read_campaign(FILE, raws, name=FILE, id=None)
