"""Tells what became of the demo's tasks by a day: notes, turns, figures, tasks passed down."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from django.utils import timezone

from gonghui.apps.plans import api
from gonghui.core.access.actor import Actor

from .lives import PATTERN_PACE, Lives
from .passing import PASSED_DOWN, REPORTS, RETURNED_BECAUSE, PassedDown
from .plans import PLAN
from .progress import Story, TaskFacts, actual, story, turn_done, turn_words

WORTH_MONTHS = 20  # a figure that is worth writing down month by month
MONTHS_BACK = ((3, Decimal("0.6")), (2, Decimal("0.75")), (1, Decimal("0.88")), (0, Decimal(1)))
# The steps a unit took to reach the state in which the demo leaves it.
_STEPS = {
    "sent": (),
    "accepted": ("accept",),
    "reported": ("accept", "report"),
    "returned": ("accept", "report", "return"),
    "finished": ("accept", "report", "finish"),
}


def tell(lives: Lives) -> None:
    """Work through every open plan up to the demo's day."""
    for key, plan in lives.plans.items():
        if plan.is_open:
            body = PLAN[key].body if key in PLAN else key
            pace = PLAN[key].pace if key in PLAN else PATTERN_PACE
            _PlanTold(lives, key, plan, lives.writer(body), pace).tell()


class _PlanTold:
    """One plan, the officer who leads it, and how far it has come."""

    def __init__(self, lives: Lives, key: str, plan: Any, lead: Actor, pace: int) -> None:
        self.lives, self.key, self.plan, self.lead, self.pace = lives, key, plan, lead, pace
        self.today = min(lives.today, plan.ends_on)
        self.is_counted = PLAN[key].state != "closed" if key in PLAN else True
        self.passed = [passed.words_of_item for passed in PASSED_DOWN if passed.plan == key]

    def tell(self) -> None:
        items = list(
            self.plan.items.select_related("owner").prefetch_related("targets", "occurrences")
        )
        for item in items:
            own = list(item.occurrences.all())
            if item.is_task and own:
                self._keep(item, own)
            elif item.is_task:
                self._live(item)
            self._count(item)

    def _name(self, item: Any) -> str:
        return f"{self.key}·{item.position}"

    def _hand(self, item: Any) -> Actor:
        """Who reports: the owner, or the officer who leads the plan."""
        return self.lives.actor(item.owner) if item.owner else self.lead

    def _keep(self, item: Any, turns: Iterable[Any]) -> None:
        kept = []
        for turn in turns:
            name = self._name(item)
            done = turn_done(name, turn.serial, turn.due_on, self.today, self.pace)
            if done:
                on, noted = done
                kept.append((turn, on, turn_words(name, item.area, turn.due_on) if noted else ""))
        if kept:
            api.report_turns(item, kept, by=self._hand(item))

    def _live(self, item: Any) -> None:
        facts = TaskFacts(
            self._name(item),
            item.area,
            item.starts_on,
            item.due_on,
            self.plan.starts_on,
            self.plan.ends_on,
        )
        told = story(facts, self.today, self.pace)
        if any(words in item.text for words in self.passed):  # the units below are still at it
            told = replace(told, state="doing")
        self._follow(item, told, self._hand(item))

    def _follow(self, item: Any, told: Story, hand: Actor) -> None:
        notes = told.notes[:-1] if told.state == "done" else told.notes
        for on, text in notes:
            api.report_progress(item, on=on, text=text, by=hand)
        if told.state == "done":
            on, note = told.notes[-1]
            api.move_task(item, "finish", by=hand, on=on, note=note)
        elif told.state == "put_off":
            month = told.put_off_to
            api.move_task(item, "put_off", by=self.lead, month=month, reason=told.reason)
        elif told.state == "dropped":
            api.move_task(item, "drop", by=self.lead, reason=told.reason)

    def _count(self, item: Any) -> None:
        """The figures reached, where the task has begun; the others stay unknown."""
        targets = list(item.targets.all())
        if not targets:
            return
        item.refresh_from_db(fields=["state"])
        share = self._share(item)
        for target in targets:
            if self.is_counted and api.suggestion(target, item):
                continue  # the records know it: see ``promise``
            value = actual(self._name(item), target.op, target.value, target.unit, share)
            if value is not None:
                self._write_down(target, value)

    def _write_down(self, target: Any, value: Decimal) -> None:
        """Month by month up to the figure; a share or a ceiling is said once."""
        adds_up = target.op in (">=", ">", "=") and target.unit != "%" and value >= WORTH_MONTHS
        for months, part in MONTHS_BACK if adds_up else MONTHS_BACK[-1:]:
            day = self.today - timedelta(days=30 * months)
            if day >= self.plan.starts_on:
                said = value if part == 1 else Decimal(int(value * part))
                note = "按月报表" if adds_up else ""
                api.set_actual(target, value=said, on=day, by=self.lead, note=note)

    def _share(self, item: Any) -> float:
        if item.state == "done":
            return 1
        if item.is_task and item.state != "doing":
            return 0
        whole: int = (self.plan.ends_on - self.plan.starts_on).days or 1
        passed: int = (self.today - self.plan.starts_on).days
        return max(0.0, min(0.95, passed / whole))


