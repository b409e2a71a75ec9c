import pytest

from sendguard.correct.asked import Asked
from sendguard.errors import WrongUsage


@pytest.mark.parametrize(
    ("text", "label", "right"),
    [
        ("Read article=https://x.org/a", "Read article", "https://x.org/a"),
        ("1 + 1 = 2 = HTTPS://x.org/?a=b", "1 + 1 = 2 = HTTPS", None),
        ("1 + 1 = 2=HTTPS://x.org/?a=b", "1 + 1 = 2", "HTTPS://x.org/?a=b"),
        ("L3= https://x.org/a", "L3", None),
        ("https://x.org/old=https://x.org/new?u=https://y.org", "https://x.org/old", None),
        (" L3 =https://x.org/?u={{ email }} ", "L3", "https://x.org/?u={{ email }}"),
    ],
)
def test_a_link_is_parted_at_the_first_address(text: str, label: str, right: str | None) -> None:
    if right is None and "=http" not in text:
        with pytest.raises(WrongUsage, match="names no link and address"):
            Asked.parse(text)
        return
    asked = Asked.parse(text)

    assert asked.label == label
    assert right in {None, asked.right}


@pytest.mark.parametrize("text", ["Read article", "=https://x.org/", "Read article=x.org", ""])
def test_what_names_no_link_and_address_is_refused(text: str) -> None:
    with pytest.raises(WrongUsage, match='names no link and address: write "LABEL=https'):
        Asked.parse(text)


@pytest.mark.parametrize("right", ["http:/x.org", "https://", "https://x .org/a", "httpx://y"])
def test_a_right_address_has_to_be_whole(right: str) -> None:
    with pytest.raises(WrongUsage, match="is no web address: write the right one whole"):
        Asked.parse(f"L1={right}")
