"""The recipients of a message, as they are written down."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sendguard.gateway import Mail
from sendguard.gateway.opened import Opened, look_inside
from sendguard.gateway.readers.parts import TO
from sendguard.gateway.readers.passages import message_id_of, passages_of


def a_message(*recipients: str, data: bytes = b"\r\n") -> Opened:
    return Opened(Mail(sender="", recipients=recipients, data=data))


def test_who_stands_in_the_envelope_twice_is_one() -> None:
    found = passages_of(a_message("Ada@Example.org", "ada@example.org"), "5e", {})

    assert [one.key for one in found] == ["ada@example.org"]


def test_an_address_that_only_its_own_server_knows_is_written_down_too() -> None:
    assert [one.key for one in passages_of(a_message("Root"), "5e", {})] == ["root"]


@pytest.mark.parametrize("parts", [{}, {7: "Cy"}])
def test_of_several_recipients_the_parts_are_of_whom_the_message_is_addressed_to(
    parts: dict[int, str],
) -> None:
    data = b"Subject: x\r\nTO:\r\n Cy@example.com\r\n\r\nTo: dora@example.com\r\n"
    found = passages_of(a_message("cy@example.com", "dora@example.com", data=data), "5e", parts)

    assert [one.parts for one in found] == [parts, None]


@pytest.mark.parametrize(
    ("to", "name"),
    [
        ('"Cy, B."\r\n <Cy@example.com>', {TO: "Cy, B."}),
        ("=?utf-8?q?C=C3=BD?= <cy@example.com>", {TO: "Cý"}),
        ("The Navigator <navigator@example.org>", {}),
        ("Cy <cy@example.com>, Dora <dora@example.com>", {}),
    ],
)
def test_the_name_in_to_is_of_whom_it_is_addressed_to_alone(to: str, name: dict[int, str]) -> None:
    message = a_message("cy@example.com", data=f"To: {to}\r\n\r\n".encode())

    assert [one.parts for one in passages_of(message, "5e", {})] == [name]


def test_what_went_to_a_list_is_known_of_each_of_its_members() -> None:
    data = b"To: navigator@example.org\r\n\r\n"
    found = passages_of(a_message("cy@example.com", "dora@example.com", data=data), "5e", {})

    assert [one.parts for one in found] == [{}, {}]


def test_the_message_id_is_found_where_its_header_is_folded() -> None:
    assert message_id_of(look_inside(b"a: x\r\nMESSAGE-ID:\r\n <a.b@c>\r\n\r\nbody")) == "a.b@c"


def test_a_message_id_in_the_body_is_none() -> None:
    assert message_id_of(look_inside(b"Subject: x\r\n\r\nMessage-ID: <a@b>\r\n")) is None


@given(st.binary())
def test_no_bytes_are_too_odd(data: bytes) -> None:
    message_id_of(look_inside(data))
