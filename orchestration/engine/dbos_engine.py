"""The one door to the durable engine, DBOS: jobs in a queue, steps in its journal, both in our own database.

What was measured about it decides the settings: see the comments. Nothing is built at import: DBOS takes half a second
to load and holds one instance a process.
"""

import asyncio
import threading
from collections.abc import Awaitable, Callable, Collection
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import Any, Final, TypeVar
from uuid import uuid4

import structlog
from dbos import DBOS, DBOSClient, DBOSConfig, EnqueueOptions, StepOptions, WorkflowStatus
from dbos import error as dbos_errors

from orchestration.engine.port import JobStatus, StepBroken, StepsChanged, Workflow
from orchestration.engine.serialisation import TaggedJson
from orchestration.retries import trying_again
from recipes.errors import ThreadworkError
from recipes.ids import TeamId, TicketId
from recipes.job import Job, WorkflowName
from storage.engine import JournalConnection

log = structlog.get_logger()

Result = TypeVar("Result")

APPLICATION: Final = "threadwork"
# Pinned by us: DBOS's own is a digest of the source text, so that a new comment would strand every running job. It goes
# up only when the sequence of steps changes: what an earlier version left is then done anew, see `DbosEngine.adopt`.
APPLICATION_VERSION: Final = "3"
WORKFLOWS: Final[tuple[WorkflowName, ...]] = ("run_segment", "close_segment")
QUEUE: Final = "agent"
# What waits for no other work: it has slots of its own.
URGENT_QUEUE: Final = "agent-urgent"
# Queues are polled, on both databases: 0.1 s starts a job after about 40 ms and costs 4 % of a core.
QUEUE_POLL_S: Final = 0.1
# Jobs that one process works at once. Without a bound one process takes all that is queued.
WORKER_CONCURRENCY: Final = 8
URGENT_CONCURRENCY: Final = 4
# Jobs of one workspace that run at once, on all processes together.
TEAM_CONCURRENCY: Final = 6
# A job whose process died this often while it ran is poison. DBOS counts how often a job was taken from its queue: time
# spent waiting there counts for nothing, running beside a poisonous job counts like being one.
RECOVERY_ATTEMPTS: Final = 20
DRAIN_S: Final = 5
THREADS: Final = 32

STATUSES: Final = {
    "ENQUEUED": JobStatus.QUEUED,
    "DELAYED": JobStatus.QUEUED,
    "PENDING": JobStatus.RUNNING,
    "CANCELLED": JobStatus.CANCELLED,
    "MAX_RECOVERY_ATTEMPTS_EXCEEDED": JobStatus.GIVEN_UP,
}
ENDED: Final = ("SUCCESS", "ERROR", "CANCELLED", "MAX_RECOVERY_ATTEMPTS_EXCEEDED")
# Notes at a job that it is between two versions, and which queue it stood in; DBOS forgets that when it cancels a job.
MOVING_FROM: Final = "moving_from"


class DbosJournal:
    """The steps of the job that runs now."""

    async def step(self, name: str, work: Callable[[], Awaitable[Result]], *, preemptible: bool = False) -> Result:
        """See `Journal.step`."""

        async def guarded() -> Result:
            try:
                return await trying_again(work)
            except ThreadworkError:
                raise
            except Exception as error:
                raise StepBroken(step=name, kind=type(error).__name__, detail=str(error)[:500]) from error

        try:
            return await DBOS.run_step_async(StepOptions(name=name, preemptible=preemptible), guarded)
        except dbos_errors.DBOSUnexpectedStepError as error:
            raise StepsChanged(step=name, detail=str(error)[:500]) from error


