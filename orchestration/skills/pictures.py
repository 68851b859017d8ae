"""Pictures for slides and pages: PNG and JPEG files, checked, turned upright, no larger than what shows them."""
# Without numpy, which it does not need, Pillow leaves the type of a size open:
# pyright: reportUnknownMemberType=false

import io
import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from PIL import Image, ImageOps, UnidentifiedImageError

from recipes.errors import UserFixableError

PICTURE_BYTES: Final = 20 * 1024 * 1024
# More needs more memory to open than a picture is worth: 160 MB at four bytes each.
PICTURE_PIXELS: Final = 40_000_000
# A slide is shown on some 1,920 pixels; print wants a few more.
WIDE_PIXELS: Final = 2_400
# A page is 11 inches high; 300 dots to each of them are what print shows.
HIGH_PIXELS: Final = 3_300
# Measured on paper and screen: less, at a point a pixel or so, is a hairline.
SEEN_PIXELS: Final = 8
# The same on paper.
SEEN_PT: Final = 6.0
JPEG_QUALITY: Final = 88
_FORMATS: Final = ("PNG", "JPEG")
# Greys of 16 bits, which Pillow cuts off at 255 instead of scaling them.
_DEEP: Final = ("I", "I;16", "I;16B")


@dataclass(frozen=True)
class Picture:
    """A picture as it goes into a file: its bytes without what cameras add, and its size."""

    content: bytes
    kind: Literal["png", "jpeg"]
    width: int
    height: int


Pictures = Mapping[str, Picture]
"""By the ids of the sources that they are."""
NO_PICTURES: Final[Pictures] = {}


@dataclass(eq=False)
class PictureRefused(UserFixableError):
    """These bytes are no picture that a slide or page can show."""

    problem: str
    """A clause: "is no PNG or JPEG picture"."""

    def advice(self) -> str:
        """Say what is wrong with it."""
        return f"The picture {self.problem}."


def say_no_picture(source_id: str, pictures: Pictures) -> str:
    """Give the sentence that refuses a source which is no picture, with those that are."""
    return f"'{source_id}' is no picture; sources that are PNG or JPEG pictures: {', '.join(pictures) or 'none'}"


def check_seen(picture: Picture, size_pt: tuple[float, float] | None = None) -> None:
    """Pass where something can be seen in a picture.

    Args:
        picture: As it goes into the file.
        size_pt: How wide and how high it is set, where that is known before.

    Raises:
        PictureRefused: it is too small, or so long and narrow that it is where it is shown.
    """
    if min(picture.width, picture.height) < SEEN_PIXELS:
        raise PictureRefused(f"is shown as {picture.width} by {picture.height} pixels, too few to see anything in")
    if size_pt and round(min(size_pt), 1) < SEEN_PT:
        width, height = size_pt
        raise PictureRefused(f"is shown as {width:.0f} by {height:.0f} points, too few to see anything in")


def read_picture(content: bytes) -> Picture:
    """Give the picture that a PNG or JPEG file holds. Blocking.

    Raises:
        PictureRefused: it is none, damaged, or larger than a picture may be.
    """
    if len(content) > PICTURE_BYTES:
        raise PictureRefused(f"is larger than {PICTURE_BYTES // 1024**2} MB")
    try:
        with warnings.catch_warnings():
            # The count of pixels is checked below, before any is read.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            image = Image.open(io.BytesIO(content), formats=_FORMATS)
        if image.width * image.height > PICTURE_PIXELS:
            raise PictureRefused(f"has more than {PICTURE_PIXELS // 1_000_000} million pixels")
        # What cameras call MPO is a JPEG with a second picture behind the first.
        return _saved(ImageOps.exif_transpose(image), image.format != "PNG")
    except (UnidentifiedImageError, Image.DecompressionBombError) as error:
        raise PictureRefused("is no PNG or JPEG picture") from error
    except (OSError, SyntaxError, ValueError) as error:
        raise PictureRefused("is damaged") from error


def _saved(image: Image.Image, is_photo: bool) -> Picture:  # noqa: FBT001 - the format it came in
    """Give the picture anew, without what the file said beside it: places, cameras, comments."""
    flat = image.convert("I").point(lambda value: value * (1 / 256)).convert("L") if image.mode in _DEEP else image
    shown = flat.convert("RGB") if is_photo else flat.convert("RGBA" if _has_holes(image) else "RGB")
    scale = min(WIDE_PIXELS / shown.width, HIGH_PIXELS / shown.height)
    if scale < 1:
        shown = shown.resize((max(1, round(shown.width * scale)), max(1, round(shown.height * scale))))
    shown.info.clear()
    buffer = io.BytesIO()
    if is_photo:
        shown.save(buffer, "JPEG", quality=JPEG_QUALITY)
    else:
        shown.save(buffer, "PNG")
    return Picture(buffer.getvalue(), "jpeg" if is_photo else "png", shown.width, shown.height)


def _has_holes(image: Image.Image) -> bool:
    return image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info
