"""When a person is to retire, on their page."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from gonghui.core.people.models import Person
from gonghui.core.screens.panels import Custom, plug

from ..queries.retirement import retirements_of


def retiring(person: Person, request: Any) -> dict[str, Any]:
    """One line, for a woman two."""
    found = retirements_of(person, timezone.localdate())
    return {"facts": [(one.label, one.words) for one in found]}


plug("people.person", Custom("退休", "membership/panel_retirement.html", retiring))
