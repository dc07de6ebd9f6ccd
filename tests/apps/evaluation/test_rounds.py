"""A round through its doors: applied, filled, rated apart, visited, ranked, shown, awarded."""

from __future__ import annotations

from datetime import timedelta

import pytest

from gonghui.apps.evaluation.actions import judging, raters, rounds, sheets
from gonghui.apps.evaluation.flow import CONTENDER, OBJECTION, ROUND
from gonghui.apps.evaluation.models import Contender, Rater, Review
from gonghui.apps.evaluation.queries.results import lines_of, standing
from gonghui.core.flow.life import Refused
from gonghui.kit.errors import DomainError
from tests.cast import Cast
from tests.factories.organisation import PersonFactory

from .stage import MONDAY, Stage, make_stage, on

pytestmark = [pytest.mark.slow, pytest.mark.django_db]


def ranked(stage: Stage, marks: list[str]) -> list[Contender]:
    """As many unions as there are marks, brought to the table of results."""
    made = [stage.apply(org) for org in stage.unions[: len(marks)]]
    stage.step("rate")
    stage.rate_all({one.pk: mark for one, mark in zip(made, marks, strict=True)})
    stage.step("visit")
    for one in made:
        stage.visit(one)
    stage.step("rank")
    return made


def test_the_sheet_fills_itself_and_is_never_typed_over(stage: Stage) -> None:
    union = stage.unions[0]
    PersonFactory.create_batch(3, org=union)

    made = sheets.apply(stage.round, union, by=stage.carol)

    line = stage.item(made, "A")
    marked = next(one for one in lines_of([made])[made.pk] if one.criterion.code == "A")
    assert (marked.words, marked.marks) == ("100.0%", 20)
    assert line.figure[1:] == ["4", "4"]
    assert made.filled_at is not None
    with pytest.raises(DomainError, match="由系统记录计分"):
        sheets.check_item(line, by=stage.carol, value="99", words="", files=[])


def test_a_figure_nobody_knows_is_open_and_not_nought(stage: Stage) -> None:
    made = sheets.apply(stage.round, stage.unions[0], by=stage.carol)
    line = stage.item(made, "A")
    line.figure = None
    line.save()

    marked = next(one for one in lines_of([made])[made.pk] if one.criterion.code == "A")

    assert (marked.marks, marked.is_open, marked.words) == (None, True, "")


def test_applying_is_refused_outside_its_days_and_twice(stage: Stage) -> None:
    stage.apply(stage.unions[0])

    with pytest.raises(DomainError, match="已经申报过"):
        sheets.apply(stage.round, stage.unions[0], by=stage.carol)
    with on(MONDAY + timedelta(days=11)), pytest.raises(DomainError, match="申报时间是"):
        sheets.apply(stage.round, stage.unions[1], by=stage.carol)
    with pytest.raises(DomainError, match="下面的单位"):
        sheets.apply(stage.round, stage.cast.other_company, by=stage.carol)


def test_a_sheet_with_an_item_not_looked_at_is_not_handed_in(stage: Stage) -> None:
    made = sheets.apply(stage.round, stage.unions[0], by=stage.carol)

    page = f"/evaluation/contender/{made.pk}/"
    shown = stage.cast.client("carol").get(page).content.decode()
    assert "还有 2 项没有自查：B、C" in shown
    assert f"{page}do/hand_in/" not in shown
    with pytest.raises(DomainError, match="还有 2 项没有自查：B、C"):
        CONTENDER.perform(made, "hand_in", by=stage.carol)


def test_nobody_rates_their_own_line_or_whom_they_declared(stage: Stage) -> None:
    made = [stage.apply(org) for org in stage.unions]
    rater = Rater.objects.get(person__org=stage.unions[0])
    raters.keep_rater(rater, avoids=[stage.unions[1]], why="原工作单位", by=stage.carol)

    stage.step("rate")

    drawn = Review.objects.filter(contender__round=stage.round)
    assert {one.contender_id for one in drawn} == {one.pk for one in made}
    assert not [one for one in drawn if one.rater.person.org == one.contender.org]
    assert not drawn.filter(rater=rater, contender=made[1]).exists()
    loads = [drawn.filter(rater=one).count() for one in stage.round.raters.all()]
    assert (sum(loads), max(loads)) == (8, 2)


def test_too_few_raters_are_said_with_the_name(stage: Stage) -> None:
    stage.apply(stage.unions[0])
    Rater.objects.exclude(person__org__in=stage.unions[:2]).delete()

    with pytest.raises(DomainError, match="能评第0工会的评委只有 1 人"):
        stage.step("rate")


