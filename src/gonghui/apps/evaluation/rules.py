"""Who may see schemes, write them and issue them."""

from __future__ import annotations

from gonghui.core.access.actor import at_home, in_reach
from gonghui.kit.rules import state_in

writes = in_reach("evaluation.write")
# Whoever is judged by a scheme may read it once it is issued.
sees = in_reach("evaluation.view") | writes | (at_home() & ~state_in("draft"))

SCHEME_RULES = {
    "view": sees,
    "edit": writes & state_in("draft"),
    "place": writes,
    "version": writes & ~state_in("draft"),
    "trial": in_reach("evaluation.view") | writes,
}
