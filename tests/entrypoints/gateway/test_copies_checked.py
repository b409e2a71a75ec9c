"""What is asked of the web when a copy stands for its whole campaign."""

from uuid import uuid4

from sendguard.config import Config
from sendguard.entrypoints.checking import check_online
from sendguard.flows.in_memory import Shelf
from sendguard.flows.look import quietly
from sendguard.flows.prepare import prepare_all
from sendguard.gate import Run
from sendguard.gateway import Mail, Ruling, Standing, Stream, recognise, told_apart
from sendguard.gateway.copies.shared import shared_tokens
from sendguard.gateway.opened import Opened
from sendguard.gateway.sample import sample_files
from sendguard.values import Decision
from sendguard.visit import NotVisited, Reason
from tests.builders import NOON
from tests.gateway.coded import ADA, a_letter
from tests.gateway.coded import BOB as BOBS_BOX
from tests.gateway.navigator import Reader, a_copy
from tests.servers import Site, moved, page, site

LINK, CAMPAIGN, SUBSCRIBER = (str(uuid4()) for _ in range(3))
NOBODY = "00000000-0000-0000-0000-000000000000"
ANNA = Reader(name="Anna Schmidt", address="anna@example.net", key="Zk3x9QpLw82_aVbN4tYcRe")
BOB = Reader(name="Bob Miller", address="bob@example.net", key="Qm7r2TtYb91_xKdW5sLpEa")
HTML = """\
<p>Dear {{first}}</p>
<a href="{web}/story?issue=42&amp;t={{key}}">Five ways to lose a sale</a>
<a href="{web}/story?issue=42&amp;u={{id}}">Five ways to lose a sale</a>
<a href="{web}/c/{{key}}/other">Another story</a>
<a href="{web}/r/{{id}}/third">A third story</a>
<a href="{web}/{{address}}/fourth">A fourth story</a>
<a href="{web}/link/{link}/{campaign}/{subscriber}">A fifth story</a>
<a href="{web}/u/{{id}}/unsubscribe?u={{id}}&amp;t={{key}}">Unsubscribe</a>
<img src="{web}/open/{{key}}.gif" width="1" height="1" alt="">
"""


def letter(web: Site) -> Mail:
    html = HTML.format(web=web, link=LINK, campaign=CAMPAIGN, subscriber=SUBSCRIBER)
    unsubscribe = f"{web}/u/{{id}}/unsubscribe?u={{id}}&t={{key}}"
    return a_copy(ANNA, html=html, text="Dear {first}", unsubscribe=unsubscribe)


async def checked(
    mail: Mail,
    shared: frozenset[str] = frozenset(),
    personal: frozenset[str] = frozenset(),
) -> Run:
    first = recognise(Opened(mail))
    stream = Stream(
        fingerprint="3f9a2c71d0e4",
        first=first,
        since=NOON,
        ruling=Ruling(standing=Standing.CHECKING, at=NOON, personal=personal),
    )
    ready = prepare_all(["one"], Shelf({"one": sample_files(stream, mail, shared)}))
    config = Config.parse("visit: {allow_private: [127.0.0.0/8]}", {})
    return await check_online(ready, config, quietly, None, fresh=True)


async def test_no_request_names_the_reader() -> None:
    answers = {
        "/story?issue=42": page("<title>Five ways to lose a sale</title>"),
        f"/link/{LINK}/{CAMPAIGN}/{NOBODY}": moved("/fifth"),
        "/fifth": page("<title>A fifth story</title>"),
    }

    async with site(answers) as web:
        run = await checked(letter(web))

    told = {
        link.link.href.removeprefix(str(web)): link.visit.outcome
        for link in run.newsletters[0].links
    }
    asked = {line.split()[1] for line in web.requests}
    assert "/story?issue=42" in asked
    assert f"/link/{LINK}/{CAMPAIGN}/{NOBODY}" in asked
    assert not any(
        own in one for one in asked for own in (ANNA.key, str(ANNA.id), SUBSCRIBER, "anna")
    )
    assert told[f"/c/{ANNA.key}/other"] == NotVisited(reason=Reason.PERSONAL)
    assert told[f"/r/{ANNA.id}/third"] == NotVisited(reason=Reason.PERSONAL)
    assert told["/anna@example.net/fourth"] == NotVisited(reason=Reason.PERSONAL)


async def test_what_another_readers_copy_has_too_is_opened() -> None:
    article = "/a/9f86d081884c7d659a2feaa0c55ad015"
    html = f'<p>Dear {{first}}</p><a href="{{web}}{article}">Five ways to lose a sale</a>'
    title = page("<title>Five ways to lose a sale</title>")

    async with site({article: title}) as web:
        letters = [
            a_copy(reader, html=html.replace("{web}", str(web)), text="Dear {first}")
            for reader in (ANNA, BOB)
        ]
        one, other = (recognise(Opened(letter)) for letter in letters)
        await checked(letters[0])
        asked = list(web.requests)
        run = await checked(letters[0], shared_tokens(other, one) or frozenset())

    assert asked == []
    assert run.decision is Decision.PASS


async def test_a_code_that_is_another_for_each_reader_is_never_asked_for() -> None:
    title = page("<title>Story 0</title>")

    async with site({"/five-ways": title}) as web:
        letters = [
            a_letter(f"{web}/five-ways?c={code}", f"{web}/proposals?c={code}", *each, to=to)
            for code, each, to in (
                ("X7K2P9", [f"{web}/s/{one}" for one in ("Z1B6W3", "4RT77A", "9XX3M1")], ADA),
                ("Q8M4T1", [f"{web}/s/{one}" for one in ("L0P2C8", "K7J1H3", "5TZ8U2")], BOBS_BOX),
            )
        ]
        first, other = (recognise(Opened(letter)) for letter in letters)
        stream = Stream(
            fingerprint="3f9a2c71d0e4",
            first=first,
            since=NOON,
            ruling=Ruling(standing=Standing.CHECKING, at=NOON),
        )
        run = await checked(letters[0], personal=told_apart(other, stream) or frozenset())

    assert {line.split()[1] for line in web.requests} == {"/five-ways", "/proposals"}
    outcomes = [link.visit.outcome for link in run.newsletters[0].links]
    assert outcomes[2:] == [NotVisited(reason=Reason.PERSONAL)] * 3
    assert run.decision is not Decision.PASS
