"""What an activity carries out, such as a task, is set by whoever plugs such things in."""

from __future__ import annotations

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction

from gonghui.core.access.actor import Actor
from gonghui.core.history.trail import VERBS, record
from gonghui.core.screens.panels import WORDS
from gonghui.kit.errors import DomainError

from ..models import Activity, State

VERBS |= {"carry": "写明落实什么"}
WORDS |= {"carries": "落实"}
SETTLED = (State.RECORDED, State.FILED, State.CANCELLED)


@transaction.atomic
def set_carried_out(activity: Activity, subject: models.Model | None, *, by: Actor) -> Activity:
    """Tie an activity to what it carries out, or to nothing; a finished record stays as it is."""
    kept = Activity.objects.select_for_update().get(pk=activity.pk)
    if kept.state in SETTLED:
        raise DomainError("记录已经完成，要改请先按「继续补记」。")
    before = str(kept.carries_out or "")
    kept.carries_type = ContentType.objects.get_for_model(subject) if subject else None
    kept.carries_id = subject.pk if subject else None
    kept.save(update_fields=["carries_type", "carries_id"])
    after = str(subject or "")
    if before != after:
        record(kept, "carry", by=by, changes={"carries": [before, after]})
    return kept
