import pytest

from sendguard.adapters.http.heard import Heard


@pytest.mark.parametrize(
    ("written", "media_type"),
    [
        ("text/html; charset=utf-8", "text/html"),
        (" Text/HTML ;x", "text/html"),
        ("text/html charset=utf-8", "text/html"),
        ("application/xhtml+xml", "application/xhtml+xml"),
        ("text/\x1b[31m\u202e<b>", "application/octet-stream"),
        ("te\xffxt/html", "application/octet-stream"),
        ("image/png\x1b[31m", "image/png"),
        ("html", "application/octet-stream"),
        ("", "application/octet-stream"),
    ],
)
def test_of_a_media_type_only_what_may_be_one_is_believed(written: str, media_type: str) -> None:
    assert Heard(status=200, headers={"content-type": written}).media_type == media_type
