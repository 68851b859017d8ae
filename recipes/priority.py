"""How soon a piece of work is wanted, beside the other work of its workspace."""

from typing import Annotated, Final

from pydantic import Field

Priority = Annotated[int, Field(ge=1, le=9)]
"""From p1, the urgent lane, which waits for no other work, to p9."""

HIGHEST: Final = 1
USUAL: Final = 5
LOWEST: Final = 9
