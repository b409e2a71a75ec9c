"""Names of sites that look like others: letters of another script, digits for letters."""

import unicodedata

# Letters that readers take for the Latin one, in the fonts that mail programs use. The tables of
# Unicode (UTS 39) say the same of them and much of letters that no name of a site may have.
_LOOKS_LIKE = str.maketrans(
    {
        **dict(zip("авсԁеғԍһіјкӏмноԛрѕтԝхуѵьԑг", "abcdefghijklmhoqpstwxyvber", strict=True)),
        **dict(zip("αβγδεικνορστυχωηϲϳ", "abydeikvopotuxwncj", strict=True)),
        **dict(zip("ացԁհոսօզյ", "wgdhnuoqj", strict=True)),
        **dict(zip("ɑɡıɩƽʏⅼ", "agiisyl", strict=True)),
    }
)
_ALIKE_IN_ASCII = (("rn", "m"), ("vv", "w"), ("0", "o"), ("1", "l"))
_LONGEST_LABEL = 63  # RFC 1035, section 2.3.4
_IMITATED = "LATIN"
_IMITATORS = frozenset({"CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE", "COPTIC", "LISU"})


def readable(host: str) -> str:
    """The host with its letters as people see them: `xn--` names decoded where they can be."""
    return ".".join(_decoded(label) for label in host.lower().split("."))


def mixed_label(host: str) -> str | None:
    """The part of a readable host that mixes Latin letters with others that look like them."""
    for label in host.split("."):
        scripts = {script_of(letter) for letter in label if letter.isalpha()}
        if _IMITATED in scripts and scripts & _IMITATORS:
            return label
    return None


def mimics(label: str) -> bool:
    """Every letter of the label looks like a Latin one."""
    return _as_latin(label).isascii()


def tells_script(text: str) -> bool:
    """Is something written in a script whose letters look like Latin ones?"""
    return any(script_of(letter) in _IMITATORS for letter in text if letter.isalpha())


def foreign_letter(label: str) -> str:
    """The first letter of a mixed label that is not Latin, with its script behind in brackets."""
    letter = next(one for one in label if one.isalpha() and script_of(one) != _IMITATED)
    return f"{letter} ({script_of(letter).capitalize()})"


def imitates_latin(host: str) -> bool:
    """A readable host, written in one other script, that reads as Latin from end to end."""
    labels = host.split(".")
    return labels[-1].isascii() and any(
        not label.isascii() and _as_latin(label).isascii() and _is_of_one_imitator(label)
        for label in labels
    )


def skeleton(host: str) -> str:
    """The same for all hosts that look the same; for comparing only."""
    text = _as_latin(host)
    for shape, stands_for in _ALIKE_IN_ASCII:
        text = text.replace(shape, stands_for)
    return text


def script_of(letter: str) -> str:
    """The first word of the letter's name in Unicode, which is its script."""
    return unicodedata.name(letter, "?").split()[0]


def _decoded(label: str) -> str:
    if not label.startswith("xn--") or len(label) > _LONGEST_LABEL:
        return label
    try:
        return label.removeprefix("xn--").encode("ascii").decode("punycode")
    except UnicodeError:
        return label


def _as_latin(text: str) -> str:
    bare = unicodedata.normalize("NFKD", text.translate(_LOOKS_LIKE))
    return "".join(letter for letter in bare if not unicodedata.combining(letter))


def _is_of_one_imitator(label: str) -> bool:
    scripts = {script_of(letter) for letter in label if letter.isalpha()}
    return len(scripts) == 1 and scripts <= _IMITATORS
