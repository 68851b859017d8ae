"""Research as Claude does it with code that runs at the provider, played from a script."""

import io
import re
from dataclasses import dataclass, field
from typing import Any

from docx import Document

from tests.claude.replies import Reply, call, calling, ending, ran, running, thinking
from tests.claude.research import list_told
from tests.claude.scripts import count_turns, write_todos

JsonObject = dict[str, Any]
STEPS = ("Work it out", "Hand it in")
CONTAINER = "container_local"
DOCUMENT, PICTURE = "file_document", "file_picture"
PICTURE_BYTES = b"\x89PNG\r\n\x1a\n" + bytes(32)
_KEPT = re.compile(r"handed in as file_id (\w{64})")


def write_document(words: str, *, link: str | None = None) -> bytes:
    """Give a Word document as code writes one."""
    document, content = Document(), io.BytesIO()
    document.add_heading("Wind in Denmark", 1)
    document.add_paragraph(words)
    if link:
        document.part.relate_to(link, f"{RELATIONS}/hyperlink", is_external=True)
    document.save(content)
    return content.getvalue()


RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


@dataclass
class CodeWork:
    """Runs code that leaves a document and a picture, and hands the document in."""

    asked: list[int] = field(default_factory=list)

    def __call__(self, body: JsonObject) -> Reply:
        self.asked.append(count_turns(body) + 1)
        match self.asked[-1]:
            case 1:
                return self._run()
            case 2 if kept := _KEPT.search("\n".join(list_told(body))):
                return calling(2, write_todos(STEPS, 1), ("emit_work_output", self._output(kept[1])))
            case 2 | 3:
                return ending("There is no file.")
            case _:
                return ending()

    def _run(self) -> Reply:
        name, given = write_todos(STEPS, 0)
        blocks = (
            thinking("Let me count."),
            running("print(6 * 7)", call_id="srvtoolu_1"),
            ran("42\n", DOCUMENT, PICTURE, call_id="srvtoolu_1"),
            call(name, given, call_id="toolu_todos"),
        )
        return Reply(blocks, "tool_use", container=CONTAINER)

    def _output(self, file_id: str) -> JsonObject:
        return {
            "output_type": "research_brief",
            "title": "Wind in Denmark",
            "body": "What the thread says, as a document.",
            "file_id": file_id,
            "file_format": "docx",
            "claims": [],
        }
