"""A newsletter of a given size as bytes, whose readers differ in three headers."""

from dataclasses import dataclass

SENDER = "weekly@post.example"
_HEADERS = (
    "From: The Weekly Post <weekly@post.example>\r\nTo: {to}\r\nSubject: This week\r\n"
    "Date: Sat, 21 Nov 2026 08:00:00 +0000\r\nMessage-ID: <{number:016x}@post.example>\r\n"
    "List-Unsubscribe: <https://post.example/u/{number:08x}>\r\nMIME-Version: 1.0\r\n"
    "Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
)
# No line begins with a dot, so that clients that stuff dots and those that do not send the same.
_LINE = b'<p style=3D"margin:0 0 12px">The river council read the article.</p>\r\n'


def recipient(number: int) -> str:
    """Whom a message is for."""
    return f"reader{number:07d}@inbox{number % 97}.example"


@dataclass(frozen=True, slots=True)
class Template:
    """What all messages of a size share."""

    body: bytes

    @classmethod
    def of(cls, size: int) -> "Template":
        """A message of about `size` bytes."""
        return cls(_LINE * ((size - len(_HEADERS)) // len(_LINE)))

    def message(self, number: int) -> bytes:
        """The message for one reader."""
        return _HEADERS.format(to=recipient(number), number=number).encode() + self.body
