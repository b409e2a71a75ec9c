"""Copies in which nothing but a headline or the subject tells the reader's name."""

from sendguard.gateway import Copy, Mail
from tests.gateway.navigator import recognised

SUBJECT, HEADLINE = "The Navigator", "Five ways to lose a sale"


def box(number: int) -> str:
    """The address of that reader."""
    return f"reader{number}@example.net"


def message(subject: str = SUBJECT, headline: str = HEADLINE, *, to: str, more: str = "") -> Mail:
    """What he is sent."""
    html = (
        f"<h2>{headline}</h2><p>Some words of the story, and what else there is to say of it.</p>"
        f'<a href="https://example.org/five">Read article</a>{more}'
    )
    head = f"From: news@example.org\r\nTo: {to}\r\nSubject: {subject}\r\n"
    kind = "List-Id: <n.example.org>\r\nContent-Type: text/html; charset=utf-8\r\n"
    data = f"{head}{kind}\r\n{html}\r\n".encode()
    return Mail(sender="bounce@example.org", recipients=(to,), data=data)


def copy(subject: str = SUBJECT, headline: str = HEADLINE, *, to: str, more: str = "") -> Copy:
    """What that says of its campaign."""
    return recognised(message(subject, headline, to=to, more=more))
