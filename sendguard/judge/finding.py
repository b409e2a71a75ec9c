"""A finding: one thing wrong, by one rule."""

import hashlib
import re
from dataclasses import dataclass

from sendguard.judge.approval import Approval
from sendguard.values import Place, Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing wrong.

    Attributes:
        code: `SG301`.
        name: `wrong-article`.
        severity: What this finding weighs; a rule's own severity, or `warn` for a suspicion.
        link: Id of the link it is about; None for the newsletter as a whole.
        place: Where an editor would mend it; None for a newsletter without one.
        says: What is wrong and what was seen, one sentence.
        advice: What to do, one sentence.
        fingerprint: Sixteen hex digits over code, label, address and `says`: the same for the
            same thing wrong after an edit elsewhere.
        approved: Who lets it stand; None as long as `gate` has found nobody.
        lapsed: Who let it stand until a day that has passed; None where that is nobody.
    """

    code: str
    name: str
    severity: Severity
    link: str | None
    place: Place | None
    says: str
    advice: str
    fingerprint: str
    approved: Approval | None = None
    lapsed: Approval | None = None


def fingerprint(code: str, label: str, address: str, says: str) -> str:
    """Sixteen hex digits that stay the same while those four do.

    Where a link fails to open (SG2), what servers put behind the `?` of an address that they send
    a visitor to is left out: it is new on every visit.
    """
    seen = _without_queries(says) if code.startswith("SG2") else says
    whole = f"{code}\0{label}\0{address}\0{seen}"
    return hashlib.sha256(whole.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _without_queries(says: str) -> str:
    # An address that is shown without its middle may have lost the `?` there.
    return " ".join(
        re.split(r"[?#…]", word, maxsplit=1)[0] if "://" in word else word for word in says.split()
    )
