"""Pages that ask for a login in the place of what was linked, without a redirect."""

import re
from collections.abc import Sequence

from selectolax.lexbor import LexborHTMLParser

from sendguard.visit.acting_words import folded
from sendguard.visit.visit import Hop, Page
from sendguard.visit.walls import is_login_address

THIN = 120
"""Words of its own; a page to read with a login in its corner has more."""

_PARTS = re.compile(r"\s?[|»«·•]\s?|\s[-–—:]\s")
_SAYINGS = frozenset(
    folded(words)
    for words in (
        *("log in", "login", "sign in", "signin", "log on", "logon", "member login", "user login"),
        *("members only", "please log in", "please sign in", "log in to continue"),
        *("sign in to continue", "login required", "sign in required", "you must log in"),
        *("anmelden", "anmeldung", "einloggen", "bitte anmelden", "connexion", "se connecter"),
        *("identification", "iniciar sesión", "acceder", "inicia sesión", "accedi", "entrar"),
        *("fazer login", "inloggen", "logga in", "logg inn", "log ind", "kirjaudu", "zaloguj się"),
        *("logowanie", "přihlášení", "přihlásit se", "войти", "вход", "ログイン", "サインイン"),
        *("登录", "登入", "로그인"),
    )
)
_BEGINNINGS = ("log in to ", "sign in to ", "login to ", "sign in with ", "log into ")


def asks_for_login(tree: LexborHTMLParser, page: Page, hops: Sequence[Hop]) -> bool:
    """True where both its words and a field for a password say so, and no login was asked for.

    What is left to look at is how few words it has otherwise (`THIN`): many a page has a
    field for a password in its corner.
    """
    if is_login_address(hops[0].url) or page.headline:
        return False
    if not any(map(speaks_of_login, (page.title or "", page.heading or ""))):
        return False
    return tree.css_first('input[type="password" i]') is not None


def speaks_of_login(text: str) -> bool:
    """`Log in | The Example`, `Sign in to The Example`; not `Log in to your life: an essay`."""
    parts = _PARTS.split(text[:120], 3)
    return any(folded(part) in _SAYINGS for part in parts) or (
        len(parts) < 3 and folded(text[:120]).startswith(_BEGINNINGS)
    )
