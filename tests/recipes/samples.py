"""Parameters of every kind, with words of any length in them, for what must hold whatever a recipe asks."""

from hypothesis import strategies as st

from recipes.parameters import (
    ChannelParameter,
    Choice,
    DateParameter,
    FilesParameter,
    MultitextParameter,
    NumberParameter,
    RangeParameter,
    SelectParameter,
    TextParameter,
    UserParameter,
    YesNoParameter,
)

NAMES = st.from_regex(r"[a-z][a-z0-9_]{0,39}", fullmatch=True)
SAID = st.text(min_size=1, max_size=30) | st.sampled_from(
    ["x" * 2_000, "é" * 2_000, "😀" * 1_999, "<@U0BEN> & <!here>"]
)


def _with(model, **more):
    return st.builds(
        model,
        name=NAMES,
        label=SAID,
        question=SAID,
        hint=st.none() | SAID,
        required=st.booleans(),
        group=st.sampled_from([None, "First", "Second", "x" * 150]),
        **{name: part if isinstance(part, st.SearchStrategy) else st.just(part) for name, part in more.items()},
    )


def _list_choices(count, label):
    return tuple(
        Choice(value=f"{number:<75}".replace(" ", "v"), label=f"{label}{number}"[-75:]) for number in range(count)
    )


choices = st.builds(
    _list_choices, st.sampled_from([1, 2, 99, 100, 101, 500]), st.sampled_from(["", "é" * 70, "😀" * 70, "<&>"])
)
parameters_of_any_kind = st.one_of(
    _with(TextParameter, multiline=st.booleans(), min_chars=st.sampled_from([1, 5])),
    _with(NumberParameter, minimum=1, maximum=9),
    _with(RangeParameter, minimum=0, maximum=100, step=5, unit="units"),
    _with(MultitextParameter, max_items=50, max_chars=500),
    _with(DateParameter),
    _with(YesNoParameter),
    _with(UserParameter),
    _with(ChannelParameter),
    _with(FilesParameter, file_types=st.sampled_from([(), ("pdf", "csv")])),
    _with(SelectParameter, choices=choices),
)
