"""Who sees what was issued, who registers it and takes it back."""

from __future__ import annotations

from gonghui.core.access.actor import in_reach
from gonghui.kit.rules import state_in

from .models import State

keeps = in_reach("communication.write")

PUBLICATION_RULES = {
    "view": keeps | in_reach("communication.view"),
    "edit": keeps & state_in(State.ISSUED),
    "place": keeps,
}
