"""From files already read to a campaign: each kind of newsletter, then what all have."""

import hashlib
import html
import re
from collections.abc import Mapping
from typing import assert_never

from sendguard.errors import Unreadable
from sendguard.read.campaign import Brief, Campaign, Medium, Part
from sendguard.read.charset import decode
from sendguard.read.content import Content
from sendguard.read.kind import Kind, kind_of, named
from sendguard.values import Lines, Place

_TITLE = re.compile(r"<title\b[^<>]*+>", re.IGNORECASE)
_TITLE_END = re.compile("</title", re.IGNORECASE)


def included_names(raw: bytes, name: str) -> Mapping[str, Place]:
    """The files that a newsletter includes, each with the place that first asks for it.

    Empty for anything but MJML. Iterating gives the names, relative to the folder.

    Raises:
        Unreadable: It is broken, or asks for a file outside its folder.
    """
    if kind_of(raw, name) is not Kind.MJML:
        return {}
    from sendguard.read.mjml.includes import find_includes
    from sendguard.read.mjml.syntax import parse

    text = decode(raw)
    wanted: dict[str, Place] = {}
    for include in find_includes(parse(text, Lines.of(name, text)), name):
        wanted.setdefault(include.name, include.place)
    return wanted


def read_campaign(
    path: str,
    files: Mapping[str, bytes],
    *,
    name: str,
    id: str | None,  # noqa: A002 - the field's own name
    brief: Brief | None = None,
) -> Campaign:
    """The campaign that `files` hold.

    Args:
        path: As the user named it.
        files: All that was read for it, `campaign.yaml` and included files too, by name
            relative to the folder.
        name: The newsletter among them; `-` for standard input.
        id: Name of the campaign folder; None for a bare file.
        brief: What `campaign.yaml` says; None for a bare file.

    Raises:
        Unreadable: The newsletter is missing, broken or not one.
    """
    if name not in files:
        raise Unreadable(f"{named(name)} is not there: check the name of the newsletter")
    content = _content(files, name)
    brief = brief or Brief(newsletter=name)
    return Campaign(
        path=path,
        id=id,
        brief=brief,
        subject=brief.subject or _subject(content),
        parts=(*content.parts, *_text_part(files, brief)),
        sources=content.sources,
        headers=content.headers,
        oddities=content.oddities,
        attached=content.attached,
        digest=digest_of(files),
    )


def _content(files: Mapping[str, bytes], name: str) -> Content:
    raw = files[name]
    kind = kind_of(raw, name)
    match kind:
        case Kind.HTML:
            text = decode(raw)
            return Content(parts=(Part(medium=Medium.HTML, text=text, lines=Lines.of(name, text)),))
        case Kind.MJML:
            from sendguard.read.mjml.build import read_mjml

            return read_mjml(files, name)
        case Kind.MESSAGE:
            from sendguard.read.message.read import read_message

            return read_message(raw, name)
        case _:
            assert_never(kind)


def _text_part(files: Mapping[str, bytes], brief: Brief) -> tuple[Part, ...]:
    """The plain text that stands in a file of its own."""
    if not brief.text:
        return ()
    text = decode(files[brief.text])
    return (Part(medium=Medium.TEXT, text=text, lines=Lines.of(brief.text, text)),)


def _subject(content: Content) -> str | None:
    for name, value in content.headers:
        if name == "subject":
            return value
    return _title(content.parts[0].text) if content.parts[0].medium is Medium.HTML else None


def _title(text: str) -> str | None:
    opens = _TITLE.search(text)
    closes = _TITLE_END.search(text, opens.end()) if opens else None
    if not opens or not closes:
        return None
    return " ".join(html.unescape(text[opens.end() : closes.start()]).split()) or None


def digest_of(files: Mapping[str, bytes]) -> str:
    """`sha256:` and the digest of all files that a campaign was read from, by name."""
    whole = hashlib.sha256()
    for name, raw in sorted(files.items()):
        for piece in (name.encode("utf-8", "surrogateescape"), raw):
            whole.update(b"%d:" % len(piece) + piece)
    return f"sha256:{whole.hexdigest()}"
