"""Pictures: nothing in them is read; what is said is that one is there, so that a slide can show it."""

from orchestration.readers.passages import ReadFile, ReadPassage
from orchestration.skills.pictures import PictureRefused, read_picture
from recipes.source import FileRefused


def read_picture_file(filename: str, content: bytes) -> ReadFile:
    """Give one passage with the size of a PNG or JPEG picture.

    Raises:
        FileRefused: it is damaged, or larger than a picture may be.
    """
    try:
        picture = read_picture(content)
    except PictureRefused as refused:
        raise FileRefused(filename, refused.problem) from refused
    said = f"A picture, {picture.width} by {picture.height} pixels; its words, if it has any, are not read."
    return ReadFile(passages=(ReadPassage(locator="picture", content=said),))
