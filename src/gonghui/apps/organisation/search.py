"""Bodies and people as they are found and shown by the search."""

from __future__ import annotations

from gonghui.core.orgs.models import UNIT, UPPER, Org
from gonghui.core.people.models import Person
from gonghui.core.search.sources import Source, register

from .rules import ORG_RULES, PERSON_RULES


def _where_it_stands(org: Org) -> str:
    said = [org.get_kind_display(), str(org.parent) if org.parent else ""]
    return " · ".join([*filter(None, said), *(["已终止"] if org.until else [])])


def _where_they_are(person: Person) -> str:
    """The body, with the one above where its own name says little (一分会)."""
    org = person.org
    above = str(org.parent) if org.parent and org.kind not in UPPER | UNIT else ""
    return " · ".join(filter(None, [above, str(org), "已离开" if person.left_on else ""]))


register(
    Source(
        Person,
        "人员",
        PERSON_RULES["view"],
        title=lambda person: person.name,
        note=_where_they_are,
        reading=lambda person: (person.pinyin, person.initials),
        weight=lambda person: 0 if person.left_on else 1,
        related=("org__parent",),
        url_name="organisation:person-detail",
        position=30,
    )
)
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
