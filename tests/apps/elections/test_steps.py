"""An election's steps: each is dated, in order, and refuses what does not agree."""

from __future__ import annotations

from datetime import date

import pytest

from gonghui.apps.elections.actions import planning
from gonghui.apps.elections.models import Candidate, Mode, Office, Race
from gonghui.apps.elections.queries.checking import checks_of, members_of
from gonghui.apps.elections.queries.terms import check_number
from gonghui.core.flow.life import Refused
from gonghui.core.notices.models import Notice
from gonghui.core.people.models import Particulars
from gonghui.core.regulations.models import Standard
from gonghui.kit.errors import DomainError
from tests.apps.elections.life import (
    DECLARED,
    MEETING,
    again,
    confirmed,
    convened,
    count,
    permitted,
    plan,
    settled,
    step,
)
from tests.factories.elections import (
    CandidateFactory,
    ElectionFactory,
    RaceFactory,
    TermFactory,
)
from tests.factories.organisation import PersonFactory

TODAY = date(2026, 3, 1)


def test_a_plan_without_races_is_not_agreed_to(cast):
    election = plan(cast)
    election.races.all().delete()

    with pytest.raises(DomainError, match="还没有列出选举项目"):
        step(election, "agree", cast.actor("frank"), on=date(2026, 2, 1))


def test_what_is_known_of_a_candidate_is_not_asked_again(cast):
    frank = cast.actor("frank")
    election = ElectionFactory(org=cast.company)
    person = PersonFactory(org=cast.company, department="机修车间", position="钳工")
    Particulars.objects.create(person=person, politics="01", duty="副主任")
    member, chair = (
        planning.add_race(election, office=office, seats=1, by=frank)
        for office in (Office.MEMBER, Office.CHAIR)
    )

    first = planning.add_candidate(member, person, by=frank, party="", resume="钳工", **DECLARED)
    second = planning.add_candidate(chair, person, by=frank, duty="主任", declared_on=None)

    assert (first.duty, first.party) == ("机修车间副主任", "中共党员")
    assert (second.duty, second.party, second.resume) == ("主任", "中共党员", "钳工")
    assert second.declared_on == first.declared_on


def test_only_the_union_above_permits(cast):
    election = plan(cast)
    frank = cast.actor("frank")
    step(election, "agree", frank, on=date(2026, 2, 1))
    step(election, "submit", frank, on=date(2026, 2, 3))

    with pytest.raises(Refused):
        step(election, "permit", frank, on=date(2026, 2, 10), paper="自批1号")
    with pytest.raises(Refused):
        step(election, "permit", cast.actor("dave"), on=date(2026, 2, 10), paper="他市1号")
    assert step(
        election, "permit", cast.actor("carol"), on=date(2026, 2, 10), paper="安工〔2026〕5号"
    )


def test_a_step_does_not_lie_before_the_one_it_follows(cast):
    election = plan(cast)
    frank = cast.actor("frank")
    step(election, "agree", frank, on=date(2026, 2, 4))

    with pytest.raises(DomainError, match="不能早于「党组织同意」的日期 2026-02-04"):
        step(election, "submit", frank, on=date(2026, 2, 3))


def test_equal_numbers_are_no_choice(cast):
    """Two seats and two candidates: the standard wants at least three, and is shown."""
    election = plan(cast, seats=2, stand=2)
    permitted(cast, election)

    with pytest.raises(DomainError, match=r"至少 3 人（标准：5%.*待核实"):
        step(election, "nominate", cast.actor("frank"), on=date(2026, 3, 1))


def test_a_primary_keeps_the_choice(cast):
    election = plan(cast, seats=2, stand=2, mode=Mode.PRIMARY)
    race = election.races.get(office=Office.MEMBER)
    planning.change_race(race, seats=2, stood=3, by=cast.actor("frank"))
    permitted(cast, election)

    assert step(election, "nominate", cast.actor("frank"), on=date(2026, 3, 1))


