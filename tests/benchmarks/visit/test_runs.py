"""Whole runs over the stand-in web in a process of its own."""

import sys
from pathlib import Path

import httpx

from benchmarks.visit.newsletters import WEB_A
from benchmarks.visit.runs import a_web, run_all
from benchmarks.visit.told import Says, Told
from benchmarks.visit.tools import OWN, Task, Tool, sendguard


def test_the_web_counts_what_it_is_asked_and_forgets_it_when_told(tmp_path: Path) -> None:
    with a_web(WEB_A, tmp_path) as port, httpx.Client(base_url=f"http://127.0.0.1:{port}") as web:
        web.get("/b/ok/1")
        web.head("/b/ok/1")
        told, again = web.get("/__reset").json(), web.get("/__reset").json()

    assert (told["requests"], told["heads"], told["most_at_once"]) == (2, 1, 1)
    assert again["requests"] == 0


def test_sendguard_is_right_about_a_small_newsletter() -> None:
    (run,) = run_all(WEB_A, 6, [sendguard()], rounds=1)

    assert (run.score.false_alarms, run.score.missed, run.score.warned) == (0, 0, 0)
    assert run.score.titles == run.score.fine
    assert run.asked.requests >= 6


def test_what_a_tool_does_not_say_counts_as_absent() -> None:
    def says_nothing(_: Task) -> list[str]:
        return [sys.executable, "-c", "print('Traceback')"]

    def read(_: str) -> dict[str, Told]:
        return {"http://elsewhere.example/": Told(link=Says.OK)}

    tool = Tool(name="silent", kind=OWN, command=says_nothing, read=read)

    (run,) = run_all(WEB_A, 3, [tool], rounds=1)

    assert run.score.absent == 3
