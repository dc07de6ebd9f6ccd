"""Selections of the founding documents: three grades of teams (001-8), the year's best (001-7)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from gonghui.apps.evaluation import api as evaluation
from gonghui.apps.evaluation.models import Contender, Review, Round
from gonghui.apps.titles.models import Title
from gonghui.core.orgs.models import Kind
from gonghui.core.regulations.shipping import ship_standards
from tests.apps.evaluation.stage import on
from tests.cast import Cast
from tests.factories.organisation import OrgFactory, PersonFactory

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
DECEMBER = date(2026, 12, 1)
GRADES = (("学习型标兵班组", 90), ("学习型优胜班组", 80), ("学习型班组", 60))


def plan(cast: Cast, who: str, scheme, title: str, **more: object) -> Round:
    by = cast.actor(who)
    evaluation.issue(scheme, by=by)
    made = evaluation.plan_round(
        scheme.org, scheme, title=title, since=date(2026, 1, 1), until=date(2026, 11, 30),
        apply_from=DECEMBER, apply_until=DECEMBER + timedelta(days=9), term_years=1, by=by, **more,
    )  # fmt: skip
    return evaluation.move_round(made, "begin", by=by)


def test_freight_union_names_three_grades_in_december(cast: Cast) -> None:
    """申报 → 评比 → 表彰: what a team earned is its grade; who earned none is named nothing."""
    ship_standards()
    frank, tellers = cast.actor("frank"), (cast.actor("frank"), cast.actor("carol"))
    teams = [
        OrgFactory(parent=cast.branch, kind=Kind.TEAM, name=f"装卸{number}班")
        for number in range(4)
    ]
    scheme = evaluation.begin("team", cast.company, by=frank)
    evaluation.grade(scheme, GRADES, by=frank)
    with on(DECEMBER):
        held = plan(cast, "frank", scheme, "学习型班组申报评比")
        for team, share in zip(teams, (100, 85, 60, 5), strict=True):
            made = evaluation.apply(held, team, by=cast.actor("bob"))
            evaluation.look_through(made, share, words="见台账", by=cast.actor("bob"))
        held = evaluation.move_round(held, "visit", by=frank)
        evaluation.visit_all(held, words="", tellers=tellers, by=frank)
        held = evaluation.move_round(held, "rank", by=frank)
        held = evaluation.move_round(held, "publish", by=frank)
    with on(DECEMBER + timedelta(days=8)):
        evaluation.move_round(held, "award", by=frank)

    grades = list(Contender.objects.order_by("pk").values_list("grade", flat=True))
    assert grades == ["学习型标兵班组", "学习型优胜班组", "学习型班组", ""]
    assert [one.title for one in Title.objects.order_by("pk")] == grades[:3]
    assert set(Title.objects.values_list("until", flat=True)) == {date(2027, 12, 8)}


def test_industrial_union_chooses_the_years_best_units(cast: Cast) -> None:
    """自查自评 → 互评推荐 → 选树: units rate each other, never themselves, and one is chosen."""
    ship_standards()
    carol, tellers = cast.actor("carol"), (cast.actor("carol"), cast.actor("erin"))
    units = [
        OrgFactory(parent=cast.city, kind=Kind.GRASSROOTS, name=f"第{number}单位工会")
        for number in range(4)
    ]
    chairs = [PersonFactory(org=unit) for unit in units]
    for unit in units:
        PersonFactory(org=unit)
    scheme = evaluation.begin("work", cast.city, by=carol)
    with on(DECEMBER):
        held = plan(cast, "carol", scheme, "年度先进单位评选", raters_each=2, quotas=[["标兵", 1]])
        for unit in units:
            made = evaluation.apply(held, unit, by=carol)
            evaluation.look_through(made, 100, words="见台账", by=carol)
        evaluation.name_raters(held, chairs, by=carol)
        held = evaluation.move_round(held, "rate", by=carol)
        reviews = Review.objects.select_related("contender", "rater__person")
        own = [one for one in reviews if one.rater.person.org_id == one.contender.org_id]
        best = Contender.objects.get(org=units[2])
        for review in reviews:
            marks = dict.fromkeys(_items(held), "10" if review.contender == best else "6")
            review.marks, review.given_at = marks, timezone.now()
            review.save()
        held = evaluation.move_round(held, "visit", by=carol)
        evaluation.visit_all(held, words="", tellers=tellers, by=carol)
        held = evaluation.move_round(held, "rank", by=carol)
        held = evaluation.move_round(held, "publish", by=carol)
    with on(DECEMBER + timedelta(days=8)):
        evaluation.move_round(held, "award", by=carol)

    assert own == []
    assert reviews.count() == 8
    assert [one.holder for one in Title.objects.filter(title="标兵")] == [units[2]]
    assert Title.objects.exclude(title="标兵").count() == 3


def _items(held: Round) -> list[str]:
    rows = held.scheme.criteria.filter(filler="peers")
    return [str(pk) for pk in rows.values_list("pk", flat=True)]
