"""What is true of a PostgreSQL only."""

import socket
from datetime import timedelta

import pytest

from storage.inspection import inspect_database
from storage.schema import DatabaseUnreachable, SchemaAge
from tests.postgres.server import ROLE

PATIENCE = timedelta(seconds=5)


async def test_an_empty_database_has_no_tables_and_gets_none(empty_database_url):
    for _ in range(2):
        found = await inspect_database(empty_database_url, patience=PATIENCE)
        assert (found.age, found.work) == (SchemaAge.NONE, None)


@pytest.mark.parametrize("power", ["SUPERUSER", "BYPASSRLS"])
async def test_a_role_that_row_level_security_does_not_bind_is_named(postgres, database_url, power):
    postgres.administer(f"ALTER ROLE {ROLE} {power}")
    try:
        assert (await inspect_database(database_url, patience=PATIENCE)).unbound_role == ROLE
    finally:
        postgres.administer(f"ALTER ROLE {ROLE} NO{power}")


async def test_a_server_that_is_away_is_refused_with_what_was_said(postgres, database_url):
    postgres.stop()
    with pytest.raises(DatabaseUnreachable, match="refused"):
        await inspect_database(database_url, patience=PATIENCE)
    postgres.start()


async def test_a_server_that_says_nothing_is_not_waited_for(database_url):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"postgresql://nobody@127.0.0.1:{silent.getsockname()[1]}/nothing"
        with pytest.raises(DatabaseUnreachable, match=r"no answer in 0\.2 s"):
            await inspect_database(url, patience=timedelta(seconds=0.2))


async def test_an_address_that_cannot_be_read_is_not_repeated():
    with pytest.raises(DatabaseUnreachable) as caught:
        await inspect_database("postgresql://me:my:secret@127.0.0.1:port/name", patience=PATIENCE)
    assert "secret" not in str(caught.value)
