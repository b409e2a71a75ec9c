"""A bad newsletter never leaves on the verdict of a good one, and one newsletter is no hundred."""

import base64
from html import escape
from urllib.parse import quote, quote_plus

import pytest

from sendguard.gateway import Mail, is_same_campaign
from tests.gateway.navigator import recognised

L = "http://navigator.example"
ADA, BOB = "Ada Lovelace <ada@example.net>", "Bob Builder <bob@example.com>"
KEY, OTHER_KEY = (
    "1A2bC3dE4fG5hI6jK7lM8nO9pQ0rS1tU2vW3xY4z",
    "9Z8yX7wV6uT5sR4qP3oN2mL1kJ0iH9gF8eD7cB6a",
)
HEX, OTHER_HEX = "8d3f1c7a11114e2b9a550c1d2e3f4a5b", "ffff1c7a11114e2b9a550c1d2e3f4a5b"


def a_copy(
    html: str, to: str, *, subject: str = "Out now", sender: str = "b@example.org", more: str = ""
) -> Mail:
    kind = "html" if html.startswith("<") else "plain"
    address = to.rpartition("<")[2].rstrip(">")
    head = f"From: news@example.org\nTo: {to}\nSubject: {subject}\nList-Id: <n.example.org>\n{more}"
    ends = "Yours, the editors of the Navigator in all the towns and on all the seas of it."
    text = f"{head}Content-Type: text/{kind}; charset=utf-8\n\n{html}\n\n{ends}\n"
    data = text.replace("\n", "\r\n").encode()
    return Mail(sender=sender, recipients=(address,), data=data)


def story(link: str, head: str = "Five ways", *, label: str = "Read it", wrap: str = "h2") -> str:
    tag = wrap.split(maxsplit=1)[0]
    return f'<{wrap}>{head}</{tag}><p>Some words.</p><p><a href="{link}">{label}</a></p>'


def twice(link: str) -> str:
    return f'{story(link)}<a href="{link}#comments">Comments</a>'


def are_one(one: Mail, other: Mail) -> bool:
    return is_same_campaign(recognised(other), recognised(one))


LARGE = "td style='font-size:24px'"
DOC, S3 = "https://docs.google.com/document/d/{}/edit", "https://x.s3.amazonaws.com/b/{}/i.html"
INNER = "https://{}/r?url=https%3A%2F%2Fdocs.google.com%2Fd%2F{}"
DEAR = "<p>Dear {},</p>{}"


@pytest.mark.parametrize(
    ("good", "bad"),
    [
        (story(L, "Good news for farmers"), story(L, "Good news for bankers")),
        (story(L, "Hello Lisbon!"), story(L, "Hello Madrid!")),
        (story(L, label="Welcome to Lisbon"), story(L, label="Welcome to Madrid")),
        (
            DEAR.format("farmers", story(L, "Great news for farmers")),
            DEAR.format("bankers", story(L, "Great news for bankers")),
        ),
        (
            DEAR.format("Farmers", story(L, "Great news for Farmers")),
            DEAR.format("Bankers", story(L, "Great news for Bankers")),
        ),
        (story(L, "5 ways to recover", wrap=LARGE), story(L, "7 ways to recover", wrap=LARGE)),
        (story(L, "Farmers rejoice", wrap=LARGE), story(L, "Bankers mourn", wrap=LARGE)),
        (
            story(L, "<b>Five</b> ways to <i>recover</i>", wrap=LARGE),
            story(L, "<b>Five</b> ways to <i>sink</i>", wrap=LARGE),
        ),
        (story(L, "The B08N5WRW is here"), story(L, "The B08N5WRX is here")),
        (f"5 ways to recover: {L}/x", f"7 dogs that sing: {L}/x"),
        (f"How to recover\n\nWords.\n\nRead: {L}/x", f"Why dogs sing\n\nWords.\n\nRead: {L}/x"),
        (story(DOC.format(KEY)), story(DOC.format(OTHER_KEY))),
        (story(S3.format(HEX)), story(S3.format(OTHER_HEX))),
        (
            story(INNER.format("nam01.safelinks.protection.outlook.com", KEY)),
            story(INNER.format("nam01.safelinks.protection.outlook.com", OTHER_KEY)),
        ),
        (twice(f"{L}/p/3f9a2c71"), twice(f"{L}/p/81b2d3e4")),
        (twice(f"{L}/p/20261122"), twice(f"{L}/p/20261129")),
        (story(f"{L}/?contact=right"), story(f"{L}/?contact=wrong")),
        (story(f"{L}/?member=12"), story(f"{L}/?member=13")),
        (story(f"{L}/?email=right"), story(f"{L}/?email=wrong")),
        (story(f"{L}/?fname=right"), story(f"{L}/?fname=wrong")),
        (story(f"{L}/2026/right/preferences"), story(f"{L}/2026/wrong/preferences")),
        (story(f"{L}/five-ways"), story(f"{L}/five- ways")),
        (story(f"{L}/?p={HEX}"), story(f"{L}/?p=AndOneMoreThing42x")),
        (
            story(L) + f'<p style="background:URL({L}/1.png)">x</p>',
            story(L) + f'<p style="background:URL({L}/2.png)">x</p>',
        ),
        (
            story(f"{L}/p/4711") + f"<!-- <a href='{L}/unsubscribe?id=4711'> -->",
            story(f"{L}/p/4712") + f"<!-- <a href='{L}/unsubscribe?id=4712'> -->",
        ),
    ],
)
def test_a_change_that_the_check_may_see_makes_another_campaign(good: str, bad: str) -> None:
    assert not are_one(a_copy(good, ADA), a_copy(bad, BOB))


