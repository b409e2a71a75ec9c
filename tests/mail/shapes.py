"""Every shape of a newsletter, by name."""

from collections.abc import Callable, Mapping

from sendguard.gateway import Mail
from tests.mail.newsletters import (
    in_eight_bits,
    multipart,
    with_attachment,
    with_dots,
    with_lines_of,
    without_html,
)
from tests.mail.sealed import hidden_in_pgp, hidden_in_smime, signed_with_pgp, signed_with_smime

READABLE: Mapping[str, Callable[[str], Mail]] = {
    "multipart": multipart,
    "8-bit": in_eight_bits,
    "dots": with_dots,
    "lines of 5,000": with_lines_of(5_000),
    "lines of 100,000": with_lines_of(100_000),
    "attachment": with_attachment(200_000),
    "no HTML": without_html,
    "S/MIME, signed": signed_with_smime,
    "PGP, signed": signed_with_pgp,
}
"""Shapes of a newsletter whose links can be read, by name."""

HIDDEN: Mapping[str, Callable[[str], Mail]] = {
    "S/MIME, encrypted": hidden_in_smime,
    "PGP, encrypted": hidden_in_pgp,
}
"""Shapes whose links nobody can read."""
