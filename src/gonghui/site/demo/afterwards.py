"""What the demo's activities left: who gave what, and which task of a plan was carried out."""

from __future__ import annotations

from collections.abc import Sequence

from gonghui.apps.plans import api
from gonghui.core.access.actor import Actor
from gonghui.core.activities.models import Activity
from gonghui.core.records.actions.recording import (
    Given,
    Result,
    set_contributions,
    set_results,
)
from gonghui.core.records.queries.results import entrants_of, items_of
from gonghui.core.signing.models import Quota, Registration

from .seed import Seed

PLACES = ("placed", ("第一名", "第二名", "第三名"))
# By kind of gathering: what people gave, and the words for it, one a person.
GAVE = {
    "sport": PLACES,
    "contest": PLACES,
    "gala": ("performed", ("独唱", "快板", "魔术")),
    "culture": ("performed", ("领诵", "二胡伴奏")),
    "forum": ("spoke", ("谈基层建家", "提三条建议")),
    "lecture": ("taught", ("主讲",)),
    "training": ("taught", ("讲工会财务", "讲法律")),
    "study": ("spoke", ("讲身边的隐患",)),
}
# Title of a gathering → whose plan, and words of the task it carries out.
CARRIES = {
    "春节摄影比赛评选": ("machinery", "摄影协会、球类协会"),
    "秋日骑行": ("machinery", "摄影协会、球类协会"),
    "金秋户外摄影": ("machinery", "摄影协会、球类协会"),
    "青年职工联谊会": ("commerce", "联谊交流"),
}


def contribute(activity: Activity, came: Sequence[Registration], *, by: Actor) -> None:
    """The first who came spoke, taught, performed or won, as it is with such a gathering."""
    kind, words = GAVE.get(activity.kind, ("", ()))
    if kind == PLACES[0] and (items := list(items_of(activity))):
        for at, item in enumerate(items):
            _place(activity, item, [*came[at:], *came[:at]], by)
        return
    given = [Given(one, kind, said) for one, said in zip(came, words, strict=False)]
    if given:
        set_contributions(activity, given, by=by)


def _place(activity: Activity, item: Quota, came: Sequence[Registration], by: Actor) -> None:
    """The first of those that entered an item, in the order given."""
    entered = set(entrants_of(item))
    first = [one for one in came if one in entered][: len(PLACES[1])]
    places = [Result(one, rank) for rank, one in enumerate(first, start=1)]
    set_results(activity, item, places, by=by)


def carry(activity: Activity, seed: Seed, *, by: Actor) -> None:
    """Tie it to the task of the plan that is worked from, where the demo names one."""
    if activity.title not in CARRIES:
        return
    body, words = CARRIES[activity.title]
    plans = seed.orgs[body].plan_set  # type: ignore[attr-defined]  # the plans' own reverse name
    for plan in plans.filter(state="running"):
        if task := plan.items.filter(kind="task", text__contains=words).first():
            api.tie_activity(activity, task, by=by)
