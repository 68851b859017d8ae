"""The model that needs no key: it selects, orders, tabulates and charts what sources say, and writes nothing itself.

bundle -> statements (sentences with their passage) -> ranking -> a pool that slides take from
       -> grids (tables rearranged for drawing)
pool + grids -> slides -> plan (as many as asked for, or as the material allows) -> content, todos, claims, body
"""

from orchestration.models.extractive.model import ExtractiveModel

__all__ = ["ExtractiveModel"]
