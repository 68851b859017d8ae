import io
import zipfile

import pytest

from orchestration.replay.comparison import describe_differences


def pack(**parts: str) -> bytes:
    return pack_at((2026, 1, 1, 0, 0, 0), **parts)


def pack_at(moment, **parts: str) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as package:
        for name, said in parts.items():
            package.writestr(zipfile.ZipInfo(name.replace("__", "/").replace("_xml", ".xml"), moment), said)
    return content.getvalue()


@pytest.mark.parametrize(
    ("made", "delivered", "said"),
    [
        (pack(a="1", b="2"), pack(a="1", b="3"), ("has changed: b",)),
        (pack(a="1"), pack(b="1"), ("has no more: b", "has besides: a")),
        (
            pack(**{f"p{n}": "1" for n in range(8)}),
            pack(**{f"p{n}": "2" for n in range(8)}),
            ("has changed: p0, p1, p2, p3, p4 and 3 more",),
        ),
        (
            pack(a="1", docProps__core_xml="2026"),
            pack(a="1", docProps__core_xml="2025"),
            ("only its properties (docProps/core.xml), which say when it was written",),
        ),
        (
            pack(a="1"),
            pack_at((2025, 1, 1, 0, 0, 0), a="1"),
            ("only how its parts are packed, such as their times; each part is the same",),
        ),
        (b"# Churn\n", b"# Churn fell\n", ("13 bytes were delivered, 8 were made now",)),
        (b"PK, but no package", b"", ("0 bytes were delivered, 18 were made now",)),
        (pack(a="1")[:50], pack(a="1"), (f"{len(pack(a='1'))} bytes were delivered, 50 were made now",)),
    ],
)
def test_what_differs_is_named(made, delivered, said):
    assert describe_differences(made, delivered) == said
