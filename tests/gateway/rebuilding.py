"""Newsletters made again from copies that passed, and the letters of their correction."""

import html
from collections.abc import Sequence

from sendguard.config.sections import Mail as MailSettings
from sendguard.gateway import Mail
from sendguard.gateway.opened import Opened, look_inside, worded
from sendguard.gateway.readers.parts import Baseline
from sendguard.gateway.readers.reconstruct import Reconstructed, reconstruct
from sendguard.gateway.readers.survey import Survey
from sendguard.send import Delivery, Dispatch, Reader
from sendguard.send.letter import Letter
from sendguard.send.mold import Mold
from tests.builders import NOON
from tests.gateway.copies import Recipient

FINGERPRINT = "3f9a2c71d0e4"


def rebuilt(copies: Sequence[Mail], own: Sequence[str] = ()) -> tuple[Reconstructed, Survey]:
    baseline = Baseline.of(Opened(copies[0]))
    assert baseline
    survey = Survey(baseline)
    for one in copies:
        survey.add(baseline.parts(Opened(one)))
    return reconstruct(FINGERPRINT, copies[0], survey, own, MailSettings()), survey


def letters(readers: Sequence[Recipient], copies: Sequence[Mail]) -> list[Letter]:
    """What a correction that corrects nothing would say to each."""
    made, survey = rebuilt(copies)
    dispatch = Dispatch(
        campaign=FINGERPRINT,
        series=None,
        path="",
        edition=made.edition.digest,
        columns=made.columns,
        key="0" * 32,
        queued_at=NOON,
    )
    mold = Mold.of(made.edition, dispatch)
    return [
        mold.letter(_delivery(number, one, made, survey, copies[number]))
        for number, one in enumerate(readers)
    ]


def _delivery(
    number: int, one: Recipient, made: Reconstructed, survey: Survey, copy: Mail
) -> Delivery:
    parts = survey.baseline.parts(Opened(copy))
    assert parts is not None
    values = made.values(parts)
    assert values is not None
    reader = Reader(key=one.address, address=one.address, fields=values)
    return Delivery(id=number, reader=reader, edition=made.edition.digest, dated=NOON)


def everything_in(letter: Letter) -> str:
    inside = look_inside(letter.data.replace(b"\r\n..", b"\r\n."))  # RFC 5321, section 4.5.2
    headers = [worded(value) for values in inside.headers.values() for value in values]
    told = [*headers, *(part.text or "" for part in inside.parts)]
    return html.unescape("\n".join(told))
