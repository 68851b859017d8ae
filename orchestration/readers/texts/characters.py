"""Characters that show nothing and can mislead: they are taken out of everything that is read."""

import re
from typing import Final

# Controls but tab and line end; embeddings, overrides and isolates, which let text read otherwise than it is;
# marks of byte order and what is no character at all; tags, which spell whole sentences that only machines read. The
# marks that right-to-left scripts need (200E, 200F) stay.
_UNSEEN: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e007f]"
)


def drop_unseen(text: str) -> str:
    """Give a text without controls and characters that turn its direction."""
    return _UNSEEN.sub("", text)
