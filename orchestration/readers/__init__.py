"""Files become passages: bytes in, texts and tables out, each with where it stands in its file.

`Readers` (in `process.py`) reads in child processes, because a file from outside may be broken or hostile; `read_file`
(in `reading.py`) is what a child runs. `kinds.py` says which kind a file is; `packages` holds what Office files have in
common, and the rules that keep bombs and references out; `texts`, `tables` and `documents` hold a reader for each kind;
`blocks.py` makes passages of headings and paragraphs.
"""
