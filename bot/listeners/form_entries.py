"""What stands in a form that Slack sends: the fields as they were drawn, and as they are now."""

from typing import Final

from bot.hearing import make_file
from bot.payload import Json, part, parts, text
from bot.views.fields import PARAM, VALUE
from bot.views.form import ALSO_FROM, PLACE, PRIORITY
from recipes import form
from recipes.conversation import SharedFile
from recipes.draft import DraftNotFound
from recipes.form import Entries
from recipes.ids import RecipeSlug

# Where an element holds what is entered, and where it holds what it began with, kind by kind.
ENTERED: Final = ("value", "selected_date", "selected_user", "selected_channel", "selected_conversation")
SHOWN: Final = ("initial_value", "initial_date", "initial_user", "initial_channel", "initial_conversation")
FRAME: Final = {PRIORITY: form.PRIORITY, ALSO_FROM: form.ALSO_FROM}


def read_entries(view: Json) -> Entries:
    """Give what stands in a form.

    Raises:
        DraftNotFound: it is no form of this release.
    """
    slug, step = read_place(view)
    fields = {name: block for block in parts(view, "blocks") if (name := _name(text(block, "block_id")))}
    states = {name: _state(view, block) for name, block in fields.items()}
    files = {name: found for name, state in states.items() if (found := _read_files(state))}
    said = {
        name: "\n".join(file.name for file in files[name])
        if name in files
        else _read(state, ENTERED, "selected_option")
        for name, state in states.items()
        # Slack draws the field of files empty each time: empty does not say that those handed in before are unwanted.
        if name in files or text(state, "type") != "file_input"
    }
    shown = {name: _read(part(fields[name], "element"), SHOWN, "initial_option") for name in said}
    return Entries(slug=slug, step=step, shown=shown, said=said, files=files)


def read_place(view: Json) -> tuple[RecipeSlug, int]:
    """Give of which recipe, and at which step, a form is.

    Raises:
        DraftNotFound: it is no form of this release.
    """
    ids = (text(block, "block_id") for block in parts(view, "blocks"))
    place = next((found for found in ids if found.startswith(PLACE)), "")
    slug, _, step = place.removeprefix(PLACE).rpartition(":")
    if not slug or not step.isdecimal():
        raise DraftNotFound(text(view, "private_metadata"))
    return RecipeSlug(slug), int(step)


def list_fields(view: Json) -> list[str]:
    """Give the ids of the fields that a form shows."""
    return [text(block, "block_id") for block in parts(view, "blocks") if block.get("type") == "input"]


def _name(block_id: str) -> str:
    return block_id.removeprefix(PARAM) if block_id.startswith(PARAM) else FRAME.get(block_id, "")


def _state(view: Json, block: Json) -> Json:
    return part(view, "state", "values", text(block, "block_id"), VALUE)


def _read(element: Json, fields: tuple[str, ...], option: str) -> str:
    held = next((text(element, field) for field in fields if text(element, field)), "")
    return held or text(part(element, option), "value")


def _read_files(state: Json) -> tuple[SharedFile, ...]:
    return tuple(make_file(file) for file in parts(state, "files") if text(file, "id"))
