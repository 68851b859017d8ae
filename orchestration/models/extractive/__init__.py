"""The model that needs no key: it selects, orders, tabulates and charts what sources say, and writes nothing itself.

bundle -> statements (sentences with their passage) -> ranking
       -> grids (tables rearranged) -> tabulations (the rows and columns that are shown)
charts/: grids, pairs of them, clouds of rows -> chart slides
deck/: pool + milestones + grids -> slides -> plan (as many as asked for, or as the material allows)
       -> content, todos, claims, body
text/: points (what was asked for, and what fits) + picks (by worth, variety, words) -> composer (sections)
       -> plan -> body in Markdown with marks, todos, claims
paper/: a text's plan + charts -> content of a document, todos, claims, body
book/: tables whole and summed up -> content of a workbook, todos, body
blueprints: the turns of every file, from its plan to handing in
"""

from orchestration.models.extractive.model import ExtractiveModel

__all__ = ["ExtractiveModel"]
