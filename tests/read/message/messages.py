"""Saved messages for tests: each builder takes only what its test is about."""

from sendguard.read import Campaign, read_campaign

FILE = "issue.eml"


def lines(*rows: str) -> bytes:
    return "".join(f"{row}\n" for row in rows).encode()


def body(*rows: str, type: str = "text/html", encoding: str = "7bit") -> bytes:  # noqa: A002 - header's name
    return lines(
        f"Content-Type: {type}; charset=utf-8",
        f"Content-Transfer-Encoding: {encoding}",
        "",
        *rows,
    )


def multipart(kind: str, *parts: bytes, boundary: str = "b", closed: bool = True) -> bytes:
    head = lines(f'Content-Type: multipart/{kind}; boundary="{boundary}"', "", "preamble")
    opened = b"".join(lines(f"--{boundary}") + part for part in parts)
    return head + opened + (lines(f"--{boundary}--", "epilogue") if closed else b"")


def read(raw: bytes) -> Campaign:
    return read_campaign(FILE, {FILE: raw}, name=FILE, id=None)


def texts(campaign: Campaign) -> list[str]:
    return [part.text.strip() for part in campaign.parts]
