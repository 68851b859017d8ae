"""Previews: what a delivered file looks like, as one picture of its first slides or pages.

    renderer.py   which programs there are on this machine, and a picture of them in a child process
    child.py      the child: a file to a PDF, its pages to pictures, these to one
    sheet.py      pictures to one: a contact sheet, or a strip of before and after

A file is made a PDF by LibreOffice, with a profile of its own that lives as long as it is needed; pages become pictures
by pypdfium2. All of it is confined in memory and time, and none of it is needed for a delivery.
"""
