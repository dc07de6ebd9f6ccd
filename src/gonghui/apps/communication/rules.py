"""Who sees what was issued, who registers it and takes it back."""

from __future__ import annotations

from gonghui.core.access.actor import at_home, in_reach
from gonghui.kit.rules import state_in

from .models import PAPERS, State

keeps = in_reach("communication.write")
sees = keeps | in_reach("communication.view")
# What a union issued is for its members; the register of it stays with its officers.
reads = at_home() & state_in(State.ISSUED) & state_in(*PAPERS, field="kind")

PUBLICATION_RULES = {
    "view": sees,
    "read": reads,
    "fetch": sees | reads,
    "edit": keeps & state_in(State.ISSUED),
    "place": keeps,
}
