"""A program: a Mailman 3 with one list. CONFIG; its standard input names members and brings posts.

In, first line: {"members": [address, …], "posts": [message, …]}. Each further line asks for a
round, in which all that is there is tried once; Mailman's own runners do so, one after the other in
one process, so that no five of them have to start. Out, a line for each round: how many messages
were put off, and how often Mailman took an answer for a bounce: {"put_off": N, "bounces": N}.
"""

import json
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from mailman.app.inject import inject_text
from mailman.app.lifecycle import create_list
from mailman.bin.runner import make_runner
from mailman.config import config
from mailman.core.initialize import initialize
from mailman.interfaces.action import Action
from mailman.interfaces.bounce import IBounceProcessor
from mailman.interfaces.domain import IDomainManager
from mailman.interfaces.member import MemberRole
from mailman.interfaces.usermanager import IUserManager
from zope.component import getUtility

ROUND = ("retry", "in", "pipeline", "out")


def found(members: Sequence[str]) -> Any:  # noqa: ANN401 - Mailman has no types
    """A list to which anybody may post."""
    getUtility(IDomainManager).add("navigator.example")
    own = create_list("news@navigator.example")
    own.default_nonmember_action = Action.accept
    for member in members:
        address = getUtility(IUserManager).create_address(member)
        address.verified_on = datetime.now(UTC).replace(tzinfo=None)
        own.subscribe(address, MemberRole.member, send_welcome_message=False)
    config.db.commit()
    return own


def go_round() -> dict[str, int]:
    """Let each runner do what there is to do, as Mailman's master does when its time has come."""
    for name in ROUND:
        for _ in config.switchboards[name].files:  # once: one message
            make_runner(name, 0, 1, once=True).run()
    bounces = getUtility(IBounceProcessor).events
    return {"put_off": len(config.switchboards["retry"].files), "bounces": len(list(bounces))}


def main() -> None:
    """Go round as often as it is asked for."""
    told = json.loads(sys.stdin.readline())
    initialize(sys.argv[1])
    own = found(told["members"])
    for post in told["posts"]:
        inject_text(own, post)
    for _ in sys.stdin:
        sys.stdout.write(f"{json.dumps(go_round())}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
