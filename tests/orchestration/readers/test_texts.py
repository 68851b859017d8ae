"""Text and Markdown, and what is refused at the door."""

import pytest

from orchestration.readers.passages import FILE_BYTES, FILE_TEXT_CHARS, PASSAGE_CHARS
from orchestration.readers.reading import read_file
from recipes.source import FileRefused, Table
from tests.orchestration.readers.workbooks import make_package, make_workbook


def test_a_text_gives_a_passage_a_paragraph():
    read = read_file("notes.txt", b"First line\nstill first.\r\n\r\nSecond.\n\n\n\nThird.")
    assert read.passages == ("First line\nstill first.", "Second.", "Third.")
    assert read.left_out == ()


def test_a_long_paragraph_is_cut_between_sentences_and_nothing_is_lost():
    sentence = "The pump was replaced in March and has run without a fault. "
    passages = read_file("notes.txt", (sentence * 200).encode()).passages
    assert all(isinstance(each, str) and len(each) <= PASSAGE_CHARS and each.endswith(".") for each in passages)
    assert " ".join(str(each) for each in passages).split() == (sentence * 200).split()


def test_markdown_keeps_a_heading_with_its_text():
    read = read_file("plan.md", b"Intro.\n\n# Costs\n\nThey rose.\n\n- one\n- two\n\n## Owners\nMaya owns it.\n")
    assert read.passages == ("Intro.", "# Costs\n\nThey rose.\n\n- one\n- two", "## Owners\n\nMaya owns it.")


def test_a_markdown_table_becomes_a_table_named_by_its_heading():
    read = read_file("plan.md", b"# Budget\n\nIn EUR.\n\n| item | cost |\n|---|---|\n| Rent | 1200 |\n| Food | 300 |\n")
    assert read.passages[0] == "# Budget\n\nIn EUR."
    table = read.passages[1]
    assert isinstance(table, Table)
    assert (table.name, table.rows) == ("Budget", (("Rent", 1200), ("Food", 300)))


def test_text_beyond_the_limit_is_left_out_and_said():
    paragraph = "word " * 200 + "\n\n"
    read = read_file("long.txt", (paragraph * (FILE_TEXT_CHARS // 900)).encode())
    assert sum(len(str(each)) for each in read.passages) <= FILE_TEXT_CHARS
    assert read.left_out[0].startswith("everything after 2,000,000 characters")


OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@pytest.mark.parametrize(
    ("filename", "content", "problem"),
    [
        ("a.txt", b"", "is empty"),
        ("a.csv", b" \n\n ", "is empty"),
        ("a.txt", b"x" * (FILE_BYTES + 1), "is larger than 20 MB"),
        ("a.txt", b"abc\x00\x01\x02def", "is not a kind I can read"),
        ("a.txt", bytes(range(1, 32)) * 9, "is not readable as text"),
        ("report.pdf", b"%PDF-1.7 ...", "is a PDF"),
        ("notes.txt", b"\x89PNG\r\n\x1a\n", "is a picture"),
        ("a.json", b'{"a": 1}', "is not a kind I can read"),
        ("data.csv", b"\n <!DOCTYPE html><html><title>Sign in</title>", "web page in place of the file"),
        ("page.html", b"<html><p>Hi</p></html>", "is a web page;"),
        ("a.xlsx", b"name,n\nA,1\n", "is not a workbook, although its name says so"),
        ("a.xlsx", b"PK\x03\x04 and no more", "is damaged"),
        ("a.xls", OLD_OFFICE + b"Workbook", "is in an old Office format"),
        ("a.xlsx", OLD_OFFICE + "EncryptedPackage".encode("utf-16-le"), "is protected with a password"),
        ("a.xlsm", make_package({"xl/workbook.xml": b"<x/>", "xl/vbaProject.bin": b"x"}), "contains macros"),
        ("a.xlsx", make_package({"xl/workbook.bin": b"x"}), "is a binary workbook"),
        ("a.docx", make_package({"word/document.xml": b"x"}), "is a Word document"),
        ("a.zip", make_package({"readme": b"x"}), "is an archive"),
        ("a.xlsx", make_package({"xl/workbook.xml": b"x", "../../etc/x": b"x"}), "is unsafe"),
        ("a.xlsx", make_package({"xl/workbook.xml": b"x", "xl/big.xml": b"a" * 4_000_000}), "expands to more"),
        ("a.xlsx", make_package({"xl/workbook.xml": b"x", **{f"p{n}": b"" for n in range(5_001)}}), "expands to more"),
        ("a.xlsx", make_package({"xl/workbook.xml": b"<broken"}), "is damaged"),
        ("a.xlsx", make_workbook({"Empty": []}), "holds nothing to read"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_with_its_reason(filename, content, problem):
    with pytest.raises(FileRefused) as refused:
        read_file(filename, content)
    assert problem in refused.value.problem
    assert refused.value.filename == filename
