"""Makes what is attended for a measurement, and tells from the tables what became of it."""

from __future__ import annotations

import time
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session as LogIn
from django.core.management import call_command
from django.db import connection
from django.db.models import Count, QuerySet
from django.utils import timezone

from gonghui.core.access.models import Grant, Role
from gonghui.core.activities.models import Activity, Session
from gonghui.core.attendance.models import Attendance, Mark
from gonghui.core.history.models import Entry
from gonghui.core.orgs.models import Kind, Org
from gonghui.core.orgs.tree import plant, plant_many
from gonghui.core.people.models import Account, Person
from gonghui.core.signing.models import Registration

SEATS = 300
PHONES = 10
UNITS = 20
SPARE = 300  # whom no door awaits: they are for the rates
BATCH = 1000
CHAIR = "bench-chair"


def prepare(people: int, present: int) -> dict[str, Any]:
    """Bring a database up to a company of so many; everything attended is made anew."""
    for command in ("migrate", "createcachetable"):
        call_command(command, verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    told = make(people, present)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")
    return told


def make(people: int, present: int) -> dict[str, Any]:
    """A company, activities with few seats, an evening that so many come to."""
    company = _company(people + SPARE)
    members = Person.objects.filter(org__parent=company).select_related("account").order_by("pk")
    evening = _activity(company, "职工晚会", None)
    tickets = _sign_all(evening, members)
    those = list(members[:people])
    return {
        "seats": SEATS,
        "rush": _activity(company, "抢票的演出", SEATS).pk,
        "rates": _activity(company, "测速的演出", SEATS).pk,
        "evening": evening.pk,
        "session": evening.sessions.get().pk,
        "present": tickets[:present],
        "spare": tickets[present : present + SPARE],
        "people": dict(zip(map(str, those), _log_in(one.account for one in those), strict=True)),
        "phones": _log_in([Account.objects.get(username=CHAIR)] * PHONES),
    }


def _company(people: int) -> Org:
    if known := Org.objects.filter(name="测速公司工会").first():
        return known
    company = plant(Org(name="测速公司工会", kind=Kind.GRASSROOTS))
    units = [Org(name=f"第{n}分会", kind=Kind.BRANCH, parent=company) for n in range(UNITS)]
    plant_many(units)
    chair = Person.objects.create(name="方兰", org=company)
    Account.objects.create(username=CHAIR, person=chair)
    Grant.objects.create(person=chair, org=company, role=Role.objects.get(name="工会主席"))
    members = [
        Person(name=f"周明{n}", pinyin=f"zhouming{n}", initials="zm", org=units[n % UNITS])
        for n in range(people)
    ]
    Person.objects.bulk_create(members, batch_size=BATCH)
    accounts = (Account(username=f"bench-{one.pk}", person=one, password="!") for one in members)
    Account.objects.bulk_create(accounts, batch_size=BATCH)
    role = Role.objects.get(name="会员")
    grants = (Grant(person=one, org=one.org, role=role) for one in members)
    Grant.objects.bulk_create(grants, batch_size=BATCH)
    return company


def _activity(company: Org, title: str, capacity: int | None) -> Activity:
    """Open for signing up, and going on now, so that its doors stand open."""
    now = timezone.now()
    made = Activity.objects.create(
        org=company,
        kind="culture",
        title=title,
        capacity=capacity,
        state="open",
        starts_at=now,
        ends_at=now + timedelta(hours=2),
    )
    Session.objects.create(activity=made, starts_at=made.starts_at, ends_at=made.ends_at)
    return made


def _sign_all(evening: Activity, people: Iterable[Person]) -> list[int]:
    rows = [
        Registration(activity=evening, person=one, org_id=one.org_id, signed_at=timezone.now())
        for one in people
    ]
    Registration.objects.bulk_create(rows, batch_size=BATCH)
    Activity.objects.filter(pk=evening.pk).update(seats_taken=len(rows))
    return [row.pk for row in rows]


def _log_in(accounts: Iterable[Account]) -> list[str]:
    """Sessions of people who are logged in and look at pages already, waiting for the opening.

    Real log-ins would only measure how passwords are hashed.
    """
    until = timezone.now() + timedelta(seconds=settings.SESSION_COOKIE_AGE)
    rows = []
    for account in accounts:
        store = SessionStore()
        said = {
            "_auth_user_id": str(account.pk),
            "_auth_user_backend": settings.AUTHENTICATION_BACKENDS[0],
            "_auth_user_hash": account.get_session_auth_hash(),
            "seen": int(time.time()),
        }
        data = store.encode(said)
        rows.append(
            LogIn(session_key=store._get_new_session_key(), session_data=data, expire_date=until)
        )
    LogIn.objects.bulk_create(rows, batch_size=BATCH)
    return [row.session_key for row in rows]


def truth(activity: int) -> dict[str, Any]:
    """What the tables say of an activity, counted from the rows themselves."""
    rows = Registration.objects.filter(activity=activity).order_by()
    twice = rows.values("person").annotate(times=Count("pk")).filter(times__gt=1)
    here = Attendance.objects.filter(session__activity=activity)
    return {
        "counted": Activity.objects.get(pk=activity).seats_taken,
        "signed": rows.filter(status="signed").count(),
        "lines": sorted(rows.filter(status="waiting").values_list("line", flat=True)),
        "twice": twice.count(),
        "marks": Mark.objects.filter(session__activity=activity).count(),
        "came": list(here.filter(in_at__isnull=False).values_list("registration", flat=True)),
        "quarrels": here.exclude(conflict="").count(),
        "entries": _entries(rows),
        "status": dict(rows.values_list("person__name", "status")),
    }


def _entries(rows: QuerySet[Registration]) -> int:
    """How many lines of the history speak of these registrations: one each, when all is well."""
    kind = ContentType.objects.get_for_model(Registration)
    told = Entry.objects.filter(content_type=kind, object_id__in=rows.values("pk"))
    return told.count()
