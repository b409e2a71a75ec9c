"""`sendguard init`: a settings file and a first campaign to begin from."""

import os
import shutil
from importlib.resources import as_file, files
from pathlib import Path

from sendguard.entrypoints.cli.say import say
from sendguard.errors import SendGuardError

EXAMPLES = """\b
Example:
  sendguard init
  sendguard check campaigns/first-issue
"""
CONFIG = Path("config.yaml")
CAMPAIGN = Path("campaigns") / "first-issue"
MADE_BOTH = f"Made {CONFIG} and {CAMPAIGN}."
MADE_CAMPAIGN = f"Made {CAMPAIGN}. {CONFIG} is already here and was left as it is."
NEXT = f"""
Next:
  sendguard check {CAMPAIGN}
opens every link of it and says whether it may go out. Then put your own
newsletter in {CAMPAIGN / "newsletter.html"}, or check any file:
  sendguard check issue.html
With your mail server in {CONFIG} and readers in the campaign, send it:
  sendguard send {CAMPAIGN} --test-to you@example.org"""


def init() -> None:
    """Make a config.yaml and a first campaign, here; nothing is ever overwritten."""
    if os.path.lexists(CAMPAIGN):
        raise SendGuardError(
            f"{CAMPAIGN} is already here, so nothing was written; "
            "move it away, or go to another folder"
        )
    has_config = os.path.lexists(CONFIG)
    try:
        _make(() if has_config else (CONFIG,))
    except OSError as error:
        raise SendGuardError(f"{error.filename} cannot be written: {error.strerror}") from error
    say(f"{MADE_CAMPAIGN if has_config else MADE_BOTH}\n{NEXT}")


def _make(besides: tuple[Path, ...]) -> None:
    """The campaign and what is asked for besides, or nothing.

    Each is made under another name and moved to its place when whole.
    """
    unfinished = Path(f".sendguard-init-{os.getpid()}")
    starter = files("sendguard.entrypoints.cli") / "starter"
    try:
        with as_file(starter) as whole:
            shutil.copytree(whole, unfinished, copy_function=shutil.copyfile)
        CAMPAIGN.parent.mkdir(exist_ok=True)
        (unfinished / CAMPAIGN.name).rename(CAMPAIGN)
        for file in besides:
            (unfinished / file).rename(file)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
