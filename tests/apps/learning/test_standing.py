"""How people stand by their credits: sets, leave, carried hours, trial, and who may look."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from random import Random

import pytest
from django.db import connection
from django.db.models import Q
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from gonghui.apps.learning.api import rings_of
from gonghui.apps.learning.engine.asking import Asked, ask, fit
from gonghui.apps.learning.engine.judging import State
from gonghui.apps.learning.engine.slots import slot_before, slot_on
from gonghui.apps.learning.models import StudyItem, StudyRule
from gonghui.apps.learning.queries.lives import Scope, crowds
from gonghui.apps.learning.queries.person import standing_of
from gonghui.apps.learning.queries.standing import court, tallies, worst
from gonghui.apps.learning.queries.told import Calendars, all_told
from gonghui.apps.learning.queries.trial import trial
from gonghui.core.people.models import Membership
from tests.factories.credits import CreditFactory
from tests.factories.learning import (
    HireFactory,
    LeaveFactory,
    PartTimeFactory,
    SeasonFactory,
    StudyItemFactory,
    StudyRuleFactory,
)
from tests.factories.organisation import OrgFactory, PersonFactory, PostFactory

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 21)


def notes(cast, org=None, **said) -> StudyRule:
    """One note a month, as the whole company is asked."""
    item = {"label": "写学习笔记", "kinds": ["note"], "least": Decimal(1), "every": "month"}
    excused = ["maternity", "sick"]
    rule = StudyRuleFactory(org=org or cast.company, excuses=excused, **said.pop("rule", {}))
    StudyItemFactory(rule=rule, **(item | said))
    return rule


def earned(person, on=DAY, kind="note", amount=1, **said):
    units = {"note": "piece", "course": "class_hour", "learning": "hour", "book": "book"}
    return CreditFactory(
        person=person, kind=kind, on=on, amount=Decimal(amount), unit=units[kind], **said
    )


def states(cast, rule: StudyRule, day: date = DAY, *, closed: bool = False) -> dict[str, State]:
    judged = court(rule.org, [rule.pk], day).stands(closed=closed)
    names = {person.pk: key for key, person in cast.people.items()}
    return {names[one.person]: one.verdict.state for one in judged if one.person in names}


def test_who_has_written_has_done_it(cast):
    rule = notes(cast)
    earned(cast.alice)
    earned(cast.bob, on=date(2026, 10, 31))

    assert states(cast, rule) == {
        "alice": State.MET,
        "bob": State.OPEN,
        "frank": State.OPEN,
        "grace": State.OPEN,
    }
    assert states(cast, rule, closed=True)["bob"] == State.MET
    assert states(cast, rule, closed=True)["alice"] == State.LATE


def test_a_withdrawn_credit_and_another_kind_do_not_count(cast):
    rule = notes(cast)
    earned(cast.alice, withdrawn_at=timezone.now())
    earned(cast.alice, kind="book")
    earned(cast.alice, on=DAY + timedelta(days=1))

    assert states(cast, rule)["alice"] == State.OPEN
    assert states(cast, rule, DAY + timedelta(days=1))["alice"] == State.MET


def test_roles_and_categories_narrow_what_counts(cast):
    rule = notes(cast, kinds=["course"], categories=["专业科目"], roles=["attended"], least=2)
    earned(cast.alice, kind="course", amount=2, category="专业科目")
    earned(cast.bob, kind="course", amount=2, category="公需科目")
    earned(cast.frank, kind="course", amount=2, category="专业科目", role="taught")

    found = states(cast, rule)

    assert [found[name] for name in ("alice", "bob", "frank")] == [
        State.MET, State.OPEN, State.OPEN,
    ]  # fmt: skip


def test_times_are_counted_and_not_hours(cast):
    rule = notes(cast, kinds=["learning"], measure="times", least=2)
    earned(cast.alice, kind="learning", amount=8)
    earned(cast.bob, kind="learning", amount="0.5")
    earned(cast.bob, kind="learning", amount="0.5", on=date(2026, 11, 2))

    found = states(cast, rule)

    assert (found["alice"], found["bob"]) == (State.OPEN, State.MET)


def test_leave_excuses_in_proportion_and_others_are_still_asked(cast):
    rule = notes(cast)
    LeaveFactory(person=cast.alice, since=date(2026, 11, 1), until=date(2027, 2, 1))
    LeaveFactory(person=cast.bob, kind="annual", since=date(2026, 11, 1), until=DAY)
    PartTimeFactory(person=cast.frank, share=40)

    found = states(cast, rule)

    assert (found["alice"], found["bob"], found["frank"]) == (
        State.EXCUSED, State.OPEN, State.EXCUSED,
    )  # fmt: skip


def test_a_post_title_and_kind_of_body_narrow_who_is_meant(cast):
    PostFactory(person=cast.alice, org=cast.branch, title="骨干教师", since=date(2025, 1, 1))
    rule = notes(cast, rule={"titles": ["骨干教师"]})
    team = OrgFactory(parent=cast.branch, kind="team")
    worker = PersonFactory(org=team)
    weekly = notes(cast, rule={"kinds": ["team"]}, every="week")

    assert set(states(cast, rule)) == {"alice"}
    judged = court(cast.company, [weekly.pk], DAY).stands()
    assert [one.person for one in judged] == [worker.pk]


def test_tenure_waits_for_the_day_of_hire(cast):
    rule = notes(cast, rule={"from_month": 36})
    HireFactory(person=cast.alice, on=date(2020, 9, 1))
    HireFactory(person=cast.bob, on=date(2025, 9, 1))

    found = states(cast, rule)

    assert found["alice"] == State.OPEN
    assert "bob" not in found
    assert found["frank"] == State.UNKNOWN


def test_new_staff_once_within_a_year_also_late(cast):
    rule = notes(cast, kinds=["course"], measure="times", every="once", months=12)
    new = PersonFactory(org=cast.branch, joined_on=date(2026, 8, 1))
    HireFactory(person=cast.alice, on=date(2026, 9, 1))
    HireFactory(person=cast.bob, on=date(2026, 3, 1))
    earned(cast.bob, kind="course", on=date(2026, 4, 1))
    earned(cast.alice, kind="course", on=date(2026, 8, 1))

    now, later = states(cast, rule), states(cast, rule, date(2027, 10, 1), closed=True)

    assert (now["alice"], now["bob"]) == (State.OPEN, State.MET)
    assert later["alice"] == State.LATE
    assert "frank" not in now, "on the books for years: no new staff, whenever he was hired"
    assert len(standing_of(new, DAY).unknown) == 1
    assert standing_of(cast.frank, DAY).is_empty


def test_hours_over_go_into_the_next_year(cast):
    rule = notes(
        cast, kinds=["course"], least=90, every="year", carry=10, rule={"since": date(2025, 1, 1)}
    )
    earned(cast.alice, kind="course", amount=120, on=date(2025, 5, 1))
    earned(cast.alice, kind="course", amount=80)
    earned(cast.bob, kind="course", amount=95, on=date(2025, 5, 1))
    earned(cast.bob, kind="course", amount=84)

    found = states(cast, rule)

    assert (found["alice"], found["bob"]) == (State.MET, State.OPEN)
    [mine] = standing_of(cast.bob, DAY).now
    assert mine.lines[-1] == "已完成 84 学时，上期结转 5 学时，还差 1 学时。"


def test_terms_are_those_of_the_nearest_body(cast):
    SeasonFactory(org=cast.city)
    SeasonFactory(org=cast.branch, name="本校秋季", end=date(2027, 1, 20))
    rule = notes(cast, every="term", org=cast.province)

    turns = {
        one.person: one.verdict.asked.slot.name
        for one in court(cast.province, [rule.pk], DAY).stands()
    }

    assert turns[cast.alice.pk] == "本校秋季"
    assert turns[cast.frank.pk] == "2026 年秋季学期"
    assert cast.dave.pk not in turns, "nobody entered terms in the other city"
    assert standing_of(cast.dave, DAY).without_calendar == ((rule, "写学习笔记"),)


def test_who_moved_in_is_asked_from_that_day(cast):
    rule = notes(cast, org=cast.branch)
    Membership.objects.filter(person=cast.alice).update(
        org=cast.second_branch, until=date(2026, 11, 9)
    )
    Membership.objects.create(
        person=cast.alice, org=cast.branch, standing="member", since=date(2026, 11, 10)
    )

    [one] = standing_of(cast.alice, DAY).now

    assert (one.rule, one.verdict.required) == (rule, 100)
    assert one.lines[1:3] == (
        "2026-11-01 至 2026-11-09 不在本制度的单位在册，9 天不算。",
        "应完成：1 × 21 ÷ 30 = 0.7，满一半进一，要求 1 篇。",
    )


def test_a_body_is_summed_by_unit_each_person_once(cast):
    rule = notes(cast)
    StudyItemFactory(rule=rule, kinds=["book"], every="year", label="读书")
    earned(cast.alice)
    earned(cast.alice, kind="book")
    earned(cast.frank)

    found = worst(court(cast.company, [rule.pk], DAY).stands())
    total, units = tallies(cast.company, found)

    assert (total.people, total.met, total.lacking, total.share) == (4, 1, 3, "25%")
    assert [(one.org, one.is_own, one.tally.met, one.tally.lacking) for one in units] == [
        (cast.company, True, 0, 2),
        (cast.branch, False, 1, 1),
    ]


def test_a_rule_is_tried_out_before_it_exists(cast):
    earned(cast.alice)
    rule = StudyRule(org=cast.company, title="笔记", since=date(2027, 1, 1))
    item = StudyItem(label="写学习笔记", kinds=["note"], least=Decimal(1), every="month")

    found = trial(rule, [item], DAY)

    assert (found.tally.people, found.tally.met, found.tally.lacking) == (4, 1, 3)
    named = {one.sort: {str(person): words for person, words in one.rows} for one in found.named}
    assert named["met"] == {"艾丽": "写学习笔记：已完成"}
    lacks = "写学习笔记还差 1 篇（11 月 30 日）"
    assert named["lacking"] == dict.fromkeys(("鲍博", "方兰", "葛瑞"), lacks)
    assert [(one.org, one.tally.lacking) for one in found.units] == [
        (cast.company, 2), (cast.branch, 1),
    ]  # fmt: skip
    assert (rule.since, StudyRule.objects.count()) == (date(2027, 1, 1), 0)


def test_a_trial_says_why_nothing_is_asked_and_whose_day_of_hire_is_missing(cast):
    HireFactory(person=cast.alice, on=date(2020, 9, 1))
    HireFactory(person=cast.bob, on=date(2020, 9, 1))
    LeaveFactory(person=cast.bob, since=date(2026, 10, 1), until=date(2026, 12, 31))
    rule = StudyRule(org=cast.branch, title="骨干", since=DAY, from_month=36, excuses=["maternity"])
    item = StudyItem(label="写学习笔记", kinds=["note"], least=Decimal(1), every="month")
    new = PersonFactory(org=cast.branch, name="新来的")

    found = trial(rule, [item], DAY)

    named = {one.sort: one.rows for one in found.named}
    assert named["unknown"] == [(new, "写学习笔记：入职日期还没有登记")]
    ((person, why),) = named["excused"]
    assert person == cast.bob
    assert "请假 2026-11-01 至 2026-11-30，30 天不算" in why
    assert "产假" not in why
    assert found.units == []


def test_a_trial_names_the_first_and_says_how_many_more(cast, monkeypatch):
    monkeypatch.setattr("gonghui.apps.learning.queries.trial.NAMED", 1)
    rule = StudyRule(org=cast.company, title="笔记", since=DAY)
    item = StudyItem(label="写学习笔记", kinds=["note"], least=Decimal(1), every="month")

    (lacking,) = trial(rule, [item], DAY).named

    assert (len(lacking.rows), lacking.more) == (1, 3)


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("closed", [False, True])
def test_who_is_judged_among_many_is_asked_what_they_are_asked_alone(cast, seed, closed):
    """The many are reckoned by groups of alike people; here each life is reckoned by itself."""
    chance = Random(seed)
    SeasonFactory(org=cast.company, start=date(2026, 9, 1), end=date(2027, 1, 20))
    SeasonFactory(org=cast.company, name="春季学期", start=date(2026, 3, 1), end=date(2026, 7, 10))
    people = [PersonFactory(org=cast.branch) for _ in range(12)]
    for person in people:
        _live(person, chance)
    said = {"since": date(2025, 6, 1), "by_workdays": chance.random() < 0.5}
    tenure = chance.choice([{}, {"from_month": 12}, {"to_month": 6}, {"from_month": 3}])
    rule = notes(cast, rule=said | tenure)
    for every, carry in (("week", None), ("term", None), ("year", Decimal(2)), ("year", None)):
        StudyItemFactory(rule=rule, label=every, kinds=["note"], every=every, carry=carry)

    judged = list(court(cast.company, [rule.pk], DAY).stands(closed=closed))

    found = {(one.person, one.verdict.item.number): one.verdict.asked for one in judged}
    here = Membership.objects.on(DAY).filter(org__path__startswith=cast.company.path)
    assert found == _asked_alone(rule, [one.person for one in here], closed=closed)
    assert len(found) == len(judged) >= len(people)


def _live(person, chance: Random) -> None:
    """A life by chance: joined, hired, on leave and part-time on some day or never."""

    def ago(days: int) -> date:
        return DAY - timedelta(days=chance.randrange(days))

    Membership.objects.filter(person=person).update(since=ago(chance.choice([40, 700, 3000])))
    if chance.random() < 0.7:
        HireFactory(person=person, on=ago(chance.choice([30, 300, 900, 4000])))
    if chance.random() < 0.6:
        since, kind = ago(200), chance.choice(["maternity", "sick", "study"])
        LeaveFactory(person=person, kind=kind, since=since, until=since + timedelta(days=45))
    if chance.random() < 0.3:
        PartTimeFactory(person=person, share=50, since=ago(150), until=None)


def _asked_alone(rule: StudyRule, people, *, closed: bool) -> dict[tuple[int, int], Asked]:
    (one,), found = all_told(Q(pk=rule.pk)), {}
    calendar = Calendars().at(rule.org.path)
    for person in people:
        (crowd,) = crowds(Scope(people=frozenset({person.pk})), [one], DAY)
        for item in one.rule.items:
            slot = (slot_before if closed else slot_on)(item.every, DAY, calendar)
            asked = ask(one.rule, item, slot, fit(one.rule, crowd.life), calendar)
            if asked.is_asked:
                found[person.pk, item.number] = asked
    return found


def test_judging_costs_the_same_for_few_and_for_many(cast):
    rule = notes(cast)

    def cost() -> int:
        with CaptureQueriesContext(connection) as caught:
            list(court(cast.company, [rule.pk], DAY).stands())
        return len(caught)

    few = cost()
    for _ in range(20):
        earned(PersonFactory(org=cast.branch))

    assert cost() == few <= 13


# Who may look


def address(cast, **said) -> str:
    return reverse("learning:standing") + f"?org={said.get('org', cast.company).pk}"


def test_leader_sees_own_people_and_why(cast, monkeypatch):
    monkeypatch.setattr(timezone, "localdate", lambda *_: DAY)
    rule = notes(cast)
    notes(cast, org=cast.other_city, rule={"title": "别处的制度"})
    LeaveFactory(person=cast.alice, since=date(2026, 11, 1), until=date(2027, 2, 1))

    page = cast.client("bob").get(address(cast, org=cast.branch) + f"&rule={rule.pk}")
    excused = cast.client("bob").get(address(cast, org=cast.branch) + "&show=excused")

    said = page.content.decode()
    assert [str(person) for person, _ in page.context["names"]] == ["鲍博"]
    assert (page.context["total"].lacking, page.context["total"].excused) == (1, 1)
    assert [str(person) for person, _ in excused.context["names"]] == ["艾丽"]
    assert "别处的制度" not in said
    assert "方兰" not in said
    assert "30 天不算" in excused.content.decode()
    assert "产假" not in excused.content.decode(), "which leave it is stays with the register"


def test_every_figure_opens_the_people_it_counts(cast, monkeypatch):
    monkeypatch.setattr(timezone, "localdate", lambda *_: DAY)
    notes(cast)
    PersonFactory(org=cast.second_branch)
    LeaveFactory(person=cast.alice, since=date(2026, 11, 1), until=date(2027, 2, 1))
    frank = cast.client("frank")

    page = frank.get(address(cast) + "&show=people")

    assert len(page.context["names"]) == page.context["total"].people == 5
    assert "写学习笔记：本期免" in page.content.decode()
    for _, doors in page.context["units"]:
        for show in ("people", "excused", "unknown"):
            assert doors[show].replace("&", "&amp;") in page.content.decode()


def test_a_ring_says_of_which_turn_it_is(cast):
    notes(cast)

    rings = rings_of(cast.bob, DAY)

    assert [one.note for one in rings] == ["2026 年 10 月 逾期未完成", "2026 年 11 月 还差 1 篇"]


@pytest.mark.parametrize("name", ["alice", "dave", "mallory"])
def test_others_do_not_see_a_body(cast, name):
    notes(cast)

    page = cast.client(name).get(address(cast))

    assert page.status_code == 404 or page.context["asked"].org not in (cast.company, cast.branch)


def test_one_person_is_seen_by_leader_and_self_only(cast):
    notes(cast)
    at = reverse("learning:person", args=[cast.alice.pk])

    seen = {name: cast.client(name).get(at).status_code for name in cast.names}

    assert seen == {
        "alice": 200, "bob": 200, "carol": 200, "dave": 404, "erin": 200, "frank": 200,
        "grace": 200, "mallory": 404,
    }  # fmt: skip


def test_member_sees_own_arithmetic_and_which_leave(cast, monkeypatch):
    monkeypatch.setattr(timezone, "localdate", lambda *_: DAY)
    notes(cast)
    LeaveFactory(person=cast.alice, since=date(2026, 11, 21), until=date(2027, 2, 1))

    mine = cast.client("alice").get(reverse("learning:mine")).content.decode()
    grace = cast.client("grace").get(reverse("learning:person", args=[cast.alice.pk]))

    assert "产假 2026-11-21 至 2026-11-30，10 天不算。" in mine
    assert "产假" not in grace.content.decode()
    assert "请假 2026-11-21 至 2026-11-30，10 天不算。" in grace.content.decode()


def test_what_is_missing_is_put_down_from_the_page_that_says_so(cast, monkeypatch):
    """Only by the person, and only what one writes oneself: attendance is marked by others."""
    monkeypatch.setattr(timezone, "localdate", lambda *_: DAY)
    rule = notes(cast, rule={"since": date(2026, 11, 1)})
    meets = StudyItemFactory(rule=rule, label="参加学习", kinds=["learning"], measure="times")
    alice = cast.client("alice")
    begin = reverse("archive:begin", args=["note"])

    mine = alice.get(reverse("learning:mine")).content.decode()
    officers = cast.client("frank").get(reverse("learning:person", args=[cast.alice.pk]))
    opened = alice.post(begin)

    assert (mine.count(f'action="{begin}"'), mine.count("不用自己记")) == (1, 1)
    assert begin not in officers.content.decode()
    assert alice.get(opened.url).status_code == 200
    earned(cast.alice)
    meets.delete()
    done = alice.get(reverse("learning:mine")).content.decode()
    assert (begin in done, "不用自己记" in done) == (False, False)


def test_an_item_for_a_role_has_no_button_and_one_asked_once_says_so_once(cast):
    rule = notes(cast, roles=["taught"])
    HireFactory(person=cast.alice, on=DAY - timedelta(days=10))
    StudyItemFactory(rule=rule, label="入职培训", kinds=["course"], every="once", months=12)

    taught, once = standing_of(cast.alice, DAY).now

    assert (taught.ways, [way.label for way in once.ways]) == ([], ["报培训学时"])
    assert (taught.head, once.head) == ("每月 1 篇 · 2026 年 11 月", "入职 12 个月内 1 学时")


def test_one_person_costs_few_queries(cast):
    notes(cast)
    notes(cast, org=cast.city, every="year", kinds=["book"])

    with CaptureQueriesContext(connection) as caught:
        standing_of(cast.alice, DAY)

    assert len(caught) <= 18


def test_any_day_that_has_come_can_be_asked(cast, monkeypatch):
    monkeypatch.setattr(timezone, "localdate", lambda *_: DAY)
    notes(cast)
    earned(cast.alice, on=date(2026, 10, 9))

    def met(day: str) -> int:
        page = cast.client("frank").get(address(cast) + f"&day={day}")
        return page.context["total"].met

    assert [met(day) for day in ("2026-10-08", "2026-10-09", "2026-11-01")] == [0, 1, 0]
    assert met("2030-01-01") == met("yesterday") == met("2026-11-21")
