"""Pictures and files that go with a newsletter, and the name of whom it is for."""

import re
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from sendguard.send import Edition
from sendguard.send.addressed import NAMED
from sendguard.send.enclosed import Enclosed, told_enclosed
from sendguard.send.message_id import FOLLOWS
from tests.send.editions import a_delivery, a_mold, an_edition, received, sent

LOGO = Enclosed.of(b"\x89PNG", kind="image/png", name="logo.png", id="logo@newsletter")
AGENDA = Enclosed.of(b"%PDF", kind="application/pdf", name="Agenda.pdf", is_file=True)


def enclosing(*enclosed: Enclosed, html: str | None = "<p>Hello</p>\n") -> Edition:
    return replace(an_edition(html), enclosed=enclosed)


def test_pictures_stand_beside_the_html_and_files_beside_all_of_it() -> None:
    message = sent(enclosing(AGENDA, LOGO))

    assert [part.get_content_type() for part in message.walk()] == [
        *("multipart/mixed", "multipart/alternative", "text/plain"),
        *("multipart/related", "text/html", "image/png", "application/pdf"),
    ]


def test_a_file_may_go_beside_plain_text() -> None:
    message = sent(enclosing(AGENDA, html=None))

    assert [part.get_content_type() for part in message.walk()] == [
        *("multipart/mixed", "text/plain", "application/pdf")
    ]


@settings(max_examples=30)
@given(content=st.binary(), name=st.text(max_size=90), kind=st.text(max_size=20))
def test_whatever_it_holds_and_is_called_it_arrives_and_no_line_is_too_long(
    content: bytes, name: str, kind: str
) -> None:
    one = Enclosed.of(content, kind=kind, name=name, charset=kind, is_file=True)

    letter = a_mold(enclosing(one)).letter(a_delivery())

    *_, part = received(letter).walk()
    assert part.get_payload(decode=True) == content
    assert part.get_filename("") == (one.name or "")
    assert not any(re.search(rb"[\r\n\0]|^\.(?!\.)|.{999}", line) for line in lines(letter.data))


def lines(data: bytes) -> list[bytes]:
    return data.split(b"\r\n")


def test_people_are_told_the_first_names_and_how_many_more_there_are() -> None:
    nameless = Enclosed.of(b"", kind="image/gif")

    assert told_enclosed([LOGO, nameless]) == "logo.png, image/gif"
    assert told_enclosed([LOGO] * 10).endswith("logo.png, 2 more")


def test_what_is_enclosed_makes_another_edition() -> None:
    digests = {one.digest for one in (an_edition(), enclosing(LOGO), enclosing(LOGO, AGENDA))}

    assert len(digests) == 3


@settings(max_examples=40)
@given(name=st.text(st.characters(exclude_categories=["Cs"]), max_size=300))
def test_the_name_of_a_reader_stands_in_to_whatever_it_is(name: str) -> None:
    letter = a_mold(an_edition(), NAMED, FOLLOWS).letter(a_delivery(name, ""))

    message = received(letter)
    assert message["to"].addresses[0].addr_spec == "ada@example.net"
    assert len(message["to"].addresses) == len(message.get_all("to", [])) == 1
    assert len(message.get_all("from", [])) == 1


def test_a_name_arrives_as_it_was() -> None:
    fields = (a_delivery(name, "") for name in ("Ada Lovelace", "Lovelace, Ada", "Adá 💌"))

    told = [received(a_mold(an_edition(), NAMED, FOLLOWS).letter(one))["to"] for one in fields]

    assert [one.addresses[0].display_name for one in told] == [
        *("Ada Lovelace", "Lovelace, Ada", "Adá 💌")
    ]
