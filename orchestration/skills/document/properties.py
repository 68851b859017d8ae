"""The property in which a document keeps what its citations stand for."""

from typing import Any, Final
from xml.sax.saxutils import escape

from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml

CITATIONS: Final = "Citations"
_RELATION: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties"
_TYPE: Final = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_NAMESPACES: Final = (
    'xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
    'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"'
)
# The identity of properties that people name themselves (ECMA-376, part 1, 22.3).
_FORMAT: Final = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"


def write_property(package: Any, name: str, value: str) -> None:  # noqa: ANN401 - python-docx's packages are untyped
    """Keep a text under a name of our own."""
    markup = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<Properties {_NAMESPACES}><property fmtid="{_FORMAT}" pid="2" name="{name}">'
        f"<vt:lpwstr>{escape(value)}</vt:lpwstr></property></Properties>"
    )
    package.relate_to(Part(PackURI("/docProps/custom.xml"), _TYPE, markup.encode(), package), _RELATION)


def read_property(package: Any, name: str) -> str:  # noqa: ANN401 - python-docx's packages are untyped
    """Give the text that is kept under a name; empty where there is none."""
    parts = [relation.target_part for relation in package.rels.values() if relation.reltype == _RELATION]
    for part in parts:
        for entry in parse_xml(part.blob):
            if entry.get("name") == name:
                return "".join(entry.itertext())
    return ""
