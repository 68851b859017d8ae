"""XML from outside: parsed without entities, without reaching for anything, never deeper than documents are."""

from typing import Final

from lxml import etree

from recipes.source import FileRefused

# the tree of a part takes several times its bytes; a thousand pages of text are about 10 MB
XML_BYTES: Final = 32 * 1024 * 1024

Element = etree._Element  # noqa: SLF001 # pyright: ignore[reportPrivateUsage] (lxml's only name for what it gives)


def parse_markup(filename: str, content: bytes) -> Element:
    """Give the root of a piece of XML.

    Raises:
        FileRefused: it is not well-formed, declares anything of its own, or is too large.
    """
    if len(content) > XML_BYTES:
        raise FileRefused(filename, "expands to more than I may open")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise FileRefused(filename, "is damaged: a part of it is not well-formed") from error
    # Office files declare nothing; entities are how XML is made to explode or to fetch.
    if root.getroottree().docinfo.doctype:
        raise FileRefused(filename, "is unsafe: it declares entities of its own")
    return root


def name_of(element: Element) -> str:
    """Give an element's name without its namespace; nothing for what is no element."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def find_value(element: Element, name: str) -> str | None:
    """Give an attribute by its name, whatever its namespace: both dialects of Office XML are read alike."""
    for key, value in element.attrib.items():
        if str(key).rpartition("}")[2] == name:
            return str(value)
    return None
