"""Questions of agents, and their answers."""

from sqlalchemy import select

from recipes.conversation import Thread
from recipes.ids import MessageTs, TicketId
from recipes.question import Question, QuestionNotFound, QuestionStatus
from storage.repositories.rows import TeamConnection
from storage.tables import questions, work_tickets


class QuestionRepository:
    """Questions of one workspace."""

    def __init__(self, team: TeamConnection) -> None:
        self._team = team

    async def get(self, question_id: str) -> Question:
        """Give a question, locked until the unit of work ends.

        Raises:
            QuestionNotFound: there is none.
        """
        found = await self._team.find(questions, Question, questions.c.id == question_id, lock=True)
        if found is None:
            raise QuestionNotFound(question_id)
        return found

    async def find_newest(self, ticket_id: TicketId, tool_use_id: str) -> Question | None:
        """Find what this call of the agent asked last."""
        query = (
            select(questions)
            .where(
                self._team.mine(questions, questions.c.ticket_id == ticket_id, questions.c.tool_use_id == tool_use_id)
            )
            .order_by(questions.c.id.desc())
            .limit(1)
        )
        found = await self._team.list(query, Question)
        return found[0] if found else None

    async def find_open(self, ticket_id: TicketId) -> Question | None:
        """Find the question that a ticket waits for."""
        return await self._team.find(
            questions, Question, questions.c.ticket_id == ticket_id, questions.c.status == QuestionStatus.OPEN
        )

    async def find_open_in(self, thread: Thread) -> Question | None:
        """Find the oldest question that waits for an answer in this thread."""
        query = (
            select(questions)
            .join(work_tickets, work_tickets.c.id == questions.c.ticket_id)
            .where(
                self._team.mine(
                    questions,
                    questions.c.status == QuestionStatus.OPEN,
                    work_tickets.c.channel_id == thread.channel_id,
                    work_tickets.c.thread_ts == thread.thread_ts,
                )
            )
            .order_by(questions.c.id)
            .limit(1)
        )
        found = await self._team.list(query, Question)
        return found[0] if found else None

    async def has_answer(self, said_ts: MessageTs) -> bool:
        """Tell whether this message was taken as an answer."""
        query = select(questions.c.id).where(self._team.mine(questions, questions.c.answered_ts == said_ts)).limit(1)
        return (await self._team.connection.execute(query)).first() is not None

    async def add(self, question: Question) -> None:
        """Keep a new question."""
        await self._team.add(questions, question)

    async def save(self, question: Question) -> None:
        """Keep a changed question."""
        await self._team.save(questions, question)
