"""Hostile ZIP packages: bombs, lies in the listing, parts that point elsewhere."""

import io
import random
import struct
import zipfile
from collections.abc import Mapping

from tests.orchestration.readers.documents import make_document, make_presentation
from tests.orchestration.readers.hostile.canary import Canary
from tests.orchestration.readers.workbooks import make_package, make_workbook

MEGABYTE = 1024 * 1024
LOCAL, CENTRAL = b"PK\x03\x04", b"PK\x01\x02"


def plain_document() -> bytes:
    return make_document(lambda document: document.add_paragraph("Readable."))


def plain_presentation() -> bytes:
    def write(presentation):
        presentation.slides.add_slide(presentation.slide_layouts[0]).shapes.title.text = "Readable."

    return make_presentation(write)


def plain_workbook() -> bytes:
    return make_workbook({"Sales": [["region", "n"], ["North", 1]]})


def open_parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def change(content: bytes, parts: Mapping[str, bytes]) -> bytes:
    """Give a package with parts added or replaced."""
    return make_package({**open_parts(content), **parts})


def relate(content: bytes, part: str, *relationships: str) -> bytes:
    """Give a package whose part points to more: each relationship as "kind target" or "kind target External"."""
    folder, _, base = part.rpartition("/")
    listing = f"{folder}/_rels/{base}.rels".lstrip("/")
    start = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    added = ""
    for number, said in enumerate(relationships):
        kind, target, *mode = said.split(" ")
        added += f'<Relationship Id="x{number}" Type="{start}/{kind}" Target="{target}"'
        added += f' TargetMode="{mode[0]}"/>' if mode else "/>"
    before = open_parts(content).get(listing, b"<Relationships></Relationships>")
    return change(content, {listing: before.replace(b"</Relationships>", f"{added}</Relationships>".encode())})


def patch_sizes(content: bytes, part: str, size_bytes: int) -> bytes:
    """Let a listing lie about a part's size, in both of its places."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        entry = archive.getinfo(part)
        listing = content.index(CENTRAL, archive.start_dir)
    patched = bytearray(content)
    struct.pack_into("<I", patched, entry.header_offset + 22, size_bytes)
    while patched[listing + 46 : listing + 46 + len(part)] != part.encode():
        listing = content.index(CENTRAL, listing + 1)
    struct.pack_into("<I", patched, listing + 24, size_bytes)
    return bytes(patched)


def set_flag(content: bytes) -> bytes:
    """Mark each part as encrypted."""
    patched = bytearray(content)
    for mark, place in ((LOCAL, 6), (CENTRAL, 8)):
        at = content.find(mark)
        while at >= 0:
            patched[at + place] |= 1
            at = content.find(mark, at + 1)
    return bytes(patched)


def overlap(content: bytes, copies: int, *, shift: int = 0) -> bytes:
    """Let many entries of a listing share the bytes of the last one."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        start = archive.start_dir
    listing = content[start : content.index(b"PK\x05\x06", start)]
    at = listing.rindex(CENTRAL)
    name_chars = struct.unpack_from("<H", listing, at + 28)[0]
    entries = b""
    for number in range(copies):
        entry = bytearray(listing[at:])
        entry[46 : 46 + name_chars] = f"{number:0{name_chars}d}".encode()
        offset = struct.unpack_from("<I", entry, 42)[0]
        struct.pack_into("<I", entry, 42, offset + shift * number)
        entries += bytes(entry)
    count = listing.count(CENTRAL) + copies
    end = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, count, count, len(listing) + len(entries), start, 0)
    return content[:start] + listing + entries + end


def nest(levels: int) -> bytes:
    content = make_package({"0.dat": b"\x00" * MEGABYTE})
    for _ in range(levels):
        content = make_package({f"{number}.zip": content for number in range(16)})
    return content


def pack(parts: Mapping[str, bytes], method: int) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", method) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return content.getvalue()


def store(content: bytes) -> bytes:
    """Give a package whose parts are not packed: no rule about bombs keeps a reader from them."""
    return pack(open_parts(content), zipfile.ZIP_STORED)


