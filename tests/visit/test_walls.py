import pytest

from sendguard.values import Url
from sendguard.visit.walls import (
    CAPTCHA,
    CLOUDFLARE,
    CONSENT,
    DATADOME,
    LOGIN,
    VERCEL,
    detour,
    wall,
)

MOMENT = "<html><head><title>Just a moment...</title>"


@pytest.mark.parametrize(
    ("status", "headers", "head", "said"),
    [
        (403, {"cf-mitigated": "challenge"}, "", CLOUDFLARE),
        (503, {"cf-mitigated": "challenge"}, "", CLOUDFLARE),
        (200, {}, f"{MOMENT}<script src=/cdn-cgi/challenge-platform/x>", CLOUDFLARE),
        (503, {}, f"{MOMENT}<script>window._cf_chl_opt={{}}", CLOUDFLARE),
        (429, {"x-vercel-mitigated": "challenge"}, "", VERCEL),
        (403, {"x-datadome": "protected"}, "", DATADOME),
        (200, {}, "<html><title>Robot Check</title>", CAPTCHA),
    ],
)
def test_a_challenge_is_a_wall(status: int, headers: dict[str, str], head: str, said: str) -> None:
    assert wall(status, headers, head) == said


@pytest.mark.parametrize("status", [401, 403, 407, 429, 451, 999])
def test_some_answers_are_walls_by_their_number(status: int) -> None:
    assert str(status) in (wall(status, {}, "") or "")


@pytest.mark.parametrize("status", [200, 204, 301, 400, 404, 405, 410, 500, 502, 503])
def test_other_answers_are_none(status: int) -> None:
    assert wall(status, {"server": "cloudflare", "x-datadome": "on"}, "<title>Hello") is None


@pytest.mark.parametrize(
    "head",
    ["<script src=/cdn-cgi/challenge-platform/x>", f"{MOMENT}<p>A story", "_cf_chl_opt explained"],
)
def test_a_page_that_only_looks_a_little_like_a_challenge_is_none(head: str) -> None:
    assert wall(200, {}, head) is None


@pytest.mark.parametrize(
    ("landed", "said"),
    [
        ("https://consent.youtube.com/m?continue=x", CONSENT),
        ("https://x.org/zustimmung?url=x", CONSENT),
        ("https://x.org/login?next=/a", LOGIN),
        ("https://x.org/users/sign_in", LOGIN),
        ("https://accounts.x.org/", LOGIN),
        ("https://x.org/anmelden.html", LOGIN),
    ],
)
def test_a_redirect_to_a_login_or_to_consent_is_a_detour(landed: str, said: str) -> None:
    assert detour(Url("https://x.org/an-article"), Url(landed)) == said


@pytest.mark.parametrize(
    ("asked", "landed"),
    [
        ("https://x.org/a", "https://www.x.org/a/"),
        ("https://x.org/login", "https://x.org/login/"),
        ("https://x.org/a", "https://x.org/2026/how-to-login-safely"),
        ("https://x.org/a", "https://x.org/blog/consent-in-design"),
        ("https://login.x.org/a", "https://login.x.org/b"),
    ],
)
def test_what_only_tells_of_logins_or_was_meant_is_no_detour(asked: str, landed: str) -> None:
    assert detour(Url(asked), Url(landed)) is None
