"""An audience file: who gets the newsletter, and what is said of rows that cannot be used."""

import csv
import io
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sendguard.errors import Unreadable
from sendguard.send import Reader
from sendguard.send.audience import LONGEST_LINE, Audience, BadRow, LeftOut, read_audience

ADA = Reader(key="ada@example.org", address="ada@example.org", fields=("ada@example.org", "Ada"))
BOB = Reader(key="bob@example.org", address="bob@example.org", fields=("bob@example.org", "Bob"))


def pieces(raw: bytes) -> Iterator[bytes]:
    stream = io.BytesIO(raw)
    return iter(lambda: stream.readline(LONGEST_LINE), b"")


def audience(text: str | bytes) -> Audience:
    return read_audience(pieces(text.encode() if isinstance(text, str) else text), "readers.csv")


def rows(text: str | bytes) -> list[Reader | BadRow]:
    return list(audience(text).rows)


@pytest.mark.parametrize(
    "text",
    [
        "email,name\nada@example.org,Ada\nbob@example.org,Bob\n",
        "email;name\r\nada@example.org;Ada\r\nbob@example.org;Bob\r\n",
        "email\tname\nada@example.org\tAda\nbob@example.org\tBob",
        "\ufeffemail,name\nada@example.org,Ada\n\nbob@example.org,Bob\n,\n",
        '"email","name"\n"ada@example.org","Ada"\n"bob@example.org","Bob"\n',
        "sep=;\r\nemail;name\r\nada@example.org;Ada\r\nbob@example.org;Bob\r\n",
        "email,name,\nada@example.org,Ada\nbob@example.org,Bob,,,\n",
    ],
)
def test_a_row_is_a_reader(text: str) -> None:
    read = audience(text)

    assert read.columns == ("email", "name")
    assert list(read.rows) == [ADA, BOB]


@pytest.mark.parametrize("called", ["E-Mail", "mail", "EMAIL ADDRESS", "e_mail", "Address"])
def test_the_column_of_addresses_is_found_by_its_name_and_is_a_field_called_email(
    called: str,
) -> None:
    read = audience(f"name,{called}\nAda,Ada@Example.org\n")

    assert read.columns == ("name", called, "email")
    assert [one.fields for one in read.rows if isinstance(one, Reader)] == [
        ("Ada", "Ada@example.org", "Ada@example.org")
    ]


def test_a_column_called_address_may_hold_streets_beside_one_of_mail() -> None:
    read = audience("address,mail\n1 High Street,ada@example.org\n")

    assert [one.key for one in read.rows if isinstance(one, Reader)] == ["ada@example.org"]


def test_a_list_of_addresses_needs_no_first_line() -> None:
    read = audience("ada@example.org\nno address\nbob@example.org\n")

    assert read.columns == ("email",)
    assert list(read.rows) == [
        Reader(key="ada@example.org", address="ada@example.org", fields=("ada@example.org",)),
        BadRow(2, "“no address” is no mail address: it has no @"),
        Reader(key="bob@example.org", address="bob@example.org", fields=("bob@example.org",)),
    ]


def test_a_cell_may_be_several_lines_long_and_lines_are_counted_right() -> None:
    read = rows('email,name\n"ada@example.org","Ada\nLovelace"\nnobody,Bob\n')

    assert read == [
        Reader(
            key="ada@example.org",
            address="ada@example.org",
            fields=("ada@example.org", "Ada\nLovelace"),
        ),
        BadRow(4, "“nobody” is no mail address: it has no @"),
    ]


QUOTES = "its quotation marks do not match"


@pytest.mark.parametrize(
    ("row", "says"),
    [
        (",Bob", "the address is empty"),
        ("bob@,Bob", "“bob@” has no domain such as example.org behind its @"),
        ("bob@example.org,Bob,Jr", "the row has 3 cells, but there are 2 columns"),
        ("bob@example.org,B\0b", "the row holds the character NUL"),
        ('bob@example.org,"Bob', QUOTES),
        ('bob@example.org,"Bob "the" Builder"', QUOTES),
        (
            "bob@example.org,Bob\rJr",
            "a line end of another kind stands in the row, so all that this",
        ),
        (f"bob@example.org,{'B' * 200_000}", "the row is too long to be a reader's"),
        (f"bob@example.org,{'B' * 3 * LONGEST_LINE}", "the row is too long to be a reader's"),
    ],
)
def test_a_bad_row_is_told_by_its_line_and_costs_no_other(row: str, says: str) -> None:
    ada = "ada@example.org,Ada"

    read = rows(f"email,name\n{ada}\n{row}\n{ada}\n{ada}\n")

    bad = [one for one in read if isinstance(one, BadRow)]
    assert [one for one in read if isinstance(one, Reader)] == [ADA, ADA, ADA]
    assert [(one.line, one.says[: len(says)]) for one in bad] == [(3, says)]


