"""Adoption: what others said becomes the requester's word where they say so, and only then."""

import re
from typing import Final

from orchestration.partner.interpreter import Heard, Remark
from orchestration.partner.lexical.message import Message

PERSON: Final = r"⟨@[UW][A-Z0-9]+⟩"
CUES: Final = (
    rf"(?:what|as|like|agree with|agreed with|with|\+ 1 (?:to|for)|\+ 1|:\+1: (?:to|for)|take|use|go with|"
    rf"follow|do|idea (?:of|by|from)|suggestion (?:of|by|from)|"
    rf"number (?:of|by|from)|date (?:of|by|from)|proposal (?:of|by|from)|side with|listen to|same as|"
    rf"per)(?: (?:the|that|this|of|by|from|date|number|suggestion|"
    rf"proposal|idea|style|choice|length|list|what|count|topic|reviewer|title))* {PERSON}"
    rf"|{PERSON} (?:is|s) (?:right|correct|spot on)|{PERSON} (?:has|made) a (?:good )?point"
)
ALONE: Final = (
    r"(?:lets do that|do that|do it like that|good idea|good point|agreed|sounds good|lets do it|take that|"
    r"as suggested|i agree|that works|yes , that|"
    r"exactly|what (?:he|she|they) (?:says?|said|suggests?|suggested)|\+ 1|:\+1:|lets go with that|"
    r"lets take that|fine by me|works for me)"
)
REFUSED: Final = r"(?:no|not|dont|keep it|ignore|disagree|rather not|never mind|forget what|against|but i|leave it)"


def find_adopted(heard: Heard, message: Message) -> Remark | None:
    """Give the newest remark that the message makes its author's own."""
    if message.has(REFUSED):
        return None
    found = message.find(CUES)
    if found is not None:
        person = re.search(r"⟨@([UW][A-Z0-9]+)", message.quote(found[1]))
        said = [each for each in heard.remarks if person and each.author == person[1]]
        return said[-1] if said else None
    others = {each.author for each in heard.remarks}
    return heard.remarks[-1] if len(others) == 1 and message.has(ALONE) else None
