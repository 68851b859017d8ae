import pytest

from bot.sandbox.composer import compose, rich_text_of
from bot.sandbox.screen import readable
from bot.sandbox.seed import ChannelSeed, PersonSeed, SlackRules, WorkspaceSeed
from bot.sandbox.workspace import Workspace

SEED = WorkspaceSeed(people=(PersonSeed("Maya"), PersonSeed("Maya Lin")), channels=(ChannelSeed("q3-reports"),))
TYPED = [
    ("@Threadwork hi", "<@U0THREADWORK> hi"),
    ("@Maya Lin and @maya", "<@U0MAYALIN> and <@U0MAYA>"),
    ("mail@Maya", "mail@Maya"),
    ("@Nobody", "@Nobody"),
    ("see #q3-reports, #1", "see <#C0Q3REPORTS|q3-reports>, #1"),
    ("a < b & c", "a &lt; b &amp; c"),
    ("(https://x.org/a?b=1&c=2).", "(<https://x.org/a?b=1&amp;c=2>)."),
    ("<@U0MAYA> <https://x.org|x> <!here>", "<@U0MAYA> <https://x.org|x> <!here>"),
    ("", ""),
]


@pytest.fixture
def workspace():
    return Workspace(SEED, SlackRules(), now=lambda: 1_750_000_000.0)


@pytest.mark.parametrize(("typed", "written"), TYPED)
def test_typed_words_become_slacks(workspace, typed, written):
    assert compose(typed, workspace.people, workspace.places) == written


def test_commands_carry_labels(workspace):
    written = compose("@Maya #q3-reports", workspace.people, workspace.places, labels=True)
    assert written == "<@U0MAYA|maya> <#C0Q3REPORTS|q3-reports>"


def test_words_become_rich_text():
    block = rich_text_of("<@U1> &lt;b&gt; <#C1|general> <!here> <https://x.org/?a&amp;b|x> end")
    [part] = block["elements"]
    assert part["elements"] == [
        {"type": "user", "user_id": "U1"},
        {"type": "text", "text": " <b> "},
        {"type": "channel", "channel_id": "C1"},
        {"type": "text", "text": " "},
        {"type": "broadcast", "range": "here"},
        {"type": "text", "text": " "},
        {"type": "link", "url": "https://x.org/?a&b", "text": "x"},
        {"type": "text", "text": " end"},
    ]


def test_slacks_words_are_readable_again():
    text = "<@U1> &lt;b&gt; <#C1|general> <!here> <https://x.org|x> <@U2|jo>"
    assert readable(text, {"U1": "Maya"}) == "@Maya <b> #general @here x @jo"


def test_ids_are_never_given_twice():
    people = tuple(PersonSeed(name) for name in ("Jo", "J o", "日本"))
    workspace = Workspace(WorkspaceSeed(people=people, channels=()), SlackRules())
    assert len({user.id for user in workspace.people.list_all()}) == 4


def test_a_channel_with_an_unknown_member_is_refused():
    with pytest.raises(ValueError, match="'x' has a member who is not in the workspace"):
        Workspace(WorkspaceSeed(channels=(ChannelSeed("x", members=("Zoe",)),)), SlackRules())
