"""From what a path stands for to the campaign, with every file that it needs."""

from collections.abc import Mapping
from dataclasses import dataclass

from sendguard.gate import APPROVALS_FILE, Approval, parse_approvals
from sendguard.ports import Opened
from sendguard.read import (
    Brief,
    Campaign,
    digest_of,
    included_names,
    parse_brief,
    read_campaign,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Files:
    """All that a newsletter is made from.

    Attributes:
        contents: By name.
        name: The newsletter among them.
        brief: What its `campaign.yaml` says; None for a bare file.
    """

    contents: Mapping[str, bytes]
    name: str
    brief: Brief | None

    @property
    def digest(self) -> str:
        """As `Campaign.digest`, before anything is built."""
        return digest_of(self.contents)


def read_files(opened: Opened) -> Files:
    """Read a newsletter's files, its brief and what it includes.

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
        if brief.text:
            files[brief.text] = opened.folder.read(brief.text)
    for included, place in included_names(files[name], name).items():
        files[included] = opened.folder.read(included, place)
    return Files(contents=files, name=name, brief=brief)


def read_newsletter(path: str, opened: Opened) -> Campaign:
    """Read a newsletter, its brief and what it includes.

    Args:
        path: As the user named it.
        opened: What it stands for.

    Raises:
        Unreadable: One of them is missing or broken.
    """
    files = read_files(opened)
    return read_campaign(path, files.contents, name=files.name, id=opened.id, brief=files.brief)


def read_approvals(opened: Opened) -> tuple[Approval, ...]:
    """Those of a campaign folder; a bare newsletter has none, whatever lies beside it."""
    raw = opened.folder.read_if_there(APPROVALS_FILE) if opened.id is not None else None
    return parse_approvals(raw) if raw else ()
