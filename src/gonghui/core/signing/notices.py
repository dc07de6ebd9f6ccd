"""Who is told that an activity is on, moved or off, and that a place has come free for them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from gonghui.core.access.actor import Actor
from gonghui.core.access.models import Grant
from gonghui.core.activities.engine.cadence import read
from gonghui.core.activities.models import Activity, Series, Session, State
from gonghui.core.activities.rules import HEARD_OF
from gonghui.core.flow.events import on
from gonghui.core.history.trail import history_of
from gonghui.core.notices.inbox import Message, kinds, tell_each
from gonghui.core.orgs.models import Org, subtree
from gonghui.core.people.models import Account, Post
from gonghui.kit.moments import midnight

from .models import Delegation, Registration
from .queries.meant import bodies_for

kinds.add("activity", "活动")

MOST_TIMES = 6
NOBODY = 0
STATUS = Registration.Status
HELD = (STATUS.SIGNED, STATUS.WAITING, STATUS.INVITED, STATUS.ASKED)


@on("activities.activity", "announce")
def tell_invited(activity: Activity, *, by: Actor, words: str = "", **said: Any) -> None:
    """Everybody it is for who can log in, and who leads those that hold it together.

    Of a series people are told as a whole, or every member would get fifty notices; once it was
    put off, its new time is told like any other. What is only put on record afterwards is no news.
    """
    if activity.is_past:
        return
    body = "，".join(filter(None, (_when(activity), activity.place, words)))
    if history_of(activity).filter(verb="postpone").exists():
        _tell_concerned(activity, f"活动改期：{activity}", body, by)
    elif not activity.series_id or activity.differs:
        _tell(_invited(activity), activity, f"活动通知：{activity}", body)
        _tell_partners(activity, body)


def _tell_partners(activity: Activity, body: str) -> None:
    """Whoever holds activities in a body that holds this one too (R-211)."""
    told = f"{activity.org}，{body}。同意协办，你们的人就看得到、可以报名。"
    _tell_officers(_partners(activity), activity, f"请您协办：{activity}", told)


@on("activities.activity", "joined")
def tell_of_partner(activity: Activity, *, by: Actor, org: Org, **said: Any) -> None:
    """Their people hear of it like those of the body that holds it, and who leads it of that."""
    if activity.state in HEARD_OF and not activity.is_past:
        body = "，".join(filter(None, (_when(activity), activity.place, f"{org}协办")))
        _tell(_people_of([org]), activity, f"活动通知：{activity}", body)
    hosts = {activity.organiser_id} if activity.organiser_id else set()
    _tell_officers(hosts, activity, f"已同意协办：{activity}", f"{org}的人现在可以报名。")


@on("activities.activity", "moved")
def tell_of_move(activity: Activity, *, by: Actor, **said: Any) -> None:
    """A time or a place that people had heard of is another one now."""
    if activity.state not in HEARD_OF or activity.is_past:
        return
    times = "；".join(_time(one, activity) for one in activity.sessions.all()[:MOST_TIMES])
    _tell_concerned(activity, f"活动时间地点有变：{activity}", f"现在是：{times}", by)


@on("activities.activity", "changed")
def tell_of_new_place(
    activity: Activity, *, by: Actor, changes: dict[str, Any], **said: Any
) -> None:
    if "place" in changes:
        tell_of_move(activity, by=by)


@on("activities.activity", "postpone")
def tell_of_delay(activity: Activity, *, by: Actor, reason: str, **said: Any) -> None:
    body = f"{_planned(activity)}原因：{reason}。时间另行通知。"
    _tell_concerned(activity, f"活动延期：{activity}", body, by)


@on("activities.series", "announced")
def tell_of_series(series: Series, *, by: Actor, count: int, **said: Any) -> None:
    """Once for the whole series, to those it is for."""
    words = f"{read(series.rhythm).words()} {series.starts_at:%H:%M}"
    body = "，".join(filter(None, (words, series.place, f"共 {count} 次")))
    if series.signs_members:
        body += "。成员每次自动报名，来不了请提前退出。"
    _tell_of(series, _people_of([series.org]), f"系列活动：{series}", body)


@on("activities.series", "changed")
def tell_of_new_rhythm(
    series: Series, *, by: Actor, since: date, changes: dict[str, Any], **said: Any
) -> None:
    """Those who heard when and where it is hear once that it is otherwise, guests too."""
    heard = series.occasions.filter(state__in=HEARD_OF, ends_at__gte=timezone.now())
    if not {"starts_at", "ends_at", "place"} & set(changes) or not heard.exists():
        return
    now = f"{read(series.rhythm).words()} {series.starts_at:%H:%M}"
    body = "，".join(filter(None, (f"{since.month} 月 {since.day} 日起{now}", series.place)))
    people = _people_of([series.org]) | _listed(heard.filter(starts_at__gte=midnight(since)))
    _tell_of(series, people, f"系列活动时间地点有变：{series}", body)


def _listed(activities: QuerySet[Activity]) -> set[int]:
    """Who stands on the lists of these, guests by who brings them; wherever they belong."""
    rows = Registration.objects.filter(activity__in=activities.values("pk"), status__in=HELD)
    return {person or hand for person, hand in rows.values_list("person_id", "signed_by_id")} - {
        None
    }


@on("activities.series", "ended")
def tell_of_series_end(
    series: Series, *, by: Actor, reason: str, since: date, occasions: list[Activity], **said: Any
) -> None:
    """Everybody who heard of it or of one of ``occasions`` hears once that it is over."""
    body = f"{since.month} 月 {since.day} 日起不再举办。原因：{reason}"
    title, theirs = f"系列活动停办：{series}", _evenings_of(series, occasions)
    teams = _leaders(Delegation.objects.filter(activity__in=occasions))
    people = _people_of([series.org]) | teams | theirs.keys()
    url = reverse("signing:portal-list")
    tell_each(
        (Message(pk, title, body + _named(theirs.get(pk, ())), url) for pk in people),
        kind="activity",
    )
    hosts = {one.organiser_id for one in occasions if one.organiser_id}
    hosts |= _leading(Org.objects.filter(partnered_activities__in=occasions).distinct())
    url = reverse("activities:series-detail", args=[series.pk])
    rest = hosts - people - {by.person_id}
    tell_each((Message(pk, title, body, url) for pk in rest), kind="activity")


def _evenings_of(series: Series, occasions: list[Activity]) -> dict[int, list[str]]:
    """Whoever stands on a list, or brings who does: the days, with a title of its own."""
    said = {one.pk: one for one in occasions}
    found: dict[int, list[str]] = {}
    rows = Registration.objects.filter(activity__in=said, status__in=HELD)
    listed = rows.order_by("activity__starts_at").values_list("person", "signed_by", "activity")
    for person, hand, activity in listed:
        one = said[activity]
        words = _when(one) if one.title == series.title else f"{_when(one)} {one}"
        days = found.setdefault(person or hand or NOBODY, [])
        if words not in days:  # they bring a guest or two
            days.append(words)
    found.pop(NOBODY, None)  # a guest whom nobody brings
    return found


def _named(days: Sequence[str]) -> str:
    if not days:
        return ""
    more = f"等 {len(days)} 次" if len(days) > MOST_TIMES else ""
    return f"。其中有您的：{'、'.join(days[:MOST_TIMES])}{more}"


def _tell_of(series: Series, people: set[int], title: str, body: str) -> None:
    url = reverse("signing:portal-list")
    tell_each([Message(pk, title, body, url) for pk in people], kind="activity")


@on("activities.activity", "cancel")
def tell_of_end(
    activity: Activity, *, by: Actor, reason: str, series: Series | None = None, **said: Any
) -> None:
    """Of a draft nobody has heard; of the end of a series they hear as a whole."""
    if series is None and not _was_draft(activity):
        body = f"{_planned(activity)}原因：{reason}"
        _tell_concerned(activity, f"活动取消：{activity}", body, by)


def _was_draft(activity: Activity) -> bool:
    last = history_of(activity).filter(verb="cancel").first()
    return last is not None and last.changes["state"][0] == State.DRAFT


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
        url = reverse("signing:team", args=[delegation.pk])
        title, body = f"请组团参加：{activity}", f"{delegation.org}，{_when(activity)}"
        closest = _closest(delegation.org, "activities.check")
        messages += [Message(pk, title, body, url) for pk in closest]
    tell_each(messages, kind="activity")


def _closest(org: Org, capability: str) -> set[int]:
    """Who may do it at a body, or else at the nearest one above where anybody may."""
    held = Grant.objects.held(timezone.localdate()).filter(org__path__in=org.ancestor_paths())
    near = held.order_by("-org__path").select_related("role", "org")
    able = [one for one in near if capability in one.role.capabilities]
    return {one.person_id for one in able if one.org_id == able[0].org_id}


@on("signing.registration", "move_up")
def tell_moved_up(registration: Registration, *, by: Actor, items: str = "", **said: Any) -> None:
    """The line moves by itself; whoever moved up must hear of it, of a guest who brings them."""
    told = registration.person_id or registration.signed_by_id
    if told is None:
        return
    activity = registration.activity
    who = "您" if registration.person_id else registration.guest
    _tell({told}, activity, f"候补转正：{activity}", f"有了空位，{who}已报上{items or '名'}。")


@on("activities.activity", "leave_asked")
def tell_asking(
    activity: Activity, *, by: Actor, registrations: list[Registration], **said: Any
) -> None:
    """Whoever leads it, or holds activities in its body, answers who asks for leave to come."""
    names = "、".join(map(str, registrations[:MOST_TIMES]))
    more = f"等 {len(registrations)} 人" if len(registrations) > MOST_TIMES else ""
    led = {activity.organiser_id} if activity.organiser_id else set()
    url = reverse("signing:people", args=[activity.pk])
    title, body = f"请答复报名：{activity}", f"{names}{more}不在面向的人员里，要您同意才有名额。"
    people = led or _closest(activity.org, "activities.write")
    tell_each([Message(pk, title, body, url) for pk in people], kind="activity")


@on("signing.registration", "admitted")
def tell_admitted(registration: Registration, *, by: Actor, **said: Any) -> None:
    _tell_one(registration, "同意报名", "负责人同意了，有空位就有名额；点开看是已报名还是候补。")


@on("signing.registration", "turned_away")
def tell_turned_away(registration: Registration, *, by: Actor, **said: Any) -> None:
    _tell_one(registration, "没有同意报名", "您不在这次面向的人员里，有疑问请找负责人。")


def _tell_one(registration: Registration, title: str, body: str) -> None:
    told = registration.person_id or registration.signed_by_id
    if told is not None:
        activity = registration.activity
        _tell({told}, activity, f"{title}：{activity}", body)


@on("signing.registration", "swap")
def tell_swapped(new: Registration, *, by: Actor, old: Registration, **said: Any) -> None:
    """Both hear of it: who comes now, and who need not any more."""
    activity = new.activity
    body = "，".join(filter(None, (_when(activity), activity.place, f"您接替{old}参加。")))
    _tell({new.person_id or 0}, activity, f"请您参加：{activity}", body)
    if old.person_id:
        _tell({old.person_id}, activity, f"已换人：{activity}", f"改由{new}参加，您不用去了。")


def _invited(activity: Activity) -> set[int]:
    return _people_of(bodies_for(activity))


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
    """Those who signed up, wait or were asked, guests by who brings them, and who leads a team.

    In an announced one without lists, all invited; of an occasion of a series only those on its
    list: the series speaks for itself.
    """
    rows = activity.registrations.filter(status__in=HELD).values_list("person_id", "signed_by_id")
    listed = {person or hand for person, hand in rows} - {None}
    return _leaders(activity.delegations.all()) | (
        listed if listed or activity.series_id else _invited(activity)
    )


def _leaders(teams: QuerySet[Delegation]) -> set[int]:
    """Who leads a team, or would form it."""
    found: set[int] = set()
    for team in teams.select_related("org"):
        found |= {team.leader_id} if team.leader_id else _closest(team.org, "activities.check")
    return found


def _tell_concerned(activity: Activity, title: str, body: str, by: Actor) -> None:
    """Everybody concerned, and those who prepare it: whoever leads it or holds it together."""
    people = _concerned(activity)
    _tell(people, activity, title, body)
    doing = {by.person.pk} if by.person else set()
    hosts = {activity.organiser_id} if activity.organiser_id else set()
    _tell_officers((hosts | _partners(activity)) - people - doing, activity, title, body)


def _partners(activity: Activity) -> set[int]:
    return _leading(activity.partners.all())


def _leading(bodies: Iterable[Org]) -> set[int]:
    """Who holds activities in these bodies."""
    return {pk for org in bodies for pk in _closest(org, "activities.write")}


def _tell_officers(people: set[int], activity: Activity, title: str, body: str) -> None:
    url = reverse("activities:activity-detail", args=[activity.pk])
    tell_each([Message(pk, title, body, url) for pk in people], kind="activity")


def _tell(people: set[int], activity: Activity, title: str, body: str, key: str = "") -> None:
    url = _url(activity)
    tell_each([Message(pk, title, body, url, key) for pk in people], kind="activity")


def _url(activity: Activity) -> str:
    return reverse("signing:portal-activity", args=[activity.pk])


def _time(session: Session, activity: Activity) -> str:
    begin = f"{timezone.localtime(session.starts_at):%m月%d日 %H:%M}"
    return " ".join(filter(None, (begin, session.place or activity.place)))


def _planned(activity: Activity) -> str:
    """When it was to be: of a series one would not know which evening is meant."""
    return f"原定{_when(activity)}，" if _when(activity) else ""


def _when(activity: Activity) -> str:
    if activity.starts_at is None:
        return ""
    return f"{timezone.localtime(activity.starts_at):%m月%d日 %H:%M}"
