"""Certificate authorities are not read where nobody needs them."""

import os
import ssl

from sendguard.adapters.lean_import import importing_lean


def test_nobody_is_trusted_by_what_is_made_meanwhile() -> None:
    with importing_lean():
        context = ssl.create_default_context()

    assert context.get_ca_certs() == []
    assert context.verify_mode is ssl.CERT_REQUIRED


def test_the_environment_is_left_as_it_was() -> None:
    before = dict(os.environ)

    with importing_lean():
        pass

    assert dict(os.environ) == before
