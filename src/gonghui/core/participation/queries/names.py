"""The people behind the sums: who came in a period and how often, who never did."""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models import Count, Exists, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from gonghui.core.orgs.models import Org
from gonghui.core.people.models import Membership
from gonghui.kit.dates import Period

from .shares import attended, holds_post, members_of

# What an address asks of a member, and where it stands; "none" asks for those who do not say.
COLUMNS = {"sex": "person__sex", "category": "person__category", "employment": "employment"}


def names(org: Org, period: Period, asked: Mapping[str, str]) -> QuerySet[Membership]:
    """Members with ``times`` they came, as the door they were reached by asks; by unit and name."""
    rows = members_of(org, period.end)
    if asked.get("scope") == "own":
        rows = rows.filter(org=org)
    for name, column in COLUMNS.items():
        if said := asked.get(name):
            rows = rows.filter(**{column: "" if said == "none" else said})
    if posted := asked.get("posted"):
        rows = rows.filter(holds_post(period.end) if posted == "yes" else ~holds_post(period.end))
    theirs = attended(period).filter(person=OuterRef("person"))
    if came := asked.get("came"):
        rows = rows.filter(Exists(theirs) if came == "yes" else ~Exists(theirs))
    count = theirs.values("person").annotate(count=Count("pk")).values("count")
    times = Coalesce(Subquery(count, output_field=IntegerField()), 0)
    order = ("org__path", "person__pinyin", "person_id")
    return rows.annotate(times=times).select_related("person", "org").order_by(*order)
