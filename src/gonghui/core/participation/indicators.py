"""What is counted of who takes part: members who came, person-times, how many on average."""

from __future__ import annotations

from gonghui.core.access.actor import in_reach, is_person
from gonghui.core.attendance.models import Attendance
from gonghui.core.indicators.registry import (
    STOOD,
    Did,
    Indicator,
    Ratio,
    Source,
    Split,
    ages,
    declare,
    employments,
    sexes,
)
from gonghui.core.people.models import Membership, Standing
from gonghui.core.people.models.words import Category
from gonghui.core.signing.models import Registration
from gonghui.core.signing.rules import REGISTRATION_RULES

from .queries.shares import attendances_of_people

AREA = "activities"
CATEGORIES = Split("category", "职工类别", "person__category", dict(Category.choices))

attendances = Source(
    "participation.attendances",
    rows=lambda: Attendance.objects.filter(in_at__isnull=False),
    rule=in_reach("activities.write", field="session__activity__org")
    | is_person("session__activity__organiser")
    | in_reach("activities.check", field="registration__org")
    | in_reach("people.view", field="person__org")
    | is_person("person"),
    org="session__activity__org",
    day="session__starts_at",
    person="person",
    personal=True,
    columns=(
        ("registration", "人员"),
        "registration__org",
        "session__activity",
        "session__starts_at",
        "status",
    ),
    page="session__activity",
    splits=(
        Split("kind", "类别", "session__activity__kind"),
        sexes(),
        CATEGORIES,
        employments("person__employment"),
        ages(),
        Split("status", "出勤", "status"),
    ),
    follows={"activities.activity": "org"},
)
registrations = Source(
    "participation.registrations",
    rows=lambda: Registration.objects.filter(status=Registration.Status.SIGNED),
    rule=REGISTRATION_RULES["view"],
    org="activity__org",
    day="activity__starts_at",
    person="person",
    columns=(("person", "人员"), "org", "activity", "activity__starts_at", "role", "status"),
    page="activity",
    splits=(Split("kind", "类别", "activity__kind"), Split("role", "身份", "role"), sexes()),
    follows={"activities.activity": "org", "signing.registration": "activity__org"},
)
members = Source(
    "participation.members",
    rows=lambda: Membership.objects.filter(standing=Standing.MEMBER),
    rule=in_reach("people.view") | is_person("person"),
    since="since",
    until="until",
    person="person",
    once=True,
    columns=("person", "person__sex", "org", "employment", "since"),
    page="person",
    splits=(sexes(), CATEGORIES, employments(), ages()),
    follows={"people.person": STOOD, "activities.activity": "registrations__person__org"},
)


# They were checked in, at whatever was held anywhere.
came = Did(attendances_of_people, day="session__starts_at")

declare(
    Indicator(
        "participation.signed",
        "报名",
        "人次",
        AREA,
        registrations,
        about="期内的活动现在报上名的，候补和退出的不算。",
    ),
    Indicator(
        "participation.times",
        "参加活动",
        "人次",
        AREA,
        attendances,
        about="期内的场次里签到的，一人来几场算几次，来宾也算。",
    ),
    Indicator(
        "participation.people",
        "参加活动的人",
        "人",
        AREA,
        attendances,
        people=True,
        about="期内在本单位举办的活动里签到过的人，一人只算一次；来宾不算。",
    ),
    Ratio(
        "participation.average",
        "每次活动平均参加",
        "人次/次",
        AREA,
        "participation.times",
        "activities.held",
        about="参加活动的人次除以举办的活动；多场的活动每场都算人次。",
    ),
    Indicator(
        "participation.members",
        "期末会员",
        "人",
        AREA,
        members,
        about="期末在籍的会员，是参加面的分母。",
    ),
    Indicator(
        "participation.came",
        "参加过活动的会员",
        "人",
        AREA,
        members,
        did=came,
        about="期末在籍的会员里，期内在任何地方签到过的。",
    ),
    Ratio(
        "participation.share",
        "会员参加面",
        "%",
        AREA,
        "participation.came",
        "participation.members",
        about="参加过活动的会员占期末会员的多少。",
    ),
)
