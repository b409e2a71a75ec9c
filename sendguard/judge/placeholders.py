"""Words that stand where an address is still to be put."""

import re
from functools import lru_cache

_CORE = frozenset(
    """changeme fixme href link linkhere tba tbd todo url urlhere placeholder tktk
    insertlink inserturl yourlink yoururl addlink addurl""".split()
)
_AROUND = frozenset(
    """a add address article button change comes cta enter goes here image insert is main me my
    paste post put replace section story the this title to update web website with your""".split()
)
_BARE = frozenset(
    ["undefined", "null", "none", "nan", "asdf", "foo", "bar", "blah", "[object object]", "here"]
)
_FILLER_RUN = re.compile(r"x{3,}|\?+|\.{2,}|…|-{2,}|_{2,}|n{3,}", re.IGNORECASE)
_SHOUTED = re.compile(r"TODO|TBD|TBA|FIXME|CHANGEME|X{3,}")
_X_PART = re.compile(r"x{4,}|x{2}|X{2}|(?:.*[-_])X{2,}(?:\.\w+)?")
_VERSION_PART = re.compile(r"v?(?:X\.Y(?:\.[ZX0-9])?|VER(?:SION)?(?:\.[0-9]+)*)|YYYY")
_PLACEHOLDER_SITE = re.compile(
    r"(?:www\.)?(?:example\.com"
    r"|your-?(?:domain|site|website|company|store|shop|blog|brand|link|url)\.[a-z.]{2,6})",
)
_PERHAPS_PLACEHOLDER_SITE = frozenset(
    ["domain.com", "www.domain.com", "mysite.com", "www.mysite.com", "website.com"]
)
_LOREM = re.compile(r"lorem ipsum(?:$|[.…,]| dolor)", re.IGNORECASE)
_SCHEME = re.compile(r"^(?:(?:https?:)?/{2,}|[#/?]+)", re.IGNORECASE)


@lru_cache(1_024)
def is_filler(href: str) -> bool:
    """The whole address is words such as TODO, “link here” or xxx; a scheme does not save it."""
    written = href.strip()
    bare = _SCHEME.sub("", written, count=1).rstrip("/")
    name, colon, _ = bare.partition("://")
    return any(_is_filler_word(word) for word in (written, bare, name if colon else bare))


def is_placeholder_host(host: str) -> bool:
    """A site that only stands for another, such as example.com."""
    return bool(_PLACEHOLDER_SITE.fullmatch(host.lower()))


def is_perhaps_placeholder_host(host: str) -> bool:
    """A site that usually stands for another, though somebody owns it."""
    return host.lower() in _PERHAPS_PLACEHOLDER_SITE


def filler_in_path(path: str) -> tuple[str, ...]:
    """The parts of a path that nobody would name a page: `xxxx`, `TODO`, `insert-link-here`."""
    return tuple(part for part in path.split("/") if part and _is_filler_part(part))


def is_filler_label(label: str) -> bool:
    """Words that a designer put in to be replaced."""
    text = " ".join(label.split())
    return bool(_LOREM.match(text) or _SHOUTED.fullmatch(text))


def placeholder_mailbox(href: str) -> str | None:
    """The host of a mail address on a placeholder site; None when it is on none."""
    scheme, _, rest = href.strip().partition(":")
    host = rest.partition("?")[0].rpartition("@")[2].strip()
    return host if scheme.lower() == "mailto" and is_placeholder_host(host) else None


def _is_filler_word(text: str) -> bool:
    lowered = text.lower()
    if lowered in _BARE or _FILLER_RUN.fullmatch(lowered):
        return True
    words = [word for word in re.split(r"[-_\s.!<>\[\]()]+|%20", lowered) if word]
    return bool(_CORE.intersection(words)) and all(
        word in _CORE or word in _AROUND for word in words
    )


def _is_filler_part(part: str) -> bool:
    if any(form.fullmatch(part) for form in (_SHOUTED, _X_PART, _VERSION_PART)):
        return True
    return "-" in part and part.lower() not in _BARE and _is_filler_word(part)
