"""What people say in a large piece of work, in its messages, its notes and its files: the same words each time."""

import random

SEED = 20
MESSAGES = 300
SUBJECTS = (
    "Churn", "Revenue", "The pilot", "Support", "The North region", "Hiring", "The renewal rate", "The forecast",
)  # fmt: skip
EVENTS = (
    "fell to {n} percent in {month}", "rose by {n} points since {month}", "stayed at {n} for the whole of {month}",
    "was reviewed in {month}, and {n} cases are still open", "cost {n} thousand more than was planned for {month}",
)  # fmt: skip
REASONS = (
    "because prices were kept as they were", "although two large customers left", "after the new contract was signed",
    "since the team had grown", "which nobody had expected", "so the plan for the next quarter was changed",
)  # fmt: skip
MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September")


def list_messages() -> list[str]:
    """Give the thread's messages."""
    chance = random.Random(SEED)
    return [say(chance, chance.randint(1, 4)) for _ in range(MESSAGES)]


def list_notes(count: int) -> list[str]:
    """Give notes as people leave them in a basket."""
    chance = random.Random(SEED)
    return [say(chance, chance.randint(1, 3)) for _ in range(count)]


def say(chance: random.Random, sentences: int) -> str:
    """Give some sentences."""
    said: list[str] = []
    for _ in range(sentences):
        event = chance.choice(EVENTS).format(n=chance.randint(2, 90), month=chance.choice(MONTHS))
        said.append(f"{chance.choice(SUBJECTS)} {event}, {chance.choice(REASONS)}.")
    return " ".join(said)
