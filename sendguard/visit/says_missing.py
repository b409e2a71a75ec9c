"""Titles and steps of an address that say “there is no such page”, in the common languages."""

import re
from collections.abc import Collection
from functools import cache

from sendguard.visit.acting_words import folded

LONGEST = 120
"""Characters of a text that can be such a saying; longer ones tell a story."""

_BETWEEN_PARTS = re.compile(r"\s?[|»«·•]\s?|\s[-–—~›:/]+\s|:\s")
_MOST_PARTS = 6
_FEW_WORDS = 3  # of a site's name that nobody told us


def says_missing(text: str, names: Collection[str] = ()) -> bool:
    """True where a title or a heading says that there is no such page, and nothing else.

    Args:
        text: `Page not found | The Example`; an article's title that goes on
            (`404 Not Found: what it means`) says more.
        names: What the site is called, as `squeezed` spells it.
    """
    if len(text) > LONGEST:
        return False
    if is_saying(folded(text)):
        return True
    parts = [part for part in _BETWEEN_PARTS.split(text, _MOST_PARTS) if folded(part)]
    if len(parts) < 2:
        return False
    first, *_, last = parts
    if squeezed(first) in names and is_saying(folded(last)):
        return True
    is_named = len(folded(last).split()) <= _FEW_WORDS or squeezed(last) in names
    return is_named and ":" not in text.removeprefix(first)[:2] and is_saying(folded(first))


def squeezed(text: str) -> str:
    """The letters and digits alone, in lower case."""
    return "".join(letter for letter in text.casefold() if letter.isalnum())


def speaks_of_missing(text: str) -> bool:
    """True where the words have to do with missing pages, whatever else they say."""
    words = folded(text[:LONGEST])
    padded = f" {words} "
    return any(f" {number} " in padded for number in _NUMBERS) or any(
        phrase in padded for phrase in (" not found ", " notfound ", " missing page ", *_sayings())
    )


def is_saying(words: str) -> bool:
    """As `says_missing`, of words that are `folded` already."""
    left = words.split()
    if len(left) > 14:
        return False
    while left:
        if " ".join(left) in _sayings() or _is_english(left):
            return True
        if left[0] not in _AROUND:
            break
        left.pop(0)
    while left and left[-1] in _AROUND:
        left.pop()
        if " ".join(left) in _sayings() or _is_english(left):
            return True
    # “404 page” is an error page, “Page 404” one of many.
    return not left and "404" in words.split() and words.split(maxsplit=1)[0] not in _PAGES


def _is_english(words: list[str]) -> bool:
    """`the page you requested could not be found`, `not found`, `page no longer exists`."""
    left = words[1:] if words[0] in _ARTICLES else words
    if " ".join(left) in _PREDICATES:
        return " ".join(left) in _ALONE
    if left and left[0] == "requested":
        left = left[1:]
    if not left or left[0] not in _NOUNS:
        return False
    rest = " ".join(left[1:])
    tail = next((tail for tail in _TAILS if rest.startswith(f"{tail} ")), "")
    return rest.removeprefix(tail).strip() in _PREDICATES


_NUMBERS = frozenset({"404", "410"})
_ARTICLES = frozenset({"the", "this", "that", "your"})
_NOUNS = frozenset(
    "page pages file url article post document story resource webpage link address".split()
)
_TAILS = (
    *("you requested", "you are looking for", "you were looking for", "you re looking for"),
    *("you tried to reach", "you have requested", "requested"),
)
_ALONE = frozenset({"not found", "was not found", "could not be found", "cannot be found"})
_PREDICATES = _ALONE | frozenset(
    {"can t be found", "couldn t be found", "can not be found", "does not exist", "doesn t exist",
     "no longer exists", "no longer available", "is no longer available", "wasn t found",
     "is not found", "cant be found", "doesnt exist", "couldn t found"}
)  # fmt: skip
_PAGES = frozenset({"page", "seite", "pagina", "sida", "side", "strona"})
_AROUND = frozenset(
    """404 410 error http https status code oops ooops oopsie oh uh no ups whoops woops sorry hoppla
    huch hmm fehler erreur errore erro fel feil fejl chyba hiba virhe hata blad eroare ошибка
    помилка エラー 错误 錯誤 오류 page seite pagina sida 1 not found we re that s ohnosad snap darn
    """.split()
)


@cache
def _sayings() -> frozenset[str]:
    return frozenset(folded(line) for line in _SAYINGS.replace("\n", ",").split(",")) - {""}


_SAYINGS = """
    nothing found, nothing was found, no page found, missing page, page missing, file not found
    we can't find that page, we couldn't find that page, we can’t find this page
    we can't find the page you're looking for, we couldn't find the page you were looking for
    we can't seem to find the page you're looking for, notfound, pagenotfound, page notfound
    seite nicht gefunden, nicht gefunden, die seite wurde nicht gefunden, seite existiert nicht
    diese seite existiert nicht, die seite existiert nicht, seite wurde nicht gefunden
    die angeforderte seite wurde nicht gefunden, diese seite wurde nicht gefunden
    page introuvable, page non trouvée, cette page n'existe pas, la page n'existe pas
    page inexistante, cette page est introuvable, cette page n'existe plus, document introuvable
    página no encontrada, no se encontró la página, la página no existe, esta página no existe
    página no existe, no encontrado, no encontrada, no se ha encontrado la página
    pagina non trovata, la pagina non esiste, questa pagina non esiste, pagina inesistente
    página não encontrada, a página não foi encontrada, página inexistente, esta página não existe
    não encontrado, não encontrada
    pagina niet gevonden, de pagina is niet gevonden, deze pagina bestaat niet, niet gevonden
    de pagina bestaat niet
    sidan hittades inte, sidan kunde inte hittas, sidan finns inte, hittades inte
    sidan kan inte hittas
    siden blev ikke fundet, siden findes ikke, siden kunne ikke findes
    siden ble ikke funnet, fant ikke siden, siden finnes ikke
    sivua ei löydy, sivua ei löytynyt, sivua ei ole
    nie znaleziono strony, strona nie została znaleziona, strona nie istnieje, nie znaleziono
    taka strona nie istnieje, strona nieznaleziona, strony nie znaleziono
    stránka nenalezena, stránka nebyla nalezena, stránka neexistuje, tato stránka neexistuje
    stránka sa nenašla, stránka nebola nájdená
    az oldal nem található, oldal nem található, a keresett oldal nem található
    pagina nu a fost găsită, pagina nu există, sayfa bulunamadı, страница не найдена
    такой страницы не существует, сторінку не знайдено, η σελίδα δεν βρέθηκε
    ページが見つかりません, ページが見つかりませんでした, お探しのページは見つかりません
    お探しのページは見つかりませんでした, 页面未找到, 找不到页面, 页面不存在, 您访问的页面不存在
    找不到網頁, 找不到頁面, 頁面不存在, 페이지를 찾을 수 없습니다, الصفحة غير موجودة
    הדף לא נמצא, trang không tồn tại, không tìm thấy trang, halaman tidak ditemukan
"""
