"""From a path to a newsletter with its links and what they are meant to open."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sendguard.errors import WrongUsage
from sendguard.intent import Intent, NoSuchLabel, choose_links, declared_intents, infer_intents
from sendguard.links import Link, LostLink, find_links
from sendguard.ports import Opened, OpenPath
from sendguard.read import (
    Article,
    Brief,
    Campaign,
    included_names,
    parse_brief,
    read_campaign,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """A newsletter ready to be visited."""

    campaign: Campaign
    links: tuple[Link, ...]
    lost: tuple[LostLink, ...]
    intents: Mapping[str, Intent]


def prepare(path: str, open_path: OpenPath, expected: Sequence[Article]) -> Prepared:
    """Read a path, find its links and settle what they are meant to open.

    Args:
        path: As the user named it.
        open_path: Finds it.
        expected: What the command line says; the ones that name no link here are left out.

    Raises:
        Unreadable: It cannot be read, or its `campaign.yaml` names links that are not there.
        WrongUsage: What the command line says fits several addresses here.
    """
    campaign = _read(path, open_path(path))
    found = find_links(campaign)
    here = [article for article in expected if _names_a_link(article, found.links)]
    declared = declared_intents((*campaign.brief.articles, *here), found.links)
    return Prepared(
        campaign=campaign,
        links=found.links,
        lost=found.lost,
        intents={**infer_intents(found.links), **declared},
    )


def all_expected_are_met(expected: Sequence[Article], prepared: Sequence[Prepared]) -> None:
    """Raise unless each of `expected` names a link of at least one newsletter.

    Raises:
        WrongUsage: One names none; the message says which labels the first newsletter has.
    """
    for article in expected:
        met = any(_names_a_link(article, one.links) for one in prepared)
        if prepared and not met:
            choose_links(article.link, prepared[0].links)


def _names_a_link(article: Article, links: Sequence[Link]) -> bool:
    try:
        choose_links(article.link, links)
    except NoSuchLabel:
        return False
    except WrongUsage:
        return True
    return True


def _read(path: str, opened: Opened) -> Campaign:
    files = {opened.name: opened.folder.read(opened.name)}
    brief: Brief | None = None
    name = opened.name
    if opened.id is not None:
        brief = parse_brief(files[name], name)
        name = brief.newsletter
        files[name] = opened.folder.read(name)
    for included, place in included_names(files[name], name).items():
        files[included] = opened.folder.read(included, place)
    return read_campaign(path, files, name=name, id=opened.id, brief=brief)
