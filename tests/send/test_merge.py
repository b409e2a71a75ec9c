"""Merge fields: which there are, what they say to a reader, and where they may stand."""

from html import escape

import pytest

from sendguard.errors import Unreadable
from sendguard.send.fields import fields_of, missing_fields
from sendguard.send.merge import Field, by_default, find_fields, for_reader
from tests.send.editions import an_edition, part, sent


def html_of(html: str, **fields: str) -> str:
    return part(sent(an_edition(f"{html}\n"), **fields), "html").removesuffix("\n")


def text_of(text: str, **fields: str) -> str:
    return part(sent(an_edition(text=f"{text}\n"), **fields), "plain").removesuffix("\n")


@pytest.mark.parametrize(
    ("written", "field"),
    [
        ("{{ name }}", Field("name")),
        ("{{name}}", Field("name")),
        ("{{ first name }}", Field("first name")),
        ('{{ name | default: "reader" }}', Field("name", "reader")),
        ("{{name|default:'dear reader'}}", Field("name", "dear reader")),
        ('{{ name | default: "" }}', Field("name", "")),
        ("{{ name | default: &quot;Tom &amp; Co&quot; }}", Field("name", "Tom & Co")),
    ],
)
def test_a_field_is_read(written: str, field: Field) -> None:
    (found,) = find_fields(f"Dear {written},", markup=True)

    assert found.field == field


@pytest.mark.parametrize(
    "written",
    [
        *("{ name }", "{{{ name }}}", "{{#if name}}", "{{ name | upcase }}", "{{ }}"),
        *("*|NAME|*", "{{ name | default: “reader” }}", "{{ name", "{% name %}", "{{ a || b }}"),
    ],
)
def test_what_is_no_field_is_left_alone(written: str) -> None:
    assert not list(find_fields(written))
    assert text_of(written, name="Ada") == written


@pytest.mark.parametrize(
    ("cell", "said"), [("Ada", "Hi Ada"), ("", "Hi reader"), (" \r\n ", "Hi reader")]
)
def test_an_empty_cell_takes_the_default(cell: str, said: str) -> None:
    assert text_of('Hi {{ name | default: "reader" }}', name=cell) == said


def test_a_default_serves_where_no_column_has_the_name() -> None:
    assert text_of('Hi {{ name | default: "reader" }}') == "Hi reader"


def test_an_empty_cell_without_default_is_empty() -> None:
    assert text_of("Hi {{ name }}!", name="") == "Hi !"


def test_the_exact_name_of_a_column_comes_before_one_in_other_letters() -> None:
    fields = {"NAME": "wrong", "name": "Ada", "City": "London"}

    assert text_of("{{ name }} of {{ CITY }}", **fields) == "Ada of London"


def test_everybody_has_an_address() -> None:
    assert text_of("{{ email }}") == "ada@example.net"


def test_fields_are_those_of_every_text_that_readers_get() -> None:
    edition = an_edition(
        '<!-- {{ hidden }} --><p>{{ b | default: "x" }}</p>',
        subject="{{ a }}",
        text="{{ c }}{{ a }}",
        unsubscribe="https://example.org/{{ d }}",
    )

    assert [field.name for field in fields_of(edition)] == ["a", "b", "c", "d"]
    assert missing_fields(edition, ["A"]) == ("c", "d")


HOSTILE = "\"><script>alert('&')</script>"
ESCAPED = "&quot;&gt;&lt;script&gt;alert(&#x27;&amp;&#x27;)&lt;/script&gt;"


@pytest.mark.parametrize(
    "html",
    [
        *("<p>{}</p>", "{}", "<title>{}</title>", "a < {}", '<img alt="{}">', "<img alt='{}'>"),
        *('<img title="a > b" alt="{}">', "<!--[if mso]><p>{}</p><![endif]-->", "<textarea>{}"),
        "<style>p > a { color: red }</style><p>{}</p>",
        '<!-- " --><p title="{}">',
    ],
)
def test_in_markup_a_value_is_text_and_no_markup(html: str) -> None:
    made = html_of(html.replace("{}", "{{ name }}"), name=HOSTILE)

    assert made == html.replace("{}", ESCAPED)


def test_the_quotes_of_a_default_do_not_end_an_attribute() -> None:
    html = '<img alt="Hi {{ name | default: "reader" }}!">'

    assert html_of(html, name="") == '<img alt="Hi reader!">'


