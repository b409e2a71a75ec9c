"""A wrong address put right in a message, and nothing else of it."""

from email import message_from_bytes
from email.message import EmailMessage, Message
from email.policy import SMTP
from itertools import zip_longest

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sendguard.gateway.repair.readdress import Repairing, in_place, readdress
from sendguard.links import find_links
from sendguard.read import Medium
from sendguard.read.read import read_campaign

WRONG = "https://example.org/five-ways-to-lose-a-sale?utm_source=mail&utm_medium=email"
RIGHT = "https://example.org/schrodingers-proposals?utm_source=mail&utm_medium=email"
REPAIRS = [(WRONG, RIGHT)]
ENCODINGS = ["7bit", "quoted-printable", "base64"]
AMP = WRONG.replace("&", "&amp;")
HTML = (
    "<html><body><p>Dear reader, here is a line that is long enough for it to be folded, and "
    f'then <a class="b" href="{AMP}">Read the article</a> with more words behind it.</p>\n'
    '<p><a href="https://example.org/other?a=1&amp;b=2">Another one</a> = fine, 100 % so.</p>\n'
    f"<!--[if mso]><v:roundrect href='{AMP}'>Read</v:roundrect><![endif]-->\n</body></html>\n"
)
TEXT = f"Read it here: {WRONG}.\nAnother: https://example.org/other?a=1&b=2\n"


def a_message(
    html: str = HTML, text: str = TEXT, encoding: str = "quoted-printable", charset: str = "utf-8"
) -> bytes:
    message = EmailMessage(policy=SMTP)
    message["From"], message["To"] = "The Navigator <n@example.org>", "ada@example.net"
    message["Subject"] = "How to recover"
    message.set_content(text, cte=encoding, charset=charset)
    message.add_alternative(html, subtype="html", cte=encoding, charset=charset)
    return message.as_bytes()


def addresses(data: bytes) -> list[str]:
    campaign = read_campaign("-", {"m.eml": data}, name="m.eml", id=None)
    return [link.href for link in find_links(campaign).links]


def longest_line(data: bytes) -> int:
    return max(map(len, data.split(b"\r\n")))


def changed_lines(before: bytes, after: bytes) -> int:
    pairs = zip_longest(before.split(b"\r\n"), after.split(b"\r\n"))
    return sum(one != other for one, other in pairs)


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_every_place_that_a_reader_can_follow_is_put_right(encoding: str) -> None:
    data = a_message(encoding=encoding)

    made = readdress(data, REPAIRS)

    assert made is not None
    assert made.places == 3
    assert addresses(made.data) == [a.replace(WRONG, RIGHT) for a in addresses(data)]


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_there_and_back_again_reads_as_it_did(encoding: str) -> None:
    data = a_message(encoding=encoding)
    there = readdress(data, REPAIRS)
    assert there is not None

    back = readdress(there.data, [(RIGHT, WRONG)])

    assert back is not None
    parts = zip(*(message_from_bytes(one).walk() for one in (data, back.data)), strict=True)
    for was, now in parts:
        assert was.items() == now.items()
        assert was.get_payload(decode=True) == now.get_payload(decode=True)


def test_lines_in_which_nothing_is_changed_stay_byte_for_byte() -> None:
    html = "".join(f"<p>Line {number} of caf\xe9s = {number} %</p>\r\n" for number in range(50))
    data = a_message(html=f'{html}<a href="{AMP}">Read</a>\r\n{html}', text=f"{WRONG}\n")
    same_length = WRONG.replace("five", "four")

    made = readdress(data, [(WRONG, same_length)])

    assert made is not None
    assert 2 <= changed_lines(data, made.data) <= 6


def test_no_line_is_made_longer_than_mail_allows() -> None:
    data = a_message()
    long = f"https://example.org/{'a' * 300}=?b=c"

    made = readdress(data, [(WRONG, long)])

    assert made is not None
    assert long in addresses(made.data)
    assert longest_line(made.data) <= longest_line(data)


@pytest.mark.parametrize("charset", ["iso-8859-1", "utf-8", "windows-1252"])
def test_what_a_charset_cannot_say_is_kept_as_it_is(charset: str) -> None:
    body = (
        f'<p>Caf\xe9 “or not” <a href="{AMP}">Read</a></p>'.encode(charset, "replace") + b"\xff\x81"
    )
    head = f"Subject: a\r\nContent-Type: text/html; charset={charset}\r\n".encode()
    data = head + b"Content-Transfer-Encoding: 8bit\r\n\r\n" + body + b"\r\n"

    made = readdress(data, REPAIRS)

    assert made is not None
    assert made.data == data.replace(AMP.encode(), RIGHT.replace("&", "&amp;").encode())


def test_an_address_beyond_ascii_is_spelt_so_that_any_charset_holds_it() -> None:
    made = readdress(a_message(encoding="7bit"), [(WRONG, "https://example.org/caf\xe9")])

    assert made is not None
    assert made.data.isascii()
    assert {"https://example.org/caf\xe9", "https://example.org/caf%C3%A9"} <= set(
        addresses(made.data)
    )


def test_a_message_without_the_wrong_address_is_not_to_go_out() -> None:
    assert readdress(a_message(html="<p>Hello</p>", text="Hello"), REPAIRS) is None