def test_a_rater_cannot_see_others_before_all_have_given(stage: Stage) -> None:
    made = [stage.apply(org) for org in stage.unions]
    stage.step("rate")
    review = made[0].reviews.first()
    marks = {str(one.pk): "17.25" for one in stage.items}
    judging.give_marks(review, marks=marks, words="很好", by=stage.carol)
    page = f"/evaluation/contender/{made[0].pk}/"
    officer = stage.cast.client("carol")

    before = officer.get(page).content.decode()
    with pytest.raises(DomainError, match="位评委没有评完"):
        stage.step("visit")
    stage.rate_all({made[0].pk: "17.25"})
    stage.step("visit")
    after = officer.get(page).content.decode()

    assert "17.25" not in before
    assert "互评结束后显示" in before
    assert "17.25" in after
    assert "2 / 2 人已评" in after


def test_no_draw_is_offered_where_peers_rate_nothing(stage: Stage) -> None:
    page = f"/evaluation/round/{stage.round.pk}/"
    carol = stage.cast.client("carol")

    nobody = carol.get(page).content.decode()
    stage.apply(stage.unions[0])
    drawn = carol.get(page).content.decode()
    Rater.objects.exclude(person__org__in=stage.unions[:2]).delete()
    few = carol.get(page).content.decode()
    stage.round.scheme.criteria.filter(filler="peers").update(filler="upper")
    plain = carol.get(page).content.decode()

    assert "还没有已报送的参评对象" in nobody
    assert (f"{page}do/rate/" in nobody, f"{page}do/visit/" in nobody) == (False, False)
    assert (f"{page}do/rate/" in drawn, f"{page}do/visit/" in drawn) == (True, False)
    assert "方案里有互评的项目，请先抽签互评" in drawn
    assert "能评第0工会的评委只有 1 人" in few
    assert (f"{page}do/rate/" in plain, f"{page}do/visit/" in plain) == (False, True)
    assert "方案里没有互评的项目，不用抽签" in plain
    with pytest.raises(DomainError, match="不用抽签"):
        stage.step("rate")


def test_who_may_not_lead_a_round_is_not_told_who_is_late(stage: Stage) -> None:
    for org in stage.unions:
        stage.apply(org)
    stage.step("rate")
    page = f"/evaluation/round/{stage.round.pk}/"
    member = stage.cast.client("alice")

    assert "没有评完" not in member.get(page).content.decode()
    answer = member.post(f"{page}do/visit/", follow=True).content.decode()
    assert "这一步现在不能办" in answer
    assert "没有评完" not in answer


def test_the_visits_are_offered_once_all_have_given(stage: Stage) -> None:
    for org in stage.unions:
        stage.apply(org)
    stage.step("rate")
    page, carol = f"/evaluation/round/{stage.round.pk}/", stage.cast.client("carol")

    before = carol.get(page).content.decode()
    stage.rate_all({})
    after = carol.get(page).content.decode()

    assert ("还有 4 位评委没有评完" in before, f"{page}do/visit/" in before) == (True, False)
    assert ("没有评完" in after, f"{page}do/visit/" in after) == (False, True)


def test_somebody_who_was_not_drawn_cannot_rate(stage: Stage) -> None:
    made = [stage.apply(org) for org in stage.unions]
    stage.step("rate")
    review = made[0].reviews.first()

    assert stage.cast.client("carol").get(f"/evaluation/my/reviews/{review.pk}/").status_code == 404


def test_the_visit_goes_before_the_own_word_and_says_why(stage: Stage) -> None:
    made = [stage.apply(org) for org in stage.unions]
    stage.step("rate")
    stage.rate_all({})
    stage.step("visit")
    line = stage.item(made[0], "B")

    with pytest.raises(DomainError, match="与自查结果不一样"):
        sheets.visit_item(line, by=stage.carol, value="5", words="", files=[])
    sheets.visit_item(line, by=stage.carol, value="5", words="台账只有五次", files=[])

    marked = {one.criterion.code: one.marks for one in lines_of([made[0]])[made[0].pk]}
    assert marked["B"] == 10
    assert marked["C"] == 8


def test_a_vote_counts_when_two_tellers_agree(stage: Stage) -> None:
    made = stage.apply(stage.unions[0])
    line = stage.item(made, "F")

    alone = sheets.count_votes(line, by=stage.carol, yes=75, cast=100)
    apart = sheets.count_votes(line, by=stage.cast.actor("erin"), yes=70, cast=100)
    open_ = next(one for one in lines_of([made])[made.pk] if one.criterion.code == "F")
    agreed = sheets.count_votes(line, by=stage.cast.actor("erin"), yes=75, cast=100)
    known = next(one for one in lines_of([made])[made.pk] if one.criterion.code == "F")

    assert (alone, apart, agreed) == (False, False, True)
    assert open_.marks is None
    assert known.marks == 10


