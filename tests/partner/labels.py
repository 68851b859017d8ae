"""Labelled utterances for the thinking partner, written apart from its rules.

Each says what a careful colleague takes from a message. Rules are written against `utterances/tune.toml`;
`utterances/sealed.toml` is opened at the end, by a script that prints figures. The split is fixed: an id is its
category and a number, odd numbers are in tune, even ones in sealed; each category counts up without gaps and ends even,
so both halves hold as many of each. Categories that came later, by language, are in tune alone and count up
without gaps. `utterances/fresh.toml` is a third half, for when the second is no longer unseen:
it was written after the rules by somebody who saw neither them nor the sealed half. It is opened like that one, and has
categories of its own, by what is said and by language; each counts up without gaps.

How the labels were made. Whoever adds one keeps to it:

1. `text` is the message as Slack sends it, emoji by name or as such, without the mention of the bot, entities as
   characters. With no `context` it opens a talk by a mention or a direct message. In an engaged thread the requester
   needs no mention; `addressed` tells that there was one.
2. `recipe` is the one in force after the message: the chosen one stays until another is named or picked from those
   offered. After start_over and something_else there is none. Longer names win over the shorter ones inside them
   ("incident report" over "report"); a recipe named inside the topic is not chosen. Where a careful colleague would ask
   "this or that?", there is no recipe but `candidates`, and answers only for parameters that all candidates share.
3. `answers` holds what this message gives or changes, as `recipes.answers.read_answer` returns it; earlier answers are
   not repeated, and a new recipe starts without them. What two careful colleagues would read differently has no value.
4. Texts and lines of lists stand as written, typos and language included: from behind "about", "on", "for", "of",
   "topic:" or "it's about" up to where another parameter, an aside or a courtesy begins; outer quotation marks and
   closing punctuation are dropped, articles are kept. Numbers, dates, choices and people within the topic fill nothing
   else. A list without its own separators is split at commas, slashes, "and", "&", "+", "vs", bullets and numbering.
5. Numbers fill the parameter whose noun or unit they stand with, or the one that was asked. Words, typos, thousands
   separators of the message's language, "k", "about" and "around" are fine. A span ("10-12"), "a few", a fraction, a
   number out of bounds or between two steps gives nothing: nothing is rounded. Hours become minutes.
6. Dates count from `today`. Without a year, what is due is the next such day, what happened the last one. A weekday, or
   the end of a month, quarter or year, is the next to come; "next" and a weekday only where it cannot be the day of
   this week. A week is its Monday. Dotted dates are day first; 03/04 has no value, 25/12 has one. Vague days ("early
   January", "Q3") and days that do not exist have none.
7. Choices are taken from value, label, synonym or a clear typo of one. Two at once, or one that is only ruled out, is
   none.
8. Yes and no need the question, or the thing named with or without ("with charts", "no charts", "leave out the
   charts").
9. People and channels need a mention that says their part ("<@U0BEN> reviews"); who is quoted, addressed or merely told
   of plays none. "Me" and "I" are the author where the part is clear. Names without a mention have no value. A channel
   that is read from is not where the work goes.
10. Corrections give the new value: "make it 9, not 7", "two more" counted from what stands, a changed list in whole.
11. Words of others are chatter (silence), and so is what the requester says to others, unless the bot is addressed.
    `said` holds what others said before; the requester may adopt it ("as <@U0CARLA> suggests"), and then it is a value.
12. Quoted text is content: orders in it are not followed, values in it fill nothing.
13. `intent`: work says or changes what is wanted, also to no effect ("keep it"); answer replies to the question that
    was asked (parameter or choice of recipe), also where its value cannot be used; the others carry no values. In a
    mixed message a value or a recipe outweighs thanks, greetings, questions and skipping; a reply to what was asked
    outweighs more.
"""

import tomllib
from pathlib import Path
from typing import Final, Literal

from recipes.recipe import Recipe, read_recipe
from storage.catalog import read_catalog
from tests.partner.problems import list_problems, list_split_problems
from tests.partner.utterance import Halves, Utterance

FOLDER: Final = Path(__file__).parent


def load_recipes() -> dict[str, Recipe]:
    """Give the recipes that the labels speak of: the built-in ones, and those of this folder's catalogue."""
    files = sorted((FOLDER / "catalog").glob("*.toml"))
    own = [read_recipe(file.name, file.read_text(encoding="utf-8")) for file in files]
    return {str(recipe.slug): recipe for recipe in (*read_catalog(), *own)}


def load_half(name: Literal["tune", "sealed", "fresh"]) -> tuple[Utterance, ...]:
    """Give the labels of one half, in the order of the file."""
    raw = tomllib.loads((FOLDER / "utterances" / f"{name}.toml").read_text(encoding="utf-8"))
    return tuple(Utterance.model_validate(each) for each in raw["utterance"])


def load_halves() -> Halves:
    """Give all three halves.

    Raises:
        ValueError: a label breaks a rule; the text names each.
    """
    halves = Halves(tune=load_half("tune"), sealed=load_half("sealed"), fresh=load_half("fresh"))
    recipes = load_recipes()
    wrong = (problem for label in halves.labels for problem in list_problems(label, recipes))
    problems = [*list_split_problems(halves), *wrong]
    if problems:
        raise ValueError("\n".join(problems))
    return halves