@pytest.mark.parametrize(
    ("good", "to", "bad", "other"),
    [
        (story(f"{L}/p?ref=ada-4711"), ADA, story(f"{L}/p?ref=ada-4712"), ADA),
        (
            *(story(f"{L}/p?name=lisbon"), "Lisbon Team <t@example.net>"),
            *(story(f"{L}/p?name=madrid"), "Madrid Team <u@example.net>"),
        ),
        (
            *(story(L, "Great news for farmers"), "farmers@example.net"),
            *(story(L, "Great news for bankers"), "bankers@example.net"),
        ),
        (
            *(story(L, label="The right article"), "right.article@example.net"),
            *(story(L, label="The wrong article"), "wrong.article@example.net"),
        ),
    ],
)
def test_words_of_an_address_are_no_excuse(good: str, to: str, bad: str, other: str) -> None:
    assert not are_one(a_copy(good, to), a_copy(bad, other))


@pytest.mark.parametrize("sender", ["b-{}@example.org", "bounces+{}-ada=x@example.org"])
def test_a_number_of_the_return_address_does_not_stand_for_the_reader(sender: str) -> None:
    copies = [
        a_copy(story(f"{L}/p/{number}"), to, sender=sender.format(number))
        for number, to in ((4711, ADA), (4712, BOB))
    ]

    assert not are_one(*copies)


def test_a_subject_that_ends_otherwise_is_another_campaign() -> None:
    good = a_copy(story(L), ADA, subject="Out now, five ways")
    bad = a_copy(story(L), BOB, subject="Out now, dog food")

    assert not are_one(good, bad)


LANG = story(f"{L}/x?lang=de&utm_source=newsletter&utm_campaign=may&src=web")


@pytest.mark.parametrize(
    "to",
    ["Anna de Vries <anna@x.example>", "newsletter@firma.example", "May Kim <web@x.example>"],
)
def test_a_readers_name_may_be_a_word_of_an_address(to: str) -> None:
    assert are_one(a_copy(LANG, ADA), a_copy(LANG, to))
    assert are_one(a_copy(LANG, to), a_copy(LANG, ADA))


@pytest.mark.parametrize("page", ["/articles/4711", "/x?id=4711", "/i/4711/400.png"])
def test_a_readers_number_may_be_that_of_an_article(page: str) -> None:
    off = f"{L}/unsubscribe?id="
    links = f"<a href='{off}{{0}}'>Unsubscribe</a><a href='{L}/r/{{0}}/web'>Web</a>"
    copies = [
        a_copy(
            story(L + page) + links.format(id_),
            to,
            more=f"List-Unsubscribe: <{off}{id_}>\n",
        )
        for id_, to in ((100, ADA), (4711, BOB), (123456, "cy@example.net"))
    ]

    assert are_one(copies[0], copies[1])
    assert are_one(copies[0], copies[2])
    assert not are_one(copies[1], copies[0])  # its check takes the number for his


BOXES = (
    *("bob+news@example.net", "o'brien@example.net", "a_b@example.net", "j.o+x=y@example.net"),
    *("ADA@EXAMPLE.NET", "a&b@example.net", "ada!x@example.net", "jörg@example.net"),
)


@pytest.mark.parametrize("box", BOXES)
@pytest.mark.parametrize("form", ["/unsubscribe?e={}", "/web?x={}", "/u/{}", "/c/5/{}/7"])
def test_an_address_in_a_link_is_known_however_it_is_spelt(box: str, form: str) -> None:
    def sent_to(to: str, written: str) -> Mail:
        return a_copy(f"{story(L)}<a href='{L}{form.format(written)}'>Web</a>", to)

    first = sent_to("bob@example.com", "bob@example.com")
    for written in spellings(box):
        assert are_one(first, sent_to(box, written)), written


def spellings(box: str) -> list[str]:
    return [quote(box, safe=""), quote(box, safe="").lower(), quote_plus(box), escape(box)]


@pytest.mark.parametrize(
    ("template", "to"),
    [
        ("<h1>Hello {}!</h1>", "R2D2 <r@x.example>"),
        ("<h1>Hello {}!</h1>", "Anna Maria von der Heide <r@x.example>"),
        ("<h1>{}, your November issue</h1>", "李小龍 <r@x.example>"),
        ("<p>Dear {},</p><h1>{}, your November issue</h1>", "karl@x.example"),
        ("<p>Dear {},</p><h1>What {} missed</h1>", "karl@x.example"),
        ("<p>Your code: <a href='/shop'>use code X7K2P9</a></p>", "karl@x.example"),
    ],
)
def test_a_name_may_differ_in_a_headline_where_the_message_confirms_it(
    template: str, to: str
) -> None:
    name = to.partition(" <")[0] if "<" in to else "Karl"
    first = a_copy(template.replace("{}", "Ada") + story(L), "Ada <ada@example.net>")
    other = a_copy(template.replace("{}", name).replace("X7K2P9", "Q3M8R1") + story(L), to)

    assert are_one(first, other)


def test_who_has_no_name_is_greeted_without_one() -> None:
    first = a_copy("<h1>Hello Ada!</h1>" + story(L), ADA)

    assert are_one(first, a_copy("<h1>Hello!</h1>" + story(L), "nobody@example.net"))


def test_an_address_in_base64_is_the_readers() -> None:
    copies = [
        a_copy(story(f"{L}/t/{base64.b64encode(box.encode()).decode()}"), box)
        for box in ("ada.lovelace@example.net", "bob.the.builder@example.com")
    ]

    assert are_one(*copies)
