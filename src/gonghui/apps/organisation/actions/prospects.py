"""What happens to a unit without a union: surveys, and the day its union is approved."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction

from gonghui.core.access.actor import Actor
from gonghui.core.history.trail import VERBS, record
from gonghui.core.orgs import versions
from gonghui.core.orgs.models import Headcount, Org
from gonghui.core.orgs.tree import plant
from gonghui.core.screens.changes import changes_of, snapshot
from gonghui.kit.errors import DomainError

from ..models import Prospect, SurveyNote
from .records import keep_record

VERBS |= {"survey": "记录调研"}


@transaction.atomic
def note_survey(prospect: Prospect, *, on: date, text: str, by: Actor) -> SurveyNote:
    """Write down what was found on a visit."""
    note = SurveyNote.objects.create(prospect=prospect, on=on, text=text, by=by.person)
    record(prospect, "survey", by=by, changes={"on": str(on), "note": text})
    return note


def found_union(
    prospect: Prospect,
    *,
    by: Actor,
    full_name: str,
    kind: str,
    since: date,
    approval: str,
    approved_on: date,
    short_name: str = "",
) -> None:
    """批准建会: the unit becomes a union of the tree, with its record (ORG-02)."""
    if approved_on < prospect.found_on:
        raise DomainError(f"批复日期不能早于登记日期 {prospect.found_on:%Y-%m-%d}。")
    body = Org(parent=prospect.org, name=full_name, short_name=short_name, kind=kind, since=since)
    union = plant(body)
    record(union, "create", by=by, changes=changes_of({}, snapshot(union)))
    filed: dict[str, Any] = {
        "employer": prospect.unit,
        "employer_code": prospect.code,
        "unit": prospect.sort,
        "industry": prospect.industry,
        "address": prospect.address,
        "approval": approval,
        "approved_on": approved_on,
    }
    keep_record(union, by=by, **filed)
    versions.complete(Org.objects.filter(pk=union.pk))
    if prospect.workers is not None:
        facts = {"workers": prospect.workers, "women": prospect.women}
        Headcount.objects.create(org=union, day=prospect.found_on, **facts)
    prospect.union = union
    # The state is written with the step; the constraint on both is checked at that moment.
    prospect.save(update_fields=["union", "state"])