class DbosEngine:
    """DBOS on our own database. Start it on the loop that the bot runs on: jobs then run there too."""

    def __init__(self, *, url: str, executor_id: str) -> None:
        """Take where to work; nothing is opened yet.

        Args:
            url: The database, `sqlite:///path` or `postgresql://...`.
            executor_id: Whose unfinished jobs to go on with: fixed where one process owns the database, else one for
                each start of a process.
        """
        self._url = url
        self._executor_id = executor_id
        self._client: DBOSClient | None = None
        self._works = False
        self._has_looked_back = False

    async def start(self, workflow: Workflow) -> None:
        """Open the journal, make its tables, and go on with what was unfinished; `workflow` is the body of each job.

        Called on the loop itself: launched from another thread, DBOS would run jobs on a loop of its own.
        """
        DBOS(config=_configure(self._url, self._executor_id))
        for name in WORKFLOWS:
            DBOS.workflow(name=name, max_recovery_attempts=RECOVERY_ATTEMPTS)(_body_of(name, workflow))
        DBOS.launch()
        self._works = True
        await _register_queue(QUEUE, WORKER_CONCURRENCY)
        await _register_queue(URGENT_QUEUE, URGENT_CONCURRENCY)
        await self._open_client()

    async def connect(self) -> None:
        """Make the journal's tables, and hand jobs in without working any: for a process that only talks."""
        await asyncio.to_thread(DBOS.migrate, self._url)
        await self._open_client()

    async def _open_client(self) -> None:
        self._client = await asyncio.to_thread(
            DBOSClient, system_database_url=self._url, serializer=TaggedJson(), application_name=APPLICATION
        )

    def submit(self, connection: Any, job: Job) -> None:  # noqa: ANN401 (a database connection; only storage knows its type)
        """See `EnginePort.submit`."""
        options = EnqueueOptions(
            workflow_name=job.workflow,
            queue_name=URGENT_QUEUE if job.is_urgent else QUEUE,
            workflow_id=job.id,
            queue_partition_key=job.team_id,
            priority=job.priority,
            app_version=APPLICATION_VERSION,
        )
        self._get_client().enqueue_in_transaction(connection, options, job.team_id, job.ticket_id, job.segment)

    async def cancel(self, job_id: str) -> None:
        """See `EnginePort.cancel`."""
        await self._get_client().cancel_workflow_async(job_id)

    async def status(self, job_id: str) -> JobStatus | None:
        """See `EnginePort.status`."""
        found = await self._get_client().list_workflows_async(
            workflow_ids=[job_id], load_input=False, load_output=False
        )
        return STATUSES.get(found[0].status, JobStatus.ENDED) if found else None

    async def take_over(self, living: Collection[str]) -> int:
        """See `EnginePort.take_over`.

        DBOS does this for its own executor at the start only; nobody in its free part watches the others.
        """
        pending = await self._get_client().list_workflows_async(status="PENDING", load_input=False, load_output=False)
        gone = {each.executor_id for each in pending if each.executor_id} - set(living)
        if not gone:
            return 0
        # The one private call: it is idempotent, and fences whoever held the job before.
        return len(await asyncio.to_thread(DBOS._recover_pending_workflows, sorted(gone)))  # noqa: SLF001 # pyright: ignore[reportPrivateUsage] (see above)

    async def adopt(self, living: Collection[str]) -> int:
        """See `EnginePort.adopt`.

        Only a job that is over can be moved to another version, so it is cancelled on the way. A process that dies in
        between leaves a note at it; whoever adopts next looks for such notes first.
        """
        states = ["ENQUEUED", "PENDING"] if self._has_looked_back else ["ENQUEUED", "PENDING", "CANCELLED"]
        found = await self._get_client().list_workflows_async(status=states, load_input=False, load_output=False)
        orphans = [each for each in found if self._is_orphan(each, living)]
        moved = [await self._move(each) for each in orphans]
        self._has_looked_back = True
        return sum(moved)

    def _is_orphan(self, job: WorkflowStatus, living: Collection[str]) -> bool:
        if job.status == "CANCELLED":
            return MOVING_FROM in (job.attributes or {})
        if job.app_version in {None, APPLICATION_VERSION, *map(find_version, living)}:
            return False
        # What runs under this process's own name can only be what an earlier start left.
        return job.status == "ENQUEUED" or job.executor_id == self._executor_id or job.executor_id not in living

    async def _move(self, job: WorkflowStatus) -> bool:
        """Let a job of another version begin anew as one of ours; tell whether it was still there to be moved."""
        client, queue = self._get_client(), job.queue_name or (job.attributes or {}).get(MOVING_FROM, QUEUE)
        if job.status != "CANCELLED":
            await client.update_workflow_attributes_async(job.workflow_id, {MOVING_FROM: queue})
            await client.cancel_workflow_async(job.workflow_id)
        try:
            await client.rewind_workflow_async(
                job.workflow_id,
                application_version=APPLICATION_VERSION,
                queue_name=queue,
                queue_partition_key=job.queue_partition_key,
            )
        except dbos_errors.DBOSException as error:
            log.warning("job_not_adopted", job=job.workflow_id, error=str(error))
            return False
        await client.update_workflow_attributes_async(job.workflow_id, None)
        return True

    async def forget(self, *, before: datetime) -> int:
        """See `EnginePort.forget`."""
        ended = await self._get_client().list_workflows_async(
            status=list(ENDED), completed_before=before.isoformat(), limit=1_000, load_input=False, load_output=False
        )
        ids = [each.workflow_id for each in ended]
        if ids:
            await self._get_client().delete_workflows_async(ids)
        return len(ids)

    async def drain(self) -> None:
        """See `EnginePort.drain`.

        In a thread of its own, since it blocks for seconds. DBOS takes the loop's default executor with it, so the loop
        gets a new one.
        """
        if self._works:
            await self._stop_working()
        if self._client is not None:
            await asyncio.to_thread(self._client.destroy)

    async def _stop_working(self) -> None:
        done = asyncio.Event()
        loop = asyncio.get_running_loop()

        def destroy() -> None:
            DBOS.destroy(workflow_completion_timeout_sec=DRAIN_S, destroy_registry=True)
            loop.call_soon_threadsafe(done.set)

        threading.Thread(target=destroy, name="engine-drain", daemon=True).start()
        await done.wait()
        loop.set_default_executor(ThreadPoolExecutor(thread_name_prefix="threadwork"))

    def _get_client(self) -> DBOSClient:
        if self._client is None:
            raise RuntimeError("the engine is not started")
        return self._client


