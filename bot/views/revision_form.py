"""The form that says what to change of a delivered thing: in words, and by what can be chosen."""

from typing import Final

from bot.views.fields import VALUE
from bot.views.limits import (
    HINT_CHARS,
    LABEL_CHARS,
    PLACEHOLDER_CHARS,
    VIEW_TITLE_CHARS,
    Block,
    clip,
    context,
    escape,
    plain,
    section,
)
from recipes.revision import Version
from recipes.revision_form import FEWEST, WORDS_CHARS, RevisionForm
from recipes.theme import Theme

REVISE: Final = "output.revise"
CALLBACK: Final = "revision_form"
FIELD: Final = "revise:"
"""Begins the id of each field's block; its name follows."""
KEEP: Final = "keep"
"""The choice that changes nothing."""
# docs.slack.dev, option object
OPTION_CHARS: Final = 75
COLOURS: Final[dict[Theme, str]] = {
    "slate": "Slate (blue)",
    "ember": "Ember (orange)",
    "forest": "Forest (green)",
    "mono": "Mono (grey)",
}
WORDS_HINT: Final = {
    True: "As you would say it in the thread. What has to be written anew costs something: a brief comes first.",
    False: "As you would say it in the thread. No language model works on this: other words cannot be had.",
}
EXAMPLES: Final = {
    "slide": "slide 3 as a table; drop slide 6; swap slides 2 and 4",
    "section": "swap sections 1 and 2; drop the section “Open questions”; as PDF",
    "sheet": "drop the sheet “Raw”",
}


def render_revision_form(form: RevisionForm) -> Block:
    """Give the modal; its private metadata is the output's id and nothing else."""
    newest = form.versions[0].number
    fields = [
        _words(form),
        *([_colours(form, form.theme)] if form.theme else []),
        *([_count(form, form.count)] if form.count else []),
        *([_length()] if form.may_write else []),
        *([_start(form)] if len(form.versions) > 1 else []),
    ]
    lead = f"*{escape(clip(form.title, LABEL_CHARS))}*, version {newest}. What you do not ask for stays as it is."
    return {
        "type": "modal",
        "callback_id": CALLBACK,
        "private_metadata": form.output_id,
        "title": plain("What to change", VIEW_TITLE_CHARS),
        "submit": plain("Change it", VIEW_TITLE_CHARS),
        "close": plain("Close", VIEW_TITLE_CHARS),
        "blocks": [
            section(lead),
            *fields,
            context("The next version comes into the thread, and this one stays there."),
        ],
    }


def _words(form: RevisionForm) -> Block:
    element: Block = {
        "type": "plain_text_input",
        "action_id": VALUE,
        "multiline": True,
        "max_length": WORDS_CHARS,
        "placeholder": plain(EXAMPLES.get(form.unit or "", "shorter, and friendlier"), PLACEHOLDER_CHARS),
    }
    return _field("words", "In words", element, hint=WORDS_HINT[form.may_write])


def _colours(form: RevisionForm, theme: str) -> Block:
    if len(form.versions) > 1:
        # Another version than this one may be chosen to start from, and it may have other colours.
        return _field("theme", "Colours", _select([(KEEP, "As they are"), *COLOURS.items()], KEEP))
    others = [(each, name) for each, name in COLOURS.items() if each != theme]
    kept = next((name for each, name in COLOURS.items() if each == theme), theme)
    return _field("theme", "Colours", _select([(KEEP, f"As they are: {kept}"), *others], KEEP))


def _count(form: RevisionForm, count: int) -> Block:
    is_alone = len(form.versions) == 1
    element: Block = {
        "type": "number_input",
        "action_id": VALUE,
        "is_decimal_allowed": False,
        "min_value": str(FEWEST),
        **({"max_value": str(count - 1)} if is_alone else {}),
    }
    has = "It has" if is_alone else f"Version {form.start} has"
    hint = f"{has} {count}. The last of what carries the findings goes first; opening, closing and sources stay."
    return _field("count", "Only so many slides", element, hint=hint)


def _length() -> Block:
    options = [(KEEP, "As it is"), ("shorter", "Shorter"), ("longer", "Longer")]
    return _field("length", "How much it says", _select(options, KEEP))


def _start(form: RevisionForm) -> Block:
    # What is the newest when this is worked may be a later one: who leaves it at that undoes nothing.
    newest = form.versions[0]
    options = [(_value(each, newest), _name_version(each, newest)) for each in form.versions]
    started = next(each for each in form.versions if each.number == form.start)
    return _field("version", "Start from", _select(options, _value(started, newest)))


def _value(version: Version, newest: Version) -> str:
    return KEEP if version == newest else str(version.number)


def _name_version(version: Version, newest: Version) -> str:
    asked = f": {' '.join(version.words.split())}" if version.words else ": as it was first delivered"
    return f"Version {version.number}{', the newest' if version == newest else ''}{asked}"


def _select(options: list[tuple[str, str]], chosen: str) -> Block:
    made = {value: {"text": plain(clip(name, OPTION_CHARS), OPTION_CHARS), "value": value} for value, name in options}
    return {"type": "static_select", "action_id": VALUE, "options": [*made.values()], "initial_option": made[chosen]}


def _field(name: str, label: str, element: Block, *, hint: str | None = None) -> Block:
    return {
        "type": "input",
        "block_id": f"{FIELD}{name}",
        "optional": True,
        "label": plain(label, LABEL_CHARS),
        "element": element,
        **({"hint": plain(hint, HINT_CHARS)} if hint else {}),
    }
