"""What cannot be sent as it stands, and what looks like it and can."""

from dataclasses import replace

import pytest

from sendguard.errors import Unreadable
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
