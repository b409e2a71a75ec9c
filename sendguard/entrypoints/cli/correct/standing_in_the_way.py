"""What keeps a repair from passing: where an editor finds it, and what she can say to it."""

from collections.abc import Iterator
from dataclasses import replace
from shlex import quote

from sendguard.correct.known import page_title
from sendguard.correct.plan import Plan
from sendguard.entrypoints.correcting import Found
from sendguard.gate import Checked, CheckedLink, handle_of
from sendguard.judge.finding import Finding
from sendguard.judge.quote import plain
from sendguard.values import Place, Severity

_MOST_TOLD = 3


def as_in_the_original(found: Found, repaired: Checked) -> Checked:
    """The check of a repair that is in no folder, with the places of the editor's own files."""
    places = {link.id: link.place for link in found.original.links}
    path = str(found.folder or found.original.campaign.path)
    return replace(
        repaired,
        campaign=replace(repaired.campaign, path=path),
        links=tuple(_placed(one, places.get(one.link.id)) for one in repaired.links),
    )


def _placed(one: CheckedLink, place: Place | None) -> CheckedLink:
    if place is None:
        return one
    findings = tuple(replace(finding, place=place) for finding in one.findings)
    return replace(one, link=replace(one.link, place=place), findings=findings)


def ways_out(found: Found, repaired: Checked, plan: Plan) -> Iterator[str]:
    """What a person who knows better can say, for each thing that blocks."""
    mended = {one.place.id for one in plan.repairs}
    blocking = {
        (one.code, one.fingerprint): one
        for one in reversed(repaired.all_findings)
        if one.severity is Severity.BLOCK and one.approved is None
    }
    for one in tuple(reversed(blocking.values()))[:_MOST_TOLD]:
        if one.link in mended:
            yield from _if_it_is_right(found, repaired, one)
        elif found.folder:
            yield f"to let it stand, and correct it then: {_approve(found, one)}"


def _if_it_is_right(found: Found, repaired: Checked, one: Finding) -> Iterator[str]:
    visits = (link.visit for link in repaired.links if link.link.id == one.link)
    title = page_title(next(visits, None), {})
    if one.code.startswith("SG3") and title:
        expected = quote(f"{one.link}={plain(title, 200)}")
        yield f"if that page is the right one, say so to `correct`: --expect {expected}"
    if found.folder:
        yield (
            "to let it stand, put the right address into the folder as well, and then: "
            f"{_approve(found, one)}"
        )


def _approve(found: Found, one: Finding) -> str:
    folder = quote(plain(str(found.folder), 200))
    return f"sendguard approve {folder} {handle_of(one)} --by NAME --because REASON"
