import pytest

from sendguard.read import inside


@pytest.mark.parametrize(
    ("path", "beside", "found"),
    [
        ("header.mjml", "", "header.mjml"),
        ("./parts/header.mjml", "newsletter.mjml", "parts/header.mjml"),
        ("header.mjml", "mails/newsletter.mjml", "mails/header.mjml"),
        ("../parts/header.mjml", "mails/newsletter.mjml", "parts/header.mjml"),
        ("..header.mjml", "", "..header.mjml"),
    ],
)
def test_a_name_inside_the_folder_is_made_plain(path: str, beside: str, found: str) -> None:
    assert inside(path, beside=beside) == found


@pytest.mark.parametrize(
    "path",
    [
        *("", ".", "..", "../x", "a/../../x", "/etc/passwd", "//host/x", "C:/x", "c:x"),
        *("a\\b", "..\\x", "https://example.org/x", "file:///x", "a\0b"),
    ],
)
def test_a_name_that_leads_out_is_no_name(path: str) -> None:
    assert inside(path) is None
