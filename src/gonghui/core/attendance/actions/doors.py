"""The organiser says when and where members sign in by themselves."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from gonghui.core.access.actor import Actor
from gonghui.core.activities.models import Session
from gonghui.core.history.trail import VERBS, record

VERBS |= {"doors": "设置签到时间地点"}

FIELDS = ("doors_before", "doors_after", "latitude", "longitude", "radius")


@transaction.atomic
def set_doors(session: Session, said: dict[str, Any], *, by: Actor) -> Session:
    """Change when and where a session's own codes are taken."""
    kept = Session.objects.select_for_update().get(pk=session.pk)
    changes = {
        name: [str(getattr(kept, name)), str(said[name])]
        for name in FIELDS
        if getattr(kept, name) != said[name]
    }
    for name in changes:
        setattr(kept, name, said[name])
    if changes:
        kept.full_clean(exclude=["activity"])
        kept.save(update_fields=list(changes))
        record(kept.activity, "doors", by=by, changes=changes)
    return kept
