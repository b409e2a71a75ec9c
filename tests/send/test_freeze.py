"""From a campaign to its edition."""

from dataclasses import replace

import pytest

from sendguard.config.sections import Mail
from sendguard.errors import BadConfig, Unreadable
from sendguard.read import Brief, Campaign, Medium, read_campaign
from sendguard.send import Edition
from sendguard.send.freeze import freeze
from tests.builders import a_campaign

BRIEF = Brief(
    newsletter="newsletter.html", subject="How to recover", sender="Nav <nav@example.org>"
)


def of(html: str = "<p>Hello</p>", *, text: str | None = None, brief: Brief = BRIEF) -> Campaign:
    return replace(a_campaign(html, text=text), brief=brief)


def frozen(campaign: Campaign, **mail: str) -> Edition:
    return freeze(campaign, Mail(**mail))


def message(body: str, headers: str = "") -> Campaign:
    raw = f"From: Nav <nav@example.org>\nSubject: Hello\n{headers}{body}".encode()
    return read_campaign("a.eml", {"a.eml": raw}, name="a.eml", id=None)


def test_an_edition_holds_what_goes_out() -> None:
    campaign = of("<p>Hello</p>", text="Hello\n", brief=replace(BRIEF, reply_to="d@example.org"))

    edition = frozen(
        campaign, list_id="nav.example.org", unsubscribe="https://example.org/?w={{ email }}"
    )

    assert (edition.subject, edition.sender) == ("How to recover", "Nav <nav@example.org>")
    assert (edition.html, edition.text) == ("<p>Hello</p>", "Hello\n")
    assert (edition.reply_to, edition.envelope) == ("d@example.org", "nav@example.org")
    assert edition.list_id == "nav.example.org"
    assert edition.unsubscribe == "https://example.org/?w={{ email }}"


def test_a_text_part_is_made_where_the_author_wrote_none() -> None:
    edition = frozen(of('<p>Read <a href="https://example.org/a">this</a></p>'))

    assert edition.text == "Read this: https://example.org/a\n"


def test_bounces_go_where_they_are_told_to() -> None:
    assert frozen(of(), bounces_to="b@bücher.example").envelope == "b@xn--bcher-kva.example"


def test_a_list_is_named_in_ascii() -> None:
    assert frozen(of(), list_id="news.bücher.example").list_id == "news.xn--bcher-kva.example"


def test_a_message_brings_its_own_headers() -> None:
    edition = frozen(message("\nHello\n", "Reply-To: desk@example.org\n"))

    assert (edition.subject, edition.sender) == ("Hello", "Nav <nav@example.org>")
    assert edition.reply_to == "desk@example.org"
    assert edition.html is None


@pytest.mark.parametrize(
    ("brief", "says"),
    [
        (replace(BRIEF, subject=None), "add `subject: …` to campaign.yaml"),
        (replace(BRIEF, sender=None), "add `sender: .*` to campaign.yaml"),
        (replace(BRIEF, sender="The Navigator"), "`sender` has to be one mail address"),
        (replace(BRIEF, sender="{{ name }} <a@example.org>"), "`sender` is the same for all"),
        (replace(BRIEF, reply_to="a@example.org, b@example.org"), "`reply_to` has to be one"),
        (replace(BRIEF, subject="Hello\0"), r"`subject` holds .*U\+0000\), behind “Hello”"),
        (replace(BRIEF, subject="Hello\r\nBcc: a@b"), r"`subject` holds .*U\+000D\), behind “H"),
        (replace(BRIEF, subject="\u202ecod.exe"), r"`subject` holds .*U\+202E\), at its begin"),
        (replace(BRIEF, subject="Hello \ud800"), r"`subject` holds .*U\+D800\)"),
        (replace(BRIEF, subject="a" * 501), "`subject` is too long"),
        (replace(BRIEF, subject="你" * 300), "`subject` is too long"),
        (replace(BRIEF, sender="Nav\u2066 <nav@example.org>"), r"`sender` holds .*U\+2066\), b"),
        (replace(BRIEF, reply_to="a@example.org\nBcc: b"), r"`reply_to` holds .*U\+000A\)"),
    ],
)
def test_what_is_missing_or_wrong_is_told(brief: Brief, says: str) -> None:
    with pytest.raises(Unreadable, match=says):
        frozen(of(brief=brief))


@pytest.mark.parametrize(
    ("html", "says"),
    [
        ('<p>\n<img src="cid:logo">', r"^newsletter.html:2:11: this picture is enclosed"),
        ("<p>Half \ud83d of one", r"^newsletter.html:1:9: here stands half"),
        ('<p>\n<a href="{{ link }}/x">', r"^newsletter.html:2:10: .* would choose the site"),
    ],
)
def test_what_cannot_be_sent_is_told_with_its_place(html: str, says: str) -> None:
    with pytest.raises(Unreadable, match=says):
        frozen(of(html))


def test_a_field_is_told_where_it_was_written_in_mjml() -> None:
    mjml = (
        "<mjml><mj-body><mj-section><mj-column>\n"
        '<mj-button href="{{ link }}/x">Read</mj-button>\n'
        "</mj-column></mj-section></mj-body></mjml>"
    )
    campaign = read_campaign("a.mjml", {"a.mjml": mjml.encode()}, name="a.mjml", id=None)

    with pytest.raises(Unreadable, match=r"^a.mjml:2:18: "):
        frozen(replace(campaign, brief=BRIEF))


def test_what_is_attached_to_a_message_is_not_lost_silently() -> None:
    body = (
        "\n--b\nContent-Type: text/plain\n\nHello\n"
        "--b\nContent-Type: application/pdf\n\nPDF\n--b--\n"
    )
    campaign = message(body, 'Content-Type: multipart/mixed; boundary="b"\n')

    assert campaign.attached == ("application/pdf",)
    with pytest.raises(Unreadable, match="carries application/pdf"):
        frozen(campaign)


def test_of_two_texts_nobody_can_say_which_goes_out() -> None:
    campaign = of(text="One")
    second = replace(campaign.parts[1], text="Two")

    with pytest.raises(Unreadable, match="2 bodies in plain text"):
        frozen(replace(campaign, parts=(*campaign.parts, second)))


def test_amp_is_left_out() -> None:
    campaign = of()
    amp = replace(campaign.parts[0], text="<!doctype html><html ⚡4email><p>Hello")

    edition = frozen(replace(campaign, parts=(*campaign.parts, amp)))

    assert [part.medium for part in edition.campaign.parts] == [Medium.HTML, Medium.HTML]
    assert edition.html == "<p>Hello</p>"


def test_a_place_for_bounces_that_is_none_is_told() -> None:
    with pytest.raises(BadConfig, match=r"mail.bounces_to"):
        frozen(of(), bounces_to="nobody")


@pytest.mark.parametrize("subject", ["a" * 500, "你" * 150, "שלום\u200f עולם"])
def test_a_subject_may_be_long_and_in_any_script(subject: str) -> None:
    assert frozen(of(brief=replace(BRIEF, subject=subject))).subject == subject
