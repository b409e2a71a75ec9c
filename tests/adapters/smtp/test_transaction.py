"""One message at a server: the bytes it gets, and who is told what, whatever it answers."""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sendguard.adapters.smtp.dialogue import Ended
from sendguard.adapters.smtp.envelope import Offers
from sendguard.adapters.smtp.replies import Confused, Heard
from sendguard.adapters.smtp.transaction import Transaction
from sendguard.gateway import Mail
from sendguard.send import Accepted, NotSent, Outcome, Refused, Unanswered
from tests.fakes_gateway import a_mail

ALL = Offers(pipelining=True, eight_bit=True, utf8=True, sizes=True)
STEPWISE = replace(ALL, pipelining=False)
THREE = ("ada@example.org", "bo@example.org", "cy@example.org")


class Talk:
    """A transaction, and what was written."""

    def __init__(
        self, mail: Mail, offers: Offers = ALL, *, is_clean: bool = True, keeps_up: bool = True
    ) -> None:
        self.written: list[bytes] = []
        self.keeps_up = keeps_up
        self.transaction = Transaction(mail, offers, self.write, is_clean=is_clean)
        self.transaction.begin()

    def write(self, parts: Iterable[bytes]) -> bool:
        self.written.append(b"".join(parts))
        return self.keeps_up

    def hear(self, *codes: int) -> "Talk":
        for code in codes:
            self.transaction.hear(Heard(code, (b"so be it",)))
        return self

    @property
    def kinds(self) -> list[type[Outcome]]:
        return [type(outcome) for outcome in self.transaction.outcomes.values()]


LINES = st.lists(
    st.one_of(
        st.sampled_from([b".", b"..", b"", b".x", b"x" * 5_000, b"\0", b"\xff."]),
        st.binary(max_size=40).map(lambda line: line.replace(b"\r", b"").replace(b"\n", b"")),
    ),
    max_size=30,
)


@given(LINES)
def test_any_lines_arrive_byte_for_byte(lines: list[bytes]) -> None:
    data = b"".join(line + b"\r\n" for line in lines)
    talk = Talk(replace(a_mail(), data=data)).hear(250, 250, 354)

    wire = b"".join(talk.written[1:])
    *came, dot, rest = wire.split(b"\r\n")
    assert (dot, rest) == (b".", b"")
    assert [line.removeprefix(b".") for line in came] == lines
    assert b"." not in came


CODES = st.sampled_from([250, 250, 250, 354, 354, 421, 450, 550, 503, 220])


@given(
    codes=st.lists(st.one_of(CODES, st.none()), max_size=12),
    offers=st.sampled_from([ALL, STEPWISE]),
    data=st.sampled_from([b"x\r\n", b"x" * 70_000 + b"\r\n"]),
    is_clean=st.booleans(),
)
def test_whatever_is_answered_everyone_has_an_outcome(
    codes: list[int | None], offers: Offers, data: bytes, *, is_clean: bool
) -> None:
    talk = Talk(replace(a_mail(*THREE), data=data), offers, is_clean=is_clean)

    with suppress(Ended, Confused):
        for code in codes:
            if code is None:
                talk.transaction.drained()
            else:
                talk.hear(code)
    talk.transaction.end("cut")

    assert list(talk.transaction.outcomes) == list(THREE)
    said = b"".join(talk.written)
    assert b"\r\n.\r\n" in said or not {Accepted, Unanswered} & set(talk.kinds)


def test_the_envelope_leaves_in_one_write() -> None:
    talk = Talk(a_mail("ada@example.org", "bo@example.org"))

    size = len(a_mail().data)
    assert talk.written == [
        b"MAIL FROM:<news@example.org> SIZE=%d\r\nRCPT TO:<ada@example.org>\r\n"
        b"RCPT TO:<bo@example.org>\r\nDATA\r\n" % size
    ]


