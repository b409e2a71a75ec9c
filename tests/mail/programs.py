"""The programs of a real mail server, where they are installed."""

import os
import shutil
from pathlib import Path

import pytest

# Servers stand where only root's PATH leads.
_FOLDERS = f"{os.environ['PATH']}:/usr/sbin:/usr/local/sbin"
_ADVICE = "run '.ci/find-mail-servers', as root"


def need(*names: str) -> None:
    """Skip the test where one of the programs is missing; in CI that is a failure."""
    missing = [name for name in names if shutil.which(name, path=_FOLDERS) is None]
    if missing:
        _give_up(f"there is no {' and no '.join(missing)} here: {_ADVICE}")


def need_root() -> None:
    """Skip the test where we are not root, without whom Postfix does not start."""
    if os.geteuid() != 0:
        _give_up("only root can start Postfix")


def need_nodemailer() -> None:
    """Skip the test where Node's library is missing; in CI that is a failure."""
    if not Path("/usr/share/nodejs/nodemailer").is_dir():
        _give_up(f"there is no nodemailer here: {_ADVICE}")


def path_of(name: str) -> str:
    """Where the program is."""
    found = shutil.which(name, path=_FOLDERS)
    assert found, f"there is no {name} here: {_ADVICE}"
    return found


def _give_up(why: str) -> None:
    if os.environ.get("CI"):
        pytest.fail(why)
    pytest.skip(why)
