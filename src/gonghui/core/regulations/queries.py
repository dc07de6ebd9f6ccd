"""All standards as they stand at a body on a day, and the history of one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from gonghui.core.orgs.models import Org, subtree

from .figures import Figure, figures
from .leaders import above
from .models import DOUBTFUL, Standard, Tag
from .standards import Value, values_of

# How a figure stands, for the tabs of the list: its word, as it is asked for in the address.
STATES = {"doubtful": "待核实", "sample": "示例", "own": "本级规定", "unset": "没有设定"}


@dataclass(frozen=True)
class InForce:
    """A figure with the value that holds at the body, if any."""

    figure: Figure
    value: Value | None
    org: Org | None

    @property
    def state(self) -> str:
        """One of ``STATES``, or empty where the source was checked."""
        if self.value is None:
            return "unset"
        if self.value.tag in DOUBTFUL:
            return "doubtful"
        return {Tag.SAMPLE.value: "sample", Tag.OWN.value: "own"}.get(self.value.tag, "")

    @property
    def word(self) -> str:
        """How sure the source is, in a word."""
        return str(Tag(self.value.tag).label) if self.value else STATES["unset"]

    @property
    def tone(self) -> str:
        return {"": "done", "own": "doing", "unset": "plain"}.get(self.state, "wait")

    @property
    def whose(self) -> str:
        """Whose rule it is: a body's own, or that for all."""
        return self.value.org_name if self.value and self.value.org_name else "全国"


def in_force(org: Org | None, day: date) -> list[InForce]:
    """Every figure with its value at the body on the day; two queries at most."""
    values = values_of([figure.key for figure in figures], day=day)
    path = org.path if org else ""
    return [InForce(figure, values[figure.key].at(path), org) for figure in figures]


def values_seen(key: str, org: Org | None) -> QuerySet[Standard]:
    """Every value of a figure there ever was: for all, and of the bodies above and below one.

    Above a body led twice stand the leaders of both sides.
    """
    wanted = Q(org=None)
    if org is not None:
        wanted |= Q(org__path__in=above(org.path)) | subtree(org.path, field="org")
    rows = Standard.objects.filter(wanted, key=key).select_related("org")
    return rows.order_by("org__path", "-since", "-pk")
