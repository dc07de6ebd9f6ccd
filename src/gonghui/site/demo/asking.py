"""What some gatherings ask for: answers, agreement to a notice, teams of units."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import cycle, islice
from random import Random
from typing import Any

from gonghui.core.access.actor import Actor
from gonghui.core.activities.models import Activity
from gonghui.core.orgs.models import Org
from gonghui.core.people.models import Person
from gonghui.core.signing.actions.places import Share, ask, set_places
from gonghui.core.signing.actions.signing import Signing, sign_up
from gonghui.core.signing.actions.teams import Place, call_teams, form_team
from gonghui.core.signing.forms.places import question_rows
from gonghui.core.signing.models import Registration

from .lives import Lives

ROLE = Registration.Role
# title → label, kind, what is answered; the choices of a question are its answers
QUESTIONS: dict[str, tuple[tuple[str, str, tuple[str, ...]], ...]] = {
    "工会干部业务培训班": (
        ("是否住宿", "choice", ("住宿", "不住宿")),
        ("饮食上的要求", "text", ("清真", "少盐", "没有")),
    ),
    "职工乒乓球赛": (("参加的项目", "choice", ("男子单打", "女子单打", "混合双打")),),
    "教职工演讲比赛": (("演讲题目", "text", ("那间亮着灯的教室", "他叫我老师", "第一堂课")),),
    "周末点心课": (("带几个孩子", "number", ("1", "2")),),
}
NOTICES = {
    "秋日骑行": "全程戴头盔，靠右单列骑行；身体不适随时上保障车。",
    "职工乒乓球赛": "赛前一周内没有发热、扭伤等情况；请穿运动鞋进场。",
    "周末点心课": "烤箱周围请看好孩子；对面粉、鸡蛋、坚果过敏的请先告诉我们。",
}
# title → the items that units enter their people for, each of so many places
TEAMS = {
    "职工运动会": ("拔河", "羽毛球", "定点投篮", "接力"),
    "行业球类联谊赛": ("篮球", "乒乓球"),
}
ITEM_PLACES, PER_PERSON = 16, 2
UNITS, SMALLEST = 6, 4  # at most so many units send a team, of at least so many people
SELF = 70  # of a hundred sign up on their own phone; the rest are signed up by the officer


def put_questions(activity: Activity, by: Actor) -> None:
    """As the organiser fills in the page of places and questions."""
    asked = QUESTIONS.get(activity.title, ())
    if not asked:
        return
    said: dict[str, Any] = {"question-TOTAL_FORMS": len(asked), "question-INITIAL_FORMS": 0}
    for at, (label, kind, answers) in enumerate(asked):
        said |= {f"question-{at}-label": label, f"question-{at}-kind": kind}
        if kind == "choice":
            said |= {f"question-{at}-choices": "\n".join(answers), f"question-{at}-is_required": 1}
    rows = question_rows(activity, said)
    if not rows.is_valid():
        raise ValueError(rows.errors)
    ask(activity, rows, by=by)


def sign_each(lives: Lives, activity: Activity, people: list[Person], by: Actor) -> None:
    """Where something is asked most answer themselves; some have theirs still to fill in."""
    rng = Random(activity.title)  # noqa: S311 — invented people, nothing secret
    asked = list(activity.questions.all())
    known = {label: answers for label, _, answers in QUESTIONS.get(activity.title, ())}
    for person in people:
        if rng.randrange(100) >= SELF:
            sign_up(activity, [Signing(person)], by=by)
            continue
        answers = {str(one.pk): rng.choice(known[one.label]) for one in asked}
        signing = Signing(person, answers=answers, consented=bool(activity.consent))
        sign_up(activity, [signing], by=lives.actor(person))


def send_teams(activity: Activity, by: Actor) -> None:
    """Every unit that is asked and has the people names a leader, who competes, one reserve."""
    units = Org.objects.filter(parent=activity.org, until=None).order_by("path")
    able = [(unit, _of(unit)) for unit in units]
    chosen = [(unit, people) for unit, people in able if len(people) >= SMALLEST][:UNITS]
    call_teams(activity, [unit for unit, _ in chosen], by=by)
    shares = [Share(ITEM_PLACES, name) for name in TEAMS[activity.title]]
    items = cycle(_shared(activity, shares, by).quotas.all())
    for one in activity.delegations.select_related("org"):
        people = dict(chosen)[one.org]
        roles = (ROLE.LEADER, *[ROLE.PARTICIPANT] * (len(people) - 3), ROLE.RESERVE, ROLE.OFFICIAL)
        places = [
            Place(
                person, role, tuple(islice(items, PER_PERSON)) if role == ROLE.PARTICIPANT else ()
            )
            for person, role in zip(people, roles, strict=True)
        ]
        form_team(one, places, leader=people[0], by=by)


def _shared(activity: Activity, shares: Sequence[Share], by: Actor) -> Activity:
    return set_places(activity, activity.capacity, by=by, shares=shares, items_allowed=PER_PERSON)


def _of(unit: Org) -> list[Person]:
    inside = Person.objects.active().filter(org__in=Org.objects.below(unit))
    return list(inside.select_related("org").order_by("pk")[:8])