def test_a_quotation_mark_that_swallows_rows_up_to_the_next_one_costs_none_of_them() -> None:
    read = rows('email,name\nzoe@example.org,"Zoe\nada@example.org,Ada\n"bob@example.org","Bob"\n')

    assert [one.line for one in read if isinstance(one, BadRow)] == [2]
    assert read[1:] == [ADA, BOB]


def test_of_a_line_that_holds_two_rows_both_are_said_to_be_left_out() -> None:
    (_, bad) = rows("email,name\nada@example.org,Ada\nr1@example.org,N\rr2@example.org,M\n")

    assert isinstance(bad, BadRow)
    assert "all that this line holds is left out (2 rows, it seems): save the file" in bad.says


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        (b"", "readers.csv:1: there is nothing in it"),
        (b"\n\r\n", "readers.csv:1: there is nothing in it"),
        ("email\nada@example.org".encode("utf-16"), "readers.csv:1: this is not UTF-8 but UTF-16"),
        ("email\nada@example.org".encode("utf-16-be"), "readers.csv:1: this is not UTF-8 but UTF"),
        ("name,émail\n".encode("cp1252"), "readers.csv:1: this is not UTF-8, it looks like wind"),
        (b"name,town\nAda,London\n", "The columns are “name”, “town”"),
        (b"ada@example.org,Ada\n", "The first row has to name the columns; it says “ada@exa"),
        (b"email,name,name\n", "readers.csv:1: two columns are called “name”: rename one of them"),
        (b"email,name\rada@example.org,Ada\r", "its lines end as on old Macs"),
        (b'email,"name\n', "its quotation marks do not match"),
        (b"email," * 1_000 + b"name\n", "1,001 columns"),
        (b"email" * LONGEST_LINE, "readers.csv:1: this line is too long"),
    ],
)
def test_what_cannot_be_read_at_all_is_refused(raw: bytes, says: str) -> None:
    with pytest.raises(Unreadable) as refused:
        audience(raw)

    assert says in str(refused.value)


def test_another_encoding_is_refused_by_the_line_that_shows_it() -> None:
    read = audience("email,name\nada@example.org,Ada\nzoe@example.org,Zoë\n".encode("cp1252"))

    with pytest.raises(Unreadable, match=r"readers.csv:3: .* looks like windows-1252"):
        list(read.rows)


def test_rows_left_out_are_counted_and_the_first_ten_are_told() -> None:
    left_out = LeftOut()
    text = "email\n" + "nobody\n" * 12 + "ada@example.org\n"

    readers = list(left_out.sift(audience(text).rows))

    told = left_out.told("readers.csv")
    assert [one.key for one in readers] == ["ada@example.org"]
    assert told[0] == "12 rows were left out, so nobody there gets it:"
    assert told[1] == "  readers.csv:2: “nobody” is no mail address: it has no @"
    assert told[11:] == ("  and 2 more",)


def test_nothing_is_said_where_nothing_was_left_out() -> None:
    left_out = LeftOut()

    list(left_out.sift(audience("ada@example.org").rows))

    assert left_out.told("readers.csv") == ()


def test_a_quotation_mark_that_is_never_closed_costs_its_own_row_of_many() -> None:
    text = "email,name\n" + 'ada@example.org,"Ada\n' + "ada@example.org,Ada\n" * 50_000

    read = rows(text)

    assert len(read) == 50_001
    assert read[1:] == [ADA] * 50_000


CELLS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\r"), max_size=20)
CODECS = ("utf-8", "utf-8-sig")


@given(names=st.lists(CELLS), delimiter=st.sampled_from(",;\t"), codec=st.sampled_from(CODECS))
def test_what_a_spreadsheet_writes_is_read_back(
    names: list[str], delimiter: str, codec: str
) -> None:
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=delimiter)
    written = [("ada@example.org", name, "") for name in names]
    writer.writerows([("email", "name", "town"), *written])

    read = rows(stream.getvalue().encode(codec))

    assert [one.fields for one in read if isinstance(one, Reader)] == written


@given(st.binary() | st.binary().map(b"email,name\n".__add__))
def test_no_file_is_an_exception_of_another_kind(raw: bytes) -> None:
    try:
        read = rows(raw)
    except Unreadable:
        return

    assert all(one.says for one in read if isinstance(one, BadRow))
