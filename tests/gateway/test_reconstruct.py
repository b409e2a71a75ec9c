"""A campaign that another program sent can be sent again: to each reader what is that reader's."""

from dataclasses import replace
from html import unescape
from string import ascii_letters

from hypothesis import given, settings
from hypothesis import strategies as st

from sendguard.gateway.opened import Opened
from sendguard.gateway.readers.parts import Baseline
from sendguard.gateway.readers.survey import Survey
from tests.gateway.copies import SITE, Recipient, a_copy_for, a_recipient
from tests.gateway.rebuilding import everything_in, letters, rebuilt

# Nobody's name has angle brackets: To: would end there. Nor is anybody called `&lt`.
WORDS = st.text(st.sampled_from(ascii_letters + "é'&\""), min_size=1, max_size=6).filter(
    lambda word: unescape(f"{word}j") == f"{word}j"
)
TOKENS = st.text(st.sampled_from(ascii_letters + "0123456789+/=_%.-"), min_size=1, max_size=20)


@st.composite
def several_readers(draw: st.DrawFn) -> list[Recipient]:
    """Whose own words are in nobody else's, and in nothing that is the same for all."""
    count = draw(st.integers(2, 5) | st.just(30))
    return [
        Recipient(
            address=f"reader.q{number:02}q@example.net",
            name=" ".join([f"{draw(WORDS)}j{number:02}j", *draw(st.lists(WORDS, max_size=2))]),
            token=f"{draw(TOKENS)}v{number:02}v{draw(TOKENS)}",
        )
        for number in range(count)
    ]


@settings(max_examples=20)
@given(several_readers())
def test_nobody_gets_what_is_another_readers(readers: list[Recipient]) -> None:
    copies = [a_copy_for(one) for one in readers]

    made = letters(readers, copies)

    for number, letter in enumerate(made):
        told = everything_in(letter)
        assert f"q{number:02}q" in told
        for other in range(len(readers)):
            marks = (f"q{other:02}q", f"j{other:02}j", f"v{other:02}v")
            assert other == number or not any(mark in told for mark in marks)


@settings(max_examples=20)
@given(several_readers())
def test_everybody_gets_the_own_name_and_the_own_links_again(readers: list[Recipient]) -> None:
    copies = [a_copy_for(one) for one in readers]

    made = letters(readers, copies)

    for one, letter in zip(readers, made, strict=True):
        told = everything_in(letter)
        assert f"{one.name}, how to recover" in told
        assert f"<{SITE}/off/{one.token}>" in told
        assert f"href='{SITE}/web/{one.token}'" in told


def test_what_is_alike_for_all_stands_there_as_it_was() -> None:
    readers = [a_recipient(number) for number in range(3)]

    made, _ = rebuilt([a_copy_for(one) for one in readers])

    assert made.edition.html
    assert "<p>Dear <b>{{part_1}}</b>, here is the Navigator.</p>" in made.edition.html
    assert '<a href="https://example.org/five-ways">Read article</a>' in made.edition.html
    assert made.edition.list_id == "navigator.example.org"
    assert not made.edition.campaign.was_sent


def test_a_token_is_one_field_wherever_it_stands() -> None:
    made, _ = rebuilt([a_copy_for(a_recipient(number)) for number in range(3)])

    assert made.edition.html
    assert made.edition.unsubscribe
    assert (
        len(made.columns) == 5
    )  # the name, the token, the address in two spellings, in a whole link
    field = made.edition.unsubscribe.rpartition("/")[2]
    assert f'href="{SITE}/link/7/{field}?e=' in made.edition.html
    assert f"Unsubscribe: {SITE}/off/{field}" in made.edition.text


def test_a_picture_that_counts_who_opens_the_mail_is_left_out() -> None:
    made, _ = rebuilt([a_copy_for(a_recipient(number)) for number in range(2)])

    assert "px.png" not in (made.edition.html or "")


def test_the_first_readers_token_is_nobody_elses_where_nobody_else_is_known() -> None:
    ada = a_recipient(1)

    made, _ = rebuilt([a_copy_for(ada)], own=[ada.token, ada.address])

    assert ada.token not in (made.edition.html or "") + made.edition.text
    assert ada.token not in (made.edition.unsubscribe or "")


def test_a_text_with_other_lines_for_some_is_made_of_the_html() -> None:
    first, other = (a_copy_for(a_recipient(number)) for number in range(2))
    other = replace(other, data=other.data.replace(b"Read art", b"Read\r\nart", 1))

    made, survey = rebuilt([first, other])

    assert survey.has_other_text
    assert "Read article" in made.edition.text
    assert "In your browser" not in made.edition.text


def test_what_was_not_heard_of_before_is_not_filled_in() -> None:
    first, second, third = (a_copy_for(a_recipient(number)) for number in range(3))
    made, survey = rebuilt([first, second])
    odd = replace(third, data=third.data.replace(b"The archive", b"The archives"))

    parts = survey.baseline.parts(Opened(odd))

    assert parts
    assert made.values(parts) is None


def test_a_copy_of_which_nothing_is_known_is_counted() -> None:
    baseline = Baseline.of(Opened(a_copy_for(a_recipient(1))))
    assert baseline
    survey = Survey(baseline)

    survey.add(None)

    assert (survey.readers, survey.unknown) == (0, 1)
