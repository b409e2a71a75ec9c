"""A row that may be there already is inserted once, and it is known which it was."""

from sendguard.adapters.database.contents import ContentRow
from sendguard.adapters.database.engine import open_engine, writing
from sendguard.adapters.database.once import insert_once
from sendguard.adapters.database.store import SqlStore
from tests.adapters.database.kept import a_campaign
from tests.builders import NOON


def test_an_insert_tells_whether_the_row_was_there(store: SqlStore, address: str) -> None:
    del store  # which made the tables
    engine = open_engine(address)
    with writing(engine) as session:
        inserted = [insert_once(session, ContentRow.of(a_campaign(), NOON)) for _ in range(2)]
    engine.dispose()

    assert inserted == [True, False]
