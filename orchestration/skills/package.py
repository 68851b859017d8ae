"""Files of several parts: what OOXML calls a package."""

import io
import zipfile
from collections.abc import Mapping
from typing import Final

# The earliest time a zip file can hold: files with the same content are the same bytes.
ZIP_EPOCH: Final = (1980, 1, 1, 0, 0, 0)


def zipped(parts: Mapping[str, bytes]) -> bytes:
    """Give the parts as a zip file that depends on nothing but them."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, ZIP_EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
    return buffer.getvalue()