def repeat_name(content: bytes) -> bytes:
    """Give a package that holds a second main part of the same name: its name is patched in."""
    longer = change(content, {"word/documenX.xml": b"<other/>"})
    return longer.replace(b"word/documenX.xml", b"word/document.xml")


def damage(content: bytes) -> bytes:
    """Change bytes here and there, the same ones each time."""
    chance = random.Random(5)
    damaged = bytearray(content)
    for _ in range(len(content) // 50):
        damaged[chance.randrange(30, len(content))] = chance.randrange(256)
    return bytes(damaged)


def list_packages(canary: Canary) -> dict[str, tuple[str, bytes]]:
    document = plain_document()
    zeros = b"\x00" * MEGABYTE
    return {
        "bomb in one part": ("a.docx", change(document, {"word/media/big.bin": zeros * 60})),
        "bomb in many parts": (
            "a.xlsx",
            change(plain_workbook(), {f"xl/media/{n}.bin": zeros * 2 for n in range(160)}),
        ),
        "bomb of small parts": (
            "a.pptx",
            change(plain_presentation(), {f"ppt/media/{n}.bin": zeros[:900_000] for n in range(360)}),
        ),
        "bomb in nested archives": ("a.zip", nest(3)),
        "bomb in an embedded archive": ("a.docx", change(document, {"word/embeddings/oleObject1.bin": nest(2)})),
        "bomb of overlapping parts": ("a.docx", overlap(change(document, {"word/zeros.xml": zeros}), 250)),
        "bomb of quoted overlapping parts": (
            "a.docx",
            overlap(change(document, {"word/zeros.xml": zeros}), 250, shift=-1),
        ),
        "a part larger than the listing says": (
            "a.docx",
            patch_sizes(change(document, {"word/zeros.xml": zeros * 40}), "word/zeros.xml", 1_000),
        ),
        "a sheet larger than the listing says": (
            "a.xlsx",
            patch_sizes(plain_workbook(), "xl/worksheets/sheet1.xml", 10),
        ),
        "a part smaller than the listing says": ("a.docx", patch_sizes(document, "word/document.xml", 900_000)),
        "a name that leaves the folder": (
            "a.docx",
            change(document, {"../../../../../.." + str(canary.planted): b"x"}),
        ),
        "a name from the root": ("a.docx", change(document, {str(canary.planted): b"x"})),
        "a name on a drive": ("a.docx", change(document, {"C:\\planted.txt": b"x"})),
        "two parts of one name": ("a.docx", repeat_name(document)),
        "too many parts": ("a.docx", change(document, {f"word/{n}.xml": b"" for n in range(5_001)})),
        "parts marked as encrypted": ("a.docx", set_flag(document)),
        "parts packed in a rare way": ("a.docx", pack(open_parts(document), zipfile.ZIP_LZMA)),
        "an archive of nothing": ("a.docx", pack({}, zipfile.ZIP_STORED)),
        "a listing that points beyond the end": ("a.docx", document[:-6] + b"\xff\xff\xff\x7f\x00\x00"),
        "damaged document": ("a.docx", damage(document)),
        "damaged presentation": ("a.pptx", damage(plain_presentation())),
        "damaged workbook": ("a.xlsx", damage(plain_workbook())),
        "truncated document": ("a.docx", document[: len(document) // 2]),
        "truncated presentation": ("a.pptx", plain_presentation()[:-30]),
        "truncated workbook": ("a.xlsx", plain_workbook()[:2_000]),
        "a PDF's head before an archive": ("a.pdf", b"%PDF-1.7\n" + document),
        "macros": ("a.docm", change(document, {"word/vbaProject.bin": b"\xd0\xcf\x11\xe0"})),
        "macros under another name": (
            "a.docx",
            change(
                document,
                {
                    "[Content_Types].xml": open_parts(document)["[Content_Types].xml"].replace(
                        b"wordprocessingml.document.main", b"ms-word.document.macroEnabled.main"
                    )
                },
            ),
        ),
        "macros of the old kind": ("a.xlsx", change(plain_workbook(), {"xl/macrosheets/sheet1.xml": b"<x/>"})),
    }
