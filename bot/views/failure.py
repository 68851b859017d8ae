"""A sentence in the place of a form that cannot go on."""

from bot.views.limits import VIEW_TITLE_CHARS, Block, escape_words, plain, section


def render_failure(title: str, said: str) -> Block:
    """Give the modal with the sentence."""
    return {
        "type": "modal",
        "title": plain(title or "Threadwork", VIEW_TITLE_CHARS),
        "close": plain("Close", VIEW_TITLE_CHARS),
        "blocks": [section(escape_words(said))],
    }
