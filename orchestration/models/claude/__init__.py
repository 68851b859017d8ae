"""Claude: turns for the agents' loop, and readings for the thinking partner, over one door.

prompt + history -> rendering (a request: tools, system, bundle, then turn by turn) -> door -> replies (a turn)
schema + text    -> reader                                                           -> door -> a value

    door.py         the only file that knows the provider's library; its faults become ours (`errors.py`)
    bundle_text.py  the bundle as the agent reads it
    models.py       which models there are, which are going away
"""
