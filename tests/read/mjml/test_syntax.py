import pytest
from hypothesis import given
from hypothesis import strategies as st

from sendguard.errors import Unreadable
from sendguard.read import Campaign
from tests.read.mjml.mjmls import COLUMN, in_column, in_text, markup, read, with_head

ACCEPTED = [
    *(f"a<{name}>b" for name in ("br", "hr", "img", "input", "wbr", "col", "meta", "link")),
    *("a<br/>b", "a<br />b", "a<BR>b", "<IMG src='x'>", "a<br></br>b", "x</br>"),
    *("<P>x</P>", "<P>x</p>", "<h1>x</h1>", "<o:p>x</o:p>", "<a.b>x</a.b>", "<aé>x</aé>"),
    *("<p hidden>x</p>", "<p a=''>x</p>", "<p a = 'x'>x</p>", '<p a="it\'s">x</p>'),
    *("<p :a='1' data-x='2' xml:lang='3' a_b='4'>x</p>", "<p\t\r\na='x'\r\n>x</p>"),
    *("<a href='a<b>c'>x</a>", "<a href='x?a=1&b=2'>x</a>", "<a href='a\nb'>x</a>", "<p>x</p >"),
    *("a & b", "&nbsp;&eacute;&#8217;&foo;", "a > b", "a ]]> b", "\x01\x0b", "\ufffe"),
    *("{{ name }}", "{% if x %}y{% endif %}", "*|FNAME|*", "%%name%%", "[NAME]", "${x}"),
    *("<!-- a -->", "<!-- a -- b --->", "<!-- <mj-text> -->", "<!---->", "<!--> x -->"),
    *("<!--[if mso]><table class=x><tr><td><![endif]-->x", "<!--[if !mso]><!-->x<!--<![endif]-->"),
    *(
        "<![if !mso]>x<![endif]>",
        "<![CDATA[ a ]]>",
        "<v:roundrect href='x'><w:anchorlock/></v:roundrect>",
    ),
    *("<style>a > b {}</style>", "<div/>", "<table><tr><td>x</td></tr></table>", "é€😀"),
]
WHOLE = [
    "<!doctype html>\n<mjml><mj-body></mj-body></mjml>",
    "<?xml version='1.0' encoding='utf-8'?>\n<mjml><mj-body/></mjml>",
    "\n <!-- x -- y --> <mjml lang='fr' dir='rtl'><mj-body/></mjml> <!-- z -->\n",
    with_head("<mj-attributes> <!-- x --> <mj-all a='b'/> </mj-attributes>"),
    with_head("\r\n<mj-attributes>\r\n<mj-all/>\r\n</mj-attributes>\r\n"),
    with_head("<mj-style><!-- x -->a > b {}</mj-style>"),
    with_head("<mj-html-attributes><mj-selector path='.a'/></mj-html-attributes>"),
    "<mjml><mj-body><!--[if mso]><table><![endif]--><mj-section/></mj-body></mjml>",
    "<mjml><mj-body>{% for a in b %}<mj-section/>{% endfor %}</mj-body></mjml>",
    "<mjml><mj-body><mj-raw><!--[if mso]><i class=x><![endif]--></mj-raw></mj-body></mjml>",
]


@pytest.mark.parametrize("text", [*map(in_text, ACCEPTED), *WHOLE])
def test_what_mjml_allows_is_read_and_built(text: str) -> None:
    assert "</html>" in read(text).parts[0].text


@pytest.mark.parametrize("text", [*map(in_text, ACCEPTED), *WHOLE])
def test_taming_moves_no_character(text: str) -> None:
    parsed = markup(text)

    assert parsed.text == text
    assert len(parsed.tamed) == len(text)


@pytest.mark.parametrize(
    ("content", "column", "says"),
    [
        ("<mj-text>a", 0, "<mj-text> is never closed: write </mj-text> where it ends, before"),
        ("<mj-text>a</mj-button>", 10, "</mj-button> closes nothing: no <mj-button> is open here"),
        (
            "<mj-text><p>a</mj-text>",
            9,
            "<p> is never closed: write </p> where it ends, before </mj-",
        ),
        ("<mj-text>a</p></mj-text>", 10, "</p> closes nothing: no <p> is open here"),
        ("<mj-image src='x'>", 0, "<mj-image> is never closed"),
        (
            "<mj-text><p class=x>a</p></mj-text>",
            12,
            "the value of class in <p has no quotation marks",
        ),
        ("<mj-text><p a='x'b='y'>a</p></mj-text>", 17, "a space is missing in <p before b"),
        ("<mj-text <p>a</p></mj-text>", 0, "<mj-text is not complete: write > where the tag ends"),
        ("<mj-text>a</mj-text", 10, "</mj-text is not complete: write > where the tag ends"),
        ("<mj-text>a < b</mj-text>", 11, "a “<” stands alone here: write &lt;"),
        ("<mj-text>{% if a <3 %}</mj-text>", 17, "a “<” stands alone here: write &lt;"),
        ("<mj-text><%= name %></mj-text>", 9, "a “<” stands alone here: write &lt;"),
        ("<mj-text><!-- a</mj-text>", 9, "this comment is never closed: write -->"),
        ("<mj-text><?php x ?></mj-text>", 9, "“<?” cannot stand here"),
        ("<mj-text><!foo></mj-text>", 9, "“<!” cannot stand here"),
        ("<mj-button href='x>a</mj-button>", 11, "the value of href in <mj-button has no closing"),
        (
            "<mj-button href='x>a</mj-button><mj-image src='y' />",
            0,
            "a quotation mark is missing in <mj-button, in or after its href",
        ),
        ("<mj-text><p @click='x'>a</p></mj-text>", 12, "“@” cannot stand here in <p"),
    ],
)
def test_what_is_broken_is_named_with_its_place(content: str, column: int, says: str) -> None:
    with pytest.raises(Unreadable) as caught:
        markup(in_column(content))

    place = caught.value.place
    assert place
    assert (place.line, place.column) == (1, COLUMN + column)
    assert caught.value.says.startswith(says)


def test_places_count_lines_that_end_as_on_windows() -> None:
    with pytest.raises(Unreadable, match=r"^newsletter\.mjml:3:2: </p> closes nothing"):
        markup("<mjml>\r\n<mj-body>\r\né</p>\r\n</mj-body></mjml>")


def test_nesting_that_would_break_the_compiler_is_refused() -> None:
    with pytest.raises(Unreadable, match="elements stand more than 250 deep"):
        markup(in_text("<table>" * 20_000))


PIECES = [
    *(*ACCEPTED, *WHOLE, "<", ">", "</", "/>", "<!--", "-->", "'", '"', "=", " "),
    *("<p", "</p>", "<!", "<?", "]]>", " class=x", "<mj-text>", "</mj-text>"),
]


def fate(text: str) -> Campaign | Unreadable:
    try:
        return read(text)
    except Unreadable as error:
        return error


@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=5), max_size=8).map("".join))
def test_any_text_is_either_built_or_refused(text: str) -> None:
    assert isinstance(fate(in_text(text)), Campaign | Unreadable)
