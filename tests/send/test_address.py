"""Mail addresses: which are one, how mail is sent to them, and what is none."""

import re

import pytest
from email_validator import validate_email
from hypothesis import given
from hypothesis import strategies as st

from sendguard.send.address import parse_address


@pytest.mark.parametrize(
    ("written", "key", "address"),
    [
        ("ada@example.org", "ada@example.org", "ada@example.org"),
        ("Ada.Lovelace@Example.ORG", "ada.lovelace@example.org", "Ada.Lovelace@example.org"),
        (" ada@example.org\t", "ada@example.org", "ada@example.org"),
        ("\ufeffada@example.org\u200b", "ada@example.org", "ada@example.org"),
        ("Ada Lovelace <ada@example.org>", "ada@example.org", "ada@example.org"),
        ('"Lovelace, Ada" <ada@example.org>', "ada@example.org", "ada@example.org"),
        ("o'hara+news@example.org", "o'hara+news@example.org", "o'hara+news@example.org"),
        ('"ada@home"@example.org', '"ada@home"@example.org', '"ada@home"@example.org'),
        ('"ada"@example.org', "ada@example.org", "ada@example.org"),
        ("ada@Müller.example", "ada@xn--mller-kva.example", "ada@xn--mller-kva.example"),
        ("ada@xn--mller-kva.example", "ada@xn--mller-kva.example", "ada@xn--mller-kva.example"),
        ("Zoë@müller.example", "zoë@xn--mller-kva.example", "Zoë@müller.example"),
        ("Zoe\u0308@example.org", "zoë@example.org", "Zoë@example.org"),
        ("ada@letters.local", "ada@letters.local", "ada@letters.local"),
    ],
)
def test_an_address_has_a_key_and_a_spelling(written: str, key: str, address: str) -> None:
    assert parse_address(written) == (key, address)


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ("", "the address is empty"),
        ("<>", "the address is empty"),
        ("Ada Lovelace", "“Ada Lovelace” is no mail address: it has no @"),
        ("ada@localhost", "“ada@localhost” has no domain such as example.org behind its @"),
        ("ada@[192.0.2.1]", "“ada@[192.0.2.1]” has no domain such as example.org behind its @"),
        ("ada@192.0.2.1", "“ada@192.0.2.1” has no domain such as example.org behind its @"),
        ("ada@example..org", "“ada@example..org” has no domain such as example.org behind its @"),
        (".ada@example.org", "“.ada@example.org” is no mail address: look at what stands before"),
        ("a@example.org, b@example.org", "“a@example.org, b@example.org” is more than one address"),
        ("ada love@example.org", "“ada love@example.org” has a blank, a bracket or a control"),
        ('"ada love"@example.org', '“"ada love"@example.org” has a blank, a bracket or a control'),
        ("ada\r\nRCPT@example.org", "“ada RCPT@example.org” has a blank, a bracket or a control"),
        ("ada\0@example.org", "“ada@example.org” has a blank, a bracket or a control"),
        ("a" * 300 + "@example.org", "a…” is longer than an address can be"),
        ("a" * 9_000 + "@example.org", "a…” is far too long for an address"),
    ],
)
def test_what_is_no_address_is_refused_in_words(written: str, says: str) -> None:
    with pytest.raises(ValueError, match=re.escape(says)):
        parse_address(written)


def test_two_mailboxes_that_only_look_alike_stay_two() -> None:
    assert parse_address("straße@example.org")[0] != parse_address("strasse@example.org")[0]


@given(st.one_of(st.emails(), st.emails().map(str.upper)))
def test_the_quick_way_and_the_careful_one_agree(written: str) -> None:
    careful = validate_email(written, check_deliverability=False, globally_deliverable=False)

    key, address = parse_address(written)

    assert key == f"{careful.ascii_email}".lower()
    assert address.partition("@")[2] == f"{careful.ascii_domain}".lower()


@given(st.text() | st.from_regex(r"[\w\"<>@.,; -]{1,30}@[\w.-]{1,20}", fullmatch=True))
def test_whatever_is_taken_for_an_address_is_one_and_its_key_too(written: str) -> None:
    try:
        key, address = parse_address(written)
    except ValueError:
        return

    assert parse_address(key)[0] == parse_address(address)[0] == key
    assert not set("\r\n\0<> \t") & {*key, *address}
