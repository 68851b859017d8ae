"""A picture, whole or cropped to its place, with its caption below and points beside it."""

from typing import Final

from orchestration.skills.content import ImageSlide
from orchestration.skills.deck.page import Block, Insets, PictureBlock, Slot, TextBlock
from orchestration.skills.deck.setting import SIDE_SIZES_PT, Setting, Sheet, bulleted
from orchestration.skills.deck.slides.charts import TAKEAWAYS_WIDTH_PT
from orchestration.skills.design.geometry import Box
from orchestration.skills.design.palette import Ink
from orchestration.skills.pictures import Picture, say_no_picture
from orchestration.skills.problems import ContentTooLong

CAPTION_SIZES_PT: Final = (14.0, 13.0, 12.0)
POINTS_WIDTH_PT: Final = 420.0
CAPTION_PT: Final = 36.0
# A picture is not blown up beyond this many points for each of its pixels.
POINTS_A_PIXEL: Final = 0.75


def compose_image(slide: ImageSlide, setting: Setting) -> list[Sheet]:
    """Give the picture with its words.

    Raises:
        ContentTooLong: there is no picture of this source.
    """
    picture = setting.pictures.get(slide.image)
    if picture is None:
        raise ContentTooLong([say_no_picture(slide.image, setting.pictures)])
    body = setting.body
    room = body.from_left(body.width - TAKEAWAYS_WIDTH_PT - 32) if slide.points else body
    above = room.from_top(room.height - CAPTION_PT - 6) if slide.caption else room
    box, crop = _placed(picture, above, fill=slide.fill)
    blocks: list[Block] = [PictureBlock("Picture", box, slide.image, slide.alt, crop, Slot.PICTURE)]
    if slide.caption:
        blocks.append(_caption(slide.caption, Box(box.x, box.bottom + 6, room.right - box.x, CAPTION_PT), setting))
    if slide.points:
        beside = Box(box.right + 32, body.y, min(body.right - box.right - 32, POINTS_WIDTH_PT), body.height)
        lines = setting.fitted(
            "the points",
            beside,
            sizes_pt=SIDE_SIZES_PT,
            make=lambda size: [bulleted(setting.line(text, size), before_pt=size * 0.7) for text in slide.points],
        )
        blocks.append(TextBlock("Points", beside, lines, Slot.TEXT))
    return [Sheet("Picture", tuple(blocks))]


def _placed(picture: Picture, room: Box, *, fill: bool) -> tuple[Box, Insets]:
    """Give where a picture stands and what is cropped of it: nothing, or evenly what its place has no room for."""
    shape, place = picture.width / picture.height, room.width / room.height
    if fill:
        lost = 1 - place / shape if shape > place else 1 - shape / place
        return room, Insets(lost / 2, 0, lost / 2, 0) if shape > place else Insets(0, lost / 2, 0, lost / 2)
    width = min(room.width, room.height * shape, picture.width * POINTS_A_PIXEL)
    return Box(room.x, room.y, width, width / shape), Insets()


def _caption(text: str, box: Box, setting: Setting) -> TextBlock:
    lines = setting.fitted(
        "the caption", box, sizes_pt=CAPTION_SIZES_PT, make=lambda size: [setting.line(text, size, Ink.MUTED)]
    )
    return TextBlock("Caption", box.from_top(setting.ruler.height_pt(lines, box.width) + 2), lines)
