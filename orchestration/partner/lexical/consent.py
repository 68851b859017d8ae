"""Consent: yes or no to what was asked, and things that are wanted or left out."""

import re
from typing import Final

from orchestration.partner.lexical.message import Message, Span
from orchestration.partner.lexical.phrases import singular
from orchestration.partner.lexical.scene import Found, Scene
from recipes.parameters import Parameter, YesNoParameter

NO: Final = (
    r"(?:no|nope|nah|never|rather not|better not|not really|please dont|dont|no thanks|no need|absolutely not|"
    r"of course not"
    r"|certainly not|without|negative|not this time|id rather not|:-1:|:thumbsdown:|:x:|:no_entry:|n|👎|not)"
)
YES: Final = (
    r"(?:yes|yep|yeah|yup|y|sure|ok|okay|of course|absolutely|definitely|certainly|please do|go ahead|why not|true|fine"
    r"|affirmative|sounds good|good idea|do it|do that|by all means|with pleasure|bien sur|por supuesto|naturlich"
    r"|:\+1:|:thumbsup:|:white_check_mark:|:heavy_check_mark:|:ok_hand:|👍|👌|✅|you may|please)"
)
UNSURE: Final = (
    r"(?:maybe|perhaps|not sure|dont know|depends|possibly|no idea|unsure|vielleicht|quizas|peut etre|hmm|idk)"
)
WITHOUT: Final = (
    r"(?:no|without|skip|skipping|drop|omit|exclude|excluding|dont|not|never|remove|leave out|leave off|"
    r"no need for|minus|cut"
    r"|theres no|are no|is no|(?<!dont )(?<!not )(?<!never )(?:forget|scrap|ditch|lose)|never ?mind)"
)
WITH: Final = (
    r"(?:(?:dont|not|never) forget|"
    r"with|add|adding|include|including|there are|there is|are|also|want|need|plus|please|keep|have|has|"
    r"have got|show|list"
    r"|put in|allow|do|give|use|yes|may|can|should|make it|be)"
)
BRIDGE: Final = (
    r"(?: (?:the|a|an|any|some|our|their|its|it|in|also|to|want|need|include|add|show|list|have|be|us|me|all|"
    r"for|of|use))*"
)


def find_consent(scene: Scene, parameter: Parameter) -> Found | None:
    """Give yes or no where the message says it of this parameter."""
    if not isinstance(parameter, YesNoParameter):
        return None
    if (found := _find_thing(scene.message, parameter)) is not None:
        return found
    return _find_reply(scene.message) if scene.asked == parameter.name else None


def _find_reply(message: Message) -> Found | None:
    quote = message.text.strip()
    if message.has(UNSURE):
        return Found(quote=quote, doubt="Yes or no?")
    rest = message
    no = list(message.find_all(NO))
    if no:
        rest = message.without(span for _, span in no)
    yes = list(rest.find_all(YES))
    says_no = bool(no) and (not yes or no[0][1].first < yes[0][1].first or no[0][0][0] in {"rather not", "not"})
    if "why not" in message.forms and not re.match(r" no ", message.forms):
        says_no = False
        yes = yes or no
    if not no and not yes:
        return None
    return Found(raw="no" if says_no else "yes", quote=quote)


def _find_thing(message: Message, parameter: YesNoParameter) -> Found | None:
    """Give yes or no by a thing that is named with or without."""
    order = " ".join(re.findall(r"[a-z]+", parameter.label.lower()))
    if order.count(" ") > 1 and (ordered := message.find(rf"(?P<no>{WITHOUT} (?:to )?)?{order}")):
        return Found(raw="no" if ordered[0]["no"] else "yes", quote=message.quote(ordered[1]))
    for thing in _list_things(parameter):
        pattern = rf"(?:{thing})"
        after = message.find(rf"{pattern}(?: \S+)? (?:are |is )?(?P<no>out|off|not needed|unnecessary)(?= [,.;!|]| $)")
        without = message.find(rf"{WITHOUT}{BRIDGE} {pattern}(?: out)?") or after
        left = message.find(rf"leave (?:the |out the |out )?{pattern}(?: out)?")
        if found := without or left:
            return Found(raw="no", quote=message.quote(found[1]))
        found = message.find(rf"{WITH}{BRIDGE} {pattern}") or _find_alone(message, pattern)
        if found:
            return Found(raw="yes", quote=message.quote(found[1]))
    return None


def _find_alone(message: Message, pattern: str) -> tuple[re.Match[str], Span] | None:
    """Give the thing where it is a thought of its own: "blameless", "charts too"."""
    return message.find(rf"(?<![^,;.!| ] ){pattern}(?: too| also| please)?(?= [,;.!|]| $)") or message.find(
        rf"{pattern} (?:too|as well|: yes|yes)(?= |$)"
    )


def _list_things(parameter: YesNoParameter) -> list[str]:
    """Give the thing's names as patterns: the label without "with", and the parameter's name."""
    label = [re.escape(word) for word in re.findall(r"[a-z']+", parameter.label.lower())]
    core = [word for word in label if word not in {"with", "the"}]
    named = parameter.name.replace("_", " ")
    names = {" ".join(core), named}
    if len(core) <= 2:  # noqa: PLR2004 (a noun and its adjective)
        names.add(core[-1] if len(core) == 1 else " ".join(core))
    return [
        rf"{re.escape(singular(name).removesuffix('ing'))}(?:e|es|s|ing)?"
        for name in sorted(names, key=len, reverse=True)
        if name
    ]
