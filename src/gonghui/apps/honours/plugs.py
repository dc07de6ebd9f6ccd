"""What honours add elsewhere: the words beside a name, and a part of one's own data."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from gonghui.core.people.models import Person
from gonghui.core.people.own import Rows, own_parts
from gonghui.core.people.tags import Tag, tags

from .models import MODEL_WORKERS, Honour, HonourQuerySet, Sort
from .rules import HONOUR_RULES


def _of(*sorts: str) -> Callable[[date], HonourQuerySet]:
    return lambda day: Honour.objects.filter(sort__in=sorts).held(day)


def own_honours(person: Person) -> Rows:
    rows: Any = Honour.objects.filter(person=person)
    return [(one.title, _said(one)) for one in rows]


def _said(one: Honour) -> str:
    ended = f"，{one.revoked_on:%Y-%m-%d} 撤销" if one.revoked_on else ""
    return f"{one.granted_on:%Y-%m-%d} {one.granted_by}授予{ended}"


VIEW = HONOUR_RULES["view"]
tags.add("model_worker", Tag("model_worker", "劳模", _of(*MODEL_WORKERS), VIEW))
tags.add("medal", Tag("medal", "五一奖章", _of(Sort.MEDAL), VIEW))
own_parts.add("荣誉", own_honours)
