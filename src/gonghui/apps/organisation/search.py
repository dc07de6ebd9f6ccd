"""Bodies and units without a union as they are found and shown by the search."""

from __future__ import annotations

from gonghui.core.orgs.models import Org
from gonghui.core.people.models import Person
from gonghui.core.search.sources import Source, register

from .models import Prospect
from .rules import ORG_RULES, PROSPECT_RULES


def _where_it_stands(org: Org) -> str:
    said = [org.get_kind_display(), str(org.parent) if org.parent else ""]
    return " · ".join([*filter(None, said), *(["已终止"] if org.until else [])])


register(
    Source(
        Org,
        "组织",
        ORG_RULES["view"],
        title=lambda org: org.name,
        note=_where_it_stands,
        words=lambda org: org.short_name,
        org=lambda org: org.pk,
        weight=lambda org: 0 if org.until else 1,
        # A merger hands over its people by one update and one entry.
        also=lambda org, verb: Person.objects.filter(org=org.pk) if verb == "absorb" else None,
        related=("parent",),
        url_name="organisation:org-detail",
        position=40,
    )
)
register(
    Source(
        Prospect,
        "未建会单位",
        PROSPECT_RULES["view"],
        title=lambda unit: unit.unit,
        note=lambda unit: f"{unit.get_state_display()} · {unit.org}",
        related=("org",),
        url_name="organisation:prospect-detail",
        position=50,
    )
)
