"""The question of work that stopped at its cap, put together for tests."""

from typing import Any

from orchestration.tickets.cap_raises import CapRaises
from recipes.spend import Caps


def make_cap_raises(store, effects, bell, clock, ids, **more: Any) -> CapRaises:
    """Give it with the usual caps and no admins, unless said otherwise."""
    given = {"caps": Caps(), "admins": (), **more}
    return CapRaises(store=store, effects=effects, bell=bell, clock=clock, ids=ids, **given)
