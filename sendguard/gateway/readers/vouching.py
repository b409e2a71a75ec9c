"""Links of what passed that are another for each reader: nobody opens them, and they stay."""

from collections.abc import Iterator
from datetime import date

from sendguard.correct.addresses import OF_A_COPY
from sendguard.gate import Approval, Checked
from sendguard.judge.quote import plain

BY = "SendGuard"
BECAUSE = "it is another for each reader, and stays as it passed the gateway"
_LONGEST = 500
_CODE = "SG106"  # merge-tag-left


def vouched_for(checked: Checked, until: date) -> Iterator[Approval]:
    """An approval for each such link that a correction leaves as it was.

    Args:
        checked: What went out, with fields in the place of what is one reader's own.
        until: The last day.
    """
    links = {one.link.id: one.link for one in checked.links}
    for found in checked.all_findings:
        link = links.get(found.link or "")
        if link and found.code == _CODE and OF_A_COPY.search(link.href):
            yield Approval(
                fingerprint=found.fingerprint,
                by=BY,
                because=BECAUSE,
                until=until,
                code=found.code,
                label=plain(link.label, _LONGEST),
                address=plain(link.href, _LONGEST),
                says=plain(found.says, _LONGEST),
            )
