"""Previews: what a delivered file looks like, as one picture of its first slides or pages.

    renderer.py   a picture of files, made in a child process
    child.py      the child: a file to a PDF, its pages to pictures, these to one
    sheet.py      pictures to one: a contact sheet, or a strip of before and after

A file is made a PDF by LibreOffice (`orchestration/office.py`); pages become pictures by pypdfium2. All of it is
confined in memory and time, and none of it is needed for a delivery.
"""
