"""`sendguard doctor`: the real program says what works, whatever does not."""

import json
import socket
import sqlite3
from contextlib import closing
from pathlib import Path
from time import monotonic
from typing import Any

import pytest

from sendguard.adapters.database.store import open_store
from sendguard.adapters.database.versions import VERSION_TABLE
from tests.journeys.program import LONGEST_S, Ran, sendguard
from tests.journeys.queued import queue
from tests.journeys.serving import free_port, serving
from tests.mail.postfix import PASSWORD, USER, postfix

SECRETS = ("s3cret-of-the-database", "s3cret-of-slack", "s3cret-of-smtp")


def parts(ran: Ran) -> dict[str, dict[str, Any]]:
    return {part["name"]: part for part in json.loads(ran.out)["parts"]}


async def doctor(here: Path, **variables: str) -> Ran:
    env = {"PATH": "/usr/bin:/bin", "HOME": str(here), **variables}
    return await sendguard("doctor", "--format", "json", here=here, env=env)


async def test_in_an_empty_folder_all_is_well(tmp_path: Path) -> None:
    ran = await sendguard("doctor", here=tmp_path)

    assert ran.code == 0
    assert ran.err == ""
    assert "settings   defaults: no config.yaml is here" in ran.out
    assert "sendguard.db is made by the first check of a campaign" in ran.out
    assert "there is no folder campaigns: `sendguard init` makes one" in ran.out
    assert not (tmp_path / "sendguard.db").exists()


async def test_with_a_store_its_form_and_who_watches_are_told(tmp_path: Path) -> None:
    open_store(f"sqlite:///{tmp_path / 'sendguard.db'}").close()

    ran = await doctor(tmp_path)

    told = parts(ran)
    assert ran.code == 0
    assert told["tables"]["says"].endswith(", the latest")
    assert told["watch"]["says"] == "nothing is checked by itself: run `sendguard serve`"


async def test_where_everything_is_broken_each_part_has_its_line(tmp_path: Path) -> None:
    (tmp_path / "campaigns" / "torn").mkdir(parents=True)
    (tmp_path / "campaigns" / "torn" / "campaign.yaml").write_text("newsletter: [", "utf-8")
    database, slack, smtp = SECRETS

    began = monotonic()
    ran = await doctor(
        tmp_path,
        SENDGUARD_DATABASE=f"postgresql+psycopg://ada:{database}@127.0.0.1:1/letters",
        SENDGUARD_NOTIFY=f"[slak://{slack}/b/c]",
        SENDGUARD_SMTP__PORT="465",
        SENDGUARD_SMTP__USER="ada",
        SENDGUARD_SMTP__PASSWORD=smtp,
    )

    told = parts(ran)
    assert monotonic() - began < LONGEST_S
    assert ran.code == 4
    assert "cannot be reached: nothing answers there" in told["database"]["says"]
    assert "slack://" in told["notify"]["says"]
    assert "port 465 begins with TLS" in told["smtp"]["says"]
    assert told["campaigns"]["says"].startswith("1 in campaigns; cannot be read: torn")
    assert told["clock"]["health"] == "ok"
    assert not [secret for secret in SECRETS if secret in ran.out + ran.err]


async def test_settings_that_are_wrong_are_told_line_by_line(tmp_path: Path) -> None:
    (tmp_path / "config.yaml").write_text("campaings: a\nsmtp:\n  port: x\n", "utf-8")

    ran = await sendguard("doctor", here=tmp_path)

    lines = ran.out.splitlines()
    assert ran.code == 4
    assert [line.split()[:2] for line in lines[:3]] == [
        ["wrong", "settings"],
        ["wrong", "settings"],
        ["ok", "clock"],
    ]
    assert "the rest" in ran.out


@pytest.mark.parametrize(
    ("content", "says"),
    [("A shopping list, by mistake.\n" * 100, "is no database: move it away")],
)
async def test_a_file_that_is_no_store_is_told(tmp_path: Path, content: str, says: str) -> None:
    (tmp_path / "sendguard.db").write_text(content, "utf-8")

    ran = await doctor(tmp_path)

    assert ran.code == 4
    assert says in parts(ran)["database"]["says"]


