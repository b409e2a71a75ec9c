"""What readers see: who has which message, and what stands in the inbox of one of them."""

from collections import Counter
from collections.abc import Iterator, Mapping
from email.message import EmailMessage
from itertools import islice
from textwrap import fill
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser

from sendguard.entrypoints.cli.demo.post import Post

BUTTON = "Read article"
_BLOCKS = "p, div, h1, h2, h3"
_PARAGRAPHS = 3
_WIDTH = 76
_EDGE = "  | "
_EMPTY = "  |"


def told_mailboxes(post: Post) -> str:
    """How many readers have each message, and how often, a line for each."""
    boxes = [Counter(subjects(post, address)) for address in post.mailboxes]
    lines = []
    for subject in dict.fromkeys(subject for box in boxes for subject in box):
        copies = [box[subject] for box in boxes if box[subject]]
        often = "once each" if max(copies) == 1 else f"up to {max(copies)} times"
        lines.append(f"{len(copies)} readers have “{subject}”, {often}.")
    return "\n".join(lines)


def subjects(post: Post, address: str) -> list[str]:
    """Those of one reader's messages."""
    return [str(letter["Subject"]) for letter in post.inbox(address)]


def told_inbox(post: Post, address: str, articles: Mapping[str, str]) -> str:
    """The newest message of one reader, as a mail program shows it, and what the button opens.

    Args:
        post: Where it arrived.
        address: The reader's.
        articles: What the website shows now, by path.
    """
    letter = post.inbox(address)[-1]
    page = _page(letter)
    lines = (
        f"What {address} sees:\n",
        f"{_EDGE}From     {letter['From']}",
        f"{_EDGE}Subject  {letter['Subject']}",
        _EMPTY,
        *(_framed(words) for words in islice(_paragraphs(page), _PARAGRAPHS)),
        _EMPTY,
        f"{_EDGE}[{BUTTON}] opens “{_opened(page, articles)}”",
    )
    return "\n".join(lines)


def _framed(words: str) -> str:
    return fill(words, width=_WIDTH, initial_indent=_EDGE, subsequent_indent=_EDGE)


def _page(letter: EmailMessage) -> LexborHTMLParser:
    part = letter.get_body(("html",))
    markup = str(part.get_content()) if part else ""
    return LexborHTMLParser(markup.replace("<br", "\n<br"))  # where a line ends, a word does


def _paragraphs(page: LexborHTMLParser) -> Iterator[str]:
    """The words that readers see, from the top."""
    for block in page.css(_BLOCKS):
        is_hidden = "display:none" in (block.attributes.get("style") or "")
        words = " ".join(block.text().split())
        if words and not is_hidden and len(block.css(_BLOCKS)) == 1:  # itself, and none in it
            yield words


def _opened(page: LexborHTMLParser, articles: Mapping[str, str]) -> str:
    """The title of what the first button opens."""
    button = next(link for link in page.css("a[href]") if link.text(strip=True) == BUTTON)
    return articles.get(urlsplit(button.attributes["href"] or "").path, "nothing")