@pytest.mark.parametrize(
    ("html", "made"),
    [
        (
            '<a href="https://example.org/?who={{ name }}&amp;x=1">',
            '<a href="https://example.org/?who=A%26B%20%22%2F&amp;x=1">',
        ),
        (
            '<a href="mailto:a@b.de?body={{ name }}">',
            '<a href="mailto:a@b.de?body=A%26B%20%22%2F">',
        ),
        ('<a href="mailto:{{ email }}">', '<a href="mailto:ada@example.net">'),
        (
            '<!--[if mso]><v:rect href="https://example.org/{{ name }}"><![endif]-->',
            '<!--[if mso]><v:rect href="https://example.org/A%26B%20%22%2F"><![endif]-->',
        ),
    ],
)
def test_in_an_address_a_value_is_percent_encoded(html: str, made: str) -> None:
    assert html_of(html, name='A&B "/') == made


def test_in_an_address_of_the_plain_text_too() -> None:
    text = "Leave: https://example.org/leave?who={{ name }} {{ name }}."

    assert text_of(text, name="A B") == "Leave: https://example.org/leave?who=A%20B A B."


@pytest.mark.parametrize(
    ("value", "made"),
    [
        ("https://example.org/?a=1&b=2", "https://example.org/?a=1&amp;b=2"),
        *(("javascript:alert(1)", ""), ("data:text/html,x", ""), ("", ""), ("https:// x", "")),
        ('https://a.org/"><script>', "https://a.org/&quot;&gt;&lt;script&gt;"),
    ],
)
def test_a_field_alone_may_be_a_web_address_and_nothing_else(value: str, made: str) -> None:
    html = '<a href="{{ leave }}">Leave</a>'

    assert html_of(html, leave=value) == f'<a href="{made}">Leave</a>'


@pytest.mark.parametrize(
    "href",
    [
        *("{{ link }}/x", "https://{{ link }}/", "https://example.org{{ link }}"),
        *("//{{ link }}", "javascript:say('{{ link }}')", "java{{ link }}", " {{ link }}"),
        "https://{{ name }}@example.org/",
    ],
)
def test_a_field_never_chooses_the_site(href: str) -> None:
    with pytest.raises(Unreadable, match="would choose the site"):
        html_of(f'<a href="{href}">Read</a>', link="", name="")


@pytest.mark.parametrize(
    ("html", "says"),
    [
        ("<style>p { color: {{ x }} }</style>", "inside <style>"),
        ("<script>say('{{ x }}')</script>", "inside <script>"),
        ('<p style="color: {{ x }}">', "inside style="),
        ("<p onclick=\"say('{{ x }}')\">", "inside onclick="),
        ("<img alt={{ x }}>", "without quotes"),
        ("<p {{ x }}>", "without quotes"),
        ("<{{ x }}>", "without quotes"),
    ],
)
def test_a_field_is_refused_where_its_value_could_do_harm(html: str, says: str) -> None:
    with pytest.raises(Unreadable, match=says) as refused:
        html_of(f"<p>Hello</p>\n{html}", x="")

    assert str(refused.value.place).startswith("newsletter.html:2:")


def test_a_long_hostile_newsletter_is_cut_quickly() -> None:
    html = '<a href="' * 20_000 + "<!--" * 20_000 + "{{ name " * 20_000 + "<p a=" * 20_000

    assert html_of(html, name="Ada") == html


@pytest.mark.parametrize(
    ("columns", "leads_to"),
    [
        ((), "https://example.org/leave?a=1&who=ada%40example.net"),
        (("unsubscribe_url",), "https://example.org/own"),
    ],
)
def test_the_way_out_is_that_of_the_settings_where_no_column_has_one(
    columns: tuple[str, ...], leads_to: str
) -> None:
    edition = an_edition(
        '<a href="{{ unsubscribe_url }}">Leave</a>',
        text="Leave: {{ unsubscribe_url }}",
        unsubscribe="https://example.org/leave?a=1&who={{ email }}",
    )

    message = sent(edition, **dict.fromkeys(columns, "https://example.org/own"))

    assert missing_fields(edition, columns) == ()
    assert part(message, "plain").strip() == f"Leave: {leads_to}"
    assert part(message, "html").strip() == f'<a href="{escape(leads_to)}">Leave</a>'


def test_a_subject_is_shown_as_one_reader_sees_it() -> None:
    text = 'Hello {{ name | default: "friend" }} in {{ town }}, {{ other }}'

    assert for_reader(text, ("name", "town"), ("Ada", "Rome", "a@b.example")) == (
        "Hello Ada in Rome, [other]"
    )
    assert by_default(text) == "Hello friend in [town], [other]"
