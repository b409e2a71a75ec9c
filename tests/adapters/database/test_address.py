"""An address has the same parts here as for SQLAlchemy."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from sendguard.adapters.database.address import Address

_ODD = st.text(st.sampled_from("a:/?@#[]%5&=. "), max_size=12)


@given(_ODD, _ODD, _ODD)
def test_any_address_is_parted_as_sqlalchemy_does(login: str, host: str, rest: str) -> None:
    text = f"postgresql+psycopg://{login}@{host}/{rest}"
    try:
        url = make_url(text)
    except (ArgumentError, ValueError):
        return

    address = Address.parse(text)

    assert address
    told = (address.user, address.password, address.host, address.database)
    assert told == (url.username or "", url.password or "", url.host or "", url.database or "")


@pytest.mark.parametrize("file", ["sendguard.db", "/srv/a#b.db", "a [b].db"])
def test_a_file_is_named_as_it_is(file: str) -> None:
    address = Address.parse(f"sqlite:///{file}")

    assert address
    assert address.database == file


def test_libpq_is_told_what_the_address_says() -> None:
    address = Address.parse("postgresql://ada:a%40[b@db.example:5433/guard?sslmode=require")

    assert address
    assert address.for_libpq == {
        "user": "ada",
        "password": "a@[b",
        "host": "db.example",
        "port": "5433",
        "dbname": "guard",
        "sslmode": "require",
    }
