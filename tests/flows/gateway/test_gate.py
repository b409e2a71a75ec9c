"""What happens to one message, from the final dot to the answer."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from threading import Event

import pytest

from sendguard.config.gateway import Blocked, Gateway, Mode
from sendguard.errors import BadStore
from sendguard.flows.gateway.apart import LARGE
from sendguard.flows.gateway.studies import MOST_STUDIES
from sendguard.gateway import Copy, HeldState, Mail, Ruling, Standing
from sendguard.gateway.opened import Opened
from sendguard.send import Deferred, NotSent, Outcome, Refused, Reply, State, Unanswered
from tests.fakes_gateway import TAKEN, ToldNextHop, a_copy, a_mail
from tests.flows.gateway.gates import a_gate, recognise

LATER = Reply(code=450, enhanced="4.2.0", text="greylisted, come again")
NO_ONE = Reply(code=550, enhanced="5.1.1", text="nobody of that name")


def _discarded(at: datetime) -> Ruling:
    return Ruling(standing=Standing.DISCARDED, at=at, by="Ada")


def _no_bulk(_: Opened) -> Copy:
    return replace(a_copy(), is_bulk=False)


async def written_down(told: Callable[[], object], expected: object) -> None:
    """Wait until it is; a test that waits in vain says what stands there in its place."""
    with suppress(TimeoutError):
        async with asyncio.timeout(60):
            while told() != expected:  # noqa: ASYNC110 - it tells nobody
                await asyncio.sleep(0.01)
    assert told() == expected


async def test_the_first_copy_is_kept_until_its_campaign_is_decided() -> None:
    async with a_gate() as told:
        reply = await told.take(a_mail("ada@example.org"))

        assert reply.code == 250
        assert [one.state for one in told.ledger.kept.values()] == [HeldState.HELD]
        assert told.next_hop.tried == []


async def test_what_was_held_may_go_once_it_passed() -> None:
    async with a_gate() as told:
        await told.take(a_mail("ada@example.org"))

        await told.decided()

        assert [one.state for one in told.ledger.kept.values()] == [HeldState.DUE]


async def test_a_copy_of_what_passed_goes_on_in_the_session() -> None:
    async with a_gate() as told:
        await told.take(a_mail("ada@example.org"))
        await told.decided()

        reply = await told.take(a_mail("bob@example.org"))

        assert reply == TAKEN.reply
        assert told.next_hop.reached == ["bob@example.org"]


async def test_a_message_that_comes_round_is_put_off_and_told_and_not_handed_on_again() -> None:
    hop = ToldNextHop()
    async with a_gate(next_hop=hop) as told:
        await told.take(a_mail("ada@example.org"))
        await told.decided()
        mail = a_mail("bob@example.org")
        further = replace(mail, data=b"X-SendGuard: pass 3f9a2c71d0e4\r\n" + mail.data)
        hop.on_the_wire = lambda _: told.take(further)

        reply = await told.take(mail)

        assert [one.enhanced for one in hop.heard] == ["4.4.6"]
        assert reply == TAKEN.reply
        assert hop.reached == ["bob@example.org"]
        assert "circle" in [event for event, _ in told.journal.lines]


async def test_a_message_may_be_sent_again_once_it_is_answered() -> None:
    async with a_gate() as told:
        await told.take(a_mail("ada@example.org"))
        await told.decided()

        replies = [await told.take(a_mail("bob@example.org")) for _ in range(2)]

        assert replies == [TAKEN.reply] * 2


async def test_a_message_that_passed_a_hundred_servers_is_refused() -> None:
    mail = a_mail()
    trail = b"Received: from here by there\r\n"
    async with a_gate() as told:
        replies = [
            await told.take(replace(mail, data=trail * hops + mail.data)) for hops in (100, 101)
        ]

    assert [(one.code, one.enhanced) for one in replies] == [(250, "2.0.0"), (554, "5.4.6")]


async def test_a_campaign_is_checked_once_however_many_copies_come() -> None:
    async with a_gate() as told:
        letters = [a_mail(f"r{number}@example.org") for number in range(50)]
        await asyncio.gather(*(told.take(one) for one in letters))
        await told.decided()
        await asyncio.gather(*(told.take(one) for one in letters))

        assert len(told.rulings.made) == 1


async def test_two_campaigns_are_checked_each_for_itself() -> None:
    async with a_gate() as told:
        await told.take(a_mail(subject="One"))
        await told.take(a_mail(subject="Other"))
        await told.decided()

        assert len(set(told.rulings.made)) == 2


async def test_a_server_with_a_queue_is_put_off() -> None:
    async with a_gate() as told:
        reply = await told.take(a_mail(), Mode.DEFER)

        assert (reply.code, reply.enhanced) == (451, "4.7.1")
        assert not told.ledger.kept


async def test_waiting_pays_where_the_verdict_is_near() -> None:
    async with a_gate() as told:
        coming = asyncio.create_task(told.take(a_mail(), Mode.WAIT))
        await asyncio.sleep(0.01)
        await told.decided()

        assert (await coming).code == 250


async def test_waiting_ends_where_it_is_not() -> None:
    async with a_gate(terms=Gateway(wait_s=0.01)) as told:
        assert (await told.take(a_mail(), Mode.WAIT)).code == 451


async def test_a_blocked_copy_is_refused_with_the_finding_and_where_to_look() -> None:
    async with a_gate(standing=Standing.BLOCKED) as told:
        await told.take(a_mail(), Mode.DEFER)
        await told.decided()

        reply = await told.take(a_mail(), Mode.DEFER)

        assert (reply.code, reply.enhanced) == (554, "5.7.1")
        assert "opens another article" in reply.text
        assert "Nobody got this message: mend it and send it again." in reply.text
        assert f"sendguard gateway show {told.rulings.made[0]}" in reply.text
        assert told.next_hop.tried == []


async def test_a_list_server_is_put_off_with_the_finding() -> None:
    async with a_gate(standing=Standing.BLOCKED) as told:
        await told.take(a_mail(), Mode.DEFER)
        await told.decided()

        reply = await told.take(a_mail(), Mode.DEFER, blocked=Blocked.DEFER)

        assert reply.code == 451
        assert "opens another article" in reply.text


async def test_who_was_turned_away_is_counted() -> None:
    async with a_gate(standing=Standing.BLOCKED) as told:
        await told.take(a_mail(), Mode.DEFER)
        await told.decided()
        await told.take(a_mail("ada@example.org", "bob@example.org"), Mode.DEFER)
        await told.take(a_mail(), Mode.DEFER, blocked=Blocked.DEFER)

        def turned_away() -> tuple[int, int]:
            tally = told.ledger.tally(told.rulings.made[0])
            return tally.refused, tally.put_off

        await written_down(turned_away, (2, 2))


async def test_nobody_is_handed_on_who_was_not_written_down() -> None:
    async with a_gate() as told:
        await told.take(a_mail(), Mode.DEFER)
        await told.decided()
        told.ledger.trouble = "the disk is full"

        reply = await told.take(a_mail(), Mode.DEFER)

        assert (reply.code, reply.enhanced) == (451, "4.3.0")
        assert told.next_hop.tried == []


async def test_everyone_who_got_it_is_written_down() -> None:
    async with a_gate() as told:
        await told.take(a_mail(), Mode.DEFER)
        await told.decided()

        await told.take(a_mail("ada@example.org", "bob@example.org"))
        both = {"ada@example.org": State.SENT, "bob@example.org": State.SENT}
        await written_down(told.ledger.states, both)


@pytest.mark.parametrize("outcome", [Deferred(LATER), Refused(NO_ONE)])
async def test_what_the_next_hop_says_is_handed_on(outcome: Deferred | Refused) -> None:
    async with a_gate(next_hop=ToldNextHop(answer=lambda *_: outcome)) as told:
        await told.take(a_mail(), Mode.DEFER)
        await told.decided()

        assert await told.take(a_mail()) == outcome.reply


async def test_where_only_some_have_it_the_rest_is_kept_and_the_sender_is_told() -> None:
    outcomes: dict[str, Outcome] = {
        "b@x.example": Deferred(LATER),
        "c@x.example": Refused(NO_ONE),
    }
    hop = ToldNextHop(answer=lambda _, who: outcomes.get(who, TAKEN))
    async with a_gate(next_hop=hop) as told:
        await told.take(a_mail(), Mode.DEFER)
        await told.decided()

        reply = await told.take(a_mail("a@x.example", "b@x.example", "c@x.example"))

        assert reply.code == 250
        kept = {one.mail.recipients: one.mail.sender for one in told.ledger.kept.values()}
        assert kept == {("b@x.example",): "news@example.org", ("news@example.org",): ""}


async def test_for_an_application_without_a_queue_it_is_kept_while_the_next_hop_is_down() -> None:
    hop = ToldNextHop(answer=lambda *_: NotSent("refused"))
    async with a_gate(next_hop=hop) as told:
        await told.take(a_mail(), Mode.DEFER)
        await told.decided()

        assert (await told.take(a_mail(), Mode.DEFER)).enhanced == "4.4.1"
        assert (await told.take(a_mail(), Mode.HOLD)).code == 250
        assert [one.state for one in told.ledger.kept.values()] == [HeldState.DUE]


async def test_a_next_hop_that_is_away_is_told_once_and_until_it_is_back() -> None:
    hop = ToldNextHop(answer=lambda *_: NotSent("nobody answers"))
    async with a_gate(next_hop=hop) as told:
        await told.take(a_mail(), Mode.DEFER)
        await told.decided()
        for _ in range(2):
            await told.take(a_mail(), Mode.DEFER)
        troubles = [told.gate.trouble]

        hop.answer = lambda *_: TAKEN
        await told.take(a_mail(), Mode.DEFER)
        troubles.append(told.gate.trouble)

        assert troubles == ["nobody answers", None]
        assert len(told.journal.of("next-hop-lost")) == len(told.journal.of("next-hop-back")) == 1


async def test_what_nobody_knows_is_written_down_as_such() -> None:
    hop = ToldNextHop(answer=lambda *_: Unanswered("it broke off"))
    async with a_gate(next_hop=hop) as told:
        await told.take(a_mail(), Mode.DEFER)
        await told.decided()

        reply = await told.take(a_mail())

        assert reply.code == 451
        await written_down(told.ledger.states, {"ada@example.org": State.IN_DOUBT})


async def test_a_check_that_fails_for_a_reason_of_ours_is_no_refusal_and_no_pass() -> None:
    async with a_gate() as told:
        told.rulings.trouble = BadStore("the disk is full")
        told.rulings.may_end.set()
        await told.take(a_mail(), Mode.DEFER)
        await asyncio.sleep(0.01)

        reply = await told.take(a_mail(), Mode.DEFER)

        assert (reply.code, reply.enhanced) == (451, "4.3.0")
        assert told.next_hop.tried == []


async def test_who_insists_on_it_lets_mail_through_where_we_fail_and_it_is_shouted() -> None:
    async with a_gate(terms=Gateway(fail_open=True)) as told:
        told.ledger.trouble = "the disk is full"

        reply = await told.take(a_mail(), Mode.DEFER)

        assert reply == TAKEN.reply
        assert told.journal.of("let-through-unchecked")


async def test_what_a_person_stopped_a_moment_ago_does_not_go_on() -> None:
    async with a_gate() as told:
        await told.take(a_mail(), Mode.DEFER)
        await told.decided()
        stream = next(iter(told.ledger.streams.values()))
        told.streams.rule(stream.fingerprint, _discarded(stream.ruling.at), set(Standing))

        reply = await told.take(a_mail())

        assert reply.code == 554
        assert reply.text.startswith("stopped by SendGuard: discarded by Ada: ")
        assert told.next_hop.tried == []


async def test_no_more_is_kept_than_may_be() -> None:
    async with a_gate(terms=Gateway(max_held=1)) as told:
        await told.take(a_mail("ada@example.org"))

        reply = await told.take(a_mail("bob@example.org"))

        assert (reply.code, reply.enhanced) == (452, "4.3.1")


async def test_transactional_mail_is_let_through_where_only_bulk_mail_is_checked() -> None:
    async with a_gate(recognising=_no_bulk) as told:
        reply = await told.take(a_mail(subject="Your new password"), bulk_only=True)

        assert reply == TAKEN.reply
        assert told.rulings.made == []


async def test_what_was_not_checked_carries_no_pass_that_its_sender_wrote() -> None:
    mail = a_mail()
    forged = replace(mail, data=b"X-SendGuard: pass 3f9a2c71d0e4\r\n" + mail.data)
    async with a_gate(recognising=_no_bulk, terms=Gateway(trace=True)) as told:
        await told.take(forged, bulk_only=True)

        assert told.next_hop.got[0].data == b"X-SendGuard: unchecked\r\n" + forged.data


async def test_a_next_hop_that_is_lost_is_told_once_where_nothing_is_kept() -> None:
    hop = ToldNextHop(answer=lambda *_: NotSent("its certificate has expired"))
    async with a_gate(next_hop=hop) as told:
        await told.take(a_mail(), Mode.WAIT)
        await told.decided()
        for number in range(2):
            await told.take(a_mail(f"r{number}@example.org"), Mode.WAIT)
        hop.answer = lambda *_: TAKEN
        await told.take(a_mail("bob@example.org"), Mode.WAIT)

    lines = [event for event, _ in told.journal.lines if event.startswith("next-hop")]
    assert lines == ["next-hop-lost", "next-hop-back"]


async def test_a_pass_does_not_count_for_ever() -> None:
    async with a_gate() as told:
        await told.take(a_mail(), Mode.DEFER)
        await told.decided()
        told.clock.pass_by(100_000)

        reply = await told.take(a_mail(), Mode.DEFER)
        await told.decided()

        assert reply.code == 451
        assert len(told.rulings.made) == 2


async def test_what_was_blocked_is_looked_at_again_by_and_by() -> None:
    async with a_gate(standing=Standing.BLOCKED) as told:
        await told.take(a_mail(), Mode.DEFER)
        await told.decided()
        told.clock.pass_by(700)
        told.rulings.standing = Standing.PASSED

        assert (await told.take(a_mail(), Mode.DEFER)).code == 554
        await told.decided()
        assert (await told.take(a_mail(), Mode.DEFER)).code == 250


async def test_a_second_readers_copy_tells_which_links_are_no_readers_own() -> None:
    def recognise(message: Opened) -> Copy:
        own = frozenset(message.mail.recipients)
        return replace(a_copy(), own=own, tokens=("shop.example/ 0 4f1c9e77ab12cd34",))

    async with a_gate(standing=Standing.UNVERIFIED, recognising=recognise) as told:
        await told.take(a_mail("ada@example.org"))
        await told.decided()
        told.rulings.standing = Standing.PASSED

        await told.take(a_mail("bob@example.org"))
        await told.decided()

        assert told.rulings.shared == [frozenset(), frozenset({"4f1c9e77ab12cd34"})]
        assert {one.state for one in told.ledger.kept.values()} == {HeldState.DUE}


async def test_what_a_person_approved_a_moment_ago_is_not_refused() -> None:
    async with a_gate(standing=Standing.BLOCKED) as told:
        await told.take(a_mail(), Mode.DEFER)
        await told.decided()
        stream = next(iter(told.ledger.streams.values()))
        approved = Ruling(standing=Standing.APPROVED, at=stream.ruling.at, by="Ada")
        told.streams.rule(stream.fingerprint, approved, set(Standing))

        assert (await told.take(a_mail(), Mode.DEFER)).code == 250


async def test_once_a_token_is_known_to_be_shared_another_one_is_another_campaign() -> None:
    def recognise(message: Opened) -> Copy:
        token = message.mail.data.partition(b"\r\n\r\n")[2].strip().decode()
        own = frozenset(message.mail.recipients)
        return replace(a_copy(), own=own, tokens=(f"shop.example/ 0 {token}",))

    async with a_gate(standing=Standing.UNVERIFIED, recognising=recognise) as told:
        await told.take(a_mail("ada@example.org", text="4f1c9e77ab12cd34"))
        await told.decided()
        told.rulings.standing = Standing.PASSED
        await told.take(a_mail("bob@example.org", text="4f1c9e77ab12cd34"))
        await told.decided()

        await told.take(a_mail("cyd@example.org", text="0a9b8c7d6e5f4a3b"))

        assert len(told.ledger.streams) == 2


async def test_nobody_waits_while_a_large_message_is_read() -> None:
    small_is_through = Event()

    def reading(message: Opened) -> Copy:
        if len(message.mail.data) > LARGE:
            assert small_is_through.wait(5)
        return recognise(message)

    async with a_gate(recognising=reading) as told:
        large = asyncio.create_task(told.take(a_mail(text="x" * LARGE, subject="Large")))
        await asyncio.sleep(0)

        small = await told.take(a_mail())
        small_is_through.set()

        assert (small.code, (await large).code) == (250, 250)


async def test_what_some_have_is_not_handed_on_again_whoever_insists() -> None:
    hop = ToldNextHop(answer=lambda _, who: Deferred(LATER) if who == "b@x.example" else TAKEN)
    async with a_gate(terms=Gateway(fail_open=True), next_hop=hop) as told:
        await told.take(a_mail("z@x.example"), Mode.DEFER)
        await told.decided()
        hand_on, ledger = hop.answer, told.ledger

        def break_then_answer(mail: Mail, who: str) -> Outcome:
            ledger.trouble = "the disk is full"
            return hand_on(mail, who)

        hop.answer = break_then_answer
        reply = await told.take(a_mail("a@x.example", "b@x.example"), Mode.DEFER)

        assert (reply.code, reply.enhanced) == (451, "4.3.0")
        assert len(hop.tried) == 1


@pytest.mark.parametrize("standing", [Standing.PASSED, Standing.BLOCKED])
async def test_what_the_store_has_forgotten_is_begun_anew_by_its_next_copy(
    standing: Standing,
) -> None:
    async with a_gate(standing=standing) as told:
        await told.take(a_mail(), Mode.DEFER)
        await told.decided()
        told.ledger.streams.clear()

        reply = await told.take(a_mail(), Mode.DEFER)
        await told.decided()

        assert reply.code == 451
        assert len(told.rulings.made) == 2


async def test_what_the_store_has_forgotten_is_begun_anew_where_it_was_read_long_ago() -> None:
    async with a_gate() as told:
        await told.take(a_mail(), Mode.DEFER)
        await told.decided()
        for number in range(MOST_STUDIES):
            await told.take(a_mail(subject=f"Other {number}"), Mode.DEFER)
        await told.decided()
        told.ledger.streams.clear()
        told.streams.samples.clear()

        reply = await told.take(a_mail(), Mode.DEFER)

        assert reply.code == 451
        assert (await told.take(a_mail(), Mode.DEFER)).code == 451
        assert [one.first.subject for one in told.streams.latest(9)] == ["News"]
