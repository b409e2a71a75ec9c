"""The approvals of a campaign on disk."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sendguard.adapters.files import DiskFolder, campaign_folder
from sendguard.adapters.whole import replace_whole
from sendguard.errors import SendGuardError
from sendguard.gate import APPROVALS_FILE, Approval, approvals_text, parse_approvals, renew


class ApprovalsOnDisk:
    """A `ports.Approvals` in the folder of a campaign.

    Args:
        path: A campaign folder or its `campaign.yaml`.

    Raises:
        WrongUsage: It is a newsletter without a campaign folder.
        Unreadable: There is nothing of that name, or a folder is no campaign.
    """

    def __init__(self, path: str) -> None:
        self._root = campaign_folder(path)

    def keep(self, given: Approval) -> tuple[Approval, ...]:
        """Write an approval down, in the place of an earlier one for the same finding.

        Two that are given at once both stay; a program that dies on the way leaves the file as
        it was.

        Returns:
            All that the campaign has now.

        Raises:
            Unreadable: What is there cannot be read or holds no more; it is left as it is.
            SendGuardError: It cannot be written.
        """
        try:
            with _alone_in(self._root):
                return self._renew(given)
        except OSError as error:
            file = self._root / APPROVALS_FILE
            raise SendGuardError(f"{file} cannot be written: {error.strerror}") from error

    def _renew(self, given: Approval) -> tuple[Approval, ...]:
        raw = DiskFolder(self._root).read_if_there(APPROVALS_FILE)
        approvals = renew(parse_approvals(raw or b""), given)
        file = (self._root / APPROVALS_FILE).resolve()
        replace_whole(file, approvals_text(approvals), alone=True)
        return approvals


@contextmanager
def _alone_in(folder: Path) -> Iterator[None]:
    """Wait for every other program that is here; a lock on the folder leaves no file behind."""
    here = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(here, fcntl.LOCK_EX)
        yield
    finally:
        os.close(here)
