"""The one line that says why: for a newsletter, and for a whole run."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sendguard.gate import Checked, CheckedLink, CouldNotRead, Run, blocks, rests_on_a_word
from sendguard.intent import HEADLINE_LIKE
from sendguard.judge.approval import Approval
from sendguard.judge.finding import Finding
from sendguard.links import Role
from sendguard.report.entries import is_open_yourself, is_unverified
from sendguard.report.layout import LONG, plain
from sendguard.report.phrases import ago, names_of, seen_ago, what_was_left_shut, why_in_short
from sendguard.report.where import told_path, told_place
from sendguard.values import Decision, Severity
from sendguard.visit import Answered, NotVisited, Reason, was_left_shut

WORDS = {
    Decision.BLOCK: "BLOCKED",
    Decision.UNVERIFIED: "UNVERIFIED",
    Decision.PASS: "PASS",
}
UNREADABLE = "UNREADABLE"
NOTHING_OPEN = "nothing could be compared"


@dataclass(frozen=True, slots=True)
class Line:
    """A decision word and the sentence that gives its reason."""

    word: str
    says: str

    def __str__(self) -> str:
        return f"{self.word}  {self.says}"


def newsletter_line(checked: Checked) -> Line:
    """Why this newsletter may or may not go out, and what became of its links."""
    others = _others(checked)
    joint = ", " if checked.decision is Decision.PASS else ". "
    says = joint.join(filter(None, (reason(checked), ", ".join(others))))
    return Line(WORDS[checked.decision], f"{plain(told_path(checked.campaign.path))}: {says}.")


def unreadable_line(missing: CouldNotRead) -> Line:
    """What could not be read, where, and why."""
    place = missing.place and told_place(missing.path, missing.place)
    where, says = plain(place or told_path(missing.path)), plain(missing.says, LONG)
    is_said = says.startswith(f"{where} ")
    return Line(UNREADABLE, says if is_said else f"{where}: {says}")


def run_line(run: Run) -> Line:
    """Why the run ends as it does, and how long it took."""
    took = f" {run.took_s:.1f} s"
    match run.newsletters, run.unreadable:
        case (only,), ():
            line = newsletter_line(only)
        case (), (missing,):
            return unreadable_line(missing)
        case _:
            line = _several(run)
    return Line(line.word, f"{line.says}{took}")


def _several(run: Run) -> Line:
    is_whole = not run.unreadable or run.decision is Decision.BLOCK
    word = WORDS[run.decision] if is_whole else UNREADABLE
    newsletters = f"{_count(len(run.newsletters), 'newsletter')}: " if run.newsletters else ""
    return Line(word, f"{newsletters}{', '.join(_ends(run))}.")


def _ends(run: Run) -> Iterator[str]:
    ends = Counter(checked.decision for checked in run.newsletters)
    yield from (f"{ends[end]} {said}" for end, said in _ENDS.items() if ends[end])
    if run.unreadable:
        yield f"{_count(len(run.unreadable), 'path')} could not be read"


_ENDS = {
    Decision.BLOCK: "blocked",
    Decision.UNVERIFIED: "unverified",
    Decision.PASS: "may go out",
}


def reason(checked: Checked) -> str:
    """Why the newsletter may or may not go out: a few words."""
    total = len(checked.links)
    match checked.decision:
        case Decision.BLOCK:
            return f"{_why_blocked(checked)}{_cut_off(checked, '; ')}"
        case Decision.UNVERIFIED if checked.interrupted:
            return _cut_off(checked)
        case Decision.UNVERIFIED:
            return _why_unverified(checked)
        case Decision.PASS if total == 0:
            return "there are no links in it"
        case Decision.PASS:
            fine = sum(map(_is_fine, checked.links))
            return f"{fine} of {_total(checked)} fine{_how_fine(checked)}" if fine else NOTHING_OPEN


def _why_blocked(checked: Checked) -> str:
    links = sum(link.decision is Decision.BLOCK for link in checked.links)
    reasons = []
    if links:
        verb = "blocks" if links == 1 else "block"
        reasons.append(f"{links} of {_total(checked)} {verb} the send")
    if blocks(checked.findings):
        reasons.append(f"the newsletter itself {'does too' if links else 'blocks the send'}")
    return ", and ".join(reasons)


def _why_unverified(checked: Checked) -> str:
    unsure = [link for link in checked.links if is_unverified(link)]
    total = _total(checked)
    if not unsure:
        walled = sum(map(is_open_yourself, checked.links))
        return f"{walled} of {total} must be opened by you first, as gate.walled asks"
    whys = Counter(why_in_short(link.visit.outcome) for link in unsure)
    if len(whys) == 1:
        return f"{len(unsure)} of {total} {next(iter(whys))}"
    parted = ", ".join(f"{number} {why}" for why, number in whys.most_common())
    return f"{len(unsure)} of {total} could not be verified: {parted}"


def _cut_off(checked: Checked, joint: str = "") -> str:
    """What an interrupt left out; empty without one."""
    if not checked.interrupted:
        return ""
    left = sum(map(_is_left_out, checked.links))
    verb = "was" if left == 1 else "were"
    what = f": {left} of {_total(checked)} {verb} not opened" if left else " before it was done"
    return f"{joint}interrupted{what}"


def _others(checked: Checked) -> Iterator[str]:
    """What became of the links that the reason does not count."""
    fine = sum(map(_is_fine, checked.links))
    if fine and checked.decision is not Decision.PASS:
        yield f"{fine} fine{_how_fine(checked)}"
    unsure = sum(is_unverified(link) and not _is_left_out(link) for link in checked.links)
    if unsure and (checked.interrupted or checked.decision is Decision.BLOCK):
        yield f"{unsure} unverified"
    walled = sum(map(is_open_yourself, checked.links))
    is_the_reason = checked.decision is Decision.UNVERIFIED and not checked.interrupted
    if walled and (unsure or not is_the_reason):
        yield f"{walled} to open yourself"
    if words := list(_words(checked)):
        yield f"{len(words)} approved by {names_of(word.by for word in words)}"
    if unopened := [link for link in checked.links if _is_unopened(link)]:
        kinds = dict.fromkeys(what_was_left_shut(link.link, link.visit) for link in unopened)
        yield f"{len(unopened)} never opened ({', '.join(kinds)})"
    if checked.compared_with is not None:
        yield _compared_with(checked.compared_with)
    if checked.passed:
        yield f"passed {ago(checked.passed.ago_s)}, and nothing has changed since"


def _compared_with(issues: int) -> str:
    """With how many earlier issues; that there are none may be a slip in `series`."""
    return (
        f"compared with {_count(issues, 'earlier issue')}" if issues else "no earlier issue known"
    )


def _is_fine(link: CheckedLink) -> bool:
    return _passes_by_itself(link) and not was_left_shut(link.visit.outcome)


def _is_unopened(link: CheckedLink) -> bool:
    return _passes_by_itself(link) and was_left_shut(link.visit.outcome)


def _is_left_out(link: CheckedLink) -> bool:
    return link.visit.outcome == NotVisited(Reason.INTERRUPTED)


def _passes_by_itself(link: CheckedLink) -> bool:
    return link.decision is Decision.PASS and not rests_on_a_word(link)


def _how_fine(checked: Checked) -> str:
    """How much is known of the fine ones: that a page is there is not that it is the right one."""
    fine = [link for link in checked.links if _is_fine(link)]
    warned = sum(map(_warns, fine))
    known = _compared(sum(map(_is_compared, fine)), in_short=checked.decision is not Decision.PASS)
    let = [word for link in fine for word in list(_approvals(link.findings))[:1]]
    others = (
        "" if checked.passed else _seen_before(fine),
        f"{warned} with a warning" if warned else "",
        f"{len(let)} with a finding approved by {names_of(word.by for word in let)}" if let else "",
    )
    return f" ({', '.join(filter(None, (known, *others)))})"


def compared_none(checked: Checked) -> bool:
    """Did links open, and is of none of them known that it opens the article meant?"""
    fine = [link for link in checked.links if _is_fine(link)]
    return bool(fine) and not any(map(_is_compared, fine))


def _seen_before(links: Iterable[CheckedLink]) -> str:
    """How many were not asked for in this run, and how old what is known of them is."""
    ages = [link.visit.age_s for link in links if link.visit.age_s is not None]
    if not ages:
        return ""
    first, last = seen_ago(max(ages)), seen_ago(min(ages))
    return f"{len(ages)} {first if first == last else first.replace('seen', 'seen up to')}"


def _words(checked: Checked) -> Iterator[Approval]:
    """One for each link that passes on a person's word, and those about the whole."""
    for link in checked.links:
        if rests_on_a_word(link):
            yield next(_approvals(link.findings))
    yield from _approvals(checked.findings)


def _approvals(findings: Iterable[Finding]) -> Iterator[Approval]:
    return (found.approved for found in findings if found.approved)


def _compared(number: int, *, in_short: bool) -> str:
    if in_short:
        return f"{number or 'none'} compared"
    if not number:
        return "none compared with an article"
    return f"{number} compared with the article{'' if number == 1 else 's'} meant"


def _is_compared(link: CheckedLink) -> bool:
    """Was it known what to open, and did a page with a title open?"""
    answer = link.visit.outcome
    titled = isinstance(answer, Answered) and answer.page and answer.page.best_title
    return bool(titled and link.intent and link.intent.sureness >= HEADLINE_LIKE)


def _warns(link: CheckedLink) -> bool:
    return any(found.severity is Severity.WARN and not found.approved for found in link.findings)


def _total(checked: Checked) -> str:
    """How many there are, with the pictures and other files that are loaded."""
    total = len(checked.links)
    loaded = sum(link.link.role is Role.RESOURCE for link in checked.links)
    if not loaded:
        return _count(total, "link")
    return _count(total, "picture") if loaded == total else f"{total} links and pictures"


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}{'' if number == 1 else 's'}"
