"""The one door to the durable engine, DBOS: jobs in a queue, steps in its journal, both in our own database.

What was measured about it decides the settings: see the comments. Nothing is built at import: DBOS takes half a second
to load and holds one instance a process.
"""

import asyncio
import threading
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Final, TypeVar

from dbos import DBOS, DBOSClient, DBOSConfig, EnqueueOptions, StepOptions
from dbos import error as dbos_error

from orchestration.engine.port import JobStatus, StepBroken, Workflow
from orchestration.engine.serialisation import TaggedJson
from recipes.errors import ThreadworkError, TransientError
from recipes.ids import TeamId, TicketId
from recipes.job import Job

Result = TypeVar("Result")

APPLICATION: Final = "threadwork"
# Pinned by us: DBOS's own is a digest of the source text, so that a new comment would strand every running job. It goes
# up only when the sequence of steps changes.
APPLICATION_VERSION: Final = "1"
WORKFLOW: Final = "run_segment"
QUEUE: Final = "agent"
# Queues are polled, on both databases: 0.1 s starts a job after about 40 ms and costs 4 % of a core.
QUEUE_POLL_S: Final = 0.1
# Jobs that one process works at once. Without a bound one process takes all that is queued.
WORKER_CONCURRENCY: Final = 8
# A job that was restarted this often is poison; DBOS counts each restart of the process.
RECOVERY_ATTEMPTS: Final = 20
STEP_ATTEMPTS: Final = 6
STEP_RETRY_S: Final = 1.0
STEP_RETRY_GROWTH: Final = 2.0
DRAIN_S: Final = 5
THREADS: Final = 32

STATUSES: Final = {
    "ENQUEUED": JobStatus.QUEUED,
    "DELAYED": JobStatus.QUEUED,
    "PENDING": JobStatus.RUNNING,
    "CANCELLED": JobStatus.CANCELLED,
}


class DbosJournal:
    """The steps of the job that runs now."""

    async def step(self, name: str, work: Callable[[], Awaitable[Result]], *, preemptible: bool = False) -> Result:
        """See `Journal.step`."""

        async def guarded() -> Result:
            try:
                return await work()
            except ThreadworkError:
                raise
            except Exception as error:
                raise StepBroken(step=name, kind=type(error).__name__, detail=str(error)[:500]) from error

        options = StepOptions(
            name=name,
            retries_allowed=True,
            max_attempts=STEP_ATTEMPTS,
            interval_seconds=STEP_RETRY_S,
            backoff_rate=STEP_RETRY_GROWTH,
            should_retry=_may_pass,
            preemptible=preemptible,
        )
        try:
            return await DBOS.run_step_async(options, guarded)
        except dbos_error.DBOSMaxStepRetriesExceeded as exhausted:
            raise exhausted.errors[-1] from exhausted


class DbosEngine:
    """DBOS on our own database. Start it on the loop that the bot runs on: jobs then run there too."""

    def __init__(self, *, url: str, executor_id: str) -> None:
        """Take where to work; nothing is opened yet.

        Args:
            url: The database, `sqlite:///path` or `postgresql://...`.
            executor_id: Whose unfinished jobs to go on with: fixed where one process owns the database.
        """
        self._url = url
        self._executor_id = executor_id
        self._client: DBOSClient | None = None

    async def start(self, workflow: Workflow) -> None:
        """Open the journal, make its tables, and go on with what was unfinished; `workflow` is the body of each job.

        Called on the loop itself: launched from another thread, DBOS would run jobs on a loop of its own.
        """
        DBOS(config=_configure(self._url, self._executor_id))

        async def run_segment(team_id: str, ticket_id: str, segment: int) -> None:
            job = Job(workflow=WORKFLOW, team_id=TeamId(team_id), ticket_id=TicketId(ticket_id), segment=segment)
            await workflow(DbosJournal(), job)

        DBOS.workflow(name=WORKFLOW, max_recovery_attempts=RECOVERY_ATTEMPTS)(run_segment)
        DBOS.launch()
        await DBOS.register_queue_async(
            QUEUE,
            polling_interval_sec=QUEUE_POLL_S,
            worker_concurrency=WORKER_CONCURRENCY,
            partition_concurrency=WORKER_CONCURRENCY,
        )
        self._client = DBOSClient(system_database_url=self._url, serializer=TaggedJson())

    def submit(self, connection: Any, job: Job) -> None:  # noqa: ANN401 (a database connection; only storage knows its type)
        """See `EnginePort.submit`."""
        if self._client is None:
            raise RuntimeError("the engine is not started")
        options = EnqueueOptions(
            workflow_name=WORKFLOW,
            queue_name=QUEUE,
            workflow_id=job.id,
            queue_partition_key=job.team_id,
            app_version=APPLICATION_VERSION,
        )
        self._client.enqueue_in_transaction(connection, options, job.team_id, job.ticket_id, job.segment)

    async def cancel(self, job_id: str) -> None:
        """See `EnginePort.cancel`."""
        await DBOS.cancel_workflow_async(job_id)

    async def status(self, job_id: str) -> JobStatus | None:
        """See `EnginePort.status`."""
        found = await DBOS.get_workflow_status_async(job_id)
        return None if found is None else STATUSES.get(found.status, JobStatus.ENDED)

    async def drain(self) -> None:
        """See `EnginePort.drain`.

        In a thread of its own, since it blocks for seconds. DBOS takes the loop's default executor with it, so the loop
        gets a new one.
        """
        done = asyncio.Event()
        loop = asyncio.get_running_loop()

        def destroy() -> None:
            DBOS.destroy(workflow_completion_timeout_sec=DRAIN_S, destroy_registry=True)
            loop.call_soon_threadsafe(done.set)

        threading.Thread(target=destroy, name="engine-drain", daemon=True).start()
        await done.wait()
        loop.set_default_executor(ThreadPoolExecutor(thread_name_prefix="threadwork"))
        if self._client is not None:
            await asyncio.to_thread(self._client.destroy)


def _configure(url: str, executor_id: str) -> DBOSConfig:
    return DBOSConfig(
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


def _may_pass(error: BaseException) -> bool:
    return isinstance(error, TransientError)
