"""Pictures are made apart, within limits, and where they cannot be made there are none."""

import io
import json
from datetime import timedelta

import pytest
from PIL import Image

from orchestration.previews.renderer import Renderer, Shown
from tests.fakes.offices import is_alive, make_office, make_pdf

DECK = Shown(file_format="pptx", content=b"any deck")


def open_picture(made):
    assert made is not None
    return Image.open(io.BytesIO(made))


async def test_a_pdf_needs_no_other_program():
    renderer = Renderer(None)
    assert [renderer.may_show(each) for each in ("pdf", "pptx", "md", None)] == [True, False, False, False]
    picture = open_picture(await renderer.draw([Shown(file_format="pdf", content=make_pdf(4))]))
    assert (picture.format, picture.width) == ("PNG", 1440)


async def test_a_deck_is_made_a_pdf_by_an_office_program_with_a_profile_of_its_own(tmp_path):
    office = make_office(tmp_path)
    open_picture(await Renderer(str(office)).draw([DECK]))
    [asked] = [json.loads(line) for line in (tmp_path / "asked.jsonl").read_text().splitlines()]
    profile = next(each for each in asked if each.startswith("-env:UserInstallation=file:///"))
    assert "threadwork-office-" in profile
    assert any(each.startswith("pdf:impress_pdf_Export") for each in asked)


async def test_a_strip_shows_the_named_pages_before_above_after(tmp_path):
    renderer = Renderer(str(make_office(tmp_path)))
    sheet = open_picture(await renderer.draw([DECK]))
    pages = (
        Shown(file_format="pptx", content=b"old", pages=(2,)),
        Shown(file_format="pptx", content=b"new", pages=(3,)),
    )
    strip = open_picture(await renderer.draw(pages, labels=("Before", "After")))
    assert strip.width == sheet.width
    assert strip.height > sheet.height


async def test_nothing_but_the_later_pages_is_shown_of_what_is_new(tmp_path):
    files = [Shown(file_format="pptx", content=b"old", pages=()), Shown(file_format="pptx", content=b"new", pages=(1,))]
    open_picture(await Renderer(str(make_office(tmp_path))).draw(files, labels=("Before", "After")))
    assert len((tmp_path / "asked.jsonl").read_text().splitlines()) == 1


@pytest.mark.parametrize("does", ["fails", "waits"])
async def test_a_program_that_fails_or_hangs_makes_no_picture(tmp_path, does):
    renderer = Renderer(str(make_office(tmp_path, does=does)), patience=timedelta(seconds=3))
    assert await renderer.draw([DECK]) is None


async def test_nothing_of_a_hanging_program_outlives_its_time(tmp_path):
    renderer = Renderer(str(make_office(tmp_path, does="waits")), patience=timedelta(seconds=3))
    assert await renderer.draw([DECK]) is None
    assert not is_alive(tmp_path)


async def test_what_is_no_pdf_makes_no_picture():
    assert await Renderer(None).draw([Shown(file_format="pdf", content=b"nothing of the kind")]) is None
