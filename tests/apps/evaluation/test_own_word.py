"""What a person says for themselves: I apply, I have a tie to whom I was drawn to rate."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from gonghui.apps.evaluation.actions import judging, raters
from gonghui.apps.evaluation.models import Contender, Rater, Review
from gonghui.apps.evaluation.notices import remind_to_hand_in
from gonghui.core.notices.models import Notice
from gonghui.kit.errors import DomainError
from tests.cast import Cast
from tests.factories.evaluation import CriterionFactory, RoundFactory, SchemeFactory
from tests.factories.organisation import AccountFactory, PersonFactory

from .stage import MONDAY, Stage, on

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
MINE = "/evaluation/my/reviews/"


@pytest.fixture
def round_(cast: Cast):
    """The city looks for people; whoever works below it may apply."""
    with on(MONDAY):
        scheme = SchemeFactory(org=cast.city, state="issued", target="person")
        CriterionFactory(scheme=scheme, code="B", name="学习", method="mark", filler="self")
        yield RoundFactory(
            org=cast.city, scheme=scheme, state="applying", title="知识型职工",
            apply_from=MONDAY, apply_until=MONDAY + timedelta(days=10),
        )  # fmt: skip


def client_of(person) -> Client:
    client = Client()
    client.force_login(AccountFactory(person=person))
    return client


def door(round_) -> str:
    return f"/evaluation/round/{round_.pk}/apply/self/"


def test_member_applies_alone_looks_through_and_hands_in(cast: Cast, round_) -> None:
    alice = cast.client("alice")

    study = alice.get("/my/study/").content.decode()
    alice.post(door(round_), {"reason": "读书三十本"})
    made = Contender.objects.get()
    line = made.lines.get()
    alice.post(f"/evaluation/sheet/{line.pk}/check/", {"value": "5", "words": "见心得"})
    alice.post(f"/evaluation/contender/{made.pk}/do/hand_in/")

    made.refresh_from_db()
    assert "知识型职工" in study
    assert (made.person, made.org, made.reason) == (cast.alice, cast.branch, "读书三十本")
    assert (made.state, made.lines.get().own) == ("handed", "5")


def test_who_applied_comes_to_their_own_sheet_and_not_twice(cast: Cast, round_) -> None:
    alice = cast.client("alice")
    alice.post(door(round_), {"reason": ""})

    again = alice.get(door(round_))

    assert again["Location"] == f"/evaluation/contender/{Contender.objects.get().pk}/"
    assert "我的评估表" in alice.get(f"/evaluation/round/{round_.pk}/").content.decode()


def test_nobody_applies_outside_the_union_its_days_or_its_target(cast: Cast, round_, stage) -> None:
    last = round_.apply_until

    statuses = {
        name: cast.client(name).get(door(round_)).status_code for name in ("alice", "mallory")
    }
    with on(last):
        statuses["on the last day"] = cast.client("alice").get(door(round_)).status_code
    with on(last + timedelta(days=1)):
        statuses["a day later"] = cast.client("alice").get(door(round_)).status_code
    statuses["of unions"] = cast.client("alice").get(door(stage.round)).status_code

    assert statuses == {
        "alice": 200, "mallory": 404, "on the last day": 200, "a day later": 404, "of unions": 404,
    }  # fmt: skip


def test_nobody_hands_in_the_sheet_of_another(cast: Cast, round_) -> None:
    cast.client("alice").post(door(round_), {"reason": ""})
    made = Contender.objects.get()
    made.lines.update(own="5")

    for name in ("grace", "mallory", "dave"):
        cast.client(name).post(f"/evaluation/contender/{made.pk}/do/hand_in/")

    made.refresh_from_db()
    assert made.state == "filling"


def test_rater_declares_before_the_draw_and_not_after_it(stage: Stage) -> None:
    rater = Rater.objects.get(person__org=stage.unions[0])
    client = client_of(rater.person)
    page = f"/evaluation/my/raters/{rater.pk}/"

    client.post(page, {"avoids": stage.unions[1].name, "why": "亲属在这里"})
    other = stage.cast.client("alice").get(page).status_code
    for org in stage.unions:
        stage.apply(org)
    stage.step("rate")

    assert [one.name for one in rater.avoids.all()] == [stage.unions[1].name]
    assert not Review.objects.filter(rater=rater, contender__org=stage.unions[1]).exists()
    assert (other, client.get(page).status_code) == (404, 404)


def test_rater_steps_back_after_the_draw_and_another_rates(stage: Stage) -> None:
    made = [stage.apply(org) for org in stage.unions]
    stage.step("rate")
    review = made[0].reviews.first()
    rater, there = review.rater, set(made[0].reviews.values_list("rater", flat=True))

    client_of(rater.person).post(f"{MINE}{review.pk}/step-back/", {"why": "原来在这里工作"})

    now = set(made[0].reviews.values_list("rater", flat=True))
    assert len(now) == len(there) == 2
    assert rater.pk not in now
    fresh = Rater.objects.get(pk=(now - there).pop())
    assert Notice.objects.filter(person=fresh.person, body__contains="换由您来评").exists()
    rater.refresh_from_db()
    assert (rater.why, list(rater.avoids.all())) == ("原来在这里工作", [stage.unions[0]])


def test_without_anybody_else_the_others_stand_and_the_last_stays(stage: Stage) -> None:
    made = stage.apply(stage.unions[0])
    Rater.objects.exclude(person__org__in=stage.unions[:3]).delete()
    stage.step("rate")
    first, last = made.reviews.all()

    judging.decline(first, why="亲属", by=stage.carol)
    page = client_of(last.rater.person).get(f"{MINE}{last.pk}/").content.decode()
    assert f"请与组织评估的{stage.round.org}联系" in page
    assert "step-back" not in page
    with pytest.raises(DomainError, match="没有别的评委可以评"):
        judging.decline(last, why="亲属", by=stage.carol)

    assert list(made.reviews.all()) == [last]
    assert not last.rater.avoids.exists()


def test_who_steps_back_is_out_for_all_of_that_body(stage: Stage) -> None:
    made = [stage.apply(org) for org in stage.unions[:2]]
    stage.step("rate")
    rater = made[0].reviews.first().rater
    team = Contender.objects.create(
        round=stage.round, org=made[0].org, person=PersonFactory(org=made[0].org), state="handed"
    )
    Review.objects.create(contender=team, rater=rater)
    Review.objects.create(contender=team, rater=made[1].reviews.exclude(rater=rater).first().rater)

    judging.decline(rater.reviews.get(contender=made[0]), why="亲属", by=stage.carol)

    assert not rater.reviews.filter(contender__org=made[0].org).exists()


def drawn(stage: Stage) -> dict[int, set[int]]:
    """Contender → raters, as the draw stands."""
    found: dict[int, set[int]] = {}
    for one in Review.objects.filter(contender__round=stage.round):
        found.setdefault(one.contender_id, set()).add(one.rater_id)
    return found


def test_who_is_missing_is_drawn_as_soon_as_raters_are_added(stage: Stage) -> None:
    made = stage.apply(stage.unions[0])
    Rater.objects.exclude(person__org__in=stage.unions[:3]).delete()
    stage.step("rate")
    first, last = made.reviews.all()
    judging.give_marks(
        last, marks={str(one.pk): "17.25" for one in stage.items}, words="", by=stage.carol
    )
    judging.decline(first, why="亲属", by=stage.carol)
    carol, page = stage.cast.client("carol"), f"/evaluation/round/{stage.round.pk}/raters/"
    own, fresh = (PersonFactory(org=org) for org in (stage.unions[0], stage.unions[3]))

    before = carol.get(page).content.decode()
    for person in (own, fresh):
        carol.post(page, {"people": f"#{person.pk}"})
    after = carol.get(page).content.decode()

    assert "还差 1 位评委" in before
    assert "17.25" not in before + after
    assert "还差 1 位评委" not in after
    assert {one.person for one in Rater.objects.filter(reviews__contender=made)} == {
        last.rater.person, fresh,
    }  # fmt: skip
    last.refresh_from_db()
    assert last.given_at is not None
    told = Notice.objects.filter(body__contains="补抽到您").values_list("person", flat=True)
    assert list(told) == [fresh.pk]
    assert client_of(fresh).get(MINE).content.decode().count("待评") == 1
    assert {n: stage.cast.client(n).get(page).status_code for n in ("alice", "mallory")} == {
        "alice": 404, "mallory": 404,
    }  # fmt: skip


def test_where_nobody_is_missing_a_new_rater_draws_nothing(stage: Stage) -> None:
    for org in stage.unions:
        stage.apply(org)
    stage.step("rate")
    there = drawn(stage)

    raters.add_raters(stage.round, [PersonFactory(org=stage.unions[3])], by=stage.carol)

    assert drawn(stage) == there
    assert not Notice.objects.filter(
        title__contains="请担任互评评委", body__contains="抽签以前"
    ).exists()


def test_a_rater_who_cannot_go_on_is_let_go_and_what_was_given_stays(stage: Stage) -> None:
    made = [stage.apply(org) for org in stage.unions]
    stage.step("rate")
    given = made[0].reviews.first()
    rater = given.rater
    judging.give_marks(
        given, marks={str(one.pk): "12" for one in stage.items}, words="", by=stage.carol
    )
    page, carol = f"/evaluation/rater/{rater.pk}/let-go/", stage.cast.client("carol")

    refused = {n: stage.cast.client(n).post(page).status_code for n in ("alice", "mallory")}
    carol.post(page, {"reason": "住院"})
    raters.add_raters(stage.round, [PersonFactory(org=stage.unions[1])], by=stage.carol)

    assert refused == {"alice": 404, "mallory": 404}
    assert list(rater.reviews.all()) == [given]
    assert {len(chosen) for chosen in drawn(stage).values()} == {2}
    for review in Review.objects.exclude(pk=given.pk).select_related("rater__person__org"):
        assert review.rater.person.org != review.contender.org
    assert "不再评" in carol.get(f"/evaluation/round/{stage.round.pk}/raters/").content.decode()
    raters.add_raters(stage.round, [rater.person], by=stage.carol)
    rater.refresh_from_db()
    assert rater.left_on is None


def test_the_only_rater_is_not_let_go_before_another_is_added(stage: Stage) -> None:
    made = stage.apply(stage.unions[0])
    Rater.objects.exclude(person__org__in=stage.unions[:3]).delete()
    stage.step("rate")
    first, last = made.reviews.all()

    raters.relieve(first.rater, reason="调走", by=stage.carol)
    with pytest.raises(DomainError, match="请先添加评委"):
        raters.relieve(last.rater, reason="调走", by=stage.carol)

    assert list(made.reviews.all()) == [last]
    last.rater.refresh_from_db()
    assert last.rater.left_on is None


def test_raters_are_let_go_only_while_rating_goes_on(stage: Stage) -> None:
    rater = Rater.objects.first()

    with pytest.raises(DomainError, match="现在不在互评"):
        raters.relieve(rater, reason="调走", by=stage.carol)
    page = f"/evaluation/rater/{rater.pk}/"
    assert stage.cast.client("carol").get(f"{page}let-go/").status_code == 404
    stage.apply(stage.unions[0])
    stage.step("rate")
    assert stage.cast.client("carol").get(page).status_code == 404


def test_new_raters_are_told_to_declare_first(stage: Stage) -> None:
    raters.add_raters(stage.round, [stage.cast.alice], by=stage.carol)

    assert Notice.objects.filter(person=stage.cast.alice, title__contains="互评评委").exists()


def test_member_asks_the_records_again_and_keeps_the_binder(cast: Cast, round_) -> None:
    alice = cast.client("alice")
    alice.post(door(round_), {"reason": ""})
    made = Contender.objects.get()
    Contender.objects.update(filled_at=None)
    page = f"/evaluation/contender/{made.pk}/"

    shown = alice.get(page).content.decode()
    again = alice.post(f"{page}refill/")
    strangers = [cast.client(name).post(f"{page}refill/").status_code for name in ("dave", "grace")]

    made.refresh_from_db()
    assert f"{page}refill/" in shown
    assert (again.status_code, made.filled_at is not None) == (302, True)
    assert strangers == [404, 404]
    Contender.objects.update(state="handed")
    round_.state = "ranking"
    round_.save()
    assert f"{page}binder/" in alice.get(page).content.decode()
    assert cast.client("grace").get(f"{page}binder/").status_code == 404


def test_who_has_not_handed_in_is_reminded_before_the_last_day(cast: Cast, round_) -> None:
    cast.client("alice").post(door(round_), {"reason": ""})
    Notice.objects.all().delete()
    until = round_.apply_until

    for day in (until - timedelta(days=3), until - timedelta(days=2), until - timedelta(days=1)):
        with on(day):
            remind_to_hand_in(day)
            remind_to_hand_in(day)
    Contender.objects.update(state="handed")
    with on(until - timedelta(days=1)):
        remind_to_hand_in(until - timedelta(days=1))

    told = Notice.objects.order_by("person").values_list("person", "kind")
    people = [cast.alice.pk, cast.bob.pk]
    assert sorted(told) == sorted((pk, "due") for pk in people for _ in range(2))
