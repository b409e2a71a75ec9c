"""What the editor asks for: the link that is wrong, and the address that is right."""

import re
from dataclasses import dataclass

from sendguard.correct.addresses import right_address
from sendguard.errors import WrongUsage
from sendguard.judge.quote import quoted

_PARTED = re.compile("=(?=http)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Asked:
    """One `--link`.

    Attributes:
        label: The wrong link's label, alt text, headline, present address or id.
        right: The address that it should have.
    """

    label: str
    right: str

    @classmethod
    def parse(cls, text: str) -> "Asked":
        """Part `LABEL=URL` at the first `=http`.

        Raises:
            WrongUsage: One of the two is missing, or the address is no web address.
        """
        label, *rest = _PARTED.split(text, maxsplit=1)
        if not rest or not label.strip():
            says = f'{quoted(text)} names no link and address: write "LABEL=https://…"'
            raise WrongUsage(says)
        return cls(label.strip(), right_address(rest[0]))
