import base64
import hashlib
from dataclasses import replace
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sendguard.links import Role
from sendguard.values import Url
from sendguard.visit import Mailing, Reason, why_not_visit
from tests.builders import a_campaign, a_link

READER = "ada.l@readers.example"
RECEIVED = ("received", "from mx.example by mail.example")
COUNTED = "https://example.us1.list-manage.com/track/click?u=1&id=2&e=3"


def mailing(*headers: tuple[str, str]) -> Mailing:
    return Mailing.of(replace(a_campaign(), headers=headers))


SENT = mailing(RECEIVED, ("to", f"Ada <{READER}>"))
DRAFT = mailing(("to", f"Ada <{READER}>"))


def why(address: str, told: Mailing) -> Reason | None:
    return why_not_visit(a_link(address, "Read article", role=Role.ARTICLE), told)


SPELLINGS = {
    "plain": READER,
    "in capitals": READER.upper(),
    "percent-encoded": quote(READER, safe=""),
    "encoded twice": quote(quote(READER, safe=""), safe=""),
    "base64": base64.b64encode(READER.encode()).decode(),
    "base64 for addresses": base64.urlsafe_b64encode(f"u={READER}?".encode()).decode().rstrip("="),
    "hexadecimal": READER.encode().hex(),
    "md5": hashlib.md5(READER.encode(), usedforsecurity=False).hexdigest(),
    "sha1": hashlib.sha1(READER.encode(), usedforsecurity=False).hexdigest(),
    "sha256": hashlib.sha256(READER.encode()).hexdigest().upper(),
    "as in return addresses": READER.replace("@", "="),
}


@pytest.mark.parametrize("how", SPELLINGS)
@pytest.mark.parametrize("where", ["https://example.org/may?r={}", "https://example.org/{}/may"])
def test_an_address_with_the_reader_in_it_is_not_opened(how: str, where: str) -> None:
    assert why(where.format(SPELLINGS[how]), SENT) is Reason.PERSONAL


@pytest.mark.parametrize("how", SPELLINGS)
def test_in_a_draft_nobody_is_a_reader_yet(how: str) -> None:
    assert why(f"https://example.org/may?r={SPELLINGS[how]}", DRAFT) is None


def test_an_address_without_the_reader_is_opened() -> None:
    assert why("https://example.org/ada.l/readers.example?r=YWRh", SENT) is None


def test_another_header_names_the_reader_too() -> None:
    told = mailing(RECEIVED, ("to", "all@lists.example"), ("delivered-to", READER))

    assert why(f"https://example.org/may?r={READER}", told) is Reason.PERSONAL


def test_a_counter_of_clicks_is_opened_for_a_draft() -> None:
    assert why(COUNTED, DRAFT) is None


def test_a_counter_of_clicks_in_a_sent_message_is_one_readers() -> None:
    assert why(COUNTED, SENT) is Reason.PERSONAL


def test_what_a_redirector_knows_of_the_reader_is_never_sent() -> None:
    link = "https://nam01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fexample.org%2Fmay"

    assert why(f"{link}&data=05%7C{quote(READER)}", SENT) is None


def test_what_names_the_reader_and_is_left_out_keeps_nothing_from_being_opened() -> None:
    assert why(f"https://example.org/may?vero_id={quote(READER)}", SENT) is None


@given(st.text(max_size=200), st.text(max_size=200))
def test_no_header_and_no_address_is_too_odd(header: str, address: str) -> None:
    told = mailing(RECEIVED, ("to", header), ("list-unsubscribe", header))

    told.names_reader(Url(f"https://example.org/{address}"))


@pytest.mark.parametrize(
    "written",
    [
        "<https://example.org/u/8d3f 1c7a>",
        "<https://example.org/u/8d3f1c7a\r\n\t>",
        "https://example.org/u/8d3f1c7a",
        "<mailto:leave@example.org>, https://example.org/u/8d3f1c7a",
        "<https://example.org/u/8d3f1c7a",
    ],
)
def test_an_address_of_the_header_is_known_however_it_is_folded(written: str) -> None:
    told = mailing(("list-unsubscribe", written))

    assert why("https://example.org/u/8d3f1c7a", told) is Reason.ACTS


def test_a_header_with_endless_recipients_is_read_in_part() -> None:
    told = mailing(RECEIVED, ("to", ", ".join(f"r{n}@x.example" for n in range(100_000))))

    assert len(told.reader) < 100
