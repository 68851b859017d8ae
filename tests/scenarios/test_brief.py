"""Maya asks for a research brief, for Word and as PDF, approves it, and gets a file that its sources bear out."""

import pytest

from bot.sandbox.screen import words_of
from orchestration.skills.document.reader import read_docx
from orchestration.skills.pdf.reader import read_pdf
from tests.scenarios.threads import list_files, open_thread
from tests.scenarios.ways import TALK_WAYS

WAYS = TALK_WAYS

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.usefixtures("bot", "nothing_refused")]

NOTE = "Wind produced 21,933 thousand megawatthours in 2017, up from 1,437 in 2001."
MORE = "Coal fell from 35,361 in 2001 to 26,409 in 2015, as “old plants” closed."
TOPIC = "how electricity in Iowa moved to wind"
READERS = {"docx": read_docx, "pdf": read_pdf}
QUESTION = "How much does wind produce?"


@pytest.mark.parametrize(("file", "shown"), [("docx", "Word document"), ("pdf", "PDF")])
async def test_a_brief_is_asked_for_approved_and_delivered_as_the_file_that_was_chosen(
    file, shown, maya, electricity, rows
):
    thread = await open_thread(maya, NOTE, files=[("iowa.csv", electricity)])
    await thread.say(MORE)
    await thread.say(f"@Threadwork write a research brief about {TOPIC}")
    first = await thread.brief()
    await thread.press("brief.edit", first)
    form = await maya.open_view()
    values = {"topic": TOPIC, "questions": QUESTION, "length": "2-5", "file": file}
    answer = await maya.fill(form["id"], {f"param:{name}": {"value": value} for name, value in values.items()})
    assert answer["response_action"] is None
    brief = await thread.brief(after=first["ts"])
    await thread.press("brief.approve", brief)
    assert f"A research brief of 2 to 5 pages on {TOPIC}, as a {shown}." in words_of(brief)
    assert f"a {file.upper()} file in this thread" in words_of(brief)

    message = await thread.wait_for(lambda each: bool(list_files(each, file)), "the document")
    summary = await thread.button("output.sources")
    await thread.ending()
    content = await maya.download(list_files(message, file)[0]["id"])
    paper = READERS[file](content)
    assert (1, QUESTION) in paper.list_headings()
    assert paper.charts
    assert paper.citations
    assert any("/archives/" in link for link in paper.links)
    assert "Extractive draft: no language model was used" in next(
        each.text for each in paper.paragraphs if each.style == "Subtitle"
    )

    ticket = rows.get("work_tickets", thread_ts=thread.ts)
    output = rows.get("work_outputs", ticket_id=ticket["id"])
    assert (ticket["status"], ticket["output_format"], output["output_type"]) == ("completed", file, "research_brief")
    assert [check["said"] for check in output["checks"] if not check["passed"]] == []
    assert [each for each in output["provenance"]["findings"] if each["ground"] == "nothing"] == []
    assert output["provenance"]["figures"]["total"] > 20
    assert "no language model was used" in words_of(summary)
