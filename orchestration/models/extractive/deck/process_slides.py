"""Process slides: numbered steps as a row of arrows."""

from collections.abc import Iterator, Sequence

from orchestration.models.extractive.excerpts import clip_words, escape_marks, find_excerpt
from orchestration.models.extractive.processes import Process
from orchestration.models.extractive.slides import Frame, Place, Slide, cite


def list_process_slides(processes: Sequence[Process], frame: Frame) -> Iterator[Slide]:
    """Give each process under the words that announce it."""
    for process in processes:
        most = frame.room.headline_chars
        title = find_excerpt(process.announced, most) or clip_words(process.announced, most)
        stages = [{"label": cite(each.shown, process.passage_id)} for each in process.list_steps()]
        yield Slide(
            place=Place.PROCESS,
            section=frame.words.process,
            content={"kind": "process", "title": escape_marks(title), "stages": stages},
            statements=tuple(process.list_lines()),
        )
