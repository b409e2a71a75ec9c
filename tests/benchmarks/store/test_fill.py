"""The checks that fill a store look like those that years of newsletters leave behind."""

from contextlib import closing
from pathlib import Path

import pytest

from benchmarks.store.fill import CHECKS_A_CAMPAIGN, fill
from sendguard.adapters.database.store import open_store
from tests.adapters.database.kept import a_record
from tests.builders import NOON

RUN = a_record().run


@pytest.fixture
def database(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'sendguard.db'}"


def test_each_campaign_is_checked_often_and_changed_a_few_times(database: str) -> None:
    with closing(open_store(database)) as store:
        last = fill(store, RUN, 2 * CHECKS_A_CAMPAIGN)

        runs = store.runs(last.id)
        assert len(runs) == CHECKS_A_CAMPAIGN
        assert 1 < len({run.digest for run in runs}) < CHECKS_A_CAMPAIGN


def test_an_issue_has_issues_before_it(database: str) -> None:
    with closing(open_store(database)) as store:
        last = fill(store, RUN, 6 * CHECKS_A_CAMPAIGN)

        assert store.history(last, NOON).issues
