"""Foreign text made harmless, and laid out in lines."""

from rich.cells import cell_len

from sendguard.judge import quote

LONG = 1000  # for a sentence, which may quote titles and addresses


def plain(text: str, limit: int = 300) -> str:
    """The text on one line of at most `limit` characters, without any that cannot be seen."""
    # Cut first, because what follows looks at every character of what may be megabytes.
    return quote.plain(text[: 4 * limit], limit)


def wrapped(text: str, width: int) -> list[str]:
    """Lines of at most `width` cells; a word that is longer, such as an address, stays whole."""
    lines: list[str] = []
    for word in text.split():
        if lines and cell_len(lines[-1]) + 1 + cell_len(word) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines
