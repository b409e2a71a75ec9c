"""`sendguard gateway show`: one campaign that came through the gateway."""

from collections import Counter
from typing import TYPE_CHECKING

from sendguard.entrypoints.cli.options import ConfigFile, Fingerprint
from sendguard.entrypoints.cli.say import say
from sendguard.entrypoints.cli.settings import settings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from sendguard.gateway import Mail, Stream
    from sendguard.ports.gateway import Tally
    from sendguard.send import Dispatch

EXAMPLES = """\b
Examples:
  sendguard gateway show 3f9a2c71d0e4
  sendguard gateway show 3f9a2c

\b
Six digits of a fingerprint are enough. The whole check, with every link and
what it opens, is told by the `sendguard show` that stands in the answer.
"""


def show(
    *,
    campaign: Fingerprint,
    config: ConfigFile = None,
) -> None:
    """Say what is known of one campaign, and what can be done."""
    obeyed = settings(config)
    from sendguard.entrypoints.cli.gateway.opened import find_stream, store_to_look_at
    from sendguard.gateway.copies.filled import alike_but_for_filled
    from sendguard.gateway.ruling import wrong_link
    from sendguard.send import State

    with store_to_look_at(obeyed) as store:
        stream = find_stream(store, campaign)
        tally = store.ledger.tally(stream.fingerprint)
        reached = store.ledger.reached(stream.fingerprint, {State.SENT})
        beside = alike_but_for_filled(stream, store.streams.of_key(stream.first.key))
        made = store.outbox.corrections(stream.fingerprint)
        wrong = wrong_link(stream.ruling, store.record)
        is_sealed = bool(reached) and _is_sealed(stream, store.streams.sample(stream.fingerprint))
    facts = (*_facts(stream, tally), *_beside(beside))
    after: Iterable[str] = () if is_sealed else _to_correct(stream, reached, wrong or "LABEL")
    if made:
        after = _corrected(made[-1])
    say("\n".join((*facts, *_ways(stream, tally, wrong), *after)))


def _facts(stream: "Stream", tally: "Tally") -> "Iterator[str]":
    from sendguard.entrypoints.cli.gateway.told import named, sender, told_counts, told_standing
    from sendguard.judge.quote import plain
    from sendguard.watch import told_instant

    yield f"{named(stream)}"
    yield f"  It {told_standing(stream)}."
    yield f"  Decided  {told_instant(stream.ruling.at)}"
    yield f"  From     {sender(stream)}"
    if stream.first.list_id:
        yield f"  List     {plain(stream.first.list_id)}"
    yield f"  Since    {told_instant(stream.since)}"
    yield f"  So far   {told_counts(tally)}"
    repaired = Counter((wrong.rpartition(" ")[2], right) for wrong, right in stream.repairs)
    for (wrong, right), count in repaired.items():
        places = "" if count == 1 else f", in {count} places"
        yield f"  Repaired {plain(wrong, 200)} → {plain(right, 200)}{places}"
    if stream.repaired_by:
        yield f"           by {plain(stream.repaired_by)}"
    if stream.ruling.record is not None:
        yield f"  The whole check: sendguard show {stream.ruling.record}"


def _beside(streams: "Sequence[Stream]") -> "Iterator[str]":
    """Campaigns that are perhaps the same newsletter."""
    if streams:
        names = ", ".join(one.fingerprint for one in streams[:_MOST_BESIDE])
        more = f" and {len(streams) - _MOST_BESIDE} more" if len(streams) > _MOST_BESIDE else ""
        yield f"  Beside   {names}{more}"
        yield "           (they differ in a name or a number in a headline; each is decided alone)"


def _ways(stream: "Stream", tally: "Tally", wrong: str | None) -> "Iterator[str]":
    from sendguard.entrypoints.cli.gateway.opened import command
    from sendguard.entrypoints.cli.gateway.told import waits_for_person
    from sendguard.send import State

    name, by = stream.fingerprint, "--by NAME --because REASON"
    if waits_for_person(stream, tally):
        yield "What you can do, if the sender does not mend it and send it again:"
        if not stream.ruling.is_unread:
            which = f"{wrong} is the one that is wrong" if wrong else _LABEL
            yield f"- put a link right in every copy ({which}):"
            yield f'  {command("repair", name)} --link "{wrong or "LABEL"}=https://…" --by NAME'
            yield "- have it checked once more, if a page was mended where the link leads to:"
            yield f"  {command('recheck', name)}"
        yield "- let it out as it is:"
        yield f"  {command('approve', name)} {by}"
        yield "- send none of it, and delete what is kept:"
        yield f"  {command('discard', name)} {by}"
    if tally.held:
        yield f"The messages that are kept: {command('held', name)}"
    if tally.passed.get(State.IN_DOUBT):
        yield f"What is in doubt: {command('settle', name)}"


def _is_sealed(stream: "Stream", sample: "Mail | None") -> bool:
    """Whether nobody can read it, so that it cannot be made again with another link."""
    from sendguard.gateway.sealing import how_mail_is_sealed

    was_checked = stream.ruling.record is not None
    return not was_checked and sample is not None and how_mail_is_sealed(sample) is not None


def _corrected(made: "Dispatch") -> "Iterator[str]":
    from sendguard.judge.quote import plain

    yield f"Those who got it were written to with {plain(made.campaign)}: sendguard outbox list"


def _to_correct(
    stream: "Stream", reached: "Mapping[str | None, int]", label: str
) -> "Iterator[str]":
    """Who got which version of it, and how to write to them."""
    from sendguard.entrypoints.cli.gateway.told import readers

    if not reached:
        return
    before = sum(reached.values()) - reached.get(stream.repaired, 0)
    if not stream.repairs:
        yield "To write to those who got it, if a link is wrong in it:"
    elif before:
        yield f"To write to the {readers(before)} who got it before it was repaired:"
    else:
        yield "All who got it got it repaired. To write to them, if a link is wrong in it still:"
    yield f'  sendguard correct {stream.fingerprint} --link "{label}=https://…"'


_LABEL = "LABEL is what the link says, or its headline"
_MOST_BESIDE = 5
