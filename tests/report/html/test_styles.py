"""A newsletter's own styles, made harmless."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sendguard.report.html.styles import MOST_STYLES, safe_sheet, safe_style

AFAR = "http://evil.example/x"


@pytest.mark.parametrize("style", ["color:red", "width: 100%; font-family: Georgia, 'Times'", ""])
def test_a_plain_style_stays_as_it_is(style: str) -> None:
    assert safe_style(style) == style


@pytest.mark.parametrize(
    "value",
    [
        f"url({AFAR})",
        f'url("{AFAR}")',
        f"URL( '{AFAR}' )",
        f"u\\72l({AFAR})",
        f"image-set('{AFAR}' 1x)",
        f"-webkit-image-set(url({AFAR}) 1x)",
        f"linear-gradient(red, blue), url({AFAR})",
        f"var(--none, url({AFAR}))",
        "expression(alert(1))",
    ],
)
def test_what_loads_or_runs_is_left_out_and_the_rest_stays(value: str) -> None:
    style = safe_style(f"color:red;list-style-image:{value};width:1px")

    assert "evil" not in style
    assert "alert" not in style
    assert "color:red" in style
    assert "width:1px" in style


def test_the_colour_beside_a_background_picture_stays() -> None:
    style = safe_style(f"background:#fff url({AFAR}) no-repeat !important")

    assert style.split() == ["background:#fff", "no-repeat", "!important"] or "#fff" in style
    assert "evil" not in style


@pytest.mark.parametrize(
    "rule",
    [
        f"@import '{AFAR}';",
        f"@import url({AFAR});",
        f"@font-face {{ font-family: x; src: url({AFAR}) }}",
        f"@namespace '{AFAR}';",
        f"@media print {{ @import '{AFAR}'; b {{ cursor: url({AFAR}) }} }}",
        ":host { position: fixed !important } /* evil */",
        "::slotted(*) { display: none } /* evil */",
        "p:host-context(body) { color: red } /* evil */",
    ],
)
def test_a_sheet_reaches_neither_afar_nor_out_of_its_frame(rule: str) -> None:
    sheet = safe_sheet(f"{rule} h1 {{ color: red }}")

    assert "evil" not in sheet
    assert "host" not in sheet
    assert "slotted" not in sheet
    assert "h1" in sheet


def test_a_sheet_keeps_its_rules_for_small_screens() -> None:
    sheet = safe_sheet("@media (max-width: 480px) { .wide { width: 100% !important } }")

    assert sheet.replace(" ", "") == "@media(max-width:480px){.wide{width:100%!important}}"


def test_rules_for_the_body_are_for_what_stands_for_it() -> None:
    sheet = safe_sheet("body.x > p.body, html { margin: 0 }")

    assert sheet.partition("{")[0].strip() == ".sg-body.x > p.body, .sg-body"


@settings(deadline=None)  # the machine may be busy
@given(css=st.text() | st.text("{}()[]@;:\\'\"</style>u", max_size=200))
def test_whatever_it_says_it_cannot_end_its_element(css: str) -> None:
    assert "<" not in safe_sheet(css)


@pytest.mark.parametrize("css", ["{" * 50_000, "a" * (MOST_STYLES + 1), "(" * 10_000])
def test_what_no_designer_wrote_is_left_out(css: str) -> None:
    assert not safe_sheet(css)
    assert not safe_style(css)
