"""The data that is measured on: the demo city with its crowd, and one long plan."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date, timedelta

from django.core.management import call_command
from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone

from gonghui.apps.plans import api as plans
from gonghui.apps.plans.models import Plan
from gonghui.core.access.actor import Actor
from gonghui.core.orgs.models import Org
from gonghui.core.people.models import Account, Identity, Person
from gonghui.core.search.cards import refresh
from gonghui.kit.blocks import plain_blocks
from gonghui.kit.identity import id_check
from gonghui.site.demo.load import load_demo

LONG_PLAN = "测速用三百项任务的计划"
OFFICER = "zhou"  # the chair of a company's union
SECTIONS, TASKS = 12, 25
BATCH = 5000
FORMER_UNIT = "临江造纸厂"


def prepare(size: int) -> None:
    """Bring a database up to the size; what is there already is left alone."""
    say("preparing", size)
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    load_demo(people=size, say=say)
    people = Person.objects.count()
    if people < size * 0.99:
        raise SystemExit(f"Only {people:,} of {size:,} people: drop this database and load anew.")
    _identify()
    if not Person.objects.filter(former_unit=FORMER_UNIT).exists():
        _come_from_elsewhere()
    if not Plan.objects.filter(title=LONG_PLAN).exists():
        _write_long_plan()
        _tell_planner()


def _identify() -> None:
    """Everybody gets an ID number of no real county and a mobile, sealed as the product does."""
    last = Identity.objects.order_by("-person_id").values_list("person_id", flat=True).first() or 0
    while keys := list(
        Person.objects.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:BATCH]
    ):
        Identity.objects.bulk_create(
            Identity(person_id=key, number=_number(key), mobile=f"199{key:08d}") for key in keys
        )
        last = keys[-1]


def _come_from_elsewhere() -> None:
    """One in a thousand came from the same works; their cards follow."""
    came = Person.objects.annotate(turn=F("pk") % 997).filter(turn=1)
    came.update(former_unit=FORMER_UNIT)
    refresh(came)


def _number(key: int) -> str:
    day = date(1960, 1, 1) + timedelta(days=key // 1000)
    first = f"119999{day:%Y%m%d}{key % 1000:03}"
    return first + id_check(first)


def say(*words: object) -> None:
    print(*words, file=sys.stderr, flush=True)


def actor(username: str) -> Actor:
    account = Account.objects.select_related("person__org").get(username=username)
    return Actor(account.person)


@transaction.atomic
def _write_long_plan() -> None:
    """Three hundred tasks, through the product's own doors."""
    by, today = actor(OFFICER), timezone.localdate()
    year = today.year
    plan = plans.create_plan(
        _union(by), title=LONG_PLAN, kind="annual",
        starts_on=date(year, 1, 1), ends_on=date(year, 12, 31), by=by,
    )  # fmt: skip
    text = "\n".join(_lines())
    plans.read_into(plan, plain_blocks(text), source=text, name="bench", by=by)
    plans.move_plan(plan, "submit", by=by)
    plans.move_plan(plan, "approve", by=by, approved_by="全委会", approved_on=date(year, 1, 10))
    plans.move_plan(plan, "issue", by=by)
    plans.move_plan(plan, "run", by=by)


def _union(by: Actor) -> Org:
    return Org.objects.get(path=by.spans["plans.write"][0])


def _lines() -> Iterator[str]:
    for section, numeral in enumerate(("一", "二", "三", "四", "五", "六", "七", "八", "九", "十",
                                       "十一", "十二")[:SECTIONS]):  # fmt: skip
        yield f"{numeral}、把第{section + 1}方面的工作办到班组"
        for task in range(TASKS):
            month = (section + task) % 12 + 1
            yield f"{task + 1}. {month}月底前开展第{task + 1}项岗位练兵，不少于{task + 20}人参加。"


def _tell_planner() -> None:
    """PostgreSQL does this by itself within minutes; a measurement does not wait."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("VACUUM ANALYZE")
