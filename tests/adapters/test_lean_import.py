"""Certificate authorities are not read where nobody needs them."""

import os
import subprocess
import sys

from sendguard.adapters.lean_import import importing_lean

ASK = """
import ssl
from sendguard.adapters.lean_import import importing_lean

with importing_lean():
    context = ssl.create_default_context()
print(context.get_ca_certs(), context.verify_mode.name)
"""


def said_by_a_program(script: str) -> str:
    """What it says where nothing has been imported yet."""
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True, text=True)
    return run.stdout.strip()


def test_nobody_is_trusted_by_what_is_made_meanwhile() -> None:
    assert said_by_a_program(ASK) == "[] CERT_REQUIRED"


def test_what_is_made_once_all_is_imported_trusts_whom_the_machine_does() -> None:
    machine = said_by_a_program(ASK.replace("with importing_lean():", "if True:"))

    assert said_by_a_program(f"import aiohttp\n{ASK}") == machine


def test_the_environment_is_left_as_it_was() -> None:
    before = dict(os.environ)

    with importing_lean():
        pass

    assert dict(os.environ) == before
