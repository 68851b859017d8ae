"""Hostile texts and tables, files that are not what their names say, and files of nothing."""

import gzip

from tests.orchestration.readers.documents import make_pdf
from tests.orchestration.readers.hostile.canary import Canary
from tests.orchestration.readers.hostile.markup import HIDDEN
from tests.orchestration.readers.hostile.packages import plain_document, plain_presentation, plain_workbook

MEGABYTE = 1024 * 1024
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
SIGN_IN = b"<!DOCTYPE html><html><head><title>Sign in</title></head><body>Please sign in.</body></html>"
KINDS = ("pdf", "docx", "pptx", "xlsx", "csv", "html", "md", "txt")
PNG_OF_GIGANTIC_SIZE = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x7f\xff\xff\xff\x7f\xff\xff\xff\x08\x02\x00\x00\x00" + b"\x00" * 99
)


def list_tables(canary: Canary) -> dict[str, tuple[str, bytes]]:
    formulas = f'name,n\n=cmd|\'/c calc\'!A1,1\n"=WEBSERVICE(""{canary.url}"")",2\n+1+1,3\n-1-1,4\n@SUM(1),5\n\t=1,6\n'
    return {
        "formulas in a table": ("a.csv", formulas.encode()),
        "a million columns": ("a.csv", ",".join("x" * 1_000_000).encode() + b"\n" + b"1," * 1_000_000),
        "columns of nothing": ("a.csv", b",,,,,,,,,\n" * 500_000),
        "rows of nothing but one": ("a.csv", b"x" + b"," * 399 + b"\n" + (b"y" + b"," * 399 + b"\n") * 40_000),
        "five million empty lines": ("a.csv", b"\n" * 5_000_000 + b"a,b\n1,2\n"),
        "a table on one line": ("a.csv", b"word," * 1_000_000),
        "a cell of megabytes": ("a.csv", b"a,b\n1," + b"x" * 10_000_000),
        "an open quotation mark": ("a.csv", b'a,b\n1,"' + b"2\n" * 1_000_000),
        "quotation marks only": ("a.csv", b'"' * 3_000_000),
        "numbers of a thousand digits": ("a.csv", b"name,n\n" + (b"x," + b"9" * 9_000 + b"\n") * 99),
        "numbers beyond all measure": ("a.csv", b"name,n\na,1e999\nb,-1e-999\nc,NaN\nd,Infinity\n"),
        "zeros between cells": ("a.csv", b"a,b\n" * 2_000 + b"1,\x002\n"),
        "names without end": ("a.csv", (b"n" * 30_000 + b",") * 300 + b"\n" + b"1," * 300),
        "the same name a hundred times": ("a.csv", b"n," * 400 + b"\n" + b"1," * 400),
    }  # fmt: skip


def list_texts(canary: Canary) -> dict[str, tuple[str, bytes]]:
    turned = "Readable. \u202egnp.exe\u202c \u2066x\u2069 \u200f \ufeff \x1b[31m \x9b31m \x00"
    return {
        "text that turns its direction": ("a.txt", f"{'Plain. ' * 900}{turned}".encode()),
        "one line of fifty megabytes": ("a.txt", b"word " * (10 * MEGABYTE)),
        "one line of eighteen megabytes": ("a.txt", b"word " * (18 * MEGABYTE // 5)),
        "a word of eighteen megabytes": ("a.txt", b"x" * (18 * MEGABYTE)),
        "millions of paragraphs": ("a.txt", b"x\n\n" * 5_000_000),
        "millions of spaces": ("a.txt", b" " * 4_000_000 + b"x"),
        "lines of spaces": ("a.txt", b"x" + b"\n   \t" * 3_000_000 + b"x"),
        "broken UTF-8": ("a.txt", b"Readable \xff\xfe\xfd\xc0\x80\xed\xa0\x80\xf4\x90\x80\x80 " * 2_000),
        "broken UTF-16": ("a.txt", b"\xff\xfe" + "Readable".encode("utf-16-le") + b"\x00\xd8\x00\xd8x"),
        "half of UTF-32": ("a.txt", b"\xff\xfe\x00\x00" + b"\xff" * 4_001),
        "zeros and controls": ("a.txt", bytes(range(32)) * 500),
        "controls after a fair beginning": ("a.txt", b"Readable. " * 30_000 + bytes(range(32)) * 20_000),
        "references of a Markdown text": ("a.md", f"# T\n\n![x]({canary.url}/p.png)\n\n[x]: {canary.url}\n".encode()),
        "scripts in a Markdown text": (
            "a.md", f"# T\n\nText.\n\n<script>\n{HIDDEN}\n</script>\n\n<!-- {HIDDEN} -->\n".encode(),
        ),
        "deep quotations": ("a.md", b">" * 100_000 + b" x"),
        "deep lists": ("a.md", b"".join(b"  " * n + b"- x\n" for n in range(1_500))),
        "brackets without end": ("a.md", b"[" * 60_000),
        "emphasis without end": ("a.md", b"*a **b " * 20_000),
        "links without end": ("a.md", b"[a](" * 30_000),
        "a Markdown table of many columns": (
            "a.md", b"|\n".join(mark * 20_000 for mark in (b"|x", b"|-", b"|1", b"")),
        ),
        "headings without end": ("a.md", b"# x\n" * 50_000),
        "code marks without end": ("a.md", b"`" * 1_000_000 + b"\n" + b"` `` ``` " * 20_000),
    }  # fmt: skip


def list_liars(canary: Canary) -> dict[str, tuple[str, bytes]]:
    """Files whose names say something else, or that hold nothing."""
    good = {
        "pdf": make_pdf(["Readable."]), "docx": plain_document(), "pptx": plain_presentation(),
        "xlsx": plain_workbook(), "csv": b"a,b\n1,2\n", "html": SIGN_IN, "md": b"# Readable\n", "txt": b"Readable.\n",
    }  # fmt: skip
    files = {f"nothing named {kind}": (f"a.{kind}", b"") for kind in KINDS}
    for kind, content in good.items():
        for other in KINDS:
            if other != kind:
                files[f"{kind} named {other}"] = (f"a.{other}", content)
    files |= {
        "an old document": ("a.doc", OLD_OFFICE + b"WordDocument" * 99),
        "an old workbook named as a new one": ("a.xlsx", OLD_OFFICE + b"Workbook" * 99),
        "a workbook with a password": ("a.xlsx", OLD_OFFICE + "EncryptedPackage".encode("utf-16-le") * 9),
        "a compressed archive": ("a.csv", gzip.compress(b"a,b\n" * 9)),
        "a picture of a gigantic size": ("a.docx", PNG_OF_GIGANTIC_SIZE),
        "a rich text": ("a.docx", b"{\\rtf1 {\\object\\objdata d0cf11e0}}"),
        "a program": ("a.txt", b"MZ\x90\x00\x03\x00\x00\x00" * 99),
        "a name with a path": ("../../../../etc/passwd", b"Readable."),
        "a name of controls": ("a\x00\n\u202etxt.csv", b"a,b\n1,2\n"),
        "a name without end": ("a" * 5_000 + ".txt", b"Readable."),
    }
    return files
