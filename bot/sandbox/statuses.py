"""What the app says it is doing in a thread: one slot, written by statuses and agent sessions, the last writer wins."""

from dataclasses import dataclass, replace
from typing import Final

from bot.sandbox.changes import ChangeLog
from bot.sandbox.identity import Clock
from bot.sandbox.wire import Json

# docs.slack.dev, assistant.threads.setStatus: "a two minute timeout applies"
STATUS_SECONDS: Final = 120
# reported: a session left in `processing` clears after about an hour
SESSION_SECONDS: Final = 3_600


@dataclass(frozen=True)
class ThreadStatus:
    """The words under a thread; `session` is the agent session's state where one wrote last."""

    text: str
    session: str | None
    title: str
    until: float


class Statuses:
    """The slots of all threads, and the prompts offered in direct messages."""

    def __init__(self, now: Clock, changes: ChangeLog) -> None:
        self._now = now
        self._changes = changes
        self._slots: dict[tuple[str, str], ThreadStatus] = {}
        self._titles: dict[tuple[str, str], str] = {}
        self._prompts: dict[str, Json] = {}

    def set_text(self, channel: str, thread_ts: str, text: str) -> None:
        """Show free words; empty words clear the slot."""
        self._write(channel, thread_ts, ThreadStatus(text, None, "", self._now() + STATUS_SECONDS))

    def set_session(self, channel: str, thread_ts: str, state: str, title: str) -> None:
        """Show an agent session's state; the title counts when this begins the session."""
        held = self._titles.setdefault((channel, thread_ts), title)
        self._write(channel, thread_ts, ThreadStatus("", state, held, self._now() + SESSION_SECONDS))

    def rename(self, channel: str, thread_ts: str, title: str) -> bool:
        """Give the agent session of this thread another title; False if there is no session."""
        if (channel, thread_ts) not in self._titles:
            return False
        self._titles[channel, thread_ts] = title
        slot = self._slots[channel, thread_ts]
        if slot.session is not None:
            self._write(channel, thread_ts, replace(slot, title=title))
        return True

    def may_stop(self, channel: str, thread_ts: str) -> bool:
        """Tell whether the thread shows a Stop button: its agent is at work, and nothing else was written since."""
        slot = self._slots.get((channel, thread_ts))
        return slot is not None and slot.session == "processing" and slot.until > self._now()

    def clear(self, channel: str, thread_ts: str) -> None:
        """Remove free words, as a reply by the app does; a session's state stays."""
        held = self._slots.get((channel, thread_ts))
        if held is not None and held.session is None and held.text:
            self.set_text(channel, thread_ts, "")

    def set_prompts(self, channel: str, prompts: list[Json], title: str) -> None:
        """Offer these prompts on top of a conversation."""
        self._prompts[channel] = {"title": title, "prompts": prompts}
        self._changes.add("prompts_changed", channel=channel, **self._prompts[channel])

    def to_json(self) -> list[Json]:
        """Give the slots that show something now."""
        now = self._now()
        return [
            {"channel": channel, "thread_ts": thread_ts, **_status_json(status)}
            for (channel, thread_ts), status in self._slots.items()
            if status.until > now and (status.text or status.session)
        ]

    def prompts_json(self) -> Json:
        """Give the prompts by conversation."""
        return dict(self._prompts)

    def _write(self, channel: str, thread_ts: str, status: ThreadStatus) -> None:
        self._slots[channel, thread_ts] = status
        self._changes.add("status_changed", channel=channel, thread_ts=thread_ts, status=_status_json(status))


def _status_json(status: ThreadStatus) -> Json:
    return {"text": status.text, "session": status.session, "title": status.title}