def promise(lives: Lives) -> None:
    """Let the system count what the records know of the promises of tasks that were begun."""
    for key, plan in lives.plans.items():
        plan.refresh_from_db()
        if plan.is_open:
            begun = plan.items.exclude(kind="task", state="not_started").prefetch_related("targets")
            by = lives.writer(PLAN[key].body if key in PLAN else key)
            api.bind_suggested(begun.select_related("plan__org"), by=by, today=lives.today)


def pass_down(lives: Lives) -> None:
    """Send the upper unions' tasks down and let the units answer as far as the demo says."""
    for passed in PASSED_DOWN:
        lead = lives.writer(PLAN[passed.plan].body)
        tasks = lives.plans[passed.plan].items.filter(kind="task")
        item = tasks.filter(text__contains=passed.words_of_item).first()
        if item is None:
            raise LookupError(f"no task of {passed.plan} says {passed.words_of_item}")
        sent_on = lives.today - timedelta(days=passed.sent_ago)
        sent = api.send_down(
            item,
            [lives.seed.orgs[unit] for unit, _ in passed.units],
            words=passed.words,
            due_on=lives.today + timedelta(days=passed.due_in),
            by=lead,
        )
        moment = timezone.make_aware(datetime.combine(sent_on, time(9, 30)))
        api.date_back(sent, moment)
        bodies = {lives.seed.orgs[unit].pk: (unit, state) for unit, state in passed.units}
        for directive in sent:
            unit, state = bodies[directive.org_id]
            _answer(lives, passed, directive, unit, _STEPS[state], lead)
        if passed.due_in < 0 and any(state in ("sent", "accepted") for _, state in passed.units):
            api.remind(item, by=lead)


def _answer(
    lives: Lives,
    passed: PassedDown,
    directive: Any,
    unit: str,
    steps: Iterable[str],
    sender: Actor,
) -> None:
    receiver = lives.writer(unit)
    rng = Random(f"{passed.words_of_item}·{unit}")  # noqa: S311 — invented answers, nothing secret
    for step in steps:
        if step == "accept":
            plan = lives.open_plans[unit]
            directive = api.move_directive(directive, "accept", by=receiver, plan=plan)
        elif step == "report":
            words = rng.choice(REPORTS).format(n=rng.randint(18, 90), m=rng.randint(3, 14))
            on = lives.today - timedelta(days=rng.randint(0, max(0, passed.sent_ago - 2)))
            directive = api.move_directive(directive, "report", by=receiver, report=words, on=on)
            _own_task(directive, receiver, on)
        elif step == "return":
            api.move_directive(directive, "return", by=sender, reason=RETURNED_BECAUSE)
        else:
            api.move_directive(directive, "finish", by=sender)


def _own_task(directive: Any, receiver: Actor, on: date) -> None:
    """What was reported above is done below."""
    api.move_task(directive.accepted_as, "finish", by=receiver, on=on)
