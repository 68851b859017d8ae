"""What is said on everything that this model makes, before anything else."""

from typing import Final

DISCLOSURE: Final = "Extractive draft: no language model was used; sentences are quoted from the sources"
