"""Higher degrees of a body's people against its target."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count as Counted
from django.db.models import QuerySet

from gonghui.core.people.models import Person

from ..engine.degrees import Answer, Count, count, over, reaches
from ..models import Base, DegreeTarget


@dataclass(frozen=True)
class Standing:
    """A target with the people counted on it and what follows."""

    target: DegreeTarget
    counted: Count
    over: Answer
    bachelor: Answer | None

    @property
    def higher_words(self) -> str:
        """The share as it is, the unknown said."""
        found = self.counted
        return f"{found.total} 人中 {found.higher} 人{_share(found.higher, found.total)}"

    @property
    def bachelor_words(self) -> str:
        found = self.counted
        of_all = self.target.base == Base.ALL
        whole, whose = (found.total, "全体") if of_all else (found.higher, "高一层次学历")
        return f"{whose} {whole} 人中 {found.bachelor} 人{_share(found.bachelor, whole)}"


def _share(part: int, whole: int) -> str:
    """To a tenth of a per cent, never rounded up: 90.0 is not over 90."""
    if not whole:
        return ""
    tenths = part * 1000 // whole
    return f"，{tenths // 10}.{tenths % 10}%"


def people_of(target: DegreeTarget) -> QuerySet[Person]:
    """Whoever belongs to the body or below it now."""
    return Person.objects.active().filter(org__within=(target.org.path,))


def standing_of(target: DegreeTarget) -> Standing:
    """One query over the body's people."""
    rows: Any = people_of(target).order_by().values("particulars__education")
    found: dict[str, int] = {}
    for row in rows.annotate(n=Counted("pk")):
        code = row["particulars__education"] or ""
        found[code] = found.get(code, 0) + row["n"]
    counted = count(found, target.qualifying)
    bachelor = None
    if target.bachelor is not None:
        bachelor = reaches(counted, target.bachelor, of_all=target.base == Base.ALL)
    return Standing(target, counted, over(counted, target.over), bachelor)
