"""Files become passages: bytes in, texts and tables out.

`Readers` (in `process.py`) reads in a child process, because a file from outside may be broken or hostile; `read_file`
(in `reading.py`) is what the child runs.
"""
