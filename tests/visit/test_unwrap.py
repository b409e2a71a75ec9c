import base64
import json
import pathlib
import re
from collections.abc import Callable
from string import ascii_uppercase
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sendguard.values import Url
from sendguard.visit.unwrap import MOST_LAYERS, instead_of, layers, unwrapped
from tests.cases import told_in

CASES = told_in(pathlib.Path(__file__).with_name("unwrap.yaml"))
SAFE_LINKS = "https://nam01.safelinks.protection.outlook.com/?url="
TARGETS = st.text(
    st.characters(codec="ascii", categories=["L", "N"], include_characters="-_.~%&=?+,:@!*'()"),
    max_size=24,
).map(lambda text: f"https://example.org/{text}")


@pytest.mark.parametrize("who", CASES["the target is carried by"])
def test_a_redirector_that_carries_its_target_is_not_asked(who: str) -> None:
    written, target = CASES["the target is carried by"][who]

    assert instead_of(Url(written)) == Url(target)


@pytest.mark.parametrize("who", CASES["what names a reader is left out"])
def test_what_names_a_reader_is_left_out(who: str) -> None:
    written, asked = CASES["what names a reader is left out"][who]

    assert instead_of(Url(written)) == Url(asked)


@pytest.mark.parametrize("address", CASES["asked as it is"])
def test_any_other_address_is_asked_as_it_is(address: str) -> None:
    assert instead_of(Url(address)) is None


def in_base64(text: str) -> str:
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def masked(target: str) -> str:
    """As Proofpoint does it: what might change on the way is taken out, in runs."""
    taken = re.compile(r"[%*!'()_;]+")
    kept = "".join(taken.findall(target))
    shown = taken.sub(lambda run: _run(len(run[0])), target)
    return f"https://urldefense.com/v3/__{shown}__;{in_base64(kept)}!!x!y$"


def _run(length: int) -> str:
    return "*" if length == 1 else f"**{ascii_uppercase[length - 2]}"


WRAPPERS: dict[str, Callable[[str], str]] = {
    "Safe Links": lambda target: f"{SAFE_LINKS}{quote(target, safe='')}&data=05",
    "Kit": lambda target: f"https://click.convertkit-mail2.com/a/b/{in_base64(target)}",
    "Substack": lambda target: (
        f"https://substack.com/redirect/2/{in_base64(json.dumps({'e': target}))}.x"
    ),
    "URL Defense": masked,
    "SES": lambda target: f"https://a.awstrack.me/L0/{quote(target, safe=':')}/1/0102019-9d/x=4",
}


@pytest.mark.parametrize("who", WRAPPERS)
@given(target=TARGETS)
def test_what_was_wrapped_is_unwrapped(who: str, target: str) -> None:
    wrapped = Url(WRAPPERS[who](target))

    assert layers(wrapped)[1] == Url(target)


@given(st.text(max_size=80), st.sampled_from([SAFE_LINKS, *(w("") for w in WRAPPERS.values())]))
def test_no_address_is_too_odd_to_be_looked_into(text: str, front: str) -> None:
    url = Url.parse(f"{front}{text}")

    assert url is None or instead_of(url) != url


def test_json_nested_without_end_is_no_target() -> None:
    deep = in_base64('{"e":' + "[" * 5_000)

    assert unwrapped(Url(f"https://substack.com/redirect/2/{deep}.x")) is None


def test_redirectors_inside_each_other_without_end_are_left_at_some_depth() -> None:
    address = "https://example.org/"
    for _ in range(MOST_LAYERS + 3):
        address = f"https://href.li/?{address}"

    assert len(layers(Url(address))) == MOST_LAYERS + 1