def test_a_message_in_which_one_of_two_repairs_cannot_be_made_is_not_to_go_out() -> None:
    assert readdress(a_message(), [*REPAIRS, ("https://example.org/gone", RIGHT)]) is None


def test_two_swapped_links_change_places() -> None:
    data = a_message(
        html='<a href="https://example.org/a">A</a> <a href="https://example.org/b">B</a>', text="-"
    )
    one, other = "https://example.org/a", "https://example.org/b"

    made = readdress(data, [(one, other), (other, one)])

    assert made is not None
    assert addresses(made.data) == [other, one]


def test_a_parameter_that_only_names_the_reader_is_no_other_address() -> None:
    data = a_message(html=f'<a href="{AMP}&amp;mc_eid=12ab34">Read</a>', text="-")

    made = readdress(data, [(f"{WRONG}&mc_eid=ffff00", RIGHT)])

    assert made is not None
    assert addresses(made.data) == [RIGHT]


def test_a_reader_s_own_form_of_the_wrong_address_is_known_by_where_it_stands() -> None:
    html = '<a href="https://t.example/c/{}1">A</a> <a href="https://t.example/c/{}2">B</a>'
    first = a_message(html=html.format("ada", "ada"), text="-")
    other = a_message(html=html.format("bob", "bob"), text="-")

    made = readdress(other, [("https://t.example/c/ada2", RIGHT)], first)

    assert made is not None
    assert addresses(made.data) == ["https://t.example/c/bob1", RIGHT]


def test_a_copy_that_has_another_shape_is_not_guessed_at() -> None:
    html = '<a href="https://t.example/c/{}1">A</a> <a href="https://t.example/c/{}2">B</a>'
    first = a_message(html=html.format("ada", "ada"), text="-")
    other = a_message(
        html=html.format("bob", "bob") + '<a href="https://x.example/">C</a>', text="-"
    )

    assert readdress(other, [("https://t.example/c/ada2", RIGHT)], first) is None


def test_words_that_show_the_wrong_address_show_the_right_one() -> None:
    data = a_message(html='<a href="https://example.org/a">https://example.org/a</a>', text="-")

    made = readdress(data, [("https://example.org/a", "https://example.org/b")])

    assert made is not None
    assert b"example.org/a" not in made.data


def test_attached_files_and_messages_are_left_alone() -> None:
    inner = a_message(encoding="7bit")
    message = EmailMessage(policy=SMTP)
    message.set_content(f'<a href="{AMP}">Read</a>', subtype="html", cte="7bit")
    message.add_attachment(f"{WRONG}\n".encode(), maintype="text", subtype="plain", filename="a")
    message.add_attachment(message_from_bytes(inner, policy=SMTP))

    made = readdress(message.as_bytes(), REPAIRS)

    assert made is not None
    assert made.places == 1
    assert made.data.count(b"five-ways") == message.as_bytes().count(b"five-ways") - 1


PATHS = st.text("abc=&?.%2F'~-_", min_size=1, max_size=90)
WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp")), max_size=120
).map(lambda words: words.replace("<", "").replace(">", "").replace("&", ""))


@given(
    wrong=PATHS.map("https://example.org/w/{}/x".format),
    right=PATHS.map("https://example.org/r/{}/x".format),
    words=st.lists(WORDS, min_size=2, max_size=4),
    encoding=st.sampled_from(["quoted-printable", "base64"]),
)
def test_only_the_wanted_address_changes(
    wrong: str, right: str, words: list[str], encoding: str
) -> None:
    between = '<a href="https://example.org/other/?a=b">Other</a>'.join(words)
    written = wrong.replace("&", "&amp;")
    html = f'{between}<a href="{written}">Read</a>{between}\n{between}\n'
    data = a_message(html=html, text="-", encoding=encoding)

    made = readdress(data, [(wrong, right)])

    assert made is not None
    was, now = (list(message_from_bytes(one).walk())[2] for one in (data, made.data))
    wanted = html.replace(f'"{written}"', '"{}"'.format(right.replace("&", "&amp;")))
    assert _text(now) == _text(was).replace(html, wanted)
    assert _text(was) == html


def _text(part: "Message[str, str]") -> str:
    return bytes(part.get_payload(decode=True)).decode().replace("\r\n", "\n")


@given(st.binary(max_size=300), st.sampled_from(ENCODINGS))
def test_any_bytes_are_taken_apart_or_left_alone(body: bytes, encoding: str) -> None:
    head = f"Content-Type: text/html\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n"
    data = head.encode() + body

    made = readdress(data, REPAIRS, data)

    assert made is None or made.data != data


def test_one_place_is_put_right_also_where_something_stands_for_its_readers_own() -> None:
    html = '<a href="https://e.org/a?{0}">One</a> <a href="https://e.org/a?{0}">Two</a>'
    first = a_message(html=html.format("u=17"), text="-")
    repairing = Repairing.of([(in_place(1, 1, "https://e.org/a?u=17"), RIGHT)], first)

    made = repairing.made_in_text(html.format("{{ own }}"), Medium.HTML)

    right = RIGHT.replace("&", "&amp;")
    assert made == f'<a href="https://e.org/a?{{{{ own }}}}">One</a> <a href="{right}">Two</a>'
    assert repairing.made_in_text(html[:50], Medium.HTML) is None
    assert repairing.made_in_text("-", Medium.TEXT) == "-"