def make_executor_id(host: str, *, works: bool) -> str:
    """Give a name for this start of a process, which tells the version of the jobs that it works, if it works any."""
    return f"{host[:24]}-{uuid4().hex}{f'@{APPLICATION_VERSION}' if works else ''}"


def find_version(executor_id: str) -> str | None:
    """Find the version of the jobs that an executor works."""
    return executor_id.rpartition("@")[2] if "@" in executor_id else None


def _body_of(name: WorkflowName, workflow: Workflow) -> Callable[[str, str, int], Awaitable[None]]:
    async def run(team_id: str, ticket_id: str, segment: int) -> None:
        job = Job(workflow=name, team_id=TeamId(team_id), ticket_id=TicketId(ticket_id), segment=segment)
        await workflow(DbosJournal(), job)

    return run


async def _register_queue(name: str, concurrency: int) -> None:
    await DBOS.register_queue_async(
        name,
        polling_interval_sec=QUEUE_POLL_S,
        worker_concurrency=concurrency,
        partition_concurrency=TEAM_CONCURRENCY,
    )


def _configure(url: str, executor_id: str) -> DBOSConfig:
    # The same file, the same promise: a journal that is flushed at each step costs a third of the step.
    as_ours = {"connect_args": {"factory": JournalConnection}} if url.startswith("sqlite") else {}
    return DBOSConfig(
        db_engine_kwargs=as_ours,
        name=APPLICATION,
        system_database_url=url,
        application_version=APPLICATION_VERSION,
        executor_id=executor_id,
        serializer=TaggedJson(),
        max_executor_threads=THREADS,
        # On SQLite cancellation and messages are polled; the default is a second.
        notification_listener_polling_interval_sec=0.2,
        enable_otlp=False,
        log_level="ERROR",
    )
