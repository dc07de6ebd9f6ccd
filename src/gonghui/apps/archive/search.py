"""Pieces that count and recommended books, as they are found and shown by the search."""

from __future__ import annotations

from django.db.models import Q

from gonghui.core.search.sources import Source, register

from .models import COUNTING, Material, Piece, Recommendation, Shown
from .rules import MATERIAL_RULES, PIECE_RULES, RECOMMENDATION_RULES

register(
    Source(
        Piece,
        "学习积累",
        PIECE_RULES["view"],
        title=str,
        note=lambda one: f"{one.sort.label} · {one.person}",
        words=lambda one: one.author,
        # What is shown to nobody is found in one's own archive only.
        only=Q(state__in=COUNTING) & ~Q(shown_to=Shown.ME),
        related=("person",),
        position=70,
    )
)
register(
    Source(
        Recommendation,
        "推荐书目",
        RECOMMENDATION_RULES["view"],
        note=lambda one: f"{one.author} · {one.org}".strip(" ·"),
        words=lambda one: one.author,
        related=("org",),
        position=71,
    )
)
register(
    Source(
        Material,
        "学习资料",
        MATERIAL_RULES["view"],
        note=lambda one: str(one.org),
        words=lambda one: one.words,
        related=("org",),
        position=72,
    )
)