def test_a_veto_forbids_every_grade_and_an_unseen_one_leaves_it_open(stage: Stage) -> None:
    made = [stage.apply(org) for org in stage.unions[:3]]
    stage.step("rate")
    stage.rate_all({})
    stage.step("visit")
    stage.visit(made[0])
    stage.visit(made[1], veto=True)
    stage.step("rank")

    found = {one.contender.pk: one for one in standing(stage.round).results}

    assert found[made[0].pk].grade
    assert (found[made[1].pk].grade, found[made[1].pk].standing) == ("", "一票否决：V")
    assert found[made[2].pk].place is None
    assert "还没有结果" in found[made[2].pk].standing


def test_a_tie_at_the_quota_is_decided_by_people_with_a_reason(stage: Stage) -> None:
    stage.round.quotas = [["标兵", 2]]
    stage.round.save()
    made = ranked(stage, ["20", "15", "15", "10"])
    carol = stage.carol

    tie = standing(stage.round).granted.ties[0]
    with pytest.raises(DomainError, match="并列"):
        stage.step("publish")
    with pytest.raises(DomainError, match="正好选 1 个"):
        rounds.decide_tie(stage.round, "标兵", made[1:3], reason="都好", by=carol)
    rounds.decide_tie(stage.round, "标兵", [made[2]], reason="一线班组多", by=carol)
    stage.step("publish")

    grades = [Contender.objects.get(pk=one.pk).grade for one in made]
    places = [Contender.objects.get(pk=one.pk).place for one in made]
    assert (tie.seats, set(tie.who)) == (1, {made[1].pk, made[2].pk})
    assert grades == ["标兵", "优胜", "标兵", "优胜"]
    assert places == [1, 2, 2, 4]


def test_titles_come_after_five_workdays_and_answered_objections(stage: Stage) -> None:
    made = ranked(stage, ["20", "15"])
    stage.step("publish")
    until = stage.round.notice_until

    objection = judging.raise_objection(
        stage.round, words="次数不实", contender=made[0], own=False, by=stage.carol
    )

    assert until == MONDAY + timedelta(days=7)
    assert "5 个工作日" in stage.round.notice_basis
    assert "待核实" in stage.round.notice_basis
    with on(until), pytest.raises(DomainError, match="期满以后才能命名：最早 2026-12-08"):
        stage.step("award")
    with on(until + timedelta(days=1)):
        with pytest.raises(DomainError, match="还有 1 件异议"):
            stage.step("award")
        OBJECTION.perform(objection, "dismiss", answer="核对台账，属实申报", by=stage.carol)
        stage.step("award")
    assert stage.round.state == "awarded"


def test_naming_is_offered_once_it_can_be_done(stage: Stage) -> None:
    ranked(stage, ["20", "15"])
    stage.step("publish")
    page = f"/evaluation/round/{stage.round.pk}/"
    until = stage.round.notice_until
    seen = {}

    for day in (until, until + timedelta(days=1)):
        with on(day):
            text = stage.cast.client("carol").get(page).content.decode()
        seen[day] = (
            f"{page}do/award/" in text,
            "最早 2026-12-08" in text,
            f"{page}object/" in text,
        )

    assert list(seen.values()) == [(False, True, True), (True, False, False)]


def test_an_upheld_objection_sends_the_result_back(stage: Stage) -> None:
    ranked(stage, ["20", "15"])
    stage.step("publish")
    objection = judging.raise_objection(
        stage.round, words="次数不实", contender=None, own=True, by=stage.carol
    )
    OBJECTION.perform(objection, "uphold", answer="少两次", by=stage.carol)
    over = stage.round.notice_until + timedelta(days=1)

    with on(over), pytest.raises(DomainError, match="请先重新评定"):
        stage.step("award")
    stage.step("review", reason="异议属实")
    stage.step("publish")
    with on(over):
        stage.step("award")

    assert stage.round.notice_number == 2


def test_what_stands_in_public_is_read_by_members_below(stage: Stage) -> None:
    ranked(stage, ["20", "15"])
    alice = stage.cast.client("alice")
    page = f"/evaluation/round/{stage.round.pk}/"

    before = alice.get(page).content.decode()
    stage.step("publish")
    after = alice.get(page).content.decode()
    sent = alice.post(f"{page}object/", {"words": "请核对第0工会的次数"})

    assert "第0工会" not in before
    assert "第0工会" in after
    assert sent.status_code == 302
    assert stage.round.objections.get().person == stage.cast.alice
    assert stage.cast.client("mallory").get(page).status_code == 404


def test_a_round_of_a_draft_scheme_is_not_begun(cast: Cast) -> None:
    stage = make_stage(cast)
    other = type(stage.round).objects.create(
        org=cast.city, scheme=stage.round.scheme, title="另一轮", since=MONDAY, until=MONDAY,
        apply_from=MONDAY, apply_until=MONDAY, term_years=2, quotas=[["金奖", 1]],
    )  # fmt: skip

    with pytest.raises(DomainError, match="没有“金奖”这个等次"):
        ROUND.perform(other, "begin", by=stage.carol)
    with pytest.raises(Refused):
        ROUND.perform(other, "begin", by=cast.actor("alice"))
