"""Who was late or left early is judged anew by the marks when a session has another time."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from gonghui.core.access.actor import Actor
from gonghui.core.activities.models import Activity, Session
from gonghui.core.flow.events import on
from gonghui.core.history.trail import VERBS, record
from gonghui.core.signing.models import Registration
from gonghui.kit.writing import write

from ..models import Attendance, Mark
from .sheet import Sheet

VERBS |= {"judge": "按新时间重算出勤"}


@on("activities.activity", "resat")
def follow_times(activity: Activity, *, by: Actor, **said: Any) -> None:
    """The activity is locked by whoever moved its sessions."""
    marked = Mark.objects.filter(session__activity=activity).order_by().values("session")
    count = sum(judge(session) for session in Session.objects.filter(pk__in=marked))
    if count:
        record(activity, "judge", by=by, changes={"count": count})


@transaction.atomic
def judge(session: Session) -> int:
    """Add all marks of a session up anew; how many people now stand otherwise than before."""
    people = Registration.objects.filter(marks__session=session).select_related("person", "org")
    kept = {one.registration_id: one for one in Attendance.objects.filter(session=session)}
    before = {pk: one.status for pk, one in kept.items()}
    sheet = Sheet(session, {one.pk: one for one in people.distinct()}, kept=kept)
    write(sheet.add_up(list(Mark.objects.filter(session=session).order_by())))
    return sum(sheet.kept[pk].status != status for pk, status in before.items())
