"""The data that is measured on: the demo city with its crowd, and one long plan."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date

from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone

from gonghui.apps.plans import api as plans
from gonghui.apps.plans.models import Plan
from gonghui.core.access.actor import Actor
from gonghui.core.orgs.models import Org
from gonghui.core.people.models import Account, Person
from gonghui.kit.blocks import plain_blocks
from gonghui.site.demo.load import load_demo

LONG_PLAN = "测速用三百项任务的计划"
OFFICER = "zhou"  # the chair of a company's union
SECTIONS, TASKS = 12, 25


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
    if not Plan.objects.filter(title=LONG_PLAN).exists():
        _write_long_plan()
        _tell_planner()


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
