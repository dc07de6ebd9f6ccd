"""What titles add elsewhere: the word beside the name of a person who holds one."""

from __future__ import annotations

from gonghui.core.people.tags import Tag, tags

from .models import Title
from .rules import TITLE_RULES

tags.add(
    "title",
    Tag("title", "现有称号", lambda day: Title.objects.held(day), TITLE_RULES["view"]),
)
