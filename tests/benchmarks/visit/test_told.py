"""What each tool said, read from its own output."""

import json
from typing import Any

from benchmarks.visit import told
from benchmarks.visit.told import Says, Told


def a_report(*links: dict[str, Any]) -> str:
    return json.dumps({"newsletters": [{"links": links}]})


def a_link(*findings: tuple[str, str], title: str | None = None) -> dict[str, Any]:
    visit = {"title": title} if title else None
    said = [{"code": code, "severity": severity} for code, severity in findings]
    return {"href": "http://a.example/", "visit": visit, "findings": said}


def test_a_check_tells_whether_a_link_answers_and_whether_it_is_the_article() -> None:
    report = a_report(a_link(("SG201", "block"), ("SG301", "warn"), title="Not found"))

    assert told.sendguard(report) == {
        "http://a.example/": Told(link=Says.BROKEN, article=Says.WARN, title="Not found")
    }


def test_findings_about_the_writing_and_notes_are_no_verdict() -> None:
    report = a_report(a_link(("SG104", "block"), ("SG216", "note")))

    assert told.sendguard(report)["http://a.example/"].link is Says.OK


def test_an_address_that_stands_twice_gets_the_worst_of_both() -> None:
    report = a_report(a_link(("SG301", "block")), a_link(title="A title"))

    assert told.sendguard(report)["http://a.example/"] == Told(
        link=Says.OK, article=Says.BROKEN, title="A title"
    )


def test_peers_are_read_as_they_print() -> None:
    linkinator = '{"links": [{"url": "u", "state": "BROKEN"}, {"url": "v", "state": "OK"}]}'
    linkchecker = "# about\nurlname;valid;warningstring\nu;False;\nv;True;moved\n"

    assert {url: it.link for url, it in told.linkinator(linkinator).items()} == {
        "u": Says.BROKEN,
        "v": Says.OK,
    }
    assert {url: it.link for url, it in told.linkchecker(linkchecker).items()} == {
        "u": Says.BROKEN,
        "v": Says.WARN,
    }
    assert told.check_links('{"u": "alive", "v": "dead"}')["v"].link is Says.BROKEN
    assert told.read_heads('{"u": [200, "T"], "v": [0, ""]}')["u"].title == "T"
    assert told.curl("u 200 0\nv 200 28\n")["v"].link is Says.BROKEN
