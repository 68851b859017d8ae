"""The server that tests run on, and our database on it when it goes away and comes back."""

import psycopg
import pytest
from sqlalchemy import text

from storage.engine import make_database
from storage.unit_of_work import Store
from tests.fakes.nouns import MAYA, TEAM, THREAD, make_draft
from tests.fakes.stores import RecordingEnqueue
from tests.postgres.server import PostgresServer


def test_the_role_may_do_nothing_but_own_its_databases(postgres, empty_database_url):
    with psycopg.connect(empty_database_url) as connection:
        rights = connection.execute(
            "SELECT rolsuper, rolcreaterole, rolcreatedb, rolbypassrls FROM pg_roles WHERE rolname = current_user"
        )
        assert rights.fetchone() == (False, False, False, False)


def test_without_its_password_nobody_comes_in(postgres, empty_database_url):
    with pytest.raises(psycopg.OperationalError, match="password"):
        psycopg.connect(empty_database_url, password="guessed")


@pytest.mark.parametrize("end", [PostgresServer.kill, PostgresServer.stop])
async def test_what_was_committed_is_there_after_the_server_came_back(postgres, database_url, end):
    database = make_database(database_url)
    ours = Store(database, RecordingEnqueue()).for_team(TEAM)
    async with ours.begin() as work:
        await work.drafts.add(make_draft())
    end(postgres)
    postgres.start()
    async with ours.begin() as work:
        assert await work.drafts.find_newest(THREAD, MAYA) == make_draft()
    await database.dispose()


async def test_the_address_stays_when_the_server_is_started_anew(postgres, database_url):
    postgres.restart()
    database = make_database(database_url)
    async with database.read(TEAM) as connection:
        assert (await connection.execute(text("SELECT 1"))).scalar_one() == 1
    await database.dispose()
