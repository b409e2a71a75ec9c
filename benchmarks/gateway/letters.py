"""The newsletter that is sent: twenty links with each reader's own token, in so many octets."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

SENDER = "bounces@post.example"
_HEADERS = """From: The Weekly Post <weekly@post.example>
To: Reader {{NUMBER}} <{{TO}}>
Subject: The stories of this week
Date: Sun, 22 Nov 2026 08:00:00 +0000
Message-ID: <{{TOKEN}}@post.example>
List-Id: <{{SERIES}}.post.example>
List-Unsubscribe: <https://post.example/u/{{TOKEN}}>
List-Unsubscribe-Post: List-Unsubscribe=One-Click
MIME-Version: 1.0
Content-Type: text/html; charset=utf-8
Content-Transfer-Encoding: quoted-printable

"""
_TOP = """<!doctype html><html lang=en><head><title>The Weekly Post</title></head><body>
<p>Dear Reader {{NUMBER}},</p>
"""
_STORY = """<h2><a href="{address}?mc_eid={{{{TOKEN}}}}">
{title}</a></h2>
<p>{words}</p>
<a href="{address}?mc_eid={{{{TOKEN}}}}">
Read article</a>
"""
_FILLER = '<p style="margin:0 0 12px">The river council read the article.</p>\n'
_END = '<a href="https://post.example/u/{{TOKEN}}">Unsubscribe</a></body></html>\n'


def recipient(number: int) -> str:
    """Whom a copy is for."""
    return f"reader{number:07d}@inbox{number % 97}.example"


def write_letter(
    file: Path, stories: Sequence[tuple[str, str]], size: int, series: str = "weekly"
) -> None:
    """Write down what all copies share.

    Args:
        file: Where; readers' own words stand there as {{NUMBER}}, {{TO}} and {{TOKEN}}.
        stories: An address and its title for each link.
        size: Of a copy, in octets, about.
        series: Two issues of one may not link to the same.
    """
    # No line is so long that quoted-printable would break it, so that it is this one replacement.
    body = "".join(
        _STORY.format(address=address, title=title, words="Words of a story, as many as it has.")
        for address, title in stories
    )
    whole = _TOP + body
    filler = max(size - len(_HEADERS) - len(whole) - 800, 0) // (len(_FILLER) + 3)
    encoded = (whole + _FILLER * filler + _END).replace("=", "=3D")
    headers = _HEADERS.replace("{{SERIES}}", series)
    file.write_bytes((headers + encoded).replace("\n", "\r\n").encode())


@dataclass(frozen=True, slots=True)
class Letter:
    """What was written down, cut where a reader's own words stand; those are every second piece."""

    pieces: tuple[str, ...]

    @classmethod
    def read(cls, file: Path) -> "Letter":
        """As `write_letter` left it."""
        return cls(tuple(re.split(r"\{\{(\w+)\}\}", file.read_bytes().decode())))

    def copy(self, number: int) -> bytes:
        """One reader's; no line begins with a dot."""
        own = {
            "NUMBER": str(number),
            "TO": recipient(number),
            "TOKEN": f"{number * 0x9E3779B97F4A7C15 % (1 << 64):016x}",
        }
        made = list(self.pieces)
        made[1::2] = [own[name] for name in made[1::2]]
        return "".join(made).encode()
