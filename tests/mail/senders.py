"""Programs that send mail, run as their users run them: swaks, nodemailer, smtplib, Django."""

import asyncio
import base64
import json
import re
import smtplib
import ssl
import sys
from asyncio.subprocess import PIPE
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

from sendguard.gateway import Mail
from tests.mail.programs import need, need_nodemailer, path_of

HERE = Path(__file__).parent
LONGEST_S = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a server said to a whole message.

    Attributes:
        code: Three digits.
        says: The rest of it, in one line, with the enhanced code.
    """

    code: int
    says: str


Login: TypeAlias = tuple[str, str]


async def swaks(port: int, mail: Mail, *options: str) -> Answer:
    """Send it with swaks; `options` as its manual has them."""
    need("swaks")
    envelope = ("--from", mail.sender or "<>", "--to", ",".join(mail.recipients))
    to = ("--server", "127.0.0.1", "--port", str(port), "--helo", "swaks.example")
    # Its fixing up would put words of its own in the place of %DATE% and the like.
    data = ("--no-data-fixup", "--data", "-")
    stuffed = re.sub(rb"(?m)^\.", b"..", mail.data) + b".\r\n"
    _, out = await _run((path_of("swaks"), *to, *envelope, *data, *options), stuffed)
    last = out.rpartition(" -> QUIT")[0].rpartition("\n -> ")[2]
    lines = re.findall(r"^<\S* +(\d{3})[ -](.*)$", last, re.MULTILINE)
    assert lines, out
    return Answer(code=int(lines[-1][0]), says=" ".join(line for _, line in lines))


async def nodemailer(
    port: int, messages: Iterable[Mail | Mapping[str, object]], **transport: object
) -> list[Answer]:
    """Send them with nodemailer, which composes what is no `Mail` itself."""
    need("node")
    need_nodemailer()
    told = {
        "transport": {"port": port, "ignoreTLS": "requireTLS" not in transport, **transport},
        "messages": [_for_node(one) for one in messages],
    }
    code, out = await _run(
        (path_of("node"), str(HERE / "nodemailer.js")), json.dumps(told).encode()
    )
    assert code == 0, out
    return [Answer(code=code, says=says) for code, says in json.loads(out)]


def _for_node(one: Mail | Mapping[str, object]) -> Mapping[str, object]:
    if not isinstance(one, Mail):
        return one
    envelope = {"from": one.sender, "to": list(one.recipients)}
    return {"envelope": envelope, "raw": base64.b64encode(one.data).decode()}


async def by_smtplib(
    port: int, *mails: Mail, login: Login | None = None, ca_file: Path | None = None
) -> list[Answer]:
    """Send them with Python's smtplib, over one connection, with STARTTLS where there is a CA."""
    return await asyncio.to_thread(_by_smtplib, port, mails, login, ca_file)


def _by_smtplib(
    port: int, mails: Sequence[Mail], login: Login | None, ca_file: Path | None
) -> list[Answer]:
    with smtplib.SMTP("localhost", port, "smtplib.example", LONGEST_S) as client:
        if ca_file:
            client.starttls(context=ssl.create_default_context(cafile=str(ca_file)))
        if login:
            client.login(*login)
        client.ehlo_or_helo_if_needed()
        return [_one(client, mail) for mail in mails]


def _one(client: smtplib.SMTP, mail: Mail) -> Answer:
    options = [
        *(["BODY=8BITMIME"] if mail.is_8bit else []),
        *(["SMTPUTF8"] if mail.is_utf8 else []),
    ]
    steps: list[Callable[[], tuple[int, bytes]]] = [
        lambda: client.mail(mail.sender, options),
        *(lambda one=one: client.rcpt(one) for one in mail.recipients),
        lambda: client.data(mail.data),
    ]
    answer = (0, b"")
    try:
        for step in steps:
            answer = step()
            if answer[0] >= 400:
                client.rset()
                break
    except smtplib.SMTPResponseException as error:  # to DATA itself
        answer = (error.smtp_code, _bytes(error.smtp_error))
    return Answer(code=answer[0], says=answer[1].decode().replace("\n", " "))


def _bytes(said: bytes | str) -> bytes:
    return said if isinstance(said, bytes) else said.encode()


async def django(lines: str, script: str, **settings: object) -> Any:  # noqa: ANN401 - what it prints
    """Run a script of Django's; what it leaves in `result`, through JSON.

    Args:
        lines: Of settings.py.
        settings: More of them.
    """
    whole = (
        f"import json\nfrom django.conf import settings\n{lines}\n"
        "said = {name: value for name, value in globals().items() if name.isupper()}\n"
        f"settings.configure(**said, **{settings!r})\n"
        f"import django\ndjango.setup()\n{script}\nprint(json.dumps(result))\n"
    )
    code, out = await _run((sys.executable, "-"), whole.encode())
    assert code == 0, out
    return json.loads(out)


async def _run(command: Sequence[str], given: bytes) -> tuple[int | None, str]:
    process = await asyncio.create_subprocess_exec(*command, stdin=PIPE, stdout=PIPE)
    async with asyncio.timeout(LONGEST_S):
        out, _ = await process.communicate(given)
    return process.returncode, out.decode("utf-8", "replace")
