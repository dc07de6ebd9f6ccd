"""Teams and units begin and cease to take part; stages are laid down."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.db.models import Q

from gonghui.core.access.actor import Actor
from gonghui.core.history.trail import VERBS, record
from gonghui.core.orgs.models import SMALL, UNIT, WITHIN, Org
from gonghui.kit.errors import DomainError

from ..models import Enlistment, Stage

VERBS |= {"enlist": "登记参加", "opt_out": "退出"}
KINDS = SMALL | UNIT | WITHIN


@transaction.atomic
def enlist(org: Org, *, since: date, note: str = "", by: Actor) -> Enlistment:
    """A team or a unit takes part from a day on; times of one body never overlap."""
    locked = Org.objects.select_for_update().get(pk=org.pk)
    if locked.kind not in KINDS:
        raise DomainError(f"“{locked}”不是班组、分会或单位，不能登记参加。")
    if locked.until is not None:
        raise DomainError(f"“{locked}”已经撤销，不能登记参加。")
    if Enlistment.objects.filter(org=locked).filter(Q(until=None) | Q(until__gte=since)).exists():
        raise DomainError(f"“{locked}”在 {since:%Y-%m-%d} 已经登记参加，不用再登记。")
    made = Enlistment.objects.create(org=locked, since=since, note=note)
    record(made, "enlist", by=by, changes={"on": str(since)})
    return made


@transaction.atomic
def enlist_many(orgs: Iterable[Org], *, since: date, by: Actor) -> list[Enlistment]:
    """Several at once; all or none."""
    return [enlist(org, since=since, by=by) for org in orgs]


@transaction.atomic
def leave(enlistment: Enlistment, *, until: date, reason: str, by: Actor) -> Enlistment:
    """It takes part up to a day, which still counts."""
    kept = Enlistment.objects.select_for_update().get(pk=enlistment.pk)
    if kept.until is not None:
        raise DomainError("已经登记退出。")
    if until < kept.since:
        raise DomainError("退出日期不能早于参加日期。")
    kept.until = until
    kept.save(update_fields=["until"])
    record(kept, "opt_out", by=by, changes={"on": str(until), "reason": reason})
    return kept


def check_stage(stage: Stage) -> None:
    """The stages of a body follow one another; their years do not overlap."""
    rows = Stage.objects.filter(org=stage.org).exclude(pk=stage.pk)
    other = rows.filter(first_year__lte=stage.last_year, last_year__gte=stage.first_year).first()
    if other is not None:
        raise DomainError(f"与“{other}”的年份重叠，请改年份。")
