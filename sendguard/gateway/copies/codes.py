"""Short codes and numbers in links, which may stand for one reader or for one page.

One copy tells nobody which. So they are left out of what names a campaign, and kept beside it, for
two copies to be laid side by side (`apart`).
"""

import re
from functools import lru_cache
from itertools import pairwise, takewhile

MARK = "\x01"
"""Stands for a short piece of an address, and around each number."""
ACTS = "!"
"""In the place of a host: a link that acts, which may say who the reader is."""
SHORTEST, LONGEST = 5, 15


def without_codes(rest: str) -> str:
    """What stands behind the host of an address, without pieces that are short enough for a code.

    Words are among them: whose code has no digit by chance is to be in the same campaign.

    Args:
        rest: It, each number between two marks.
    """
    return _SHORT.sub(MARK, _NUMBER.sub(MARK, rest))


@lru_cache(8192)
def pieces_of_link(rest: str) -> tuple[str, ...]:
    """The pieces of what stands behind a host, and between them the signs that part them.

    They are parted where the check parts them (`visit.copies`), so that it knows each again.
    """
    return tuple((_ENCODED_SIGN if "%" in rest else _SIGN).split(rest))


@lru_cache(4096)
def is_same_for_all(host: str) -> bool:
    """A service that shortens links, where nobody has one made for each reader."""
    return host[2:].lower() in _SHORTENERS


def may_be_code(piece: str) -> bool:
    """Whether it is short enough, and of the letters that codes are made of."""
    return bool(_CODE.fullmatch(piece))


@lru_cache(4096)
def is_code(piece: str) -> bool:
    """Chance or a counter made it: a number that is no date, or digits with letters mixed."""
    if piece.isdigit():
        return len(piece) >= _SHORTEST_NUMBER and not _DATE.fullmatch(piece)
    return may_be_code(piece) and bool(_MIXED.fullmatch(piece)) and not _SIZE.fullmatch(piece)


def are_codes(one: str, other: str) -> bool:
    """Two readers may have them in the same place.

    Codes are of one length; of those that hardly mix digits and letters, two are hardly alike.
    """
    if one.isdigit() and other.isdigit():
        return is_code(one) or is_code(other)
    if len(one) != len(other) or not (may_be_code(one) and may_be_code(other)):
        return False
    if _is_well_mixed(one) or _is_well_mixed(other):
        return True
    same = _same_at_the_front(one, other) + _same_at_the_front(one[::-1], other[::-1])
    return 3 * same <= len(one) and (is_code(one) or is_code(other))


def _same_at_the_front(one: str, other: str) -> int:
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=True)))


def _is_well_mixed(piece: str) -> bool:
    if not is_code(piece) or piece.isdigit():
        return False
    return sum(one.isdigit() != two.isdigit() for one, two in pairwise(piece)) >= _CHANGES


_SIGNS = r"/?&=#;:,.+@<>~|!*$()"
_SIGN = re.compile(rf"([{_SIGNS}])")
_ENCODED_SIGN = re.compile(
    rf"([{_SIGNS}]|%(?:25)?(?:2[0134689acef]|2b|3[abcdef]|40|7[ce]))", re.IGNORECASE
)
_NUMBER = re.compile(rf"{MARK}[^{MARK}]*{MARK}")
_CODE = re.compile(rf"[A-Za-z0-9_-]{{{SHORTEST},{LONGEST}}}")
# With a percent sign beside it nobody knows where it ends before it is decoded.
_SHORT = re.compile(rf"(?<![^{_SIGNS}]){_CODE.pattern}(?![^{_SIGNS}])")
_SHORTEST_NUMBER = 4
_CHANGES = 3
_MIXED = re.compile(r"(?=[^\d]*\d)(?=[\d_-]*[A-Za-z])[A-Za-z0-9_-]+")
_SIZE = re.compile(r"\d+x\d+")
_MONTH, _DAY = r"(?:0[1-9]|1[0-2])", r"(?:0[1-9]|[12]\d|3[01])"
_YEAR = r"(?:19|20)\d\d"
_DATE = re.compile(
    rf"{_YEAR}(?:{_MONTH}(?:{_DAY}\d{{0,6}})?)?|{_DAY}{_MONTH}(?:{_YEAR}|\d\d)|\d\d{_MONTH}{_DAY}"
)
_SHORTENERS = frozenset(
    """
    amzn.to bit.ly buff.ly cutt.ly fb.me goo.gl is.gd lnkd.in ow.ly rb.gy rebrand.ly shorturl.at
    spoti.fi t.co t.ly tiny.cc tinyurl.com trib.al youtu.be
    """.split()
)
