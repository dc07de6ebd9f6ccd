"""Who is told that an activity is on, moved or off, and that a place has come free for them."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from gonghui.core.access.actor import Actor
from gonghui.core.access.models import Grant
from gonghui.core.activities.engine.cadence import read
from gonghui.core.activities.models import Activity, Series
from gonghui.core.activities.rules import UPCOMING
from gonghui.core.flow.events import on
from gonghui.core.notices.inbox import Message, kinds, tell_each
from gonghui.core.notices.ticking import every_day
from gonghui.core.orgs.models import Org, subtree
from gonghui.core.people.models import Account, Post

from .models import Delegation, Registration

kinds.add("activity", "活动")

HELD = (Registration.Status.SIGNED, Registration.Status.WAITING, Registration.Status.INVITED)


@on("activities.activity", "announce")
def tell_invited(activity: Activity, *, by: Actor, words: str = "", **said: Any) -> None:
    """Everybody it is for who can log in; told once, however often it is announced.

    Of a series people are told as a whole, or every member would get fifty notices.
    """
    if activity.series_id and not activity.differs:
        return
    when = _when(activity)
    body = "，".join(filter(None, (when, activity.place, words)))
    _tell(_invited(activity), activity, f"活动通知：{activity}", body, f"activity:{activity.pk}")


@on("activities.activity", "postpone")
def tell_of_delay(activity: Activity, *, by: Actor, reason: str, **said: Any) -> None:
    _tell(
        _concerned(activity), activity, f"活动延期：{activity}", f"原因：{reason}。时间另行通知。"
    )


@on("activities.series", "announced")
def tell_of_series(series: Series, *, by: Actor, count: int, **said: Any) -> None:
    """Once for the whole series, to those it is for."""
    words = f"{read(series.rhythm).words()} {series.starts_at:%H:%M}"
    body = "，".join(filter(None, (words, series.place, f"共 {count} 次")))
    if series.signs_members:
        body += "。成员每次自动报名，来不了请提前退出。"
    _tell_of(series, _people_of([series.org]), f"系列活动：{series}", body)


@on("activities.series", "ended")
def tell_of_series_end(series: Series, *, by: Actor, reason: str, since: date, **said: Any) -> None:
    """Those who heard that it was on hear once that it is over."""
    body = f"{since.month} 月 {since.day} 日起不再举办。原因：{reason}"
    _tell_of(series, _people_of([series.org]), f"系列活动停办：{series}", body)


def _tell_of(series: Series, people: set[int], title: str, body: str) -> None:
    url = reverse("signing:portal-list")
    tell_each([Message(pk, title, body, url) for pk in people], kind="activity")


@on("activities.activity", "cancel")
def tell_of_end(activity: Activity, *, by: Actor, reason: str, **said: Any) -> None:
    _tell(_concerned(activity), activity, f"活动取消：{activity}", f"原因：{reason}")


@on("activities.activity", "invited")
def tell_asked(
    activity: Activity, *, by: Actor, registrations: list[Registration], **said: Any
) -> None:
    """Who was asked answers on the phone."""
    people = {one.person_id for one in registrations if one.person_id}
    body = "，".join(filter(None, (_when(activity), activity.place, "请答复是否参加。")))
    _tell(people, activity, f"邀请您参加：{activity}", body)


@on("activities.activity", "remind_invited")
def tell_unanswered(
    activity: Activity, *, by: Actor, registrations: list[Registration], **said: Any
) -> None:
    people = {one.person_id for one in registrations if one.person_id}
    key = f"answer:{activity.pk}:{timezone.localdate()}"
    _tell(people, activity, f"请答复是否参加：{activity}", _when(activity), key)


@on("activities.activity", "teams_called")
def tell_leaders(
    activity: Activity, *, by: Actor, delegations: list[Delegation], **said: Any
) -> None:
    """Whoever may sign up a unit's people forms its team."""
    messages = []
    for delegation in delegations:
        above = delegation.org.ancestor_paths()
        held = Grant.objects.held(timezone.localdate()).filter(org__path__in=above)
        near = held.order_by("-org__path").select_related("role", "org")
        able = [one for one in near if "activities.check" in one.role.capabilities]
        closest = [one for one in able if one.org_id == able[0].org_id]
        url = reverse("signing:team", args=[delegation.pk])
        title, body = f"请组团参加：{activity}", f"{delegation.org}，{_when(activity)}"
        messages += [Message(one.person_id, title, body, url) for one in closest]
    tell_each(messages, kind="activity")


@on("signing.registration", "move_up")
def tell_moved_up(registration: Registration, *, by: Actor, **said: Any) -> None:
    """The line moves by itself; whoever moved up must hear of it, of a guest who brings them."""
    told = registration.person_id or registration.signed_by_id
    if told is None:
        return
    activity = registration.activity
    who = "您" if registration.person_id else registration.guest
    _tell({told}, activity, f"候补转正：{activity}", f"有了空位，{who}已报上名。")


@every_day("activities.tomorrow")
def tell_of_tomorrow(day: date) -> str:
    """Those who signed up hear of it the day before."""
    zone = timezone.get_current_timezone()
    first = datetime.combine(day + timedelta(days=1), time.min, zone)
    rows = Registration.objects.filter(
        status=Registration.Status.SIGNED,
        person__isnull=False,
        activity__state__in=UPCOMING,
        activity__starts_at__gte=first,
        activity__starts_at__lt=first + timedelta(days=1),
    ).select_related("activity")
    messages = [
        Message(
            row.person_id or 0,
            f"明天的活动：{row.activity}",
            "，".join(filter(None, (_when(row.activity), row.activity.place))),
            _url(row.activity),
            f"tomorrow:{row.activity_id}",
        )
        for row in rows
    ]
    return f"{tell_each(messages, kind='activity')} told"


def _invited(activity: Activity) -> set[int]:
    return _people_of(list(activity.audience.all()) or [activity.org])


def _people_of(bodies: list[Org]) -> set[int]:
    """Who may log in below these bodies, or holds a post in one."""
    below = Q()
    for org in bodies:
        below |= subtree(org.path, field="person__org")
    members = Account.objects.filter(below, is_active=True, person__left_on=None)
    held = Post.objects.held(timezone.localdate()).filter(org__in=bodies)
    return set(members.values_list("person_id", flat=True)) | set(
        held.values_list("person_id", flat=True)
    )


def _concerned(activity: Activity) -> set[int]:
    """Those who signed up, wait or were asked; in an announced one without lists, all invited.

    Of an occasion of a series only those on its list: the series speaks for itself.
    """
    rows = activity.registrations.filter(status__in=HELD, person__isnull=False)
    listed = set(rows.values_list("person_id", flat=True))
    return listed if listed or activity.series_id else _invited(activity)


def _tell(people: set[int], activity: Activity, title: str, body: str, key: str = "") -> None:
    url = _url(activity)
    tell_each([Message(pk, title, body, url, key) for pk in people], kind="activity")


def _url(activity: Activity) -> str:
    return reverse("signing:portal-activity", args=[activity.pk])


def _when(activity: Activity) -> str:
    if activity.starts_at is None:
        return ""
    return f"{timezone.localtime(activity.starts_at):%m月%d日 %H:%M}"
