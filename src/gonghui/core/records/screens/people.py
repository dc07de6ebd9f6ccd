"""Who took part and who gave what, as lists that are written out: participants and results."""

from __future__ import annotations

from typing import Any

import django_filters as filters
import django_tables2 as tables
from django import forms
from django.db.models import Count, Q, QuerySet
from django.urls import URLPattern
from django.utils import timezone

from gonghui.core.activities.models import Activity
from gonghui.core.activities.rules import ACTIVITY_RULES
from gonghui.core.attendance.models import Attendance
from gonghui.core.screens.exports import Column, Export
from gonghui.core.screens.panels import Facts
from gonghui.core.screens.screens import Screens
from gonghui.core.signing.models import Registration
from gonghui.core.signing.queries.roll import WORDS, said_by
from gonghui.core.signing.rules import REGISTRATION_RULES

from ..models import Contribution
from ..rules import CONTRIBUTION_RULES


def _activities(request: Any) -> QuerySet[Activity]:
    """Those whose name the asker may read; the field is hidden and lists none of them."""
    rows = Activity.objects.order_by()
    return ACTIVITY_RULES["view"].narrow(rows, request.actor) if request else rows.none()


def _of_activity() -> Any:
    """The door on an activity's page sets it; a chip shows it and takes it away."""
    return filters.ModelChoiceFilter(
        label="活动", field_name="activity", queryset=_activities, widget=forms.HiddenInput
    )


class ParticipantFilters(filters.FilterSet):
    q = filters.CharFilter(label="姓名", method="of_name")
    activity = _of_activity()
    came = filters.ChoiceFilter(
        label="到场", method="that_came", choices=[("yes", "到场"), ("no", "没有到场")],
        empty_label="不限",
    )  # fmt: skip
    role = filters.ChoiceFilter(label="身份", choices=Registration.Role.choices, empty_label="不限")

    class Meta:
        model = Registration
        fields: tuple[str, ...] = ()

    def of_name(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return rows.filter(Q(person__name__contains=value) | Q(guest__contains=value))

    def that_came(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return rows.filter(came__gt=0) if value == "yes" else rows.filter(came=0)


class ParticipantTable(tables.Table):
    person = tables.Column(
        verbose_name="姓名", empty_values=(), order_by=("person__pinyin", "guest", "pk")
    )
    org = tables.Column(order_by=("org__path", "pk"))
    activity = tables.Column(
        linkify=("activities:activity-detail", {"pk": tables.A("activity_id")}),
        order_by=("activity__starts_at", "pk"),
    )
    came = tables.Column(verbose_name="到场", order_by=("came", "pk"))

    class Meta:
        model = Registration
        fields = ("person", "org", "activity", "role", "came")
        caption = "参加人员"

    def render_person(self, record: Registration) -> str:
        return str(record)

    def render_came(self, record: Any) -> str:
        return _came(record)


def _came(row: Any) -> str:
    return f"{row.came} 场" if row.came else "没有到场"


def _marks(row: Registration) -> str:
    """Session by session: when they came and left, late or excused and why."""
    return "；".join(_mark(one) for one in row.attendances.all())  # type: ignore[attr-defined]  # the other end of a table above theirs


def _mark(one: Attendance) -> str:
    times = [timezone.localtime(at) for at in (one.in_at, one.out_at) if at]
    when = "至".join(f"{at:%m月%d日 %H:%M}" for at in times)
    reason = f"（{one.reason}）" if one.reason else ""
    return f"{when} {one.get_status_display()}{reason}".strip()


def _brings(row: Registration) -> str:
    names = "、".join(row.companion_names)
    return f"{names}（{WORDS[row.companion_kind]}）" if row.companion_kind else names


def _answers(row: Registration) -> str:
    """What the organiser asked, such as a size of shirt, with what was said."""
    questions = {str(question.pk): question for question in row.activity.questions.all()}
    return "；".join(f"{label}：{words}" for label, words in said_by(row, questions))


class ParticipantScreens(Screens):
    """Everybody with a place at activities of the chosen body, and whether they came."""

    model = Registration
    title = "参加人员"
    lead = "报了名的人和他们到了几场；导出要写明用途。"
    namespace = "records"
    table = ParticipantTable
    filterset = ParticipantFilters
    rules = REGISTRATION_RULES
    org_field = "activity__org"
    personal = True
    export = Export(
        (
            Column("姓名", str),
            Column("报名时所在组织", lambda one: one.org.name, 30),
            Column("活动", lambda one: one.activity.title, 30),
            Column("身份", lambda one: one.get_role_display()),
            Column("组别或项目", lambda one: "、".join(map(str, one.chosen.all())), 20),
            Column("属于", lambda one: WORDS.get(one.category, ""), 12),
            Column("同行人数", lambda one: one.companions, 10),
            Column("同行人", _brings, 20),
            Column("报名时的回答", _answers, 40),
            Column("到场", _came, 12),
            Column("签到情况", _marks, 40),
        )
    )
    panels = (Facts("person", "guest", "org", "activity", "role", "status"),)

    def queryset(self) -> QuerySet[Any]:
        rows = Registration.objects.filter(status=Registration.Status.SIGNED)
        dressed = rows.select_related("activity", "org", "person")
        came = Count("attendances", filter=Q(attendances__in_at__isnull=False))
        return dressed.annotate(came=came).prefetch_related(
            "activity__questions", "attendances", "chosen__quota"
        )


class ContributionFilters(filters.FilterSet):
    activity = _of_activity()
    kind = filters.ChoiceFilter(label="贡献", choices=Contribution.Kind.choices, empty_label="不限")

    class Meta:
        model = Contribution
        fields: tuple[str, ...] = ()


class ContributionTable(tables.Table):
    registration = tables.Column(
        verbose_name="姓名", order_by=("registration__person__pinyin", "pk")
    )
    activity = tables.Column(
        linkify=("activities:activity-detail", {"pk": tables.A("activity_id")}),
        order_by=("activity__starts_at", "pk"),
    )
    quota = tables.Column(order_by=("quota", "rank", "pk"))
    rank = tables.Column(order_by=("rank", "pk"))

    class Meta:
        model = Contribution
        fields = ("registration", "kind", "quota", "rank", "words", "activity")
        caption = "贡献和成绩"


class ContributionScreens(Screens):
    """Who spoke, taught, performed, served and won at activities of the chosen body."""

    model = Contribution
    title = "贡献和成绩"
    lead = "活动记录里写明的发言、授课、表演、服务和名次；按“名次”筛选就是成绩单。"
    table = ContributionTable
    filterset = ContributionFilters
    rules = CONTRIBUTION_RULES
    org_field = "activity__org"
    personal = True
    export = Export(
        (
            Column("姓名", lambda one: str(one.registration)),
            Column("单位", lambda one: one.registration.org.name, 30),
            Column("贡献", lambda one: one.get_kind_display(), 10),
            Column("项目", lambda one: str(one.quota or ""), 16),
            Column("第几名", lambda one: one.rank, 8),
            Column("内容", lambda one: one.words, 40),
            Column("活动", lambda one: one.activity.title, 30),
        )
    )
    panels = (Facts("registration", "kind", "quota", "rank", "words", "activity"),)

    def queryset(self) -> QuerySet[Any]:
        return Contribution.objects.select_related(
            "activity", "registration__person", "registration__org", "quota"
        )


urlpatterns: list[URLPattern] = [*ParticipantScreens.urls(), *ContributionScreens.urls()]
