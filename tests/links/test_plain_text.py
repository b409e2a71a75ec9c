import pytest

from sendguard.links.plain_text import find_text_hits


def addresses(text: str) -> list[str]:
    return [hit.href for hit in find_text_hits(text)]


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("See https://x.org/a.", "https://x.org/a"),
        ("(https://x.org/a)", "https://x.org/a"),
        ("https://x.org/a_(b)", "https://x.org/a_(b)"),
        ("<https://x.org/a?b=1>", "https://x.org/a?b=1"),
        ("www.x.org/a, or not", "www.x.org/a"),
        ("[A ship](https://x.org/a)", "https://x.org/a"),
    ],
)
def test_an_address_ends_before_the_punctuation_of_its_sentence(text: str, address: str) -> None:
    assert addresses(text) == [address]


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Read article: https://x.org/a", "Read article"),
        ("A ship of two hulls\nhttps://x.org/a", "A ship of two hulls"),
        ("[A ship](https://x.org/a)", "A ship"),
        ("* https://x.org/a", ""),
    ],
)
def test_the_label_is_what_announces_the_address(text: str, label: str) -> None:
    assert [hit.label for hit in find_text_hits(text)] == [label]


def test_a_mail_address_is_no_link() -> None:
    assert addresses("Write to info@www.x.org") == []


def test_an_endless_address_is_cut() -> None:
    (address,) = addresses("https://x.org/" + ")" * 2_000_000)

    assert len(address) == 8_001


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("See https://x.org/?u={{ id }}.", "https://x.org/?u={{ id }}"),
        (
            'Or https://x.org/{{ id | default: "x" }}/a, then',
            'https://x.org/{{ id | default: "x" }}/a',
        ),
        ("See https://x.org/?u=*|ID|*.", "https://x.org/?u=*|ID|*"),
        ("See https://x.org/?u={{ id, and so on", "https://x.org/?u={{"),
    ],
)
def test_a_merge_field_belongs_whole_to_its_address(text: str, address: str) -> None:
    assert addresses(text) == [address]