def test_who_has_not_declared_does_not_stand(cast):
    election = plan(cast)
    Candidate.objects.filter(person__name="候选2").update(declared_on=None)
    permitted(cast, election)

    with pytest.raises(DomainError, match=r"还没有声明：候选2（.*工会法第十条"):
        step(election, "nominate", cast.actor("frank"), on=date(2026, 3, 1))


def test_the_chair_comes_from_among_the_committee_and_does_not_audit(cast):
    election = plan(cast)
    frank = cast.actor("frank")
    outsider = PersonFactory(name="外人", org=cast.company)
    chair = election.races.get(office=Office.CHAIR)
    stray = planning.add_candidate(chair, outsider, by=frank, **DECLARED)
    permitted(cast, election)
    with pytest.raises(DomainError, match="不在委员候选人中：外人"):
        step(election, "nominate", frank, on=date(2026, 3, 1))
    planning.withdraw_candidate(stray, by=frank)

    audit = planning.add_race(election, office=Office.AUDITOR, seats=1, by=frank)
    for person in (chair.candidates.get().person, outsider):
        planning.add_candidate(audit, person, by=frank, **DECLARED)

    with pytest.raises(DomainError, match="两边都有：候选0"):
        step(election, "nominate", frank, on=date(2026, 3, 1))


def test_names_are_fixed_once_reviewed_and_open_again_after_an_objection(cast):
    election = plan(cast)
    permitted(cast, election)
    frank = cast.actor("frank")
    step(election, "nominate", frank, on=date(2026, 3, 1))
    race = election.races.get(office=Office.MEMBER)
    with pytest.raises(DomainError, match="名单不能再改"):
        planning.add_candidate(race, PersonFactory(org=cast.company), by=frank)

    step(election, "object", frank, reason="有异议")

    assert again(election).state == "permitted"
    assert not election.steps.filter(name="nominate").exists()
    assert planning.add_candidate(race, PersonFactory(org=cast.company), by=frank)


@pytest.mark.parametrize(("until", "enough"), [(date(2026, 3, 9), True), (date(2026, 3, 6), False)])
def test_the_notice_stands_five_workdays(cast, until, enough):
    """From Monday 2 March: five workdays after it end on Monday 9 March."""
    election = plan(cast)
    permitted(cast, election)
    frank = cast.actor("frank")
    step(election, "nominate", frank, on=date(2026, 3, 1))
    days = {"notice_from": date(2026, 3, 2), "notice_until": until}

    if enough:
        assert step(election, "publish", frank, **days).state == "published"
    else:
        with pytest.raises(DomainError, match="公示 4 个工作日"):
            step(election, "publish", frank, **days)


def test_a_union_above_may_ask_for_a_longer_notice(cast):
    Standard.objects.create(
        key="candidate_notice_workdays", org=cast.city, value=7, tag="own", document="本市办法"
    )
    election = plan(cast)
    permitted(cast, election)
    step(election, "nominate", cast.actor("frank"), on=date(2026, 3, 1))
    days = {"notice_from": date(2026, 3, 2), "notice_until": date(2026, 3, 9)}

    with pytest.raises(DomainError, match="标准：7 个工作日（《本市办法》"):
        step(election, "publish", cast.actor("frank"), **days)


@pytest.mark.parametrize(("present", "meets"), [(34, True), (33, False)])
def test_the_meeting_elects_only_with_two_thirds(cast, present, meets):
    election = plan(cast)
    permitted(cast, election)
    frank = cast.actor("frank")
    step(election, "nominate", frank, on=date(2026, 3, 1))
    days = {"notice_from": date(2026, 3, 2), "notice_until": date(2026, 3, 9)}
    step(election, "publish", frank, **days)
    came = {"on": MEETING, "should_attend": 50, "present": present}

    if meets:
        assert step(election, "convene", frank, **came).state == "convened"
    else:
        with pytest.raises(DomainError, match="应到 50 人，实到 33 人（标准：三分之二"):
            step(election, "convene", frank, **came)


