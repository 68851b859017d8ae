"""Pictures as people share them: of every form that is taken, and what is none."""

import io
from functools import cache
from typing import Final

from PIL import Image

from tests.orchestration.skills.samples import sample_picture

_TURNED: Final = 6
"""What a camera says that was held upright (EXIF, orientation)."""
_ORIENTATION: Final = 0x0112


def save(image: Image.Image, kind: str, **more) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, kind, **more)
    return buffer.getvalue()


@cache
def picture_files() -> dict[str, bytes]:
    """Give the bytes of pictures by the ids of sources, with what is odd about each."""
    drawn = Image.open(io.BytesIO(sample_picture(600, 400)))
    exif = Image.Exif()
    exif[_ORIENTATION] = _TURNED
    return {
        "S1": sample_picture(),
        "S2": sample_picture(900, 6_000, "JPEG"),
        "S3": save(Image.new("RGB", (20_000, 400), "#1D5FAA"), "PNG"),
        "S4": save(Image.new("RGBA", (300, 200), (29, 95, 170, 120)), "PNG"),
        "S5": save(drawn.convert("CMYK"), "JPEG"),
        "S6": save(Image.new("I;16", (300, 200), 40_000), "PNG"),
        "S7": save(drawn, "MPO", save_all=True, append_images=[drawn]),
        "S8": save(drawn.convert("P"), "PNG", transparency=0),
        "S9": save(Image.new("1", (8, 8), 1), "PNG"),
        "S10": save(drawn, "JPEG", exif=exif),
    }


def list_refused() -> list[tuple[bytes, str]]:
    """Give bytes that cannot be shown, each with what is said of them."""
    photo = sample_picture(kind="JPEG")
    return [
        (b"", "is no PNG or JPEG picture"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "is no PNG or JPEG picture"),
        (save(Image.new("RGB", (40, 40)), "GIF"), "is no PNG or JPEG picture"),
        (b"%PDF-1.7 a page", "is no PNG or JPEG picture"),
        (sample_picture()[:-400], "is damaged"),
        (photo[: len(photo) // 2], "is damaged"),
        (save(Image.new("1", (20_000, 3_000)), "PNG"), "has more than 40 million pixels"),
        (save(Image.new("1", (1, 1)), "PNG"), "is shown as 1 by 1 pixels, too few to see anything in"),
        (save(Image.new("1", (20_000, 20)), "PNG"), "is shown as 2400 by 2 pixels, too few to see anything in"),
        (save(Image.new("1", (8, 3_300)), "PNG"), "is shown as 1 by 420 points, too few to see anything in"),
        (save(Image.new("1", (2_400, 8)), "PNG"), "is shown as 476 by 2 points, too few to see anything in"),
    ]
