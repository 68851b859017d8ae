"""What the bot reads: files of a direct message, notes, tables; and what it leaves out, with the reason."""

import io
import zipfile

import openpyxl
import pytest

from bot.sandbox.screen import words_of
from tests.scenarios.threads import DIRECT, WorkThread, open_thread
from tests.scenarios.ways import TALK_WAYS

WAYS = TALK_WAYS

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.usefixtures("bot", "nothing_refused")]

MEGABYTE = 1024 * 1024
REQUEST = "@Threadwork a presentation about sales"
MARKDOWN = b"# Sales in May\n\nSales rose by 12 percent to 480 units, mostly in the north.\n"
TEXT = b"The north sold 480 units in May. The south sold 120 units in May.\n"


def make_workbook() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Sales"
    for row in [("month", "units"), ("March", 410), ("April", 428), ("May", 480)]:
        sheet.append(row)
    file = io.BytesIO()
    book.save(file)
    book.close()
    return file.getvalue()


def make_archive() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("sales.csv", "month,units\nMay,480\n")
    return file.getvalue()


def share(workspace, person, name, content) -> str:
    """Put a file into the workspace that no client would hand in: too large for one request, or empty."""
    file = workspace.files.reserve(name, size_bytes=len(content), user=person.user_id, created=1_750_000_000)
    workspace.files.fill(file, content)
    place = workspace.places.find("reports")
    root = workspace.post(place, person.user_id, "Sales of spring.", subtype="file_share", file_ids=[file.id])
    workspace.show_file(place, root)
    return root.ts


async def read_brief(maya, *files, channel="reports"):
    """Share files, ask for a presentation, and give what the brief reads and what it leaves out."""
    thread = await open_thread(maya, "Sales of this spring.", channel=channel, files=files)
    await thread.say(REQUEST)
    read, _, rest = words_of(await thread.brief()).partition("What I leave out")
    return read, rest.partition("What you get")[0]


async def test_a_direct_message_is_enough_and_gets_its_file(maya, rows):
    thread = await open_thread(
        maya, "a presentation about sales in May", channel=DIRECT, files=[("s.xlsx", make_workbook())]
    )
    said = words_of(await thread.approve())
    assert "only you" in said
    assert "s.xlsx" in said
    assert "3 rows × 2 columns" in said
    assert (await thread.deck())["name"].endswith(".pptx")
    await thread.ending()
    assert rows.get("work_tickets", thread_ts=thread.ts)["status"] == "completed"


async def test_a_question_in_a_direct_message_is_answered_in_its_thread(maya):
    thread = await open_thread(maya, "please make a presentation", channel=DIRECT, files=[("n.txt", TEXT)])
    await thread.button("draft.form")
    await thread.say("sales in the north")
    assert "about sales in the north" in words_of(await thread.brief())


@pytest.mark.parametrize(
    ("name", "content", "extent"),
    [
        ("notes.md", MARKDOWN, "characters"),
        ("notes.txt", TEXT, "characters"),
        ("sales.csv", b"month,units\nMarch,410\nApril,428\nMay,480\n", "3 rows × 2 columns"),
        ("sales.xlsx", make_workbook(), "3 rows × 2 columns"),
    ],
)
async def test_a_file_of_this_kind_is_read(maya, name, content, extent):
    read, _ = await read_brief(maya, (name, content))
    [line] = [line for line in read.splitlines() if name in line]
    assert "by Maya" in line
    assert extent in line


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("numbers.csv", b"\x00\x01\x02\x03" * 500, "is not a kind I can read"),
        ("book.xlsx", b"no workbook at all", "is not a workbook, although its name says so"),
        ("all.zip", make_archive(), "is an archive"),
        ("page.txt", b"<!doctype html><title>Sign in</title>", "a sign-in page"),
        ("paper.pdf", b"%PDF-1.7\n", "is damaged: the PDF does not open"),
        ("paper.docx", b"%PDF-1.7\n", "is a PDF, although its name says .docx"),
        ("blank.txt", b" \n\n ", "is empty"),
    ],
)
async def test_a_file_that_cannot_be_read_is_left_out_with_its_reason_and_the_others_are_read(
    maya, name, content, reason
):
    read, left_out = await read_brief(maya, (name, content), ("good.md", MARKDOWN))
    assert "good.md" in read
    assert f"{name}: " in left_out
    assert reason in left_out


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [("huge.csv", b"a,b\n" * (6 * MEGABYTE), "is larger than 20 MB"), ("empty.csv", b"", "is empty")],
)
async def test_a_file_that_is_too_large_or_has_no_byte_is_left_out(maya, workspace, name, content, reason):
    root = share(workspace.workspace, maya, name, content)
    thread = WorkThread(maya, "reports", root)
    await thread.say(REQUEST, files=[("good.md", MARKDOWN)])
    said = words_of(await thread.brief())
    assert "good.md" in said
    assert f"{name}: {reason}" in said


async def test_a_file_that_is_too_large_is_not_fetched(maya, workspace, rows):
    thread = WorkThread(maya, "reports", share(workspace.workspace, maya, "vast.csv", b"a,b\n" * (6 * MEGABYTE)))
    await thread.say(REQUEST)
    await thread.brief()
    asset = rows.get("reference_assets", filename="vast.csv")
    assert (asset["status"], asset["digest"]) == ("unreadable", None)


async def test_when_nothing_can_be_read_one_sentence_says_what_would_help(maya, rows):
    thread = await open_thread(maya, "@Threadwork a presentation about sales", files=[("all.zip", make_archive())])
    answer = await thread.words("There is nothing to work from yet.")
    assert len(await thread.read_answers()) == 1
    await thread.say("The north sold 480 units in May.")
    assert await thread.brief(after=answer["ts"])
    assert rows.get("drafts", thread_ts=thread.ts)["status"] == "briefed"


async def test_a_file_that_comes_after_the_brief_is_read_in_a_new_one(maya):
    thread = await open_thread(maya, "Sales of this spring.")
    await thread.say(REQUEST)
    first = await thread.brief()
    await thread.say("and this", files=[("sales.csv", b"month,units\nMay,480\n")])
    assert "sales.csv" in words_of(await thread.brief(after=first["ts"]))


async def test_the_brief_links_each_source_to_where_it_stands(maya, workspace):
    read, _ = await read_brief(maya, ("notes.md", MARKDOWN))
    lines = [line for line in read.splitlines() if line.startswith("•")]
    assert lines
    assert all(f"<{workspace.workspace.origin}/" in line for line in lines)


async def test_a_private_channel_is_named_with_its_reach(maya):
    thread = await open_thread(maya, "Sales of this spring.", channel="board")
    await thread.say(REQUEST)
    assert "the 3 members of <#C0BOARD>" in words_of(await thread.brief())
