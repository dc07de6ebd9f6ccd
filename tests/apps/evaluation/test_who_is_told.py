"""Who hears of a round, and what stands against its steps before they are pressed."""

from __future__ import annotations

from datetime import timedelta

import pytest

from gonghui.apps.evaluation.actions import judging, rounds, sheets
from gonghui.apps.evaluation.flow import CONTENDER
from gonghui.apps.evaluation.models import Contender, Review
from gonghui.apps.evaluation.queries.raters import reviews_of
from gonghui.core.access.models import Grant, Role
from gonghui.core.notices.models import Notice
from gonghui.core.people.models import Account, Person
from gonghui.kit.errors import DomainError
from tests.cast import Cast
from tests.factories.organisation import AccountFactory, GrantFactory, PersonFactory

from .stage import MONDAY, Stage, make_stage, on

pytestmark = [pytest.mark.slow, pytest.mark.django_db]


def officer_of(org) -> Person:
    person = PersonFactory(org=org)
    GrantFactory(person=person, org=org, role=Role.objects.get(name="工会委员"))
    return person


def heard(person: Person) -> list[str]:
    return list(Notice.objects.filter(person=person).order_by("pk").values_list("title", flat=True))


def ranked(stage: Stage, marks: list[str]) -> list[Contender]:
    made = [stage.apply(org) for org in stage.unions[: len(marks)]]
    stage.step("rate")
    stage.rate_all({one.pk: mark for one, mark in zip(made, marks, strict=True)})
    stage.step("visit")
    for one in made:
        stage.visit(one)
    stage.step("rank")
    return made


def test_units_below_hear_that_they_may_apply(cast: Cast) -> None:
    with on(MONDAY):
        stage = make_stage(cast)

    title = f"可以申报：{stage.round}"
    assert [title in heard(one) for one in (cast.frank, cast.bob)] == [True, True]
    # Not who holds it, nobody of another city, no member without a role, no leader who reads.
    others = (cast.carol, cast.dave, cast.erin, cast.alice, cast.grace)
    assert not [one for one in others if title in heard(one)]


def test_the_judged_hear_of_the_notice_the_second_look_and_the_title(stage: Stage) -> None:
    first, second = officer_of(stage.unions[0]), officer_of(stage.unions[3])
    made = ranked(stage, ["20", "10"])
    stage.step("publish")
    stage.step("review", reason="漏算一次")
    stage.step("publish")
    with on(stage.round.notice_until + timedelta(days=1)):
        stage.step("award")

    name = str(stage.round)
    assert heard(first) == [
        f"评定结果公示：{name}", f"重新评定：{name}", f"评定结果公示：{name}",
        f"授予称号：{made[0].org.name} 标兵",
    ]  # fmt: skip
    assert heard(second) == []


def test_who_is_taken_out_or_stopped_hears_why(stage: Stage) -> None:
    first, second = officer_of(stage.unions[0]), officer_of(stage.unions[1])
    one, _ = (stage.apply(org) for org in stage.unions[:2])

    CONTENDER.perform(one, "withdraw", reason="弄虚作假", by=stage.carol)
    stage.step("stop", reason="上级另有安排")

    assert heard(first) == [f"已退出评估：{one}"]
    assert heard(second) == [f"评估已停止：{stage.round}"]
    assert Notice.objects.get(person=first).body == "原因：弄虚作假"


def test_an_objection_comes_to_who_must_answer_it(stage: Stage) -> None:
    ranked(stage, ["20", "10"])
    stage.step("publish")
    Notice.objects.all().delete()

    stage.cast.client("alice").post(
        f"/evaluation/round/{stage.round.pk}/object/", {"words": "次数不实"}
    )

    assert heard(stage.cast.carol) == [f"公示异议：{stage.round}"]
    url = Notice.objects.get(person=stage.cast.carol).url
    assert "次数不实" in stage.cast.client("carol").get(url).content.decode()
    told = Notice.objects.values_list("person", flat=True)
    assert set(told) == {stage.cast.carol.pk}


def test_a_tie_shuts_the_notice_until_it_is_decided(stage: Stage) -> None:
    stage.round.quotas = [["标兵", 1]]
    stage.round.save()
    made = ranked(stage, ["15", "15"])
    page, carol = f"/evaluation/round/{stage.round.pk}/", stage.cast.client("carol")

    tied = carol.get(page).content.decode()
    rounds.decide_tie(stage.round, "标兵", [made[0]], reason="一线班组多", by=stage.carol)
    decided = carol.get(page).content.decode()

    assert ("“标兵”还剩 1 个名额，有 2 个对象并列" in tied, f"{page}do/publish/" in tied) == (
        True, False,
    )  # fmt: skip
    assert f"{page}do/publish/" in decided