def test_the_meeting_comes_after_the_notice(cast):
    election = plan(cast)
    permitted(cast, election)
    frank = cast.actor("frank")
    step(election, "nominate", frank, on=date(2026, 3, 1))
    days = {"notice_from": date(2026, 3, 2), "notice_until": date(2026, 3, 9)}
    step(election, "publish", frank, **days)

    with pytest.raises(DomainError, match="须在公示期满后"):
        step(election, "convene", frank, on=date(2026, 3, 9), should_attend=50, present=45)


def test_the_result_names_who_is_elected(cast):
    election = settled(cast, plan(cast))

    won = Candidate.objects.filter(race__election=election, elected=True)
    assert sorted((c.race.office, c.person.name, c.votes) for c in won) == [
        ("chair", "候选0", 41),
        ("member", "候选0", 40),
        ("member", "候选1", 35),
    ]


def test_a_returned_result_is_counted_anew(cast):
    election = settled(cast, plan(cast))
    step(election, "report", cast.actor("frank"), on=date(2026, 3, 21))

    step(election, "reject", cast.actor("carol"), reason="计票单不清")

    assert again(election).state == "convened"
    assert not Candidate.objects.exclude(elected=None).exists()


def test_those_who_act_next_are_told(cast):
    election = confirmed(cast, plan(cast))

    told = set(Notice.objects.values_list("person__name", "title"))
    assert ("柯洛", f"待批复：{election}") in told
    assert ("柯洛", f"选举结果待批复：{election}") in told
    assert ("方兰", f"上级已同意：{election}") in told
    assert ("候选0", "新任主席须完成任前谈话和岗位培训") in told
    assert not [who for who, _ in told if who in ("戴维", "马洛")]


def test_the_plan_is_held_against_the_standards(cast):
    """99 members meet themselves; from a hundred on delegates may."""
    election = plan(cast, seats=2, years=4)
    PersonFactory.create_batch(99 - members_of(cast.company, TODAY), org=cast.branch)

    found = {one.title: one for one in checks_of(election, TODAY)}

    assert (found["任期"].ok, found["任期"].words) == (False, "方案为 4 年")
    assert found["会议形式"].ok is False
    assert found["委员名额"].ok is False
    assert "标准：3 至 7 人（" in found["委员名额"].standard
    assert all("工会" in found[title].standard for title in ("任期", "会议形式", "委员名额"))

    PersonFactory(org=cast.company)
    found = {one.title: one for one in checks_of(election, TODAY)}
    assert found["会议形式"].ok is True


def test_the_number_follows_the_running_term(cast):
    TermFactory(org=cast.company, number=3)

    check_number(cast.company, "term", 4)
    check_number(cast.company, "by_election", 3)
    with pytest.raises(DomainError, match="这次应填第 4 届"):
        check_number(cast.company, "term", 5)


def test_a_repeat_is_counted_by_itself(cast):
    election = convened(cast, plan(cast, chair=False))
    race = election.races.get()
    count(cast, race, [33, 28, 28])

    assert Race.objects.filter(election=election).count() == 1
    with pytest.raises(DomainError, match="还有名额没有选出"):
        step(election, "settle", cast.actor("frank"))


def test_what_nobody_filled_in_is_missing_and_breaks_no_rule(cast):
    """An empty place is not called wrong; too few candidates are."""
    election = plan(cast, seats=2)
    race = RaceFactory(election=election, office="auditor", seats=2)
    CandidateFactory(race=race, declared_on=None)

    found = {one.title: one for one in checks_of(election, TODAY)}
    assert (found["近亲属声明"].verdict, found["近亲属声明"].tone) == ("还缺", "wait")
    assert found[f"{race}候选人"].verdict == "不符合"

    race.candidates.all().delete()
    found = {one.title: one for one in checks_of(election, TODAY)}
    assert found[f"{race}候选人"].verdict == "还缺"
