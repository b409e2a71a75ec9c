"""Sending: the mail server, the key that signs, the way out of the list, the words of apologies."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sendguard.config import Config, Smtp
    from sendguard.report.health import Part
    from sendguard.report.health.settings import Tried

_TEMPLATES = "templates"
_LONGEST_VISIT_S = 5.0
_NAME = re.compile(r"(?:.+\.)?(?P<language>[a-z]{2,8})\.yaml", re.DOTALL)


def look_at_smtp(
    config: "Config", *, is_used: bool, longest_s: float = _LONGEST_VISIT_S
) -> "Iterator[Part]":
    """The mail server, where it is used: come in, log in, leave; nothing is sent.

    Args:
        config: What is in force.
        is_used: Whether anybody has said which one it is, or waits for it.
        longest_s: So long it may take, in seconds.
    """
    from sendguard.report.health.settings import half_login, smtp_part

    try_it = is_used and not half_login(config.smtp)
    yield smtp_part(config.smtp, _knocked(config.smtp, longest_s) if try_it else None)


def _knocked(smtp: "Smtp", longest_s: float) -> "Tried":
    import asyncio

    from sendguard.errors import RelayTrouble
    from sendguard.report.health.settings import Tried

    try:
        return asyncio.run(_knock(smtp, longest_s))
    except RelayTrouble as error:
        return Tried(trouble=str(error))
    except TimeoutError:
        where = f"{smtp.host}:{smtp.port}"
        says = f"the mail server {where} did not let us in within {longest_s:g} s"
        return Tried(trouble=f"{says}: correct smtp.host and smtp.port, or see what keeps it")


async def _knock(smtp: "Smtp", longest_s: float) -> "Tried":
    import asyncio

    from sendguard.adapters.smtp.door import Door
    from sendguard.report.health.settings import Tried

    # An answer that takes longer than this is told as such, and not as that of the whole visit.
    impatient = smtp.model_copy(update={"timeout_s": min(smtp.timeout_s, 0.8 * longest_s)})
    async with asyncio.timeout(longest_s):
        trouble = await Door(impatient).knock()
    if trouble is None:
        return Tried()
    if trouble.is_answer:
        return Tried(trouble=trouble.says, may_pass=True)
    return Tried(trouble=f"{trouble.says}: start it, or correct smtp.host and smtp.port")


def look_at_dkim(config: "Config") -> "Iterator[Part]":
    """The key that messages are signed with, where there is one; what has to be published."""
    from sendguard.report.health.mail import dkim_part

    mail = config.mail
    if mail.dkim_key is None:
        return
    from sendguard.entrypoints.delivering import read_key
    from sendguard.send.signature import Signer

    domain = mail.dkim_domain
    pem = read_key(mail.dkim_key)
    signer = Signer.of(pem, selector=mail.dkim_selector, domain=domain or "")
    yield dkim_part(mail.dkim_selector, domain, signer.record)


def look_at_unsubscribe(config: "Config") -> "Iterator[Part]":
    """Whether readers can leave with one click."""
    from sendguard.report.health.mail import unsubscribe_part

    yield unsubscribe_part(config.mail.unsubscribe)


def look_at_templates(config: "Config") -> "Iterator[Part]":
    """The apologies that the sender has written, each of them read as `correct` would."""
    from sendguard.adapters.templates import read_templates
    from sendguard.report.health.part import doubtful, fine

    folder = config.correct.templates
    if folder is None:
        return
    files = read_templates(folder)
    bad = [part for name, raw in files.items() if (part := _bad_template(name, raw))]
    yield from bad
    if not files:
        yield doubtful(_TEMPLATES, f"there is no .yaml in {folder}: SendGuard's words are used")
    elif not bad:
        yield fine(_TEMPLATES, f"{', '.join(files)} in {folder}")


def _bad_template(name: str, raw: bytes) -> "Part | None":
    from sendguard.correct.wording import read_wording
    from sendguard.errors import Unreadable
    from sendguard.report.health.part import doubtful, wrong

    named = _NAME.fullmatch(name)
    if named is None:
        says = "it is never used: its name must end in a language, as in en.yaml or SERIES.en.yaml"
        return doubtful(_TEMPLATES, f"{name}: {says}")
    try:
        read_wording(raw, name, named["language"])
    except Unreadable as error:
        return wrong(_TEMPLATES, str(error))
    return None
