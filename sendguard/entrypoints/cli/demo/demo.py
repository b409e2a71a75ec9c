"""`sendguard demo`: the whole story, offline, through the real pipeline."""

import contextlib
import tempfile
from typing import TYPE_CHECKING

from sendguard.entrypoints.cli.say import say
from sendguard.errors import SendGuardError

if TYPE_CHECKING:
    from sendguard.entrypoints.cli.demo.stage import Stage

EXAMPLES = """\b
Example:
  sendguard demo
"""

STOPPED = """\
1. A wrong link is stopped

The Navigator's issue 42 is about to go out. Its first button says “Read article”
under “Schrodinger's Proposals”, but still has the address of an article of issue 41.

$ sendguard check campaigns/navigator-42
"""
MENDED = """

2. Mended, it passes

We put the right address into the newsletter:

  - {wrong}
  + {right}

$ sendguard check campaigns/navigator-42
"""
SENT = """

3. It is sent, and one link is wrong all the same

After the check somebody saves another article at that address of the website. Nobody
notices, and the issue goes out to 25 readers (here: to a mail server on this computer).

$ sendguard send campaigns/navigator-42 --yes
"""
CORRECTED = """

4. One command puts it right

The article has another address now. The editor says which, and no more than that.

$ sendguard correct navigator-42 --yes \\
    --link "{label}={moved}"
"""
RECORD = """

5. What is on record

$ sendguard incident navigator-42
"""
ENDING = """
  … and more: links, readers, and what is still yours to say: what it cost, why it
  happened, who was told.

Everything above was real, and none of it left this computer.
Your turn:  sendguard check your-newsletter.html"""


def demo() -> None:
    """Watch a wrong link be stopped, and a mistake that is out be put right."""
    say(STOPPED)
    from sendguard.entrypoints.cli.demo.stage import navigator

    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder), navigator() as stage:
        codes = _tell(stage)
    if codes != (1, 0, 0, 0):
        raise SendGuardError("the demo did not go as told above; please report it")


def _tell(stage: "Stage") -> tuple[int, int, int, int]:
    """The story; the exit codes of the commands in it."""
    from sendguard.entrypoints.cli.demo.stage import LABEL, MOVED, RIGHT, WRONG

    blocked = stage.check()
    say(MENDED.format(wrong=WRONG, right=RIGHT))
    stage.mend()
    passed = stage.check()
    say(SENT)
    stage.change_website()
    sent = stage.send()
    stage.show_inbox()
    say(CORRECTED.format(label=LABEL, moved=MOVED))
    corrected = stage.correct()
    stage.show_inbox()
    say(RECORD)
    stage.show_incident()
    say(ENDING)
    return blocked, passed, sent, corrected