def test_nobody_with_a_grade_shuts_the_notice(stage: Stage) -> None:
    ranked(stage, ["15"])
    stage.round.scheme.bands.all().delete()
    page = f"/evaluation/round/{stage.round.pk}/"

    shown = stage.cast.client("carol").get(page).content.decode()

    assert "没有对象达到任何等次" in shown
    assert f"{page}do/publish/" not in shown
    with pytest.raises(DomainError, match="没有对象达到任何等次"):
        stage.step("publish")


def test_who_has_withdrawn_is_rated_no_more_and_holds_nobody_up(stage: Stage) -> None:
    made = [stage.apply(org) for org in stage.unions]
    stage.step("rate")
    rater = made[0].reviews.first().rater
    CONTENDER.perform(made[0], "withdraw", reason="机构合并", by=stage.carol)

    assert not [one for one in reviews_of(rater.person) if one.contender_id == made[0].pk]
    for review in Review.objects.exclude(contender=made[0]):
        marks = {str(one.pk): "15" for one in stage.items}
        judging.give_marks(review, marks=marks, words="", by=stage.carol)
    stage.step("visit")

    assert stage.round.state == "visiting"


def test_what_was_sent_back_is_handed_in_again_after_the_last_day(stage: Stage) -> None:
    officer = officer_of(stage.unions[0])
    account: Account = AccountFactory(username="union0", person=officer)
    made, late = stage.apply(stage.unions[0]), stage.unions[1]
    sheets.apply(stage.round, late, by=stage.carol)
    page = f"/evaluation/contender/{made.pk}/"
    stage.cast.people["union0"] = account.person
    with on(stage.round.apply_until + timedelta(days=1)):
        CONTENDER.perform(made, "send_back", reason="B 项请附台账", by=stage.carol)
        client = stage.cast.client("union0")
        shown = client.get(page).content.decode()
        client.post(f"{page}do/hand_in/")
        waits = Contender.objects.get(org=late)
        with pytest.raises(DomainError, match="截止"):
            CONTENDER.perform(waits, "hand_in", by=stage.carol)

    made.refresh_from_db()
    assert "B 项请附台账" in shown
    assert made.state == "handed"
    assert Grant.objects.filter(person=officer).exists()


def test_applications_may_be_taken_in_longer_and_never_shorter(stage: Stage) -> None:
    until = stage.round.apply_until
    page = f"/evaluation/round/{stage.round.pk}/do/extend/"
    with on(until + timedelta(days=1)):
        carol = stage.cast.client("carol")
        short = carol.post(page, {"until": until, "reason": "报得少"}).content.decode()
        carol.post(page, {"until": until + timedelta(days=9), "reason": "报得少"})
        stage.round.refresh_from_db()
        made = sheets.apply(stage.round, stage.unions[0], by=stage.carol)

    assert "最早改为 2026-12-11" in short
    assert stage.round.apply_until == until + timedelta(days=9)
    assert made.state == "filling"
    assert f"申报延长：{stage.round}" in heard(stage.cast.frank)
    stage.cast.client("alice").post(page, {"until": until + timedelta(days=30), "reason": "不"})
    stage.round.refresh_from_db()
    assert stage.round.apply_until == until + timedelta(days=9)


def test_a_unit_finds_its_own_sheet_on_the_page_of_the_round(stage: Stage) -> None:
    own = sheets.apply(stage.round, stage.cast.company, by=stage.cast.actor("frank"))
    other = stage.apply(stage.unions[0])
    page = f"/evaluation/round/{stage.round.pk}/"

    shown = stage.cast.client("frank").get(page).content.decode()
    member = stage.cast.client("alice").get(page).content.decode()

    assert f"/evaluation/contender/{own.pk}/" in shown
    assert f"/evaluation/contender/{other.pk}/" not in shown
    assert stage.unions[0].name not in shown
    assert ("/evaluation/contender/" in member, "结果公示以后在这里看" in member) == (False, True)


def test_two_steps_that_wait_for_the_same_say_it_once(stage: Stage) -> None:
    page = stage.cast.client("carol").get(f"/evaluation/round/{stage.round.pk}/").content.decode()

    assert page.count("还没有已报送的参评对象，不能往下进行。") == 1
    assert page.count('aria-describedby="waits-rate"') == 2
    assert 'id="waits-visit"' not in page