async def test_the_place_to_listen_at_is_tried(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        where = f"127.0.0.1:{taken.getsockname()[1]}"
        other_s = await doctor(tmp_path, SENDGUARD_WATCH__LISTEN=where)
    free = await doctor(tmp_path, SENDGUARD_WATCH__LISTEN=where)

    says = f"`sendguard serve` could not listen at {where} (address already in use): "
    assert other_s.code == 4
    assert parts(other_s)["listen"]["says"].startswith(says)
    assert parts(free)["listen"]["health"] == "ok"


async def test_a_serve_that_runs_may_have_its_place(tmp_path: Path) -> None:
    where = f"127.0.0.1:{free_port()}"
    settings = f"watch:\n  listen: {where}\nlog: json\n"
    (tmp_path / "config.yaml").write_text(settings, "utf-8")
    async with serving(tmp_path) as it:
        await it.until("watching")

        ran = await doctor(tmp_path)

    assert ran.code == 0
    assert parts(ran)["listen"]["says"] == f"a `sendguard serve` answers at {where}"


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (None, "ca.pem cannot be read: No such file or directory"),
        (
            "A shopping list",
            "ca.pem holds no certificates in PEM that could be used",
        ),
    ],
)
async def test_authorities_that_cannot_be_read_are_told(
    tmp_path: Path, content: str | None, says: str
) -> None:
    if content is not None:
        (tmp_path / "ca.pem").write_text(content, "utf-8")

    ran = await doctor(tmp_path, SENDGUARD_VISIT__CA_FILE="ca.pem")

    assert ran.code == 4
    assert parts(ran)["ca_file"]["says"].startswith(says)


async def test_a_store_of_a_later_release_is_told(tmp_path: Path) -> None:
    open_store(f"sqlite:///{tmp_path / 'sendguard.db'}").close()
    with closing(sqlite3.connect(tmp_path / "sendguard.db")) as connection, connection:
        connection.execute(f"UPDATE {VERSION_TABLE} SET version_num = '9999'")  # noqa: S608

    ran = await doctor(tmp_path)

    assert ran.code == 4
    assert "was made by a later release" in parts(ran)["tables"]["says"]


async def test_a_server_that_says_nothing_costs_a_few_seconds(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:  # it is connected to, and says nothing
        port = silent.getsockname()[1]
        address = f"postgresql+psycopg://ada@127.0.0.1:{port}/letters"

        began = monotonic()
        ran = await doctor(tmp_path, SENDGUARD_DATABASE=address)

    assert monotonic() - began < LONGEST_S
    assert ran.code == 4
    assert "no answer within 5" in parts(ran)["database"]["says"]
    assert parts(ran)["smtp"]["health"] == "ok"


async def test_the_mail_server_is_really_come_to_and_gets_nothing(tmp_path: Path) -> None:
    with postfix() as server:
        variables = {
            "SENDGUARD_SMTP__PORT": str(server.submission),
            "SENDGUARD_SMTP__USER": USER,
            "SENDGUARD_SMTP__CA_FILE": str(server.ca_file),
        }

        right = await doctor(tmp_path, **variables, SENDGUARD_SMTP__PASSWORD=PASSWORD)
        false = await doctor(tmp_path, **variables, SENDGUARD_SMTP__PASSWORD=SECRETS[-1])

        assert server.arrived(1, within_s=0) == []

    assert right.code == 0
    assert parts(right)["smtp"]["says"].endswith(
        "STARTTLS, with a login: it would take letters (none was sent)"
    )
    assert "RFC 8058" in parts(right)["unsubscribe"]["says"]
    assert false.code == 4
    assert "refuses the name and password: 535 5.7.8" in parts(false)["smtp"]["says"]
    assert SECRETS[-1] not in false.out + false.err


async def test_what_init_wrote_names_no_mail_server(tmp_path: Path) -> None:
    await sendguard("init", here=tmp_path)

    ran = await doctor(tmp_path)

    assert ran.code == 0
    assert "nothing was connected to" in parts(ran)["smtp"]["says"]


async def test_where_something_is_queued_the_mail_server_that_nobody_named_is_tried(
    tmp_path: Path,
) -> None:
    queue(tmp_path, "ada", "bob")

    ran = await sendguard("doctor", here=tmp_path)

    assert "2 messages wait to be sent" in ran.out
    assert "nobody is on the suppression list" in ran.out
    assert "the mail server localhost:587" in ran.out
    assert ran.code == 4
