"""Who is told the day before that a session they are expected at takes place."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from gonghui.core.activities.models import Session
from gonghui.core.activities.rules import HEARD_OF
from gonghui.core.notices.inbox import Message, tell_each
from gonghui.core.notices.ticking import every_day
from gonghui.core.signing.models import Registration
from gonghui.kit.moments import bounds

from .sockets import expected_at

DAY = timedelta(days=1)


@every_day("activities.tomorrow")
def tell_of_tomorrow(day: date) -> str:
    """Those who signed up hear of it the day before, of a shift who chose it.

    Of days on end they hear of the first; what was put off takes place on no day yet.
    """
    told: dict[tuple[int, int], Message] = {}
    for session in _sessions_on(day + DAY).select_related("activity"):
        today = _sessions_on(day).filter(activity=session.activity_id)
        people = _expected(session)
        for before in today:
            people = people.exclude(pk__in=_expected(before).values("pk"))
        for person in people.values_list("person_id", flat=True):
            told.setdefault((session.activity_id, person or 0), _message(session, person or 0))
    return f"{tell_each(told.values(), kind='activity')} told"


def _sessions_on(day: date) -> QuerySet[Session]:
    begin, end = bounds(day)
    rows = Session.objects.filter(starts_at__gte=begin, starts_at__lt=end)
    return rows.filter(activity__state__in=HEARD_OF).order_by("starts_at", "pk")


def _expected(session: Session) -> QuerySet[Registration]:
    rows = Registration.objects.filter(
        activity=session.activity_id, status=Registration.Status.SIGNED, person__isnull=False
    )
    return rows.filter(expected_at(session)).order_by()


def _message(session: Session, person: int) -> Message:
    activity = session.activity
    when = timezone.localtime(session.starts_at)
    body = "，".join(filter(None, (f"{when:%m月%d日 %H:%M}", session.place or activity.place)))
    url = reverse("signing:portal-activity", args=[activity.pk])
    key = f"tomorrow:{activity.pk}:{when:%Y-%m-%d}"
    return Message(person, f"明天的活动：{activity}", body, url, key)
