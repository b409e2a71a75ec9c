"""The examples of docs/operating.md send what passes and nothing else: real shells, real make."""

import asyncio
import re
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
import yaml

from tests.manual import EXAMPLES, bare_environment, do, programs, stand_in
from tests.servers import site, titled

TODAY = datetime.now().astimezone().date()
CAMPAIGN = f"campaigns/weekly-{TODAY}"


@dataclass(frozen=True, slots=True)
class Job:
    """Commands that a program runs one after another, and what it sets for them."""

    commands: tuple[str, ...]
    sets: dict[str, str] = field(default_factory=dict)


def cron() -> Job:
    """The last line of the crontab, as cron reads it: see crontab(5)."""
    *_, line = (EXAMPLES / "crontab").read_text("utf-8").splitlines()
    *_, command = line.split(maxsplit=5)
    assert not re.search(r"(?<!\\)%", command)
    return Job((command.replace(r"\%", "%"),))


def make() -> Job:
    return Job((f"make --file={EXAMPLES / 'Makefile'} send CAMPAIGN={CAMPAIGN}",))


def workflow() -> Job:
    """Each step's `run:`, as GitHub's runner runs it where no shell is named."""
    file = yaml.safe_load((EXAMPLES / "workflow.yaml").read_text("utf-8"))
    steps = file["jobs"]["send"]["steps"]
    scripts = (step["run"] for step in steps if "run" in step)
    sets = {"CAMPAIGN": CAMPAIGN, "SENDGUARD_DATABASE": "sqlite:///sendguard.db"}
    return Job(tuple(f"bash -e -c '{script}'" for script in scripts), sets)


each_pipeline = pytest.mark.parametrize("pipeline", [cron, make, workflow])


@pytest.fixture
async def here(tmp_path: Path) -> AsyncIterator[Path]:
    """A folder with an issue for today, whose link opens what its headline says."""
    async with site({"/boats": titled("A ship of two hulls")}) as there:
        config = {"visit": {"allow_private": ["127.0.0.0/8"]}}
        (tmp_path / "config.yaml").write_text(yaml.safe_dump(config), "utf-8")
        for days in (-1, 0, 1):  # it may be midnight any moment, and cron knows no TZ
            day = TODAY + timedelta(days=days)
            write_issue(tmp_path / f"campaigns/weekly-{day}", f"{there}/boats", day)
        stand_in(tmp_path, "send", 'echo "$1" >> sent')
        stand_in(tmp_path / "bin", "pip", f'echo "$@" >> {tmp_path}/installed')
        yield tmp_path


def write_issue(folder: Path, link: str, day: date) -> None:
    folder.mkdir(parents=True)
    (folder / "campaign.yaml").write_text("newsletter: a.html\nsubject: The week\n", "utf-8")
    (folder / "a.html").write_text(
        f'<h2><a href="{link}">A ship of two hulls</a></h2><p>{day}</p>'
        '<p><a href="https://navigator.example/unsubscribe/1">Unsubscribe</a></p>',
        "utf-8",
    )


def break_issues(here: Path) -> None:
    for letter in here.glob("campaigns/*/a.html"):
        letter.write_text(letter.read_text("utf-8").replace("/boats", "/gone"), "utf-8")


async def run(job: Job, here: Path) -> int:
    """The code of the first command that fails; 0 where none does."""
    environment = bare_environment(here / "bin", *programs(), more=job.sets)
    for command in job.commands:
        asked = command.replace("/srv/newsletters", str(here))
        did = await asyncio.to_thread(do, asked, here, environment)
        if did.returncode:
            return did.returncode
    return 0


def sent(here: Path) -> Iterator[str]:
    if (here / "sent").exists():
        yield from (here / "sent").read_text("utf-8").splitlines()


@each_pipeline
async def test_what_passes_is_sent(pipeline: Callable[[], Job], here: Path) -> None:
    code = await run(pipeline(), here)

    assert code == 0
    assert len(list(sent(here))) == 1


@each_pipeline
async def test_what_is_blocked_is_not_sent(pipeline: Callable[[], Job], here: Path) -> None:
    break_issues(here)

    code = await run(pipeline(), here)

    assert code
    assert not list(sent(here))


@each_pipeline
async def test_a_job_that_is_started_twice_sends_once(
    pipeline: Callable[[], Job], here: Path
) -> None:
    await run(pipeline(), here)

    again = await run(pipeline(), here)

    assert again
    assert len(list(sent(here))) == 1


@each_pipeline
async def test_what_could_not_be_sent_can_be_sent_again(
    pipeline: Callable[[], Job], here: Path
) -> None:
    sends = (here / "send").read_text("utf-8")
    stand_in(here, "send", "exit 1")
    failed = await run(pipeline(), here)
    (here / "send").write_text(sends, "utf-8")

    code = await run(pipeline(), here)

    assert failed
    assert code == 0
    assert len(list(sent(here))) == 1


@each_pipeline
async def test_nothing_is_sent_where_the_store_cannot_be_used(
    pipeline: Callable[[], Job], here: Path
) -> None:
    (here / "sendguard.db").write_text("no database", "utf-8")

    code = await run(pipeline(), here)

    assert code
    assert not list(sent(here))


async def test_a_runner_without_a_store_for_all_sends_nothing(here: Path) -> None:
    job = replace(workflow(), sets={"CAMPAIGN": CAMPAIGN, "SENDGUARD_DATABASE": ""})

    code = await run(job, here)

    assert code
    assert not list(sent(here))
    assert not (here / "sendguard.db").exists()


def test_cron_s_own_path_finds_what_was_installed_as_the_page_says() -> None:
    table = (EXAMPLES / "crontab").read_text("utf-8")

    assert "\nPATH=/opt/sendguard/bin:/usr/bin:/bin\n" in table
