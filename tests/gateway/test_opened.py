"""A message taken apart once, for whoever looks into it."""

from sendguard.gateway import Mail
from sendguard.gateway.opened import Opened, look_inside

PARTS = b"""Content-Type: multipart/alternative; boundary=x\r
\r
--x\r
\r
Hello\r
--x\r
Content-Type: text/html\r
\r
<p>Hello</p>\r
--x--\r
"""


def test_the_end_of_the_line_above_a_boundary_is_no_part_of_what_is_read() -> None:
    inside = look_inside(PARTS)

    assert [part.text for part in inside.parts] == ["Hello", "<p>Hello</p>"]


def test_an_empty_part_is_read_as_such() -> None:
    inside = look_inside(PARTS.replace(b"Hello\r\n--x\r", b"--x\r"))

    assert inside.shown("text/plain") == ""


def test_what_is_attached_is_not_looked_into() -> None:
    attached = b"Content-Type: text/html\r\nContent-Disposition: attachment\r"

    inside = look_inside(PARTS.replace(b"Content-Type: text/html\r", attached))

    assert inside.shown("text/html") is None


def test_a_message_that_was_closed_opens_again() -> None:
    message = Opened(Mail(sender="", recipients=(), data=PARTS))
    before = message.inside

    message.close()

    assert message.inside == before
