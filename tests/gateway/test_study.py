"""What is known of a campaign from its first message."""

from sendguard.gateway import Standing
from sendguard.gateway.opened import Opened
from sendguard.gateway.study import Study
from tests.fakes_gateway import a_stream
from tests.gateway.copies import a_copy_for, a_recipient


def test_a_passage_keeps_what_is_its_readers_own() -> None:
    ada, bob = a_recipient(1), a_recipient(2)
    study = Study.of(a_stream(Standing.PASSED), Opened(a_copy_for(ada)), has_trace=False)

    (passage,) = study.passages(Opened(a_copy_for(bob)))

    assert passage.parts
    assert {bob.name, bob.token} <= set(passage.parts.values())
