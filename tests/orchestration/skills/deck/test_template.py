"""Decks on other people's templates, in a brand's look, and what is turned away."""

import io
import re
import zipfile
from pathlib import Path

import pytest
from pptx import Presentation

from orchestration.skills.builder import BuildRefused, Kit, build_file
from orchestration.skills.checks import check_deck, deck_text
from orchestration.skills.deck.brand import Brand, TemplateFile, brand_stage
from orchestration.skills.deck.brand_file import BrandRefused, load_brand
from orchestration.skills.deck.foreign.template import read_template
from orchestration.skills.deck.writer import build_deck
from orchestration.skills.paper.checks import Wanted
from orchestration.skills.pictures import PictureRefused, read_picture
from orchestration.skills.problems import parse_deck
from recipes.source import FileRefused
from tests.orchestration.skills.deck.templates import TEMPLATES
from tests.orchestration.skills.samples import every_kind_deck, review_deck, sample_picture

PICTURES = {"S2": read_picture(sample_picture())}


def build_on(name: str) -> bytes:
    return build_deck(parse_deck(review_deck()), stage=read_template(f"{name}.pptx", TEMPLATES[name]()))


def list_failed(content: bytes) -> list[str]:
    return [check.said for check in check_deck(content) if not check.passed and check.name != "notes"]


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_deck_has_the_layouts_and_fonts_of_its_template_and_none_of_its_slides(name: str) -> None:
    made = build_on(name)
    theirs, ours = Presentation(io.BytesIO(TEMPLATES[name]())), Presentation(io.BytesIO(made))

    assert [layout.name for layout in ours.slide_layouts] == [layout.name for layout in theirs.slide_layouts]
    assert len(ours.slides) == len(review_deck()["slides"])
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        parts = {part: archive.read(part) for part in archive.namelist()}
    assert not [part for part, held in parts.items() if b"must not stay" in held or b"Nor its notes" in held]
    slides = [part for part in parts if re.match(r"ppt/(slides|notesSlides)/[^/]+\.xml", part)]
    assert len(slides) == 2 * len(ours.slides)


@pytest.mark.parametrize("name", TEMPLATES)
def test_every_kind_of_slide_passes_every_check_on_a_template(name: str) -> None:
    stage = read_template(f"{name}.pptx", TEMPLATES[name]())

    assert list_failed(build_deck(parse_deck(every_kind_deck()), stage=stage, pictures=PICTURES)) == []


def test_titles_and_content_go_into_the_templates_own_places() -> None:
    slides = Presentation(io.BytesIO(build_on("dark"))).slides
    kinds = [{place.placeholder_format.type.name for place in slide.placeholders} for slide in slides]

    assert "CENTER_TITLE" in kinds[0]
    assert all({"TITLE", "CENTER_TITLE"} & each for each in kinds)
    assert "SUBTITLE" in kinds[0]


def test_the_same_template_gives_the_same_bytes() -> None:
    template = TEMPLATES["light"]()
    first = build_deck(parse_deck(review_deck()), stage=read_template("a.pptx", template))

    assert build_deck(parse_deck(review_deck()), stage=read_template("b.pptx", template)) == first


def with_macros() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("ppt/presentation.xml", "<p/>")
        archive.writestr("ppt/vbaProject.bin", b"x")
    return buffer.getvalue()


def without_titles() -> bytes:
    file = Presentation()
    for layout in file.slide_layouts:
        for place in list(layout.placeholders):
            if place.placeholder_format.idx == 0:
                place._element.getparent().remove(place._element)
    buffer = io.BytesIO()
    file.save(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"%PDF-1.7 and more", "is a PDF"),
        (b"PK\x03\x04 not really", "is damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "is protected with a password"),
        (with_macros(), "contains macros"),
        (without_titles(), "has no layout with a place for a title"),
        (b"PK\x03\x04" + b"\0" * (21 * 1024 * 1024), "is larger than 20 MB"),
    ],
)
def test_what_is_no_template_is_turned_away_with_one_sentence(content: bytes, said: str) -> None:
    kit = Kit(brand=Brand(template=TemplateFile("look.pptx", content)))

    with pytest.raises(BuildRefused) as caught:
        build_file("pptx", review_deck(), permalinks={}, kit=kit, wanted=Wanted())
    assert said in str(caught.value)
    with pytest.raises(FileRefused):
        read_template("look.pptx", content)


def test_a_brand_sets_colours_fonts_and_logo_and_stays_legible() -> None:
    brand = Brand(
        primary="FFD400", secondary="00A3A1", heading_font="Georgia", logo=read_picture(sample_picture(400, 120))
    )
    made = build_deck(parse_deck(review_deck()), stage=brand_stage("slate", brand))

    assert list_failed(made) == []
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        assert b'typeface="Georgia"' in archive.read("ppt/theme/theme1.xml")
        assert any(name.startswith("ppt/media/") for name in archive.namelist())


def test_a_brand_is_read_from_its_file(tmp_path: Path) -> None:
    (tmp_path / "logo.png").write_bytes(sample_picture(40, 20))
    path = tmp_path / "brand.toml"
    path.write_text('primary = "#0f4c3a"\nlogo = "logo.png"\n')

    brand = load_brand(path)
    assert (brand.primary, brand.logo is not None) == ("0F4C3A", True)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ('primary = "green"', "write it like #1D5FAA"),
        ('colour = "#000000"', "colour is unknown"),
        ('logo = "none.png"', "the logo cannot be read"),
        ("primary =", "cannot be read"),
    ],
)
def test_a_brands_file_that_cannot_be_used_is_named_with_what_is_wrong(tmp_path: Path, written: str, said: str) -> None:
    path = tmp_path / "brand.toml"
    path.write_text(written)

    with pytest.raises(BrandRefused) as caught:
        load_brand(path)
    assert said in caught.value.advice()


def test_a_picture_is_shown_whole_or_cropped_and_an_unknown_one_is_named() -> None:
    made = build_file(
        "pptx", every_kind_deck(), permalinks={}, kit=Kit(files={"S2": sample_picture()}), wanted=Wanted()
    )
    pictures = [shape for slide in Presentation(io.BytesIO(made.content)).slides for shape in slide.shapes if hasattr(shape, "crop_top")]  # fmt: skip # noqa: E501 - one line reads better

    assert [picture.crop_top > 0 for picture in pictures] == [False, True]
    assert len(deck_text(made.content)) == len(every_kind_deck()["slides"])
    with pytest.raises(BuildRefused, match="'S2' is no picture"):
        build_file("pptx", every_kind_deck(), permalinks={}, wanted=Wanted())


@pytest.mark.parametrize("content", [b"", b"GIF89a", sample_picture()[:200], b"\x89PNG\r\n\x1a\n"])
def test_bytes_that_are_no_picture_are_refused(content: bytes) -> None:
    with pytest.raises(PictureRefused):
        read_picture(content)


@pytest.mark.parametrize("name", TEMPLATES)
def test_nearly_all_colours_on_a_template_are_its_themes_so_that_they_change_with_it(name: str) -> None:
    with zipfile.ZipFile(io.BytesIO(build_on(name))) as archive:
        slides = [archive.read(part) for part in archive.namelist() if re.match(r"ppt/slides/[^/]+\.xml", part)]
    fixed, themed = (sum(slide.count(sign) for slide in slides) for sign in (b"<a:srgbClr", b"<a:schemeClr"))

    assert fixed <= 0.05 * (fixed + themed)
