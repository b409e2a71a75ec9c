"""What the gateway itself answers."""

from dataclasses import replace

from sendguard.gateway import Ruling, Standing
from sendguard.gateway.replies import stopped
from tests.builders import NOON
from tests.fakes_gateway import a_stream


def test_what_is_said_of_a_late_copy_holds_where_others_have_theirs() -> None:
    ruling = Ruling(standing=Standing.BLOCKED, at=NOON, says="it was corrected", by="correct")

    reply = stopped(replace(a_stream(), ruling=ruling), for_good=True)

    assert "it was corrected. This copy went to nobody. (" in reply.text
