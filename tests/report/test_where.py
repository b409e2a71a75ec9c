"""Places as seen from where SendGuard was called."""

import pytest

from sendguard.report.where import seen_from_here
from sendguard.values import Place


@pytest.mark.parametrize(
    ("path", "file", "seen"),
    [
        ("campaigns/a", "newsletter.html", "campaigns/a/newsletter.html"),
        ("campaigns/a/", "parts/b.mjml", "campaigns/a/parts/b.mjml"),
        ("issue.html", "issue.html", "issue.html"),
        ("drafts/issue.mjml", "issue.mjml", "drafts/issue.mjml"),
        ("drafts/issue.mjml", "parts/b.mjml", "drafts/parts/b.mjml"),
        ("-", "-", "-"),
        (".", "newsletter.html", "newsletter.html"),
    ],
)
def test_a_place_is_seen_from_here(path: str, file: str, seen: str) -> None:
    assert seen_from_here(path, Place(file, 3, 4)) == Place(seen, 3, 4)
