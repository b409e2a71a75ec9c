"""The report for a build server: JUnit's XML, one suite a newsletter, one case a link."""

from collections.abc import Iterable
from xml.etree.ElementTree import Element, SubElement, tostring

from sendguard.gate import Checked, CouldNotRead, Run, blocks
from sendguard.judge.finding import Finding
from sendguard.report.details import name_of
from sendguard.report.entries import is_unverified
from sendguard.report.layout import LONG, plain
from sendguard.report.phrases import what_was_approved, why_unverified
from sendguard.report.totals import newsletter_line
from sendguard.report.where import seen_from_here
from sendguard.values import Decision, Place

# Allowed in text but not in XML; all others of that kind `plain` leaves out already.
_NOT_IN_XML = {0xFFFE: None, 0xFFFF: None}


def as_junit(run: Run) -> str:
    """Blocked is a failure, unverified or unreadable an error; warnings are output.

    A link that only a person can open is skipped; where that holds the newsletter back, the
    newsletter itself is an error.
    """
    root = Element("testsuites", name="sendguard", time=f"{run.took_s:.3f}")
    for checked in run.newsletters:
        _add_newsletter(root, checked)
    for missing in run.unreadable:
        _add_unreadable(root, missing)
    for suite in (*root, root):
        _count(suite)
    return tostring(root, encoding="unicode")


def _add_newsletter(root: Element, checked: Checked) -> None:
    path = checked.campaign.path
    suite = SubElement(root, "testsuite", name=_text(path))
    if checked.passed:
        properties = SubElement(suite, "properties")
        at = f"{checked.passed.at:%Y-%m-%dT%H:%M:%SZ}"
        SubElement(properties, "property", name="passed_at", value=at)
    whole = _add_case(suite, path, "the newsletter")
    _add_findings(whole, checked.findings, path)
    if checked.decision is Decision.UNVERIFIED and not any(map(is_unverified, checked.links)):
        _add_unverified(whole, newsletter_line(checked).says)
    for link in checked.links:
        case = _add_case(suite, path, name_of(link.link), link.link.place)
        _add_findings(case, link.findings, path)
        if is_unverified(link):
            _add_unverified(case, why_unverified(link.visit.outcome))
        elif link.decision is Decision.UNVERIFIED:
            SubElement(case, "skipped", message=_text(why_unverified(link.visit.outcome)))


def _add_unverified(case: Element, says: str) -> None:
    SubElement(case, "error", message=_text(says), type="unverified")


def _add_unreadable(root: Element, missing: CouldNotRead) -> None:
    suite = SubElement(root, "testsuite", name=_text(missing.path))
    case = _add_case(suite, missing.path, "the newsletter", missing.place)
    SubElement(case, "error", message=_text(missing.says), type="unreadable")


def _add_case(suite: Element, path: str, name: str, place: Place | None = None) -> Element:
    case = SubElement(suite, "testcase", name=_text(name), classname=_text(path))
    here = seen_from_here(path, place) if place else None
    case.set("file", _text(here.file if here else path))
    if here:
        case.set("line", str(here.line))
    return case


def _add_findings(case: Element, findings: tuple[Finding, ...], path: str) -> None:
    blocking = [found for found in findings if blocks((found,))]
    if blocking:
        failure = SubElement(
            case, "failure", message=_text(blocking[0].says), type=blocking[0].code
        )
        failure.text = _listed(blocking, path)
    if others := [found for found in findings if found not in blocking]:
        SubElement(case, "system-out").text = _listed(others, path)


def _listed(findings: Iterable[Finding], path: str) -> str:
    return "\n\n".join(_told(found, path) for found in findings)


def _told(found: Finding, path: str) -> str:
    place = f" at {seen_from_here(path, found.place)}" if found.place else ""
    head = f"{found.severity} {found.code} {found.name}{place}"
    lines = (head, found.says, found.advice, what_was_approved(found))
    return "\n".join(map(_text, filter(None, lines)))


def _count(suite: Element) -> None:
    counted = {"tests": "testcase", "failures": "failure", "errors": "error", "skipped": "skipped"}
    for name, tag in counted.items():
        suite.set(name, str(sum(1 for _ in suite.iter(tag))))


def _text(foreign: str) -> str:
    return plain(foreign, LONG).translate(_NOT_IN_XML)
