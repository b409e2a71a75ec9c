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
NEXT = f"""\
Made {CONFIG} and {CAMPAIGN}.

Next:
  sendguard check {CAMPAIGN}
opens every link of it and says whether it may go out. Then put your own
newsletter in {CAMPAIGN / "newsletter.html"}, or check any file:
  sendguard check issue.html"""


def init() -> None:
    """Make a config.yaml and a first campaign, here; nothing is ever overwritten."""
    there = [path for path in (CONFIG, CAMPAIGN) if os.path.lexists(path)]
    if there:
        raise SendGuardError(
            f"{' and '.join(map(str, there))} {'is' if len(there) == 1 else 'are'} already here, "
            "so nothing was written; move that away, or go to another folder"
        )
    try:
        _make()
    except OSError as error:
        raise SendGuardError(f"{error.filename} cannot be written: {error.strerror}") from error
    say(NEXT)


def _make() -> None:
    """Both or neither: each is made under another name and moved to its place when whole."""
    unfinished = Path(f".sendguard-init-{os.getpid()}")
    starter = files("sendguard.entrypoints.cli") / "starter"
    try:
        with as_file(starter) as whole:
            shutil.copytree(whole, unfinished, copy_function=shutil.copyfile)
        CAMPAIGN.parent.mkdir(exist_ok=True)
        (unfinished / CAMPAIGN.name).rename(CAMPAIGN)
        (unfinished / CONFIG).rename(CONFIG)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
