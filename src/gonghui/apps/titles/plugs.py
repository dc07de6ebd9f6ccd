"""What titles add elsewhere, and what they follow: a name that is removed."""

from __future__ import annotations

from typing import Any

from gonghui.core.flow.events import on
from gonghui.core.people.models import Person
from gonghui.core.people.tags import Tag, tags

from .models import Title
from .rules import TITLE_RULES


@on("people.person", "anonymise")
def title_stays_without_the_name(person: Person, **said: Any) -> None:
    """Its code still tells that it was given and until when."""
    Title.objects.filter(person=person).update(name=person.name)


tags.add(
    "title",
    Tag("title", "现有称号", lambda day: Title.objects.held(day), TITLE_RULES["view"]),
)
