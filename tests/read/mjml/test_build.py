import pytest

from sendguard.errors import Unreadable
from sendguard.read import Medium, included_names
from sendguard.read.mjml.build import compile_mjml
from sendguard.values import Place
from tests.read.mjml.mjmls import FILE, in_column, in_text, read

HEADER = "<mj-text>\n  Hello <a href='https://example.org/é'>é</a></mj-text>"


def including(path: str, more: str = "") -> str:
    return in_column(f"\n<mj-include path='{path}' {more}/>")


def complaint(text: str, files: dict[str, str] | None = None) -> str:
    with pytest.raises(Unreadable) as caught:
        read(text, files)
    return str(caught.value)


def test_the_built_html_is_the_part_and_the_mjml_its_source() -> None:
    text = in_column("<mj-button href='https://example.org/'>Go</mj-button>")

    campaign = read(text)

    (part,), (source,) = campaign.parts, campaign.sources
    assert part.medium is Medium.HTML
    assert 'href="https://example.org/"' in part.text
    assert (source.name, source.text) == (FILE, text)


def test_no_font_is_fetched_from_elsewhere() -> None:
    assert "fonts.googleapis" not in read(in_text("Hello")).parts[0].text


@pytest.mark.parametrize(
    "comment",
    ["<!--[if mso]><a href=https://x.example>--<![endif]-->", "<!-- a -- b ------------- c -->"],
)
def test_comments_come_through_word_for_word(comment: str) -> None:
    html = read(in_column(f"<!-- first -->{comment}<mj-text>{comment}</mj-text>")).parts[0].text

    assert html.count(comment) == 2


def test_included_files_are_built_in_and_are_sources_in_order() -> None:
    text = in_column("<mj-include path='./b'/><mj-include path='a.mjml'/><mj-include path='b'/>")

    campaign = read(
        text, {"a.mjml": HEADER, "b.mjml": "<!-- in the second --><mj-text>B</mj-text>"}
    )

    assert [source.name for source in campaign.sources] == [FILE, "b.mjml", "a.mjml"]
    assert "https://example.org/é" in campaign.parts[0].text
    assert campaign.parts[0].text.count("<!-- in the second -->") == 2


def test_included_html_is_a_source_and_included_css_is_none() -> None:
    head = "<mj-head><mj-include path='s.css' type='css'/></mj-head>"
    text = in_column("<mj-include path='a.html' type='html'/>", head)

    campaign = read(text, {"s.css": "a < b {}", "a.html": "<p>Plain</p>"})

    assert [source.name for source in campaign.sources] == [FILE, "a.html"]
    assert "<p>Plain</p>" in campaign.parts[0].text
    assert "a < b {}" in campaign.parts[0].text
    assert campaign.oddities == ()


def test_oddities_of_an_included_file_stand_in_that_file() -> None:
    (odd,) = read(including("a.mjml"), {"a.mjml": "\n<mj-section/>"}).oddities

    assert str(odd.place) == "a.mjml:2:1"
    assert odd.says.startswith("mj-section cannot stand in mj-column")


def test_wanted_names_come_with_the_place_that_asks_first() -> None:
    text = in_column("\n<mj-include path='a'/>\n<mj-include path='./a.mjml'/>")

    names = included_names(text.encode(), FILE)

    assert names == {"a.mjml": Place(FILE, 2, 1)}


@pytest.mark.parametrize(
    "content",
    [
        "<!-- <mj-include path='a'/> -->",
        "<mj-text><mj-include path='a'/></mj-text>",
        "<mj-raw><mj-include path='a'/></mj-raw>",
    ],
)
def test_what_the_compiler_does_not_include_is_not_wanted(content: str) -> None:
    assert not included_names(in_column(content).encode(), FILE)


@pytest.mark.parametrize(
    "path",
    [
        "../a.mjml",
        "/etc/passwd",
        "a\\b.mjml",
        "https://example.org/a.mjml",
        "C:/a.mjml",
        "&#46;./a",
    ],
)
def test_a_file_outside_the_folder_is_not_included(path: str) -> None:
    says = complaint(including(path))

    assert says.startswith(f"newsletter.mjml:2:1: {path} stands outside the newsletter's folder")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (
            including("a"),
            "newsletter.mjml:2:1: the included file a.mjml is not in the newsletter's",
        ),
        (including(""), "newsletter.mjml:2:1: mj-include names no file"),
        ("<mj-body/>", "newsletter.mjml:1:1: MJML begins with <mjml>"),
        ("\n<html></html>", "newsletter.mjml:2:1: MJML begins with <mjml>"),
        ("words", "newsletter.mjml:1:1: MJML begins with <mjml>"),
        ("<mjml></mjml>", "newsletter.mjml:1:1: newsletter.mjml has no <mj-body>"),
        ("<mjml><mj-body/></mjml>\n<p/>", "newsletter.mjml:2:1: <p> stands behind </mjml>"),
        (
            "<mjml>\n<mj-head><mj-foo/></mj-head><mj-body/></mjml>",
            "newsletter.mjml:2:11: “mj-foo” cannot stand here",
        ),
        (
            in_column("é\n<mj-divider>é x</mj-divider>"),
            "newsletter.mjml:2:13: “é x” cannot stand here",
        ),
        (
            in_column("<mj-carousel-image/>" * 101),
            "newsletter.mjml has 101 images in carousels; SendGuard builds at most 100",
        ),
    ],
)
def test_mjml_that_cannot_be_built_is_refused(text: str, says: str) -> None:
    assert complaint(text).startswith(says)


@pytest.mark.parametrize(
    ("included", "says"),
    [
        ("<mj-text>\na</p></mj-text>", "a.mjml:2:2: </p> closes nothing"),
        ("<mj-include path='b'/>", "a.mjml:1:1: an included file cannot include another"),
        ("<mjml><mj-body/></mjml>", "a.mjml:1:1: an included file holds no <mjml>"),
        ("<mj-social>\nwords</mj-social>", "a.mjml:2:1: “words” cannot stand here"),
        ("\0\1\2binary", "a.mjml is not text"),
    ],
)
def test_what_is_wrong_in_an_included_file_is_told_of_that_file(included: str, says: str) -> None:
    assert complaint(including("a.mjml"), {"a.mjml": included, "b.mjml": ""}).startswith(says)


def test_an_include_asked_for_a_thousand_times_does_not_swell_without_end() -> None:
    text = in_column("<mj-include path='a'/>" * 1000)

    says = complaint(text, {"a.mjml": "<mj-text>x</mj-text>" * 1000})

    assert says == "newsletter.mjml and what it includes are 20.0 MB; SendGuard reads at most 5 MB"


def test_html_that_would_be_huge_is_refused() -> None:
    says = complaint(in_column("<mj-button href='x'>y</mj-button>" * 10_000))

    assert says.startswith("newsletter.mjml is built into 7.5 MB of HTML")


@pytest.mark.parametrize("words", ["é >", "²>", "x é> y", "\u3000a>"])
def test_words_that_the_compiler_breaks_down_over_are_built(words: str) -> None:
    assert words in read(in_text(words)).parts[0].text


def test_a_breakdown_of_the_compiler_is_an_error_like_any_other() -> None:
    with pytest.raises(ValueError, match="the MJML compiler broke down over it"):
        compile_mjml(in_text("é >"), {})


def test_words_outside_are_refused() -> None:
    assert complaint("<mjml><mj-body/></mjml>\n words").startswith(
        "newsletter.mjml:2:2: these words stand outside <mjml>"
    )
