"""What `threadwork doctor` tells of a PostgreSQL that several processes share."""

import pytest

from tests.fakes.ports import find_free_port
from tests.postgres.server import ROLE
from tests.scenarios.processes import running

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest.fixture
def empty_url(databases, tmp_path) -> str:
    return databases.add_empty(tmp_path)


async def test_before_the_first_start_all_is_well(ask_doctor, empty_url):
    told = await ask_doctor(THREADWORK_DATABASE_URL=empty_url)
    assert told.amiss == {}
    assert told.said["Database"].endswith("with no tables yet: the first start makes them")
    assert told.said["Files"].endswith("every process must see this folder")


async def test_beside_running_processes_it_counts_them(ask_doctor, way, workspace, database_url, tmp_path):
    bind = f"127.0.0.1:{find_free_port()}"
    shared = {"way": way, "database_url": database_url}
    async with (
        running(workspace, tmp_path / "talker", bind=bind, command=("serve", "--no-work"), **shared),
        running(workspace, tmp_path / "worker", bind="127.0.0.1:0", command=("worker",), **shared),
    ):
        told = await ask_doctor(THREADWORK_DATABASE_URL=database_url, THREADWORK_BIND=bind)
    assert told.amiss == {}
    assert told.said["Processes"] == "2 on this database"
    assert told.said["Address"] == f"a bot runs on {bind} and hears Slack"


async def test_a_role_that_sees_every_workspace_is_a_warning(ask_doctor, postgres, empty_url):
    postgres.administer(f"ALTER ROLE {ROLE} SUPERUSER")
    try:
        told = await ask_doctor(THREADWORK_DATABASE_URL=empty_url)
    finally:
        postgres.administer(f"ALTER ROLE {ROLE} NOSUPERUSER")
    assert told.amiss == {"Workspaces": "warning"}
    assert f"row-level security does not bind the role {ROLE}" in told.said["Workspaces"]


async def test_a_server_that_is_away_is_a_problem_and_the_rest_is_looked_at(ask_doctor, postgres, empty_url):
    postgres.stop()
    told = await ask_doctor(THREADWORK_DATABASE_URL=empty_url)
    postgres.start()
    assert told.amiss == {"Database": "problem"}
    assert told.marks["Bot token"] == "ok"
    assert empty_url.split(":")[2].split("@")[0] not in told.words
