"""The subject of a correction."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sendguard.correct.subject import corrected_subject, is_marked


def test_the_word_stands_before_the_original_subject() -> None:
    subject = corrected_subject("How to recover from a mistake")

    assert subject == "CORRECTED: How to recover from a mistake"


@pytest.mark.parametrize(
    "subject",
    [
        "CORRECTED: Trees",
        "corrected: Trees",
        "Correction: Trees",
        "CORRECTION - Trees",
        "Corrected — Trees",
        "[Corrected] Trees",
        "[Corrected link] Trees",
        "(correction) Trees",
        "Corrected version: Trees",
        "Erratum: Trees",
        "Errata: Trees",
        "Korrektur: Bäume",
        "Berichtigung: Bäume",
        "KORRIGIERT: Bäume",
        "Rectificatif : Arbres",
        "Rectificatif\u00a0: Arbres",
        "Corrección: Árboles",
        "Fe de erratas: Árboles",
        "Correção: Árvores",
        "Errata corrige: Alberi",
        "訂正: 木",  # with a full-width colon as well
        "訂正\uff1a木",
        "Исправление: Деревья",
        "Re: Corrected: Trees",
        "Fwd: RE: [CORRECTED] Trees",
        "AW: Korrektur: Bäume",
        "\u200f\u202bCorrected: Trees",
        "\uff23\uff2f\uff32\uff32\uff25\uff23\uff34\uff25\uff24: Trees",
    ],
)
def test_what_says_so_already_is_left_as_it_is(subject: str) -> None:
    assert corrected_subject(subject) == subject


@pytest.mark.parametrize(
    "subject",
    [
        "Correction fluid: a history",
        "Corrected proofs and how to read them",
        "The correction: why markets fall",
        "Errata in the first folio",
        "Re: Trees",
        "Recorrected: Trees",
        "Correct-o-matic: a review",
    ],
)
def test_a_headline_about_corrections_is_no_correction(subject: str) -> None:
    assert corrected_subject(subject) == f"CORRECTED: {subject}"


def test_an_own_word_is_known_again() -> None:
    once = corrected_subject("Trees", "Oops, now with the right link —")

    assert once == "Oops, now with the right link — Trees"
    assert is_marked(once, "Oops, now with the right link —")


def test_a_word_that_ends_in_a_letter_gets_a_colon() -> None:
    assert corrected_subject("proofs of Trees", "Corrected") == "Corrected: proofs of Trees"


def test_spaces_around_go_and_merge_fields_stay() -> None:
    subject = corrected_subject("  Trees for {{ name | default: 'you' }}\u3000")

    assert subject == "CORRECTED: Trees for {{ name | default: 'you' }}"


def test_no_line_end_passes() -> None:
    assert (
        corrected_subject("Trees\r\nBcc: all@example.org")
        == "CORRECTED: Trees Bcc: all@example.org"
    )


WORDS = st.sampled_from(["CORRECTED:", "Korrigiert", "Oops —", "[Corrected]", ":", "İ:", "\u200f"])


@given(st.text(max_size=80), WORDS)
def test_it_is_never_said_twice(subject: str, word: str) -> None:
    once = corrected_subject(subject, word)

    assert corrected_subject(once, word) == once
    assert len(once.splitlines()) <= 1
