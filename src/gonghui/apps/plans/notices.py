"""Who is told of what happens to plans, to tasks and to what was passed down."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import islice
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from gonghui.core.access.actor import Actor
from gonghui.core.access.officers import leaders_of, nearest_holders
from gonghui.core.flow.events import on
from gonghui.core.notices.inbox import Message, tell_each
from gonghui.core.notices.ticking import every_day

from .actions import count_anew
from .models import UNFINISHED, Directive, Item, Kind, Plan, Reading, Target

AHEAD = (7, 3, 1)  # days before a task is due
PLAN_AHEAD = 14  # days before a plan ends: time to sum it up and to write the next one
CHUNK = 1000


@on("plans.plan", "submit")
def tell_reviewers(plan: Plan, *, by: Actor, **said: Any) -> None:
    """The nearest who may approve it: an upper union is asked where the union itself has nobody."""
    day = timezone.localdate()
    found = nearest_holders([plan.org], "plans.review", day, but=by.person_id)
    title, body = f"待审：{plan}", f"{plan.org}的计划已送审，请看过以后通过或退回。"
    _tell_plan(plan, found[plan.org_id], "submitted", title, body)


@on("plans.plan", "return")
def tell_author_of_return(plan: Plan, *, by: Actor, reason: str, **said: Any) -> None:
    _tell_plan(plan, _author(plan, by), "returned", f"已退回：{plan}", f"原因：{reason}")


@on("plans.plan", "approve")
def tell_author_of_approval(plan: Plan, *, by: Actor, **said: Any) -> None:
    body = f"已由{plan.approved_by}通过，可以印发了。"
    _tell_plan(plan, _author(plan, by), "approved", f"已通过：{plan}", body)


@on("plans.plan", "issue")
def tell_owners(plan: Plan, *, by: Actor, **said: Any) -> None:
    """Once a plan: each owner hears how many of its tasks are theirs."""
    tasks = list(plan.items.tasks().unfinished().select_related("owner"))
    leaders = leaders_of({i.owner_org_id for i in tasks if i.owner_org_id}, timezone.localdate())
    counted = Counter(pk for item in tasks for pk in _owners(item, leaders))
    url = reverse("plans:my-tasks")
    messages = [
        Message(pk, f"《{plan}》已印发，您负责 {count} 项任务", url=url, key=f"issued:{plan.pk}")
        for pk, count in counted.items()
    ]
    tell_each(messages, kind="assigned")


@on("plans.item", "assign")
def tell_owner(item: Item, *, by: Actor, **said: Any) -> None:
    orgs = [item.owner_org_id] if item.owner_org_id else []
    people = _owners(item, leaders_of(orgs, timezone.localdate()))
    body = f"列在《{item.plan}》，请您负责。"
    _tell_item(item, people - _me(by), "assigned", f"交办：{item}", body)


@on("plans.item", "send_down")
def tell_units(item: Item, *, by: Actor, directives: Sequence[Directive], **said: Any) -> None:
    body = f"{item.org}下达了一项任务，请接收后列入本单位的计划。"
    _tell_receivers(item, directives, "passed", f"上级下达：{item}", body, key="")


@on("plans.item", "remind")
def remind_units(item: Item, *, by: Actor, directives: Sequence[Directive], **said: Any) -> None:
    """At most once a day and unit, however often the button is pressed."""
    body = f"{item.org}催办：还没有接收或上报，请尽快办理。"
    key = f"remind:{timezone.localdate()}"
    _tell_receivers(item, directives, "reminder", f"催办：{item}", body, key=key)


@on("plans.directive", "report")
def tell_sender(directive: Directive, *, by: Actor, report: str, **said: Any) -> None:
    """Who sent it, else whoever sends for that body now."""
    sender, item = directive.sent_by, directive.item
    if sender and sender.left_on is None:
        people = {sender.pk}
    else:
        found = nearest_holders([item.org], "plans.send", timezone.localdate())
        people = found[item.org_id]
    title = f"{directive.org}已上报：{item}"
    _tell_directive(directive, people - _me(by), "reported", title, report)


@on("plans.directive", "return")
def tell_unit_of_return(directive: Directive, *, by: Actor, reason: str, **said: Any) -> None:
    title = f"上报被退回：{directive.item}"
    found = _receivers(directive.item, [directive])
    _tell_directive(directive, found[directive.org_id], "returned", title, f"原因：{reason}")


@every_day("plans.targets")
def count_targets(day: date) -> str:
    """What lists show of figures the system counts, as of this day."""
    return f"{count_anew(day)} figures"


@every_day("plans.due")
def remind_owners(day: date) -> str:
    """Tasks due in 7, 3 or 1 days, and those that became late yesterday; each is told once.

    Only tasks of those four days are read, by the index of open due dates.
    """
    days = [day + timedelta(days=n) for n in AHEAD] + [day - timedelta(days=1)]
    rows = Item.objects.running().unfinished().filter(due_on__in=days).order_by("due_on", "pk")
    items = rows.select_related("plan__author", "owner").iterator(chunk_size=CHUNK)
    told = 0
    while chunk := list(islice(items, CHUNK)):
        leaders = leaders_of({i.owner_org_id for i in chunk if i.owner_org_id}, day)
        late = [i for i in chunk if i.due_on and i.due_on < day]
        soon = [i for i in chunk if i.due_on and i.due_on > day]
        told += tell_each(_dated(late, leaders, day), kind="overdue")
        told += tell_each(_dated(soon, leaders, day), kind="due")
    return f"told {told}"


@every_day("plans.ending")
def offer_unfinished(day: date) -> str:
    """A fortnight before a plan ends: what is still open may go into the next one, told once."""
    undone = Count("items", filter=Q(items__kind=Kind.TASK, items__state__in=UNFINISHED))
    rows = Plan.objects.open().filter(ends_on=day + timedelta(days=PLAN_AHEAD))
    left = rows.annotate(undone=undone).filter(undone__gt=0).order_by("pk")
    plans = left.select_related("author", "org").iterator(chunk_size=CHUNK)
    told = 0
    while chunk := list(islice(plans, CHUNK)):
        told += tell_each(_ending(chunk, day), kind="due")
    return f"told {told}"


def _ending(plans: Sequence[Plan], day: date) -> Iterator[Message]:
    orphans = [plan.org for plan in plans if not _writer(plan)]
    holders = nearest_holders(orphans, "plans.write", day) if orphans else {}
    for plan in plans:
        title = f"《{plan}》{PLAN_AHEAD} 天后到期，还有 {plan.undone} 项没有办完"  # type: ignore[attr-defined]  # annotated
        body = "办得完的抓紧办；办不完的写明原因，转入下一份计划。总结可以在计划页一键生成。"
        url = reverse("plans:carry-over", args=[plan.pk])
        for pk in _writer(plan) or holders[plan.org_id]:
            yield Message(pk, title, body, url, f"ending:{plan.pk}:{plan.ends_on}")


@every_day("plans.readings")
def ask_for_actuals(day: date) -> str:
    """On the first of a month: promised figures that no indicator counts and nobody wrote down.

    Of tasks that had begun in the month before; each owner hears once of a task and month.
    """
    if day.day != 1:
        return "told 0"
    month = (day - timedelta(days=1)).replace(day=1)
    written = Reading.objects.filter(target=OuterRef("pk"), month=month)
    asked = Target.objects.filter(~Exists(written), indicator="").order_by()
    begun = Q(starts_on=None, plan__starts_on__lt=day) | Q(starts_on__lt=day)
    rows = Item.objects.running().unfinished().filter(begun, pk__in=asked.values("item"))
    items = list(rows.select_related("plan__author", "owner").order_by("pk"))
    leaders = leaders_of({i.owner_org_id for i in items if i.owner_org_id}, day)
    body = f"请写下截至 {month.year} 年 {month.month} 月底的实际数，并附上依据。"
    messages = [
        Message(pk, f"请填每月实际：{item}", body, _item_url(item), f"reading:{item.pk}:{month}")
        for item in items
        for pk in _owners(item, leaders) or _writer(item.plan)
    ]
    return f"told {tell_each(messages, kind='due')}"


def _dated(items: Iterable[Item], leaders: dict[int, set[int]], day: date) -> Iterator[Message]:
    for item in items:
        due: date = item.due_on  # type: ignore[assignment]  # only dated ones come here
        left = (due - day).days
        words = f"{left} 天后到期" if left > 0 else "已逾期"
        people = _owners(item, leaders)
        body = f"列在《{item.plan}》，{due.year} 年 {due.month} 月 {due.day} 日到期。"
        if not people:
            people, body = _writer(item.plan), f"{body}还没有人负责，请您安排。"
        key, url = f"due:{item.pk}:{due}:{left}", _item_url(item)
        yield from (Message(pk, f"{words}：{item}", body, url, key) for pk in people)


def _owners(item: Item, leaders: dict[int, set[int]]) -> set[int]:
    """The person who answers for a task, else who leads the body that does."""
    if item.owner_id:
        return {item.owner_id} if item.owner and item.owner.left_on is None else set()
    return leaders.get(item.owner_org_id or 0, set())


def _writer(plan: Plan) -> set[int]:
    return {plan.author.pk} if plan.author and plan.author.left_on is None else set()


def _author(plan: Plan, by: Actor) -> set[int]:
    return _writer(plan) - _me(by)


def _me(by: Actor) -> set[int | None]:
    """Nobody is told of what they did themselves."""
    return {by.person_id}


def _receivers(item: Item, directives: Sequence[Directive]) -> dict[int, set[int]]:
    """The officers of the units, or of the nearest body between a unit and the sender."""
    units = [directive.org for directive in directives]
    day = timezone.localdate()
    return nearest_holders(units, "plans.write", day, below=item.org.path)


def _tell_receivers(
    item: Item, directives: Sequence[Directive], kind: str, title: str, body: str, *, key: str
) -> None:
    found = _receivers(item, directives)
    messages = [
        Message(pk, title, body, _directive_url(d), f"{key}:{d.pk}" if key else "")
        for d in directives
        for pk in found[d.org_id]
    ]
    tell_each(messages, kind=kind)


def _tell_plan(plan: Plan, people: Iterable[int], kind: str, title: str, body: str) -> None:
    url = reverse("plans:plan-detail", args=[plan.pk])
    tell_each((Message(pk, title, body, url) for pk in people), kind=kind)


def _tell_item(item: Item, people: Iterable[int], kind: str, title: str, body: str) -> None:
    tell_each((Message(pk, title, body, _item_url(item)) for pk in people), kind=kind)


def _tell_directive(
    directive: Directive, people: Iterable[int], kind: str, title: str, body: str
) -> None:
    url = _directive_url(directive)
    tell_each((Message(pk, title, body, url) for pk in people), kind=kind)


def _item_url(item: Item) -> str:
    return reverse("plans:item-detail", args=[item.pk])


def _directive_url(directive: Directive) -> str:
    return reverse("plans:directive-detail", args=[directive.pk])
