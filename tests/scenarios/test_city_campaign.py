"""The city's campaign (003): its group and scheme, the units, the people, the classes.

95 in a hundred units and 98 in a hundred workers take part; training is counted in classes and
person-times, which are not people.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils.html import strip_tags

from gonghui.apps.evaluation import api as evaluation
from gonghui.apps.evaluation.models import Scheme
from gonghui.apps.training import api as training
from gonghui.apps.training.models import Learner, Outsider
from gonghui.core.access.models import Role
from gonghui.core.activities.actions.activities import Sitting
from gonghui.core.indicators.counting import figures
from gonghui.core.indicators.registry import indicators
from gonghui.core.orgs.models import Function, Kind, Org
from gonghui.core.people.models import Person, Post
from gonghui.core.records.models import Certificate
from gonghui.kit.dates import Period
from tests.cast import Cast
from tests.factories.organisation import GrantFactory, OrgFactory, PersonFactory

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
YEAR = Period.of_year(2026)
DEPARTMENTS = ("组织部", "宣传部", "教育局", "财政局", "人事局", "劳动局", "总工会")


@pytest.fixture(autouse=True)
def _on_a_november_day():
    with time_machine.travel(datetime(2026, 11, 20, 2, tzinfo=UTC), tick=False):
        yield


@pytest.fixture
def units(cast: Cast) -> list[Org]:
    """Twenty unions of the city, the cast's company among them; Carol chairs the city's."""
    GrantFactory(person=cast.carol, role=Role.objects.get(name="工会主席"), org=cast.city)
    others = [
        OrgFactory(parent=cast.city, kind=Kind.GRASSROOTS, name=f"第{number}厂工会", since=None)
        for number in range(19)
    ]
    return [cast.company, *others]


def join(cast: Cast, units: list[Org]) -> None:
    said = {"org": [one.pk for one in units], "since": "2026-03-01"}
    cast.client("carol").post(reverse("teams:enlist"), said)


def seen(cast: Cast) -> str:
    page = cast.client("carol").get(reverse("teams:rollout"), {"org": cast.city.pk})
    return page.content.decode()


def number(code: str, org: Org) -> object:
    return figures([indicators[code]], org, YEAR)[code].value


def test_the_group_is_formed_and_its_scheme_issued(cast: Cast, units: list[Org]) -> None:
    heads = [PersonFactory(org=cast.city, name=name) for name in ("书记", "副书记", *DEPARTMENTS)]
    said: dict[str, object] = {
        "name": "职工素质工程推进工作指导协调小组", "kind": "leading_group", "function": "leading",
        "since": "2026-03-02", "office": "市总工会", "approval": "市委常委会专题研究",
        "members-TOTAL_FORMS": len(heads), "members-INITIAL_FORMS": 0,
    }  # fmt: skip
    for at, one in enumerate(heads):
        title = ("组长", "副组长")[at] if at < 2 else "成员"
        said |= {f"members-{at}-person": one.name, f"members-{at}-title": title}

    cast.client("carol").post(f"/organisation/org/{cast.city.pk}/committee/", said)
    scheme = evaluation.begin("unit", cast.city, by=cast.actor("carol"))
    cast.client("carol").post(reverse("evaluation:scheme-transition", args=[scheme.pk, "issue"]))

    group = Org.objects.get(function=Function.LEADING)
    titles = list(Post.objects.filter(org=group).order_by("pk").values_list("title", flat=True))
    assert titles == ["组长", "副组长", *["成员"] * 7]
    assert Scheme.objects.get().state == "issued"
    page = reverse("evaluation:scheme-detail", args=[scheme.pk])
    assert cast.client("dave").get(page).status_code == 404


def test_ninety_five_in_a_hundred_units(cast: Cast, units: list[Org]) -> None:
    join(cast, units[:18])
    short = seen(cast)
    join(cast, units[18:19])
    enough = seen(cast)

    assert "没有到 95%" in short, "18 of 20 is ninety"
    assert "已达 95%" in enough, "19 of 20 is exactly ninety-five"
    left = cast.client("carol").get(
        reverse("teams:rollout-units"), {"org": cast.city.pk, "taking": "no"}
    )
    assert [one.name for one in left.context["page"]] == [units[19].name]


def test_ninety_eight_in_a_hundred_workers_study_in_some_form(cast: Cast, units: list[Org]) -> None:
    """Fifty people: with forty-eight it is ninety-six, with forty-nine exactly ninety-eight."""
    there = Person.objects.active().filter(org__path__startswith=cast.city.path).count()
    more = [PersonFactory(org=units[-1]) for _ in range(50 - there)]
    everybody = list(Person.objects.active().filter(org__path__startswith=cast.city.path))
    last = [one for one in everybody if one in more][-2:]
    teach(cast, "岗位技能", [one for one in everybody if one not in last])
    short = seen(cast)

    teach(cast, "夜校", last[:1])
    enough = seen(cast)

    assert len(everybody) == 50
    assert "没有到 98%" in short
    assert "已达 98%" in enough
    left = cast.client("carol").get(
        reverse("teams:rollout-people"), {"org": cast.city.pk, "studied": "no"}
    )
    assert [one for one, _ in left.context["rows"]] == last[1:]


def teach(
    cast: Cast, title: str, people: list[Person] | None = None, outsiders: list | None = None
):
    """A programme of one class: opened, joined, judged; the results are out."""
    carol = cast.actor("carol")
    programme = training.plan_programme(
        cast.city, by=carol, year=2026, title=title, kind="multi_skilled", form="classes"
    )
    return open_class(cast, programme, people or [], outsiders or [])


def open_class(cast: Cast, programme, people: list, outsiders: list):
    carol, begun = cast.actor("carol"), date(2026, 9, 1)
    first = datetime(2026, 9, 1, 1, tzinfo=UTC)
    sitting = Sitting(first, first + timedelta(hours=3), place="社区")
    course = training.open_course(programme, cast.city, by=carol, hours=40, sitting=sitting)
    training.enrol(course, by=carol, people=people, outsiders=outsiders, on=begun)
    return training.conclude(course, by=carol, on=date(2026, 9, 30))


def test_classes_for_the_laid_off_count_person_times_apart_from_people(
    cast: Cast, units: list[Org]
) -> None:
    """Trades, classes, person-times, people, and who was employed again of those who were asked."""
    carol = cast.actor("carol")
    first, second, third = (
        training.keep("outsider", cast.city, by=carol, name=name, sort="laid_off")
        for name in ("刘芳", "陈刚", "周敏")
    )
    course = teach(cast, "再就业技能", outsiders=[first, second])
    open_class(cast, course.programme, [], [first, third])
    learner = course.learners.get(outsider=first)
    said = {"kind": "employed", "asked_on": "2026-11-10", "is_reached": "1", "evidence": "劳动合同"}
    cast.client("carol").post(reverse("training:learner-outcome", args=[learner.pk]), said)

    page = cast.client("carol").get("/training/plan/?year=2026").content.decode()

    assert number("training.courses", cast.city) == 2
    assert number("training.outsider_times", cast.city) == 4
    assert (Learner.objects.count(), Outsider.objects.count()) == (4, 3)
    assert "2 期 · 3 人 · 4 人次" in page
    assert "1 / 1（100.0%）" in strip_tags(page), "one was asked; nobody guesses of the others"
    assert Certificate.objects.standing().count() == 4, "who is on no roster has a paper too"
