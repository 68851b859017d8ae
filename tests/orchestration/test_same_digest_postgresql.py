"""The same input gives the same digest on PostgreSQL as on SQLite, also where the database orders words otherwise."""

import pytest

from tests.orchestration.digests import Digests
from tests.postgres.server import ROLE

# It passes over points and hyphens, and orders small letters before great ones.
OTHER_ORDER = "LOCALE_PROVIDER icu ICU_LOCALE 'en-u-ka-shifted-kf-lower'"


@pytest.fixture(scope="module")
def digests(tmp_path_factory):
    return Digests(tmp_path_factory.mktemp("digests"))


@pytest.fixture(scope="module")
def on_sqlite(digests):
    return digests.find(digests.sqlite("first"), fills=1)


def test_postgresql_gives_the_same_before_and_after_a_restart(digests, on_sqlite, databases, postgres):
    url = databases.add_empty(digests.folder)
    assert digests.find(url, fills=3) == on_sqlite
    postgres.restart()
    assert digests.find(url, fills=None) == on_sqlite


def test_a_database_that_orders_words_otherwise_gives_the_same(digests, on_sqlite, postgres):
    postgres.administer(f"CREATE DATABASE ordered OWNER {ROLE} TEMPLATE template0 {OTHER_ORDER}")
    settings = {"TZ": "Asia/Kathmandu", "PGTZ": "America/Adak", "PYTHONHASHSEED": "9"}
    assert digests.find(postgres.url("ordered"), fills=4, **settings) == on_sqlite
