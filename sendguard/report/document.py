"""The document for programs: `sendguard.check/1`, a contract; schema.json says its form."""

import json
from datetime import UTC, datetime
from typing import TypeAlias

from sendguard.gate import Checked, CheckedLink, CouldNotRead, Run
from sendguard.intent import Intent
from sendguard.judge.approval import Approval
from sendguard.judge.finding import Finding
from sendguard.values import Place
from sendguard.visit import Answered, NotVisited, Reason, Unreachable, Visit

SCHEMA = "sendguard.check/1"

Node: TypeAlias = "str | int | float | list[Node] | dict[str, Node] | None"


def as_json(run: Run) -> str:
    """The whole run on one line of ASCII: safe in any pipe, log or terminal."""
    newsletters = ", ".join(map(_newsletter, run.newsletters))
    return f'{_text(_run(run))[:-1]}, "newsletters": [{newsletters}]}}'


def _text(node: Node) -> str:
    return json.dumps(node, ensure_ascii=True, allow_nan=False)


def _run(run: Run) -> Node:
    return {
        "schema": SCHEMA,
        "decision": run.decision,
        "checked_at": _instant(run.at),
        "took_s": round(run.took_s, 3),
        "unreadable": [_unreadable(missing) for missing in run.unreadable],
    }


def _unreadable(missing: CouldNotRead) -> Node:
    says = f"{missing.place}: {missing.says}" if missing.place else missing.says
    return {"path": missing.path, "says": says}


def _newsletter(checked: Checked) -> str:
    """Link by link: to spell out thousands at once takes more memory than their visits."""
    links = ", ".join(_text(_link(link)) for link in checked.links)
    return f'{_text(_about(checked))[:-1]}, "links": [{links}]}}'


def _about(checked: Checked) -> Node:
    campaign = checked.campaign
    passed = {"passed_at": _instant(checked.passed.at)} if checked.passed else {}
    compared = checked.compared_with
    issues: dict[str, Node] = {} if compared is None else {"compared_with": compared}
    return {
        "path": campaign.path,
        "campaign": campaign.id,
        "subject": campaign.subject,
        "digest": campaign.digest,
        "decision": checked.decision,
        **passed,
        **issues,
        "findings": [_finding(found) for found in checked.findings],
    }


def _link(checked: CheckedLink) -> Node:
    link = checked.link
    return {
        "id": link.id,
        "href": link.href,
        "label": link.label,
        "role": link.role,
        "place": str(link.place),
        "intent": _intent(checked.intent) if checked.intent else None,
        "visit": _visit(checked.visit),
        "decision": checked.decision,
        "findings": [_finding(found) for found in checked.findings],
    }


def _intent(intent: Intent) -> Node:
    return {
        "title": intent.title,
        "url": intent.url.text if intent.url else None,
        "source": intent.source,
        "sureness": round(intent.sureness, 3),
    }


def _visit(visit: Visit) -> Node:
    seen = {"seen_at": _instant(visit.at)} if visit.age_s is not None else {}
    return {**_outcome(visit), "took_s": round(visit.took_s, 3), **seen}


def _outcome(visit: Visit) -> dict[str, Node]:
    match visit.outcome:
        case Answered() as answer:
            return {
                "outcome": "answered",
                "status": answer.landed.status,
                "final_url": answer.landed.url.text,
                "hops": len(answer.hops) - 1,
                "title": answer.page.best_title if answer.page else None,
                "trouble": "walled" if answer.walled is not None else None,
            }
        case Unreachable(trouble=trouble, at=at, hops=hops):
            return _no_page("unreachable", trouble, final_url=at.text, hops=len(hops))
        case NotVisited(reason=reason):
            # The contract has no word of its own for what an interrupt left out.
            reason = Reason.OFFLINE if reason is Reason.INTERRUPTED else reason
            return _no_page("not-visited", reason, final_url=None, hops=0)


def _no_page(outcome: str, trouble: str, *, final_url: str | None, hops: int) -> dict[str, Node]:
    return {
        "outcome": outcome,
        "status": None,
        "final_url": final_url,
        "hops": hops,
        "title": None,
        "trouble": trouble,
    }


def _finding(found: Finding) -> Node:
    words = {"approved": found.approved, "lapsed": found.lapsed}
    return {
        "code": found.code,
        "name": found.name,
        "severity": found.severity,
        "place": _place(found.place),
        "says": found.says,
        "advice": found.advice,
        "fingerprint": found.fingerprint,
        **{key: _approval(word) for key, word in words.items() if word},
    }


def _approval(word: Approval) -> Node:
    return {"by": word.by, "because": word.because, "until": word.until.isoformat()}


def _place(place: Place | None) -> str | None:
    return str(place) if place else None


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
