"""Checks of mentoring: milestones that are late, pairs nobody writes of, new people without one."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.db.models import Exists, Max, OuterRef, Q

from gonghui.core.people.models import Person
from gonghui.core.watch.checking import Check, Hit, Sight, declare
from gonghui.core.watch.rolling import unions, unit_of
from gonghui.kit.dates import full_day
from gonghui.kit.deadlines import add_months

from .models import OPEN, Milestone, Pair, Passage, State, Track

DAYS, MONTHS = "mentoring_record_days", "mentoring_new_months"


def late_milestones(sight: Sight) -> Iterable[Hit]:
    """A milestone whose day has passed and that nobody found reached; mere names are late never."""
    known = unions(sight)
    passed = set(
        Passage.objects.filter(pair__state=State.RUNNING).values_list("pair_id", "milestone_id")
    )
    steps: dict[int, list[Milestone]] = {}
    for one in Milestone.objects.all():
        if not one.is_blank:
            steps.setdefault(one.track_id, []).append(one)
    for pair in _running(sight).exclude(track=None):
        path = unit_of(pair.org.path, known)
        for one in steps.get(pair.track_id, ()):
            due = add_months(pair.since, one.months)
            if path and due < sight.day and (pair.pk, one.pk) not in passed:
                words = f"{pair}：“{one}”应在{full_day(due)}前达到，还没有评定。"
                yield Hit(known[path].pk, words, about=pair.pk, part=str(one.pk))


def _running(sight: Sight) -> Any:
    rows = Pair.objects.filter(sight.below(), state=State.RUNNING).order_by("pk")
    return rows.select_related("org", "mentor", "apprentice")


def silent(sight: Sight) -> Iterable[Hit]:
    """A running pair of which nothing was written for longer than the standard allows."""
    known = unions(sight)
    for pair in _running(sight).annotate(last=Max("lessons__on")):
        value, path = sight.at(DAYS, pair.org.path), unit_of(pair.org.path, known)
        last = pair.last or pair.since
        if path and value and last + timedelta(days=value.value) < sight.day:
            since = f"最近一次是{full_day(last)}" if pair.last else "结对以来没有写过"
            words = f"{pair}好久没有带教记录，{since}。"
            yield Hit(known[path].pk, words, about=pair.pk, values=(value,))


def without_mentor(sight: Sight) -> Iterable[Hit]:
    """Units that have a scheme in force: who came lately and has no mentor yet."""
    known = unions(sight)
    paths = Track.objects.filter(sight.below(), is_current=True).order_by()
    paired = Pair.objects.filter(apprentice=OuterRef("pk")).filter(
        Q(state__in=OPEN) | Q(state=State.GRADUATED)
    )
    for path, pk, name in set(paths.values_list("org__path", "org", "org__name")):
        value, unit = sight.at(MONTHS, path), unit_of(path, known)
        if value is None or not unit:
            continue
        begin = add_months(sight.day, -value.value)
        people = Person.objects.active().filter(org__within=(path,))
        new = people.filter(joined_on__gt=begin, joined_on__lte=sight.day)
        names = list(new.filter(~Exists(paired)).order_by("pk").values_list("name", flat=True))
        if names:
            words = f"{name}有 {len(names)} 位新人还没有导师：{'、'.join(names[:10])}。"
            yield Hit(known[unit].pk, words, about=pk, part=str(pk), values=(value,))


declare(
    Check(
        "MENT-01",
        "培养目标到期还没有评定",
        "学习创争",
        "info",
        "达到了就评定；没有达到的，和师傅商量怎样补上。",
        late_milestones,
        "mentoring.pair",
        act="去评定",
        basis="本单位的培养方案",
        touched_by=("mentoring.pair", "mentoring.track"),
    )
)
declare(
    Check(
        "MENT-02",
        "带教好久没有记录",
        "学习创争",
        "info",
        "请师傅或徒弟在手机上补记，另一方确认；不再带的，办理终止。",
        silent,
        "mentoring.pair",
        act="去看结对",
        basis="本单位的带教规定",
        needs=(DAYS,),
        touched_by=("mentoring.pair",),
    )
)
declare(
    Check(
        "MENT-03",
        "新人还没有导师",
        "学习创争",
        "info",
        "请给新人结对；不需要导师的岗位，可以停用培养方案。",
        without_mentor,
        "orgs.org",
        act="去看单位",
        basis="本单位施行的培养方案",
        needs=(MONTHS,),
        touched_by=("mentoring.pair", "mentoring.track"),
    )
)
