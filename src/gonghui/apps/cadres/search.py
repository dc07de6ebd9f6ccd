"""A union's rules as they are found by the search."""

from __future__ import annotations

from gonghui.core.search.sources import Source, register

from .models import Regulation
from .rules import REGULATION_RULES

register(
    Source(
        Regulation,
        "制度",
        REGULATION_RULES["view"],
        title=lambda one: one.title,
        note=lambda one: f"{one.get_subject_display()} · {one.org}",
        related=("org",),
        url_name="cadres:regulation-detail",
        position=60,
    )
)
