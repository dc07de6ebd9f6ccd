"""The roll-out counts the teams of every unit by the register, and says what is missing."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from gonghui.apps.teams.actions.rollout import enlist, leave
from gonghui.apps.teams.models import Enlistment, Stage
from gonghui.apps.teams.queries.coverage import coverage_of, units_taking
from gonghui.apps.teams.queries.rollout import rollout_of, stages_of
from gonghui.core.history.trail import history_of
from gonghui.core.orgs.models import Org
from gonghui.kit.errors import DomainError
from tests.factories.credits import CreditFactory
from tests.factories.organisation import OrgFactory, PersonFactory, PostFactory
from tests.factories.teams import EnlistmentFactory, StageFactory

pytestmark = pytest.mark.django_db
DAY = date(2026, 6, 1)


def teams(org: Org, count: int, taking: int, **facts) -> list[Org]:
    made = [OrgFactory(parent=org, kind="team", name=f"{org}{n}班") for n in range(count)]
    for team in made[:taking]:
        EnlistmentFactory(org=team, **facts)
    return made


def stage(org: Org, test: str = "first", first: int = 2026, last: int = 2026, name="普及") -> Stage:
    return StageFactory(org=org, name=name, first_year=first, last_year=last, test=test)


def verdict(org: Org, unit: Org, day: date = DAY):
    return next(one for one in rollout_of(org, day).units if one.org == unit).verdict


def test_four_of_nine_fail_half_and_five_of_ten_pass(cast):
    stage(cast.company)
    teams(cast.branch, 9, 4)
    teams(cast.second_branch, 10, 5)

    found = rollout_of(cast.company, DAY)

    assert [(one.org, one.now.taking, one.verdict.passes) for one in found.units] == [
        (cast.branch, 4, False), (cast.second_branch, 5, True),
    ]  # fmt: skip
    assert found.units[0].verdict.words == "还差 1 个班组到 50%"
    assert (found.total.total, found.total.taking, found.not_taking) == (19, 9, 10)
    assert [one.org for one in found.short] == [cast.branch]


def test_a_team_looked_at_by_itself_counts_as_the_one_it_is(cast):
    stage(cast.company)
    taking, idle = teams(cast.branch, 2, 1)
    page = reverse("teams:rollout")

    found = {one: rollout_of(one, DAY) for one in (taking, idle)}
    shown = cast.client("frank").get(page, {"org": taking.pk}).content.decode()

    assert [(one.total.total, one.total.taking, one.units) for one in found.values()] == [
        (1, 1, []), (1, 0, []),
    ]  # fmt: skip
    assert "这里还没有单位" not in shown
    assert "开展创争的单位" not in shown
    assert cast.client("mallory").get(page, {"org": taking.pk}).status_code == 404


def test_second_stage_asks_for_eight_of_ten(cast):
    stage(cast.company, "second")
    teams(cast.branch, 10, 7)

    assert verdict(cast.company, cast.branch).words == "还差 1 个班组到 80%"


def test_next_stage_says_what_is_missing_to_it(cast):
    stage(cast.company)
    stage(cast.company, "second", 2027, 2028, "巩固提高")
    teams(cast.branch, 10, 6)

    one = rollout_of(cast.company, DAY).units[0]

    assert one.verdict.passes
    assert one.next_words == "离“巩固提高”还差 2 个班组到 80%"


def test_share_must_not_fall_below_that_of_last_year(cast):
    stage(cast.company, "steady", 2026, 2027)
    team = teams(cast.branch, 4, 4, since=date(2025, 3, 1))[0]
    teams(cast.second_branch, 2, 1, since=date(2025, 3, 1))
    leave(Enlistment.objects.get(org=team), until=date(2026, 2, 1), reason="", by=cast.actor("bob"))

    assert verdict(cast.company, cast.branch).words == "比原来的 100% 下降，还差 1 个班组"
    assert verdict(cast.company, cast.second_branch).passes is True
    assert verdict(cast.company, cast.branch, date(2026, 2, 1)).passes is True


def test_unit_without_teams_or_years_is_not_judged(cast):
    teams(cast.branch, 2, 1)

    assert verdict(cast.company, cast.branch) is None
    stage(cast.company)
    assert verdict(cast.company, cast.second_branch).passes is None
    Org.objects.filter(parent=cast.branch).update(since=DAY)
    Stage.objects.update(test="steady")
    assert verdict(cast.company, cast.branch).words == "没有可比的数，不判断"


def test_city_judges_units_with_all_their_branches(cast):
    stage(cast.city)
    teams(cast.branch, 1, 1)
    teams(cast.second_branch, 1, 0)
    teams(cast.company, 1, 0)
    year_group = OrgFactory(parent=cast.company, kind="year_group")
    EnlistmentFactory(org=year_group)

    found = rollout_of(cast.city, DAY)

    assert [(one.org, one.now.total, one.now.taking) for one in found.units] == [
        (cast.company, 4, 2)
    ]
    assert found.units[0].verdict.passes


def test_teams_right_below_a_unit_are_its_own(cast):
    teams(cast.company, 2, 1)

    found = rollout_of(cast.company, DAY)

    assert [one.org for one in found.units] == [cast.company, cast.branch, cast.second_branch]
    assert found.units[0].now.taking == 1


def test_team_that_was_given_up_counts_no_more(cast):
    gone = teams(cast.branch, 2, 1)[0]
    Org.objects.filter(pk=gone.pk).update(until=DAY - timedelta(days=1))

    found = rollout_of(cast.company, DAY)

    assert (found.total.total, found.total.taking) == (1, 0)


def test_who_answers_for_a_unit_is_named(cast):
    teams(cast.branch, 1, 1)
    group = OrgFactory(parent=cast.branch, kind="leading_group")
    PostFactory(person=cast.bob, title="主席", duty="specific")
    PostFactory(person=cast.grace, org=group, title="支部书记", duty="first")
    PostFactory(person=cast.alice, title="委员")

    one = rollout_of(cast.company, DAY).units[0]

    assert (one.first, one.specific) == (["葛瑞（支部书记）"], ["鲍博（主席）"])


def test_stages_come_from_the_nearest_body_above(cast):
    stage(cast.city, name="市里")
    assert [one.name for one in stages_of(cast.branch)] == ["市里"]

    stage(cast.company, name="公司")

    assert [one.name for one in stages_of(cast.branch)] == ["公司"]
    assert stages_of(cast.other_company) == []


def test_rollout_costs_the_same_for_one_unit_and_for_many(cast):
    stage(cast.city)
    teams(cast.branch, 2, 1)

    def cost() -> int:
        with CaptureQueriesContext(connection) as caught:
            rollout_of(Org.objects.get(pk=cast.city.pk), DAY)
        return len(caught)

    one = cost()
    for _ in range(4):
        teams(OrgFactory(parent=cast.city), 3, 2)

    assert cost() == one


def test_body_takes_part_once_at_a_time(cast):
    team = OrgFactory(parent=cast.branch, kind="team")
    bob = cast.actor("bob")
    made = enlist(team, since=date(2026, 1, 1), by=bob)

    with pytest.raises(DomainError, match="不用再登记"):
        enlist(team, since=date(2026, 3, 1), by=bob)
    with pytest.raises(DomainError, match="不是班组"):
        enlist(cast.city, since=DAY, by=bob)
    with pytest.raises(DomainError, match="不能早于"):
        leave(made, until=date(2025, 12, 31), reason="", by=bob)
    leave(made, until=date(2026, 2, 1), reason="合并", by=bob)
    with pytest.raises(DomainError, match="已经登记退出"):
        leave(made, until=DAY, reason="", by=bob)

    assert enlist(team, since=date(2026, 2, 2), by=bob).pk != made.pk
    assert [one.verb for one in history_of(made)] == ["opt_out", "enlist"]


def test_stages_of_a_body_do_not_overlap(cast):
    frank = cast.client("frank")
    data = {
        "org": f"#{cast.company.pk}", "name": "普及阶段", "first_year": 2026, "last_year": 2027,
        "test": "first", "words": "参加创建的班组要实现“六个一”的目标",
    }  # fmt: skip

    assert frank.post(reverse("teams:stage-create"), data).status_code == 302
    again = frank.post(reverse("teams:stage-create"), data | {"first_year": 2027})
    assert again.status_code == 422
    assert "年份重叠" in again.content.decode()
    later = data | {"first_year": 2028, "last_year": 2029}
    assert frank.post(reverse("teams:stage-create"), later).status_code == 302
    assert Stage.objects.count() == 2


def test_coverage_counts_units_and_people_against_the_standards(cast):
    day = timezone.localdate()
    second = OrgFactory(parent=cast.city)
    EnlistmentFactory(org=OrgFactory(parent=cast.branch, kind="team"), since=day)
    CreditFactory(org=cast.company, person=cast.alice, kind="book", on=day)
    CreditFactory(org=cast.company, person=cast.alice, kind="note", on=day)
    CreditFactory(org=cast.company, person=cast.bob, kind="service", on=day)

    found = coverage_of(cast.city, day)

    assert (found.units.total, found.units.taking, found.units_left) == (2, 1, 1)
    assert found.people.taking == 1
    assert found.people.total == 5  # alice, bob, carol, frank, grace
    assert (found.units_pass, found.people_pass) == (False, False)
    assert found.units_words == "没有到 95%"
    EnlistmentFactory(org=second, since=day)
    assert coverage_of(cast.city, day).units_pass is True
    assert units_taking(cast.city, day) == {cast.company.path, second.path}


def test_figures_are_doors_to_who_they_count(cast):
    today = timezone.localdate()
    PersonFactory(org=cast.branch, name="没学习的")
    CreditFactory(org=cast.company, person=cast.alice, kind="book", on=today)
    stage(cast.company, first=today.year, last=today.year)
    teams(cast.branch, 9, 4)
    frank = cast.client("frank")

    page = frank.get(reverse("teams:rollout")).content.decode()
    learned = frank.get(reverse("teams:rollout-people"), {"studied": "yes"}).context["rows"]
    idle = frank.get(reverse("teams:rollout-people"), {"studied": "no"}).content.decode()
    off = frank.get(reverse("teams:rollout-units"), {"taking": "no"}).context["page"]

    assert "还差 1 个班组到 50%" in page
    assert [one for one, _ in learned] == [cast.alice]
    assert "没学习的" in idle
    assert list(off) == []
    teams(cast.second_branch, 2, 1)
    short = frank.get(reverse("teams:rollout"), {"short": "yes"}).context
    assert (short["units"], [one.org for one in short["units"]]) == (
        short["found"].short, [cast.branch],
    )  # fmt: skip
    for name in ("rollout", "rollout-people", "rollout-units", "boards"):
        for who in ("alice", "mallory"):
            assert cast.client(who).get(reverse(f"teams:{name}")).status_code == 404, name


def test_several_teams_are_registered_at_once(cast):
    made = teams(cast.branch, 3, 0)
    foreign = OrgFactory(parent=cast.other_company, kind="team")
    frank = cast.client("frank")
    chosen = {"org": [one.pk for one in (*made[:2], foreign)], "since": "2026-05-01"}

    frank.post(reverse("teams:enlist"), {"since": "2026-05-01"})
    assert not Enlistment.objects.exists()
    page = frank.post(reverse("teams:enlist"), chosen, follow=True).content.decode()

    assert "2 个班组已登记参加" in page
    assert {one.org for one in Enlistment.objects.all()} == set(made[:2])
    assert made[2].name in page
    again = frank.post(reverse("teams:enlist"), chosen, follow=True).content.decode()
    assert "不用再登记" in again
    cast.client("mallory").post(
        reverse("teams:enlist"), {"org": [foreign.pk], "since": "2026-05-01"}
    )
    assert Enlistment.objects.count() == 2


def test_register_is_kept_by_its_screens(cast):
    team = OrgFactory(parent=cast.branch, kind="team")
    bob = cast.client("bob")
    data = {"org": f"#{team.pk}", "since": "2026-03-01", "note": "自愿"}

    assert bob.post(reverse("teams:enlistment-create"), data).status_code == 302
    assert bob.post(reverse("teams:enlistment-create"), data).status_code == 422
    kept = Enlistment.objects.get()
    url = reverse("teams:enlistment-leave", args=[kept.pk])
    assert url in bob.get(reverse("teams:enlistment-detail", args=[kept.pk])).content.decode()
    assert cast.client("alice").get(url).status_code == 404
    assert bob.post(url, {"until": "2026-02-01", "reason": "合并"}).status_code == 422
    assert bob.post(url, {"until": "2026-05-01", "reason": "合并"}).status_code == 302

    kept.refresh_from_db()
    assert kept.until == date(2026, 5, 1)


def test_figures_lead_to_the_units_only_where_there_are_some(cast):
    stage(cast.company)
    team = OrgFactory(parent=cast.branch, kind="team")
    client, url = cast.client("frank"), reverse("teams:rollout")

    whole = client.get(f"{url}?org={cast.company.pk}").content.decode()
    single = client.get(f"{url}?org={team.pk}").content.decode()

    assert 'href="#units"' in whole
    assert 'id="units"' in whole
    assert 'href="#units"' not in single
