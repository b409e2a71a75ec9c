"""`sendguard demo`: the whole story, offline, through the real pipeline."""

import contextlib
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from sendguard.entrypoints.cli.say import say
from sendguard.errors import SendGuardError

if TYPE_CHECKING:
    from sendguard.gate import Run

EXAMPLES = """\b
Example:
  sendguard demo
"""
CAMPAIGN = "navigator-42"
WRONG = "http://navigator.example/41/five-ways-to-lose-a-sale"
RIGHT = "http://navigator.example/42/schrodingers-proposals"

OPENING = """\
The Navigator's issue 42 is about to go out. Its first button says “Read article”
under “Schrodinger's Proposals”, but still has the address of an article of issue 41.

$ sendguard check campaigns/navigator-42
"""
REPAIR = f"""
Nothing was sent. We put the right address into a copy of the newsletter:

  - {WRONG}
  + {RIGHT}

$ sendguard check campaigns/navigator-42
"""
ENDING = """
Your turn:  sendguard check your-newsletter.html"""


def demo() -> None:
    """Watch a newsletter with a wrong link be stopped, repaired, and let through."""
    from sendguard.entrypoints.cli.demo.site import navigator_site

    with navigator_site() as server, tempfile.TemporaryDirectory() as folder:
        say(OPENING)
        blocked = _check(_original(), server)
        say(REPAIR)
        passed = _check(_repaired(_original(), Path(folder)), server)
        say(ENDING)
    if (blocked.decision, passed.decision) != ("block", "pass"):
        raise SendGuardError("the demo did not go as told above; please report it")


def _check(campaign: Path, server: str) -> "Run":
    """Check for real: only the Navigator's name is taken to this machine."""
    from sendguard.config import Config, Visits
    from sendguard.entrypoints.checking import run_check
    from sendguard.entrypoints.cli.check import Format, tell

    visits = Visits(connect_to={"navigator.example:80": server}, remember_s=0)
    config = Config(database=None, visit=visits)
    with contextlib.chdir(campaign.parents[1]):
        path = str(Path("campaigns") / CAMPAIGN)
        run = run_check([path], config, offline=False, on_visited=lambda _done, _of: None)
    if run.interrupted:
        raise KeyboardInterrupt
    tell(run, Format.TEXT, None)
    return run


def _original() -> Path:
    """The campaign as it is shipped: in the wheel beside this file, in a clone on top."""
    package = Path(__file__).parent / "campaigns" / CAMPAIGN
    clone = Path(__file__).parents[4] / "campaigns" / CAMPAIGN
    return package if package.is_dir() else clone


def _repaired(campaign: Path, folder: Path) -> Path:
    copy = folder / "campaigns" / CAMPAIGN
    shutil.copytree(campaign, copy)
    newsletter = copy / "newsletter.mjml"
    newsletter.write_text(newsletter.read_text("utf-8").replace(WRONG, RIGHT), "utf-8")
    return copy
