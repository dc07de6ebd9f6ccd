"""Study rules and slogans as they are found by the search."""

from __future__ import annotations

from gonghui.core.search.sources import Source, register

from .models import StudyRule
from .rules import STUDYRULE_RULES

register(
    Source(
        StudyRule,
        "学习制度",
        STUDYRULE_RULES["view"],
        title=lambda one: one.title,
        note=lambda one: str(one.org),
        related=("org",),
        url_name="learning:studyrule-detail",
        position=65,
    )
)
