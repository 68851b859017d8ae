"""Provenance: whether each figure and quotation of a delivered thing stands in what it cites.

Pure: values in, a report out, the same each time.

    numerals.py    the numbers of a text, in every notation that counts as the same number
    wording.py     words as people read them, and what stands in quotation marks
    evidence.py    what passages, claims' expressions and the request hold
    expressions.py computed figures, worked out again
    places.py      the text of a delivered thing, place by place, with what each cites
    decks.py       the places of a presentation, read back from its bytes
    papers.py      the places of a document, for Word or as PDF
    texts.py       the places of a Markdown text
    workbooks.py   the ranges of a workbook, each against what it is said to stand on
    inspection.py  place by place, the findings
    report.py      the way in: a file or text as it really is, against the bundle

`docs/provenance.md` says in people's words what is compared and what is not.
"""
