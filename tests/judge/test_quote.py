"""Foreign text as it is shown to a person."""

from sendguard.judge.quote import called, plain, quoted, shown
from sendguard.links import Role
from sendguard.values import Url
from tests.builders import a_link


def test_characters_that_turn_the_direction_are_left_out() -> None:
    assert plain("gpj.\u202eexe\u2066") == "gpj.exe"


def test_characters_that_steer_a_terminal_are_left_out() -> None:
    assert plain("\x1b[31mred\x07\x9b0m") == "[31mred0m"


def test_line_breaks_and_tabs_become_single_spaces() -> None:
    assert plain("Read\n\t the\u2028article\u00a0") == "Read the article"


def test_joined_emoji_stay_whole() -> None:
    assert plain("👩\u200d💻 writes") == "👩\u200d💻 writes"


def test_half_of_a_surrogate_pair_is_left_out() -> None:
    assert plain("a\ud800b") == "ab"


def test_long_text_is_cut_and_says_so() -> None:
    assert quoted("abcdefghij", limit=5) == "“abcd…”"


def test_long_address_keeps_both_of_its_ends() -> None:
    url = Url(f"https://example.org/{'a' * 200}/may")

    assert shown(url, limit=40).startswith("https://example.org")
    assert shown(url, limit=40).endswith("/may")
    assert len(shown(url, limit=40)) <= 40


def test_a_password_in_an_address_is_not_shown() -> None:
    assert shown(Url("https://ada:secret@example.org/a@b")) == "https://ada:…@example.org/a@b"
    assert shown(Url("https://example.org/a:b@c")) == "https://example.org/a:b@c"


def test_link_without_a_label_is_still_called_something() -> None:
    assert called(a_link(label=" \u200b")) == "A link without words"
    assert called(a_link(label="", role=Role.IMAGE)) == "An image without a description"


def test_what_a_mail_loads_is_not_called_a_link() -> None:
    logo = a_link(label="Logo", role=Role.RESOURCE, element="img")

    assert called(logo) == "The image “Logo”"
    assert called(a_link(role=Role.RESOURCE, element="link")) == "A file that is loaded"
