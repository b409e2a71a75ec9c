"""Read every campaign without looking at its links: who is there, and what its author says."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sendguard.errors import Unreadable
from sendguard.flows.read_newsletter import read_approvals, read_newsletter
from sendguard.gate import Approval, CouldNotRead
from sendguard.ports import OpenPath
from sendguard.read import Brief


@dataclass(frozen=True, slots=True, kw_only=True)
class Surveyed:
    """A campaign that can be read.

    Attributes:
        path: Its folder.
        name: The folder's name.
        brief: What its author says.
        digest: Of its files; see `Campaign.digest`.
        approvals: Whose word lets which finding stand.
    """

    path: str
    name: str
    brief: Brief
    digest: str
    approvals: tuple[Approval, ...] = ()


def survey(paths: Iterable[str], open_path: OpenPath) -> Iterator[Surveyed | CouldNotRead]:
    """Each campaign in turn, so that who has no time left may leave off.

    Args:
        paths: Their folders.
        open_path: Finds them.
    """
    for path in paths:
        try:
            yield _surveyed(path, open_path)
        except Unreadable as error:
            yield CouldNotRead.of(path, error)


def _surveyed(path: str, open_path: OpenPath) -> Surveyed:
    opened = open_path(path)
    # It is built, too: what cannot be built cannot be sent.
    campaign = read_newsletter(path, opened)
    return Surveyed(
        path=path,
        name=opened.id or path,
        brief=campaign.brief,
        digest=campaign.digest,
        approvals=read_approvals(opened),
    )
