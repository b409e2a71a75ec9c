"""Whoever the readers are, a newsletter is one campaign; with one link changed it is another."""

import base64
from random import Random
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sendguard.gateway import Copy, Mail, is_same_campaign
from tests.gateway.navigator import HTML, TEXT, Reader, a_copy, recognised

FIRST_NAMES = ("Anna", "Bernd", "Chloé", "Дмитрий", "José María", "O'Neill", "李雷", "x", "Reader")
LAST_NAMES = ("Schmidt", "Öhler", "van den Berg", "Story", "Five", "")
KEYS = (
    lambda chance: base64.urlsafe_b64encode(chance.randbytes(16)).decode().rstrip("="),
    lambda chance: f"{chance.getrandbits(64):016x}",
    lambda chance: str(UUID(int=chance.getrandbits(128), version=4)),
    lambda chance: f"{chance.getrandbits(160):040x}",
)

# Drawn by a seed: of numbers that are all alike nobody would make a token.
CHANCE = st.integers(0, 2**32).map(Random)


def a_reader(chance: Random, number: int, kind: int) -> Reader:
    name = f"{chance.choice(FIRST_NAMES)} {chance.choice(LAST_NAMES)}".strip()
    local = chance.choice((f"reader{number}", f"r.{number}", f"news+{number}", f"anna-{number}"))
    return Reader(
        name=name,
        address=f"{local}@mail{number % 7}.example",
        key=KEYS[kind](chance),
        id=10_000 + number,
        points=chance.randrange(100_000),
    )


@settings(max_examples=40)
@given(CHANCE, st.integers(0, 3))
def test_any_two_readers_get_the_same_campaign(chance: Random, kind: int) -> None:
    encodings = ("base64", "quoted-printable")
    one, other = (
        recognised(a_copy(a_reader(chance, chance.randrange(89_999), kind), encoding=encoding))
        for encoding in encodings
    )

    assert one.key == other.key
    # Where the first copy's key looks like words by chance, the second one begins the campaign.
    assert is_same_campaign(one, other) or is_same_campaign(other, one)


@pytest.mark.parametrize("kind", range(4))
@pytest.mark.parametrize("readers", [250, pytest.param(5_000, marks=pytest.mark.soak)])
def test_many_copies_are_one_campaign(kind: int, readers: int) -> None:
    chance = Random(kind)  # noqa: S311 - the same readers every time

    copies = [recognised(a_copy(a_reader(chance, number, kind))) for number in range(readers)]

    assert all(is_same_campaign(copy, copies[0]) for copy in copies)


LINKS = (
    ("example.org/story-1", "example.com/story-1"),
    ("story-1", "story-10"),
    ("issue=42", "issue=43"),
    ("issue=42", "issue=42&page=2"),
    ("#comments", ""),
    ("/{key}/1?", "/{key}/2?"),
    ("%2Fa", "%2Fb"),
    ("aHR0cHM6Ly9leGFtcGxlLm9yZy9hLzE", "aHR0cHM6Ly9leGFtcGxlLm9yZy9hLzI"),
    ("youtu.be/dQw4w9WgXcQ", "youtu.be/dQw4w9WgXcR"),
    ("picture.png", "other.png"),
    ("news.example.org/r/", "news.example.com/r/"),
    ('<v:rect href="https://example.org/story-1">', '<v:rect href="https://example.org/story-2">'),
)


@settings(max_examples=60)
@given(CHANCE, st.sampled_from(LINKS))
def test_with_one_link_changed_it_is_another_campaign(
    chance: Random, change: tuple[str, str]
) -> None:
    one, other = a_reader(chance, 1, 0), a_reader(chance, 2, 0)
    whole = f"{HTML}\0{TEXT}"
    at = chance.choice([at for at in range(len(whole)) if whole.startswith(change[0], at)])
    html, _, text = f"{whole[:at]}{change[1]}{whole[at + len(change[0]) :]}".partition("\0")

    copies = recognised(a_copy(one)), recognised(a_copy(other, html=html, text=text))

    assert not is_same_campaign(*copies)
    assert not is_same_campaign(*reversed(copies))


@given(st.binary(max_size=600), st.sampled_from(("", "anna@example.net")))
def test_any_bytes_are_a_copy_of_something(data: bytes, recipient: str) -> None:
    mail = Mail(sender="", recipients=(recipient,), data=data)

    copy = recognised(mail)

    assert copy == recognised(mail)
    assert is_same_campaign(copy, copy)


SCRAPS = (
    *(b"Content-Type: multipart/mixed; boundary=b\r\n", b"\r\n", b"--b\r\n", b"--b--\r\n"),
    *(b"Content-Type: text/html; charset=utf-16\r\n", b"Content-Transfer-Encoding: base64\r\n"),
    *(b"Content-Type: message/rfc822\r\n", b"=?utf-8?b?=C3?=", b"\xff\xfe<a href='", b"From: "),
    *(b"Subject: =?x?q?=\r\n", b" folded\r\n", b"To: <a@b>, =?\r\n", b"PGh0bWw+", b"\0"),
    *(b"List-Unsubscribe: <http://\r\n", b'<a href="https://x/%zz?u=%">', b"https://[::1/"),
    *(b"&#x110000;", b"<!--[if"),
)


@given(st.lists(st.sampled_from(SCRAPS) | st.binary(max_size=8), max_size=40).map(b"".join))
def test_damaged_messages_are_copies_too(data: bytes) -> None:
    copy = recognised(Mail(sender="a@b", recipients=("r@example.net",), data=data))

    assert isinstance(copy, Copy)
