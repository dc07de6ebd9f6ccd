"""Briefs, news and experience material, as they are found and shown by the search."""

from __future__ import annotations

from django.db.models import Q

from gonghui.core.search.sources import Source, register

from .models import Publication, State
from .rules import PUBLICATION_RULES

register(
    Source(
        Publication,
        "简报信息",
        PUBLICATION_RULES["view"],
        note=lambda one: f"{one.get_kind_display()} · {one.org}",
        only=Q(state=State.ISSUED),
        related=("org",),
        position=78,
    )
)
