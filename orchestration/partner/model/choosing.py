"""Choosing: which recipe a reply leaves in force. A change drops all answers, so it needs the recipe's name."""

from typing import Final

from orchestration.partner.interpreter import Candidate, Heard, Intent
from orchestration.partner.lexical.interpreter import read_lexically
from orchestration.partner.lexical.message import read_message
from orchestration.partner.lexical.names import list_namings
from orchestration.partner.model.quotes import find_quote, is_hidden
from orchestration.partner.model.reply import Reply
from recipes.ids import RecipeSlug

LEAVING: Final = frozenset({Intent.START_OVER, Intent.SOMETHING_ELSE})
NO_WORDS: Final = "it may be what you mean"


def choose_recipe(reply: Reply, heard: Heard) -> tuple[RecipeSlug | None, tuple[Candidate, ...]]:
    """Give the recipe in force after the message, and those that may be meant."""
    known = {str(each.slug): each.slug for each in heard.recipes}
    current = known.get(heard.recipe or "")
    wanted = known.get(reply.recipe or "")
    said = _find_said(reply, heard)
    if wanted is not None and wanted == current:
        return current, ()
    if wanted is not None and said is not None and (current is None or _is_named(wanted, said, heard)):
        return wanted, (Candidate(slug=wanted, reason=f"you said “{said}”"),)
    if current is not None:
        return (None, ()) if reply.recipe is None and is_leaving(reply.intent, heard) else (current, ())
    meant = dict.fromkeys(known[each] for each in (reply.recipe or "", *reply.candidates) if each in known)
    return None, tuple(Candidate(slug=slug, reason=_tell_reason(slug, said, heard)) for slug in meant)


def is_leaving(intent: Intent, heard: Heard) -> bool:
    """Tell whether the message drops what was chosen so far; where there is something to lose, rules must agree."""
    if intent not in LEAVING:
        return False
    return heard.recipe is None or read_lexically(heard).intent in LEAVING


def _find_said(reply: Reply, heard: Heard) -> str | None:
    said = find_quote(reply.recipe_quote, heard.text)
    return None if said is None or is_hidden(said, heard.text, in_quotations=False) else said


def _tell_reason(slug: RecipeSlug, said: str | None, heard: Heard) -> str:
    """Say which words may mean this recipe: those that name it, before those that were quoted for all."""
    namings = list_namings(read_message(heard.text), heard.recipes)
    named = next((each.said for each in namings if slug in each.slugs), None)
    words = named if named is not None and not is_hidden(named, heard.text, in_quotations=False) else said
    return NO_WORDS if words is None else f"you said “{words}”"


def _is_named(slug: RecipeSlug, said: str, heard: Heard) -> bool:
    return any(slug in each.slugs for each in list_namings(read_message(said), heard.recipes))
