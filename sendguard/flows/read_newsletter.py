"""From what a path stands for to the campaign, with every file that it needs."""

from sendguard.ports import Opened
from sendguard.read import Brief, Campaign, included_names, parse_brief, read_campaign


def read_newsletter(path: str, opened: Opened) -> Campaign:
    """Read a newsletter, its brief and what it includes.

    Args:
        path: As the user named it.
        opened: What it stands for.

    Raises:
        Unreadable: One of them is missing or broken.
    """
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
