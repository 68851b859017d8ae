"""The versions of what was delivered, with a button for each that can be had again."""

from typing import Final

from bot.views.limits import Block, button, clip, context, escape, section
from bot.views.message import Message
from recipes.reply import VersionList
from recipes.revision import Version

# docs.slack.dev, blocks: 50 a message
SHOWN: Final = 20
WORDS_CHARS: Final = 200


def render_versions(listed: VersionList) -> Message:
    """Give the list, newest first."""
    count = len(listed.versions)
    lead = f"*{escape(clip(listed.title, WORDS_CHARS))}* has {count} version{'s' if count != 1 else ''}."
    rows = [_row(each, is_newest=place == 0) for place, each in enumerate(listed.versions[:SHOWN])]
    hint = context("`restore version 1` does the same as its button: a new version that says what that one said.")
    return Message(text=lead, blocks=(section(lead), *rows, *([hint] if count > 1 else [])))


def _row(version: Version, *, is_newest: bool) -> Block:
    asked = f"“{escape(clip(version.words, WORDS_CHARS))}”" if version.words else "as it was first delivered"
    when = f"<!date^{int(version.created_at.timestamp())}^{{date_short_pretty}} {{time}}|{version.created_at:%Y-%m-%d}>"
    said = f"*Version {version.number}*{', the newest' if is_newest else ''}: {asked}\n{when} · `{version.digest[:12]}`"
    if is_newest:
        return section(said)
    action_id = f"output.version.{version.number}"
    return {**section(said), "accessory": button("Restore", action_id, version.output_id)}
