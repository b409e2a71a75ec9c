"""What was to be a link and is none: markup left as text, one entry of a row without a link."""

from collections.abc import Iterator, Sequence

from bs4 import Tag

from sendguard.links.left_over import left_overs
from sendguard.links.link import Unmade
from sendguard.links.markup import Markup
from sendguard.links.paragraphs import paragraphs
from sendguard.links.rows import OddOne, odd_in_lists, odd_in_menu
from sendguard.read import Source
from sendguard.values import Place

_NEEDLE = 24  # characters by which a place is found; longer ones may hold an entity
_FAR = 20_000
_MOST = 200  # told of one newsletter


def find_unmade(markup: Markup, sources: Sequence[Source]) -> tuple[Unmade, ...]:
    """What was to be a link and is none, in reading order.

    Args:
        markup: The HTML that readers get.
        sources: The MJML that it was built from, if it was; places are then found there.
    """
    found: list[Unmade] = []
    for one in _all(markup, sources):
        if len(found) == _MOST:
            break
        if not any(one.label in other.written for other in found if one.among):
            found.append(one)
    return tuple(found)


def _all(markup: Markup, sources: Sequence[Source]) -> Iterator[Unmade]:
    for paragraph in paragraphs(markup):
        for left in left_overs(paragraph):
            holder = paragraph.holder(left.start)
            yield Unmade(
                label=left.label,
                written=left.written,
                place=_place(left.written, holder, markup, sources),
                sure=left.sure,
            )
        yield from (_odd(one, markup, sources) for one in odd_in_menu(paragraph))
    yield from (_odd(one, markup, sources) for one in odd_in_lists(markup))


def _odd(one: OddOne, markup: Markup, sources: Sequence[Source]) -> Unmade:
    place = _place(one.words, one.tag, markup, sources)
    return Unmade(label=one.words, written=one.words, place=place, sure=False, among=one.among)


def _place(written: str, holder: Tag, markup: Markup, sources: Sequence[Source]) -> Place:
    """Where the words stand, or if they are spelt otherwise, where what holds them begins."""
    needle = written[:_NEEDLE]
    for source in sources:
        if (at := source.text.find(needle)) >= 0:
            return source.lines.place(at)
    if sources:
        return sources[0].lines.place(0)
    start = markup.offset(holder)
    at = markup.text.find(needle, start, start + _FAR)
    return markup.lines.place(at if at >= 0 else start)
