"""What cannot be sent as it stands, and what looks like it and can."""

from dataclasses import replace

import pytest

from sendguard.errors import Unreadable
from sendguard.read import read_campaign
from sendguard.send.unfit import refuse_unfit
from tests.send.editions import an_edition


@pytest.mark.parametrize(
    "html",
    [
        "<p>{{ name }} and {{ name | default: &quot;reader&quot; }}</p>",
        "<style>@media screen { a {{color:red}} }</style><p>Hello</p>",
        "<!-- *|FNAME|* --><p>Hello</p>",
        "<script>var a = {{ x: 1 }};</script>",
        "<p>50 % of 100 %, a * b | c * d, %% and [[1]] and {a}</p>",
        "<p>Mailchimp writes &#42;|FNAME|*</p>",
        "<!-- never ended *|FNAME|*",
    ],
)
def test_what_is_ours_or_is_not_read_can_be_sent(html: str) -> None:
    refuse_unfit(an_edition(html))


@pytest.mark.parametrize(
    "tag",
    [
        *("*|FNAME|*", "*|IF:NAME|*", "{{#if name}}", "{{ person.name|lower }}", "{{{ html }}}"),
        *("{% unsubscribe %}", "<%= name %>", "%%First Name%%", "[[data:name]]", "{{${name}}}"),
    ],
)
def test_what_another_platform_fills_in_is_refused_wherever_it_stands(tag: str) -> None:
    fine = an_edition()
    editions = (
        an_edition(f"<p>Hello {tag}</p>"),
        an_edition(f'<!--[if mso]><a href="{tag}">x</a><![endif]-->'),
        replace(fine, text=f"Hello {tag}"),
        replace(fine, subject=f"Hello {tag}"),
    )

    for edition in editions:
        with pytest.raises(Unreadable, match="filled in by another platform"):
            refuse_unfit(edition)


def test_who_wrote_it_is_told_where() -> None:
    with pytest.raises(Unreadable) as refused:
        refuse_unfit(an_edition("<p>\nHello *|FNAME|*</p>"))

    assert str(refused.value).startswith("newsletter.html:2:7: “*|FNAME|*” is")


@pytest.mark.parametrize(
    "broken",
    [
        *("{{ {{ name }} }}", "{{{ name }}}", '{{ name | default: "}}" }}', "{{ name }}}"),
        *("{{ name", "{{ name | default: reader }}", "{{}}", "{{\nname | x\n}}", "{{{{ name }}}}"),
    ],
)
def test_what_begins_like_a_field_and_is_none_is_refused_wherever_it_stands(broken: str) -> None:
    fine = an_edition()
    editions = (
        an_edition(f"<p>Hello {broken}</p>"),
        an_edition(f"<!--> Hello {broken}-->"),
        replace(fine, text=f"Hello {broken}"),
        replace(fine, subject=f"Hello {broken}"),
        replace(fine, sender=f"{broken} <nav@example.org>"),
        replace(fine, unsubscribe=f"https://example.org/?who={broken}"),
    )

    for edition in editions:
        with pytest.raises(Unreadable, match="would go out as it stands"):
            refuse_unfit(edition)


def test_in_a_comment_it_may_stand() -> None:
    refuse_unfit(an_edition("<!-- {{ {{ name }} }} --><p>Hello</p>"))


def test_a_broken_field_is_told_where_it_was_written_in_mjml() -> None:
    mjml = (
        "<mjml><mj-body><mj-section><mj-column>\n"
        "<mj-text>Hello {{ {{ name }} }}</mj-text>\n"
        "</mj-column></mj-section></mj-body></mjml>"
    )
    campaign = read_campaign("a.mjml", {"a.mjml": mjml.encode()}, name="a.mjml", id=None)

    with pytest.raises(Unreadable, match=r"^a.mjml:2:16: “{{ {{ name }} }}” begins like a field"):
        refuse_unfit(replace(an_edition(), campaign=campaign))
