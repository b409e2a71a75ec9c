"""Settings from a file, from variables and from secret files, as a container gets them."""

import json
import os
from pathlib import Path

from tests.journeys.program import sendguard
from tests.servers import site, titled

PLANTED = "hunter2"


async def test_a_check_obeys_the_environment_before_the_file(tmp_path: Path) -> None:
    (tmp_path / "issue.html").write_text('<a href="http://navigator.example/a">A ship</a>')
    (tmp_path / "config.yaml").write_text("visit: {connect_to: {'*:80': 'nowhere.invalid:1'}}")
    async with site({"/a": titled("A ship")}) as web:
        routes = json.dumps({"*:80": f"127.0.0.1:{web.port}"})
        told = {"SENDGUARD_VISIT__CONNECT_TO": routes, "SENDGUARD_VISIT__REMEMBER_S": "0"}

        ran = await sendguard("check", "issue.html", here=tmp_path, env={**os.environ, **told})

    assert (ran.code, ran.err) == (0, "")


async def test_secrets_are_seen_by_nobody(tmp_path: Path) -> None:
    (tmp_path / "password").write_text(f"{PLANTED}\n")
    (tmp_path / "config.yaml").write_text(f"notify: ['json://ada:{PLANTED}@a.example/{PLANTED}']")
    told = {
        "SENDGUARD_SMTP__PASSWORD_FILE": "password",
        "SENDGUARD_DATABASE": f"postgresql://ada:{PLANTED}@db.example/sendguard",
        "SENDGUARD_VISIT__PROXY": f"http://ada:{PLANTED}@proxy.example:3128",
    }
    env = {**os.environ, **told}

    shown = await sendguard("config", "show", here=tmp_path, env=env)
    for_programs = await sendguard("config", "show", "--format", "json", here=tmp_path, env=env)
    refused = await sendguard(
        "config", "show", here=tmp_path, env={**env, "SENDGUARD_LOG": PLANTED}
    )

    assert (shown.code, for_programs.code, refused.code) == (0, 0, 4)
    assert "smtp.password" in shown.out
    assert PLANTED not in f"{shown}{for_programs}{refused}"


async def test_a_slip_in_a_variable_is_no_setting_that_silently_does_nothing(
    tmp_path: Path,
) -> None:
    (tmp_path / "issue.html").write_text("<p>Hello</p>")

    ran = await sendguard(
        "check", "issue.html", here=tmp_path, env={**os.environ, "SENDGUARD_SMTP_PORT": "25"}
    )

    assert (ran.code, ran.out) == (4, "")
    assert ran.err == (
        "sendguard: SENDGUARD_SMTP_PORT: no setting is called so; "
        "did you mean “SENDGUARD_SMTP__PORT”?\n"
    )
