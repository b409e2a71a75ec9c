"""The subject of a correction: the word that readers look for, once, and the original subject."""

import re
import unicodedata

_LOOKED_AT = 200  # characters; what marks a correction stands first

_SAYS = "|".join(
    (
        *(r"correct(?:ed|ion|ions)", "corrigend(?:um|a)", "errat(?:um|a)"),
        *(r"korrektur(?:en)?", "korrigiert(?:e[rs]?)?", r"berichtig(?:ung|ungen|t)", "rettelse"),
        *("rectificati(?:f|on)", "rectification", "rectifie", "rectificacion", "corrige"),
        *("correccion(?:es)?", "corregido", "fe de erratas", r"correzion[ei]", "corretto"),
        *("rettifica", "errata corrige", "correc(?:ao|oes)", "corrigido", "errata", "retificacao"),
        *("correctie", "gecorrigeerd", "rectificatie", "rattelse", "korrigering", "korrigerad"),
        *("oikaisu", "korjaus", "sprostowanie", "korekta", "oprava", "исправление", "поправка"),
        *("виправлення", "訂正", "更正", "정정", "תיקון", "تصحيح", "duzeltme"),
    )
)
_OF_WHAT = r"(?: (?:links?|version|issue|newsletter|e-?mail|date|address|time|copy|notice))?"
_CORRECTION = re.compile(
    rf"(?:[\[(【]\s?(?:{_SAYS}){_OF_WHAT}\s?[\])】]|(?:{_SAYS}){_OF_WHAT}\s{{0,3}}(?:[:!|]|[-–—]{{1,3}}(?:\s|$)))"
)
_REPLY = re.compile(
    r"(?:re|fwd?|aw|wg|tr|rv|vs|sv|antw|doorst|odp|enc|res|ang|i|r)(?:\[\d{1,3}\])?\s{0,3}:\s{0,3}"
)
_MOST_REPLIES = 10


def corrected_subject(subject: str, word: str = "CORRECTED:") -> str:
    """The subject with `word` in front; as it is, where it says so already in any language.

    Merge fields and the author's own spaces stay. A word that ends in a letter gets a colon, so
    that it cannot be read as the first word of a headline.
    """
    bare, mark = _on_one_line(subject), _on_one_line(word)
    if mark and mark[-1].isalnum():
        mark = f"{mark}:"
    if not _for_comparing(mark) or is_marked(bare, mark):
        return bare
    return f"{mark} {bare}".rstrip()


def is_marked(subject: str, word: str = "CORRECTED:") -> bool:
    """Does the subject say that it is a correction: by `word`, or as others say it?"""
    said, mark = _for_comparing(subject), _for_comparing(word)
    for _ in range(_MOST_REPLIES):
        if (mark and said.startswith(mark)) or _CORRECTION.match(said):
            return True
        reply = _REPLY.match(said)
        if reply is None:
            return False
        said = said[reply.end() :]
    return False


def _on_one_line(text: str) -> str:
    return " ".join(text.splitlines()).strip()


def _for_comparing(text: str) -> str:
    """The beginning without case, accents, marks that cannot be seen, and full-width letters."""
    letters = unicodedata.normalize("NFKD", text[:_LOOKED_AT].casefold())
    kept = (letter for letter in letters if unicodedata.category(letter) not in {"Mn", "Cf", "Cc"})
    return unicodedata.normalize("NFC", " ".join("".join(kept).split()))
