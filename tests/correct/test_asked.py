import pytest

from sendguard.correct.asked import Asked
from sendguard.errors import WrongUsage


@pytest.mark.parametrize(
    ("text", "label", "right"),
    [
        ("Read article=https://x.org/a", "Read article", "https://x.org/a"),
        ("1 + 1 = 2=HTTPS://x.org/?a=b", "1 + 1 = 2", "HTTPS://x.org/?a=b"),
        ("https://x.org/old=https://y.org/=http:", "https://x.org/old", "https://y.org/=http:"),
        (" L3 =https://x.org/?u={{ email }} ", "L3", "https://x.org/?u={{ email }}"),
    ],
)
def test_a_link_is_parted_at_the_first_address(text: str, label: str, right: str) -> None:
    assert Asked.parse(text) == Asked(label, right)


@pytest.mark.parametrize(
    "text", ["Read article", "=https://x.org/", "Read article=x.org", "L3= https://x.org", ""]
)
def test_what_names_no_link_and_address_is_refused(text: str) -> None:
    with pytest.raises(WrongUsage, match='names no link and address: write "LABEL=https'):
        Asked.parse(text)


@pytest.mark.parametrize("right", ["http:/x.org", "https://", "https://x .org/a", "httpx://y"])
def test_a_right_address_has_to_be_whole(right: str) -> None:
    with pytest.raises(WrongUsage, match="is no web address: write the right one whole"):
        Asked.parse(f"L1={right}")


def test_a_right_address_with_a_password_is_for_nobody_else() -> None:
    with pytest.raises(WrongUsage, match=r"at x\.org holds a user name or a password") as refused:
        Asked.parse("L1=https://ada:secret@x.org/a")

    assert "secret" not in str(refused.value)
