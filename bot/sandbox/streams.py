"""Streams: messages that are still being written, and why one does not take more."""

from dataclasses import dataclass, replace
from typing import Final, Literal

from bot.sandbox.chunks import Display
from bot.sandbox.identity import Clock

# undocumented; reported for the Python and Node SDKs: a stream ends by itself after about five minutes
LIFE_SECONDS: Final = 5 * 60

Kind = Literal["chunks", "text"]


@dataclass(frozen=True)
class Stream:
    """A message that is being written; `kind` is what it was begun with, None while it is empty."""

    channel: str
    ts: str
    thread_ts: str | None
    display: Display
    kind: Kind | None
    started_at: float
    is_stopped: bool = False
    is_stopped_by_user: bool = False


class StreamBook:
    """Every stream there was, by conversation and timestamp."""

    def __init__(self, now: Clock) -> None:
        self._now = now
        self._streams: dict[tuple[str, str], Stream] = {}

    def start(self, channel: str, ts: str, *, thread_ts: str | None, display: Display, kind: Kind | None) -> Stream:
        """Give a new stream for this message."""
        return self.save(Stream(channel, ts, thread_ts, display, kind, self._now()))

    def find(self, channel: str, ts: str) -> Stream | None:
        """Give the stream of this message, if it was streamed."""
        return self._streams.get((channel, ts))

    def is_open(self, channel: str, ts: str) -> bool:
        """Tell whether this message is still being written; five minutes end that too."""
        stream = self.find(channel, ts)
        return stream is not None and not stream.is_stopped and self._now() - stream.started_at < LIFE_SECONDS

    def save(self, stream: Stream) -> Stream:
        """Keep this state of the stream."""
        self._streams[stream.channel, stream.ts] = stream
        return stream

    def stop_by_user(self, channel: str, thread_ts: str) -> list[str]:
        """Let the open streams of a thread take nothing more, and give their timestamps."""
        stopped = [
            stream
            for stream in self._streams.values()
            if (stream.channel, stream.thread_ts or stream.ts) == (channel, thread_ts)
            and self.is_open(channel, stream.ts)
        ]
        for stream in stopped:
            self.save(replace(stream, is_stopped_by_user=True))
        return [stream.ts for stream in stopped]
