import pytest

from sendguard.errors import Unreadable
from sendguard.read import Brief, Campaign, Medium, included_names, read_campaign


def read(raw: bytes, name: str = "issue.html", brief: Brief | None = None) -> Campaign:
    return read_campaign(f"some/{name}", {name: raw}, name=name, id=None, brief=brief)


def test_html_is_a_part_as_it_stands() -> None:
    campaign = read(b"<p>One</p>\r\n<p>\xc3\xa9Two</p>\r\n")

    (part,) = campaign.parts
    assert part.medium is Medium.HTML
    assert str(part.lines.place(part.text.index("Two"))) == "issue.html:2:5"


def test_a_bare_file_has_a_brief_of_its_name_alone() -> None:
    campaign = read(b"<p>x</p>")

    assert campaign.path == "some/issue.html"
    assert campaign.id is None
    assert campaign.brief == Brief(newsletter="issue.html")


@pytest.mark.parametrize("raw", [b"", b"<p", b"<a href='x", b"\xff\xfe<", b"<table>" * 5000])
def test_damaged_html_is_read_unless_it_is_empty(raw: bytes) -> None:
    assert read(b"<p>x" + raw).parts


@pytest.mark.parametrize(
    ("html", "title"),
    [
        ("<title>A &amp; B\n  C</title>", "A & B C"),
        ("<TITLE lang=en>A</TITLE><title>B</title>", "A"),
        ("<title></title>", None),
        ("<title>A", None),
        ("<titles>A</titles>", None),
        ("<p>A</p>", None),
    ],
)
def test_the_title_is_the_subject_of_html(html: str, title: str | None) -> None:
    assert read(html.encode()).subject == title


def test_the_brief_comes_before_the_message_and_its_title() -> None:
    brief = Brief(newsletter="issue.eml", subject="Briefed")
    raw = b"Subject: Sent\nContent-Type: text/html\n\n<title>Titled</title>"

    assert read(raw, "issue.eml", brief).subject == "Briefed"
    assert read(raw, "issue.eml").subject == "Sent"


def test_the_digest_changes_with_any_byte_or_name_and_with_nothing_else() -> None:
    raw = b"<p>x</p>"
    files = {"a.html": raw, "campaign.yaml": b"newsletter: a.html"}
    turned = dict(reversed(files.items()))

    digests = [
        read_campaign("p", one, name="a.html", id="p").digest
        for one in (files, turned, files | {"b": b""}, files | {"a.html": raw + b" "})
    ]

    assert digests[0] == digests[1]
    assert len(set(digests)) == 3
    assert digests[0].startswith("sha256:")


def test_standard_input_is_read_by_what_it_is() -> None:
    campaign = read(b"<mjml><mj-body><mj-raw><p>x</p></mj-raw></mj-body></mjml>", "-")

    assert "<p>x</p>" in campaign.parts[0].text
    assert campaign.sources[0].name == "-"


def test_only_mjml_includes_files() -> None:
    assert not included_names(b"<mj-include path='a'/>", "issue.html")


def test_a_newsletter_that_was_not_read_is_refused() -> None:
    with pytest.raises(Unreadable, match=r"^b\.html is not there"):
        read_campaign("p", {"a.html": b"x"}, name="b.html", id="p")
