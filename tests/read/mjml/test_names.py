import pytest

from sendguard.read.mjml.names import find_oddities
from tests.read.mjml.mjmls import COLUMN, in_column, in_text, markup, read

EVERYTHING = """\
<mjml>
  <mj-head>
    <mj-title>T</mj-title><mj-preview>P</mj-preview><mj-breakpoint width="320px" />
    <mj-font name="A" href="https://example.org/a.css" /><mj-style>a {}</mj-style>
    <mj-raw><meta name="x" content="y"></mj-raw>
    <mj-attributes>
      <mj-all color="red" /><mj-class name="a" color="red" /><mj-text color="red" />
    </mj-attributes>
  </mj-head>
  <mj-body>
    <mj-raw><p>x</p></mj-raw>
    <mj-hero><mj-text>x</mj-text></mj-hero>
    <mj-wrapper><mj-section><mj-group><mj-column></mj-column></mj-group></mj-section></mj-wrapper>
    <mj-section>
      <mj-column>
        <mj-text><p>x <a href="y">z</a></p></mj-text>
        <mj-button href="y"><b>x</b></mj-button>
        <mj-image src="x" /><mj-divider /><mj-spacer />
        <mj-table><tr><td>x</td></tr></mj-table>
        <mj-social><mj-social-element name="facebook" href="y">x</mj-social-element></mj-social>
        <mj-navbar><mj-navbar-link href="y">x</mj-navbar-link></mj-navbar>
        <mj-carousel><mj-carousel-image src="x" /></mj-carousel>
        <mj-accordion>
          <mj-accordion-element>
            <mj-accordion-title>x</mj-accordion-title><mj-accordion-text>x</mj-accordion-text>
          </mj-accordion-element>
        </mj-accordion>
      </mj-column>
    </mj-section>
  </mj-body>
</mjml>
"""


def test_nothing_is_odd_about_what_mjml_has() -> None:
    campaign = read(EVERYTHING)

    assert campaign.oddities == ()
    assert campaign.subject == "T"


@pytest.mark.parametrize(
    ("content", "element", "says"),
    [
        ("<mj-buton/>", "mj-buton", "mj-buton is not an MJML element; did you mean mj-button?"),
        ("<mj-txt>a</mj-txt>", "mj-txt", "mj-txt is not an MJML element; did you mean mj-text?"),
        ("<mj-xylophone/>", "mj-xylophone", "mj-xylophone is not an MJML element"),
        (
            "<MJ-BUTTON/>",
            "MJ-BUTTON",
            "MJ-BUTTON is not an MJML element: write it in small letters, mj-button",
        ),
        (
            "<mj-section/>",
            "mj-section",
            "mj-section cannot stand in mj-column: it belongs in mj-body or mj-wrapper",
        ),
        (
            "<p>a</p>",
            "p",
            "<p> cannot stand straight in mj-column: put it in mj-text, mj-table or mj-raw",
        ),
    ],
)
def test_an_oddity_is_named_with_its_place(content: str, element: str, says: str) -> None:
    (odd,) = find_oddities(markup(in_column(content)))

    assert (odd.element, odd.says) == (element, says)
    assert str(odd.place) == f"newsletter.mjml:1:{COLUMN}"


@pytest.mark.parametrize("name", ["mj-button", "mj-include", "mj-column"])
def test_text_holds_no_mjml(name: str) -> None:
    (odd,) = find_oddities(markup(in_text(f"<p><{name}></{name}></p>")))

    assert odd.says.startswith(f"{name} cannot stand in mj-text")


@pytest.mark.parametrize(
    "content",
    [
        "<mj-text><p><b>a</b></p></mj-text>",
        "<mj-buton><mj-text>a</mj-text></mj-buton>",
        "<p><b>a</b></p>",
        "{% if a %}<mj-text>a</mj-text>{% endif %}",
    ],
)
def test_one_mistake_is_told_once_at_most(content: str) -> None:
    assert len(find_oddities(markup(in_column(content)))) <= 1
