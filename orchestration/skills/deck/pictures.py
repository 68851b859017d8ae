"""Pictures for slides: PNG and JPEG files, checked, turned upright, and no larger than a slide can show."""
# Without numpy, which it does not need, Pillow leaves the type of a size open:
# pyright: reportUnknownMemberType=false

import io
import warnings
from dataclasses import dataclass
from typing import Final, Literal

from PIL import Image, ImageOps, UnidentifiedImageError

from recipes.errors import UserFixableError

PICTURE_BYTES: Final = 20 * 1024 * 1024
# More needs more memory to open than a picture on a slide is worth: 160 MB at four bytes each.
PICTURE_PIXELS: Final = 40_000_000
# A slide is shown on some 1,920 pixels; print wants a few more.
WIDE_PIXELS: Final = 2_400
JPEG_QUALITY: Final = 88
_FORMATS: Final = ("PNG", "JPEG")


@dataclass(frozen=True)
class Picture:
    """A picture as it goes into a file: its bytes without what cameras add, and its size."""

    content: bytes
    kind: Literal["png", "jpeg"]
    width: int
    height: int


@dataclass(eq=False)
class PictureRefused(UserFixableError):
    """These bytes are no picture that a slide can show."""

    problem: str
    """A clause: "is no PNG or JPEG picture"."""

    def advice(self) -> str:
        """Say what is wrong with it."""
        return f"The picture {self.problem}."


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
        return _saved(ImageOps.exif_transpose(image), image.format == "JPEG")
    except (UnidentifiedImageError, Image.DecompressionBombError) as error:
        raise PictureRefused("is no PNG or JPEG picture") from error
    except (OSError, SyntaxError, ValueError) as error:
        raise PictureRefused("is damaged") from error


def _saved(image: Image.Image, is_photo: bool) -> Picture:  # noqa: FBT001 - the format it came in
    """Give the picture anew, without what the file said beside it: places, cameras, comments."""
    shown = image.convert("RGB") if is_photo else image.convert("RGBA" if _has_holes(image) else "RGB")
    if shown.width > WIDE_PIXELS:
        shown = shown.resize((WIDE_PIXELS, max(1, round(shown.height * WIDE_PIXELS / shown.width))))
    shown.info.clear()
    buffer = io.BytesIO()
    if is_photo:
        shown.save(buffer, "JPEG", quality=JPEG_QUALITY)
    else:
        shown.save(buffer, "PNG")
    return Picture(buffer.getvalue(), "jpeg" if is_photo else "png", shown.width, shown.height)


def _has_holes(image: Image.Image) -> bool:
    return image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info
