"""`sendguard check`: how it tells a run, and what it refuses before it begins."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from sendguard.entrypoints.cli.app import app
from sendguard.entrypoints.cli.check import Format, tell
from sendguard.entrypoints.cli.say import write_whole
from sendguard.errors import BadConfig, SendGuardError, WrongUsage
from sendguard.report import FORMATS
from tests.report.runs import a_blocked_link, a_checked, a_fine_link, a_run

ROOT = Path(__file__).parent.parent.parent
RUN = a_run(a_checked(a_fine_link(), a_blocked_link(id="L2")))
LINE = "BLOCKED  issue.html: 1 of 2 links blocks the send. 1 fine (none compared). 0.4 s"


def check(*arguments: str) -> None:
    CliRunner().invoke(app, ["check", *arguments], catch_exceptions=False)


def program(*arguments: str, given: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "sendguard", "check", *arguments],
        cwd=ROOT,
        input=given,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize(
    ("html", "code", "word"),
    [
        ("<p>No links</p>", 0, "PASS"),
        ('<a href="#">Read more</a>', 1, "BLOCKED"),
        ('<a href="https://www.w3.org/">W3C</a>', 3, "UNVERIFIED"),
        ("", 4, "UNREADABLE"),
    ],
)
def test_the_exit_code_says_what_was_decided(html: str, code: int, word: str) -> None:
    ran = program("-", "--offline", given=html)

    assert (ran.returncode, ran.stderr) == (code, "")
    assert ran.stdout.splitlines()[-1].startswith(f"{word}  standard input")


def test_what_cannot_be_read_does_not_keep_the_rest_from_being_checked() -> None:
    ran = program("-", "nowhere.html", "--offline", "--format", "json", given="<p>No links</p>")

    told = json.loads(ran.stdout)
    assert ran.returncode == 4
    assert [newsletter["decision"] for newsletter in told["newsletters"]] == ["pass"]
    assert [missing["path"] for missing in told["unreadable"]] == ["nowhere.html"]


def test_an_expectation_that_no_link_answers_to_is_wrong_usage() -> None:
    ran = program("-", "--offline", "--expect", "Buy=Title", given='<a href="#">Read more</a>')

    assert ran.returncode == 2
    assert "Read more" in ran.stderr


def test_every_format_there_is_can_be_asked_for() -> None:
    assert set(Format) == set(FORMATS)


def test_who_asks_for_another_format_does_not_wait_for_the_page_for_editors() -> None:
    loaded = "import sys, sendguard.report; print({'jinja2', 'nh3', 'tinycss2'} & {*sys.modules})"

    ran = subprocess.run([sys.executable, "-c", loaded], capture_output=True, check=True)

    assert ran.stdout == b"set()\n"


def test_text_ends_with_the_line_that_says_why(capsys: pytest.CaptureFixture[str]) -> None:
    tell(RUN, Format.TEXT, None)

    out, err = capsys.readouterr()
    assert out.splitlines()[-1] == LINE
    assert err == ""


def test_without_a_terminal_there_are_no_colours(capsys: pytest.CaptureFixture[str]) -> None:
    tell(RUN, Format.TEXT, None)

    assert "\x1b" not in capsys.readouterr().out


@pytest.mark.parametrize("form", [Format.JSON, Format.JUNIT, Format.GITHUB])
def test_for_programs_only_the_document_is_on_standard_output(
    form: Format, capsys: pytest.CaptureFixture[str]
) -> None:
    tell(RUN, form, None)

    out, err = capsys.readouterr()
    assert out == f"{FORMATS[form](RUN)}\n"
    assert err == f"sendguard: {LINE}\n"


def test_a_document_can_go_to_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    tell(RUN, Format.JSON, tmp_path / "result.json")

    assert json.loads((tmp_path / "result.json").read_text("utf-8"))["decision"] == "block"
    assert capsys.readouterr() == ("", f"sendguard: {LINE}\n")


def test_a_file_is_replaced_whole_and_nothing_is_left_beside_it(tmp_path: Path) -> None:
    file = tmp_path / "result.json"
    file.write_text("old", "utf-8")

    write_whole(file, "new")

    assert file.read_text("utf-8") == "new"
    assert list(tmp_path.iterdir()) == [file]


def test_a_link_to_a_file_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").write_text("old", "utf-8")
    (tmp_path / "link").symlink_to("real")

    write_whole(tmp_path / "link", "new")

    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_text("utf-8") == "new"


def test_what_is_no_file_is_written_to_and_not_replaced() -> None:
    write_whole(Path("/dev/null"), "new")

    assert Path("/dev/null").is_char_device()


def test_a_file_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    with pytest.raises(SendGuardError, match="cannot be written"):
        write_whole(tmp_path, "new")


def test_an_output_without_a_folder_is_refused_before_the_check() -> None:
    with pytest.raises(SendGuardError, match="there is no folder nowhere"):
        check("issue.html", "--output", "nowhere/result.json")


def test_a_report_never_takes_the_place_of_the_newsletter(tmp_path: Path) -> None:
    issue = tmp_path / "issue.html"
    issue.write_text("<p>Hello</p>")

    with pytest.raises(WrongUsage, match="would overwrite"):
        check(str(issue), "--format", "html", "--output", f"{tmp_path}/./issue.html")

    assert issue.read_text() == "<p>Hello</p>"


@pytest.mark.parametrize("expected", ["Read article", "=Title", "Read article=", "="])
def test_an_expectation_without_both_halves_is_refused(expected: str) -> None:
    with pytest.raises(WrongUsage, match="LABEL=TITLE"):
        check("issue.html", "--expect", expected)


def test_settings_that_are_named_must_be_there() -> None:
    with pytest.raises(BadConfig, match="cannot be read"):
        check("issue.html", "--config", "nowhere.yaml")


def test_settings_that_are_no_text_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "config.yaml"
    file.write_bytes(b"\xff\xfe\x00")

    with pytest.raises(BadConfig, match="not text in UTF-8"):
        check("issue.html", "--config", str(file))


@pytest.mark.parametrize(
    ("redirected", "code"),
    [
        (">&-", 3),
        (">/dev/full", 4),
        ("--format json >/dev/full", 4),
        ("2>&-", 3),
        ("2>/dev/full", 3),
    ],
)
def test_a_stream_that_takes_nothing_is_no_traceback(redirected: str, code: int) -> None:
    check = f"{sys.executable} -m sendguard check campaigns/navigator-42 --offline"
    command = f"SENDGUARD_DATABASE=null {check} {redirected}"

    ran = subprocess.run(
        ["sh", "-c", command], cwd=ROOT, capture_output=True, encoding="utf-8", check=False
    )

    assert ran.returncode == code
    assert "Traceback" not in ran.stderr


def test_standard_input_that_is_closed_cannot_be_read() -> None:
    ran = subprocess.run(
        ["sh", "-c", f"{sys.executable} -m sendguard check - --offline <&-"],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )

    assert ran.returncode == 4
    assert ran.stdout.startswith("UNREADABLE  standard input cannot be read")
