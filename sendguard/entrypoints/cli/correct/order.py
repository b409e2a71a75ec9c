"""What an editor asks of a correction."""

from dataclasses import dataclass
from pathlib import Path

from sendguard.correct.asked import Asked
from sendguard.correct.triage import Harm
from sendguard.read import Article


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What the command line says.

    Attributes:
        campaign: Folder or name of what SendGuard sent; None where somebody else did.
        original, audience: Newsletter and readers of what somebody else sent; the audience also
            where the newsletter names none.
        sender: Who that is from, where it does not say so itself.
        links: The wrong links, each with its right address; none: the folder tells.
        expected: What links are meant to open.
        clicked: A file of those who clicked; None for everyone who got it.
        reason, make_good, prevention: The editor's own sentences.
        harm: What she says of the wrong address.
        everywhere: Every place with a wrong address is repaired.
        test_to: Where one copy goes first, and nothing else.
        dry_run: All but queue.
        yes: Ask nothing.
        force: Go on against an objection.
        again: A further correction of what was corrected.
    """

    campaign: str | None
    original: Path | None = None
    audience: Path | None = None
    sender: str | None = None
    links: tuple[Asked, ...] = ()
    expected: tuple[Article, ...] = ()
    clicked: Path | None = None
    reason: str | None = None
    make_good: str | None = None
    prevention: str | None = None
    harm: Harm | None = None
    everywhere: bool = False
    test_to: str | None = None
    dry_run: bool = False
    yes: bool = False
    force: bool = False
    again: bool = False

    @property
    def changes_nothing(self) -> bool:
        """Is it only to see what would be done?"""
        return self.dry_run or self.test_to is not None