def test_a_server_that_wants_it_is_asked_one_thing_after_the_other() -> None:
    talk = Talk(a_mail(), STEPWISE, is_clean=False).hear(250, 250, 250)

    assert [line.split(b" ")[0].strip() for line in talk.written] == [
        *(b"RSET", b"MAIL", b"RCPT", b"DATA")
    ]


def test_each_recipient_has_the_answer_to_its_own() -> None:
    talk = Talk(a_mail(*THREE)).hear(250, 250, 550, 250, 354, 250)

    assert talk.kinds == [Accepted, Refused, Accepted]
    assert talk.transaction.is_clean


@pytest.mark.parametrize("offers", [ALL, STEPWISE], ids=["pipelined", "stepwise"])
def test_no_message_is_sent_where_no_recipient_was_taken(offers: Offers) -> None:
    talk = Talk(a_mail(*THREE), offers).hear(250, 550, 550, 550)
    if offers.pipelining:
        talk.hear(354, 250)

    assert talk.kinds == [Refused] * 3
    assert b"Hello" not in b"".join(talk.written)
    assert talk.transaction.awaits is None
    assert talk.transaction.is_clean == offers.pipelining


def test_who_is_named_twice_is_told_once() -> None:
    talk = Talk(a_mail("ada@example.org", "ada@example.org")).hear(250, 250, 354, 250)

    assert b"".join(talk.written).count(b"RCPT") == 1
    assert talk.kinds == [Accepted]


def test_an_address_that_cannot_be_told_is_refused_by_itself() -> None:
    names = ("a@b.org>\r\nRCPT TO:<c@d.org", "ada@example.org", "\udcff@example.org")
    talk = Talk(a_mail(*names)).hear(250, 250, 354, 250)

    assert talk.kinds == [Refused, Accepted, Refused]
    assert b"c@d.org" not in b"".join(talk.written)


@pytest.mark.parametrize(
    ("mail", "offers", "code"),
    [
        (replace(a_mail(), data=b"\xe9\r\n"), replace(ALL, eight_bit=False), "554 5.6.3"),
        (replace(a_mail(text="é"), is_utf8=True), replace(ALL, utf8=False), "553 5.6.7"),
        (a_mail("é@example.org"), replace(ALL, utf8=False), "553 5.6.7"),
        (a_mail(sender="é@example.org"), replace(ALL, utf8=False), "553 5.6.7"),
        (a_mail(), replace(ALL, size=10), "552 5.3.4"),
    ],
)
def test_what_the_server_cannot_take_is_refused_in_its_place(
    mail: Mail, offers: Offers, code: str
) -> None:
    talk = Talk(mail, offers)

    (outcome,) = talk.transaction.outcomes.values()
    assert isinstance(outcome, Refused)
    assert str(outcome.reply).startswith(f"{code} not sent, says SendGuard, because")
    assert talk.written == []


@pytest.mark.parametrize(
    ("mail", "said"),
    [
        (replace(a_mail(), is_8bit=True, is_utf8=True), b"BODY=8BITMIME SMTPUTF8"),
        (replace(a_mail(), data=b"\xe9\r\n"), b"BODY=8BITMIME"),
        (a_mail("é@example.org"), b"SMTPUTF8"),
    ],
)
def test_what_the_client_said_of_the_message_is_said_again(mail: Mail, said: bytes) -> None:
    talk = Talk(mail)

    assert talk.written[0].partition(b"\r\n")[0].endswith(said)


def test_ascii_goes_to_an_old_server_whatever_the_client_said() -> None:
    talk = Talk(replace(a_mail(), is_8bit=True, is_utf8=True), Offers())

    assert talk.written == [b"MAIL FROM:<news@example.org>\r\n"]


def test_of_a_long_message_the_dot_is_kept_back_until_the_rest_has_left() -> None:
    talk = Talk(replace(a_mail(), data=b"x" * 70_000 + b"\r\n"), keeps_up=False)
    talk.hear(250, 250, 354).transaction.end("cut")

    assert talk.kinds == [NotSent]
