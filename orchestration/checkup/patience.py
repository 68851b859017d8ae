"""How long a check waits for the outside."""

from datetime import timedelta
from typing import Final

# Whoever asks sits before a terminal; what takes longer is as good as away.
PATIENCE: Final = timedelta(seconds=5)
