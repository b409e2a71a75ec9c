"""Pictures and files that go out with a newsletter, the same ones to every reader."""

import re
from base64 import encodebytes
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

from sendguard.judge.quote import plain
from sendguard.send.merge import one_line

LONGEST_NAME = 64
"""Letters; each takes up to twelve characters of a line, which may have 998."""

_MOST_TOLD = 8
_KIND = re.compile(r"[a-z0-9][a-z0-9!#$&^_.+-]{0,80}/[a-z0-9][a-z0-9!#$&^_.+-]{0,80}")
_SIMPLE = re.compile(r"[A-Za-z0-9_.-][A-Za-z0-9_. -]*")
_CHARSET = re.compile(r"[A-Za-z0-9._:+-]{1,40}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Enclosed:
    """One picture or file; see `Enclosed.of`.

    Attributes:
        kind: Media type.
        charset: Of a file of text; None where it says none.
        name: What it is saved as; None for none.
        id: What the HTML calls it (`cid:…`); None for a file that stands beside the newsletter.
        is_file: Whether it is to be saved rather than shown.
        content: In base64, in lines.
    """

    kind: str
    charset: str | None
    name: str | None
    id: str | None
    is_file: bool
    content: str

    @classmethod
    def of(  # noqa: PLR0913 - one for each thing that is said of it
        cls,
        content: bytes,
        *,
        kind: str,
        charset: str | None = None,
        name: str | None = None,
        id: str | None = None,  # noqa: A002 - the field's own name
        is_file: bool = False,
    ) -> "Enclosed":
        """What holds these bytes; whatever no header may hold is left out of what is said of it."""
        return cls(
            kind=kind if _KIND.fullmatch(kind) else "application/octet-stream",
            charset=charset if charset and _CHARSET.fullmatch(charset) else None,
            name=one_line(name or "")[-LONGEST_NAME:] or None,
            id=id,
            is_file=is_file,
            content=encodebytes(content).decode("ascii"),
        )

    @property
    def headers(self) -> bytes:
        """Those of its part, each with its end."""
        charset = f"; charset={self.charset}" if self.charset else ""
        lines = [
            f"Content-Type: {self.kind}{charset}",
            "Content-Transfer-Encoding: base64",
            f"Content-Disposition: {'attachment' if self.is_file else 'inline'}{self._named}",
            *([f"Content-ID: <{self.id}>"] if self.id else []),
        ]
        return "".join(f"{line}\r\n" for line in lines).encode("ascii")

    @property
    def body(self) -> bytes:
        """Its content as it goes over the wire; no line of it begins with a dot."""
        return self.content.replace("\n", "\r\n").encode("ascii")

    @property
    def _named(self) -> str:
        """Its name; one that is not simple in the spelling that can hold any (RFC 2231)."""
        if not self.name:
            return ""
        if _SIMPLE.fullmatch(self.name):
            return f';\r\n filename="{self.name}"'
        return f";\r\n filename*=utf-8''{quote(self.name, safe='')}"


def told_enclosed(every: Sequence[Enclosed]) -> str:
    """What is enclosed, by name, as people are told of it."""
    names = [plain(one.name or one.kind, LONGEST_NAME) for one in every[:_MOST_TOLD]]
    more = [f"{len(every) - _MOST_TOLD} more"] if len(every) > _MOST_TOLD else []
    return ", ".join([*names, *more])
