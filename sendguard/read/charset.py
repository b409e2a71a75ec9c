"""From bytes to text: which characters an editor, a site or a mail program meant."""

import codecs
import re

HEAD_BYTES = 4096  # A charset written further in than this is not looked for.

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark begins with the same bytes
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_WRITTEN = (
    re.compile(rb"\s*<\?xml\b[^>]{0,200}?\bencoding\s*=\s*[\"']([\w.:-]{1,40})", re.IGNORECASE),
    re.compile(rb"<meta\b[^>]{0,500}?\bcharset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE),
)
# Browsers and mail programs read these names as the larger sets that people really write.
_LARGER = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "big5": "big5hkscs",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "utf-8-sig": "utf-8",
}
_ALSO_CALLED = {
    "windows-874": "cp874",
    "dos-874": "cp874",
    "iso-8859-8-i": "iso8859-8",
    "x-sjis": "cp932",
    "x-gbk": "gb18030",
    "x-mac-cyrillic": "mac-cyrillic",
    "unicode-1-1-utf-8": "utf-8",
}
_ONE_BYTE = {
    *(f"cp125{number}" for number in range(9)),
    *(f"iso8859-{number}" for number in (2, 3, 4, 5, 6, 7, 8, 10, 13, 14, 15, 16)),
    *("cp866", "cp874", "koi8-r", "koi8-u", "mac-roman", "mac-cyrillic"),
}
_SEVERAL_BYTES = {"gb18030", "big5hkscs", "cp932", "cp949", "euc_jp", "iso2022_jp", "hz"}
_WIDE = {"utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"}


def decode(raw: bytes, declared: str | None = None) -> str:
    """The text of `raw`, without its byte order mark; damaged bytes become U+FFFD.

    Args:
        raw: The start of a file or page, or all of it; it may end inside a character.
        declared: The charset that a header names, in any spelling; None when none does.
    """
    return raw.decode(codec_of(raw, declared), "replace")


def codec_of(raw: bytes, declared: str | None = None) -> str:
    """Python's name for the charset of `raw`.

    A byte order mark settles it. Else what was declared or is written in the text counts,
    unless the bytes contradict it: text that is sound UTF-8 beyond ASCII is hardly ever
    anything else. With no usable claim it is UTF-8, or windows-1252 for what is not.

    Source:
        WHATWG Encoding, section 4.2 (labels), and HTML, section 13.2.3.2 (the order).
    """
    for mark, codec in _MARKS:
        if raw.startswith(mark):
            return codec
    claim = _named(declared) or _written(raw)
    if claim and _holds(raw, claim):
        return claim
    if _is_utf8(raw) or _mostly_utf8(raw):
        return "utf-8"
    return claim if claim and claim not in _WIDE | {"utf-8"} else "cp1252"


def _written(raw: bytes) -> str | None:
    head = raw[:HEAD_BYTES]
    found = _WRITTEN[0].match(head) or _WRITTEN[1].search(head)
    return _named(found[1].decode("ascii", "replace")) if found else None


def _named(label: str | None) -> str | None:
    """Python's name for a label, None for one that no mail program would know."""
    plain = (label or "").strip(" \t\r\n\"'").lower()
    if not re.fullmatch(r"[a-z0-9_.:+-]{1,40}", plain):
        return None
    try:
        name = codecs.lookup(_ALSO_CALLED.get(plain, plain)).name
    except LookupError:
        return None
    name = _LARGER.get(name, name)
    return name if name in _ONE_BYTE | _SEVERAL_BYTES | _WIDE | {"utf-8"} else None


def _holds(raw: bytes, claim: str) -> bool:
    """Whether nothing in the bytes speaks against the claim."""
    if claim in _WIDE:
        return b"\0" in raw and _fits(raw, claim)
    if claim in _ONE_BYTE:
        return raw.isascii() or not _is_utf8(raw)
    return _is_utf8(raw) if claim == "utf-8" else _fits(raw, claim)


def _fits(raw: bytes, codec: str) -> bool:
    try:
        codecs.getincrementaldecoder(codec)("strict").decode(raw)
    except UnicodeError:
        return False
    return True


def _is_utf8(raw: bytes) -> bool:
    """Whether it is sound UTF-8, of which only the last character may be cut."""
    try:
        text = codecs.getincrementaldecoder("utf-8")("strict").decode(raw)
    except UnicodeError:
        return False
    return raw.isascii() or not text.isascii()


def _mostly_utf8(raw: bytes) -> bool:
    """Whether more characters beyond ASCII are sound UTF-8 than are damaged."""
    text = raw.decode("utf-8", "replace")
    damaged = text.count("\ufffd")
    beyond_ascii = len(text) - len(text.encode("ascii", "ignore"))
    return beyond_ascii > 2 * damaged
