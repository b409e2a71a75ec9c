"""What an editor changed in her folder since it went out: repaired links, and all else."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import unescape
from typing import TypeAlias

from sendguard.correct.plan import Plan, Repair
from sendguard.correct.stories import plan_of
from sendguard.judge.quote import called, plain, quoted
from sendguard.links import Link, find_links
from sendguard.links import plain as bare
from sendguard.read import Campaign, Medium, Part

_MOST_TOLD = 12
_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s<>\"]+", re.IGNORECASE)
_SHOWN = re.compile(r"(?<=>)[^<>]++")  # what stands between tags
_OPENS = ("http://", "https://", "mailto:", "tel:", "sms:")

_Known: TypeAlias = tuple[Medium, str, str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Differences:
    """How a folder differs from what went out.

    Attributes:
        plan: Links that are the same but for their address, and lines of the text part that belong
            to their stories. Its `elsewhere` are links with a wrong address that it still has.
        others: Everything else, as sentences: a correction would not have it.
    """

    plan: Plan
    others: tuple[str, ...]


def find_differences(sent: Campaign, now: Campaign) -> Differences:
    """Compare what went out with the same campaign as it is now.

    A link is known again by its words, its headline and its turn among those that share them.

    Args:
        sent: What went out.
        now: The folder, read again; parts that it does not have are not compared.
    """
    media = {part.medium for part in now.parts}
    links = [link for link in find_links(sent).links if sent.parts[link.part].medium in media]
    news = [link for link in find_links(now).links if now.parts[link.part].medium in media]
    before, after = _by_looks(sent, links), _by_looks(now, news)
    repairs: list[Repair] = []
    others = [*_brief(sent, now), *_texts(sent, now)]
    for known in dict.fromkeys((*before, *after)):
        old, new = before.get(known, []), after.get(known, [])
        if len(old) != len(new):
            others.append(_counted(old, new))
        pairs = zip(old, new, strict=True) if len(old) == len(new) else ()
        changed = [(was, is_) for was, is_ in pairs if was.href != is_.href]
        repairs += (_repair(was, is_) for was, is_ in changed if _may_be_right(is_))
        others += (_no_address(is_) for _, is_ in changed if not _may_be_right(is_))
    if sorted(before) == sorted(after) and list(before) != list(after):
        others.append("The links stand in another order than they went out in")
    return Differences(plan=plan_of(sent, repairs), others=tuple(others[:_MOST_TOLD]))


def _repair(was: Link, is_: Link) -> Repair:
    return Repair(place=was, right=is_.href, address=is_.href)


def _no_address(link: Link) -> str:
    return f"{called(link)} opens {quoted(link.href)} now, which is no address"


def _by_looks(campaign: Campaign, links: Iterable[Link]) -> Mapping[_Known, list[Link]]:
    found: defaultdict[_Known, list[Link]] = defaultdict(list)
    for link in links:
        headline = link.story.headline if link.story else ""
        medium = campaign.parts[link.part].medium
        found[medium, link.element, bare(_label(link)), bare(headline)].append(link)
    return found


def _label(link: Link) -> str:
    """Words that show the address itself change with it."""
    return "" if link.label and link.label in link.href else link.label


def _may_be_right(link: Link) -> bool:
    return link.url is not None or link.href.lower().startswith(_OPENS)


def _counted(old: Sequence[Link], new: Sequence[Link]) -> str:
    link = (*old, *new)[0]
    under = f" under {quoted(link.story.headline)}" if link.story else ""
    return (
        f"{called(link)}{under}, which opens {plain(link.href, limit=200)}, "
        f"went out {_times(len(old))} and stands in the folder {_times(len(new))}"
    )


def _times(number: int) -> str:
    return {0: "not at all", 1: "once", 2: "twice"}.get(number, f"{number} times")


def _brief(sent: Campaign, now: Campaign) -> Iterator[str]:
    for name, old, new in (
        ("subject", sent.subject, now.subject),
        ("sender", sent.brief.sender, now.brief.sender),
        ("address for replies", sent.brief.reply_to, now.brief.reply_to),
    ):
        if old != new:
            was, is_ = (quoted(text) if text else "none" for text in (old, new))
            yield f"The {name} is {is_} now; {was} went out"


def _texts(sent: Campaign, now: Campaign) -> Iterator[str]:
    """One sentence for each part whose words are not those that went out."""
    for medium in Medium:
        old, new = _words(sent, medium), _words(now, medium)
        if new is not None and old is not None and (added := new - old) + (gone := old - new):
            name = "newsletter" if medium is Medium.HTML else "text part"
            told = [quoted(words, limit=60) for words in (*list(added)[:1], *list(gone)[:1])]
            yield f"The words of the {name} were changed too, at {' and '.join(told)}"


def _words(campaign: Campaign, medium: Medium) -> "Counter[str] | None":
    """The pieces of text of a part, without addresses; None where it has no such part."""
    part = next((one for one in campaign.parts if one.medium is medium), None)
    return Counter(_pieces(part)) if part else None


def _pieces(part: Part) -> Iterator[str]:
    if part.medium is Medium.TEXT:
        lines = (_ADDRESS.sub("", line) for line in part.text.splitlines())
    else:
        lines = (_ADDRESS.sub("", words[0]) for words in _SHOWN.finditer(part.text))
    yield from filter(None, (" ".join(unescape(line).split()) for line in lines))
