"""Takes the rows of a list of unions back, but for unions that were touched since."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Max

from gonghui.core.history.models import Entry
from gonghui.core.history.trail import record_many
from gonghui.core.orgs import versions
from gonghui.core.orgs.models import Headcount, Org, OrgVersion, UnionRecord
from gonghui.core.orgs.tree import take_turns
from gonghui.core.search.models import SearchCard
from gonghui.core.watch.models import Finding

from .union_writing import Desk, Undo, keep_bodies, value_of

CHANGED_SINCE = "导入以后又有人改过这个工会，保留不动。"
USED_SINCE = "导入以后这个工会已经有了别的记录（{}），保留不动。"
OWN = (UnionRecord, Headcount, OrgVersion, SearchCard, Finding)  # they come and go with a union


def take_back(written: Sequence[Undo], desk: Desk) -> list[str]:
    """Undo what can be undone; why not, for each that cannot."""
    if not written:
        return []
    take_turns()
    reasons = _touched({undo["pk"]: undo["entry"] for undo in written})
    _uproot([undo["pk"] for undo in written if undo["new"] and undo["pk"] not in reasons], reasons)
    kept = [undo for undo in written if not undo["new"] and undo["pk"] not in reasons]
    _restore({undo["pk"]: undo for undo in kept})
    said = {undo["pk"]: {"batch": str(desk.batch)} for undo in written}
    free = {pk: words for pk, words in said.items() if pk not in reasons}
    record_many(Org, free, "undo_import", by=desk.by)
    return [reasons.get(undo["pk"], "") for undo in written]


def _touched(entries: Mapping[int, int]) -> dict[int, str]:
    """Unions with an entry of the history after ours: every change leaves one."""
    kind = ContentType.objects.get_for_model(Org)
    rows = Entry.objects.filter(content_type=kind, object_id__among=list(entries)).order_by()
    last = rows.values_list("object_id").annotate(Max("number"))
    return {pk: CHANGED_SINCE for pk, number in last if number > entries[pk]}


def _uproot(pks: Sequence[int], reasons: dict[int, str]) -> None:
    """Delete new unions, the lowest first; one that keeps something below it stays as well."""
    orgs = sorted(Org.objects.filter(pk__in=pks), key=lambda org: len(org.path), reverse=True)
    for depth in sorted({len(org.path) for org in orgs}, reverse=True):
        level = [org.pk for org in orgs if len(org.path) == depth]
        used = _used(level)
        reasons |= used
        Org.objects.filter(pk__in=[pk for pk in level if pk not in used]).delete()


def _used(pks: Sequence[int]) -> dict[int, str]:
    """Unions other records name already: people, posts, plans, whatever apps there are."""
    found: dict[int, str] = {}
    for relation in Org._meta.related_objects:
        model: Any = relation.related_model
        if model in OWN:
            continue
        name = relation.field.name
        rows = model._base_manager.filter(**{f"{name}__in": pks}).order_by()
        for pk in rows.values_list(name, flat=True).distinct():
            found.setdefault(pk, USED_SINCE.format(model._meta.verbose_name))
    return found


def _restore(undos: Mapping[int, Undo]) -> None:
    """Give unions the values they had."""
    bodies = list(Org.objects.filter(pk__in=[pk for pk, undo in undos.items() if "org" in undo]))
    for org in bodies:
        for name, before in undos[org.pk]["org"].items():
            setattr(org, name, value_of(name, before))
    for pk, undo in undos.items():
        if "record" in undo:
            _restore_record(pk, undo["record"])
    keep_bodies(bodies)
    touched = [pk for pk, undo in undos.items() if "org" in undo or "record" in undo]
    versions.turn(Org.objects.filter(pk__in=touched))
    versions.unturn(Org.objects.filter(pk__in=touched))
    for pk, undo in undos.items():
        if "count" in undo:
            _restore_count(pk, *undo["count"])


def _restore_record(pk: int, before: Mapping[str, Any] | None) -> None:
    rows = UnionRecord.objects.filter(org=pk)
    if before is None:
        rows.delete()
    else:
        rows.update(**{name: value_of(name, said) for name, said in before.items()})


def _restore_count(pk: int, day: str, before: Mapping[str, Any] | None) -> None:
    rows = Headcount.objects.filter(org=pk, day=date.fromisoformat(day))
    if before is None:
        rows.delete()
    else:
        rows.update(**before)
