"""Who reads what was reported, and who may word it."""

from __future__ import annotations

from gonghui.core.access.actor import in_reach
from gonghui.kit.rules import nobody

PAPER_RULES = {
    "view": in_reach("indicators.view"),
    "edit": nobody,
    "place": in_reach("indicators.view"),
}
WORDING_RULES = {
    "view": in_reach("indicators.view"),
    "edit": in_reach("reports.write"),
    "place": in_reach("reports.write"),
}
