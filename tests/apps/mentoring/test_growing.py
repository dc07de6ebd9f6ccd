"""Tiers by dates, study away with its places and money, schemes taken from what is shipped."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from gonghui.apps.mentoring.actions.growing import (
    add_going,
    answer_wish,
    credit_recognition,
    place_person,
    wish,
)
from gonghui.apps.mentoring.actions.tracks import adopt, set_milestones, set_tiers
from gonghui.apps.mentoring.models import Going, Placement, Recognition
from gonghui.core.credits.models import Credit
from gonghui.core.history.trail import history_of
from gonghui.core.notices.models import Notice
from gonghui.kit.errors import DomainError
from tests.factories.mentoring import (
    AppraisalFactory,
    LadderFactory,
    OfferFactory,
    PassageFactory,
    PlacementFactory,
    RecognitionFactory,
    TierFactory,
)

DAY = date(2026, 6, 1)


def test_person_stands_on_one_tier_at_a_time(cast):
    ladder = LadderFactory(org=cast.company)
    low, high = TierFactory(ladder=ladder), TierFactory(ladder=ladder)
    frank = cast.actor("frank")

    place_person(cast.alice, low, since=date(2026, 1, 1), by=frank)
    place_person(cast.alice, high, since=DAY, by=frank, reason="评为骨干")

    spans = Placement.objects.order_by("since").values_list("tier__name", "since", "until")
    assert list(spans) == [
        (low.name, date(2026, 1, 1), date(2026, 5, 31)),
        (high.name, DAY, None),
    ]
    assert [one.tier for one in Placement.objects.on(date(2026, 5, 31))] == [low]
    with pytest.raises(DomainError, match="已经在"):
        place_person(cast.alice, high, since=date(2026, 7, 1), by=frank)
    with pytest.raises(DomainError, match="要晚于"):
        place_person(cast.alice, low, since=DAY, by=frank)


def test_shipped_scheme_leaves_five_gates_empty(cast):
    track = adopt(cast.company, "new_teacher", by=cast.actor("frank"))

    rows = list(track.milestones.values_list("months", "title", "needs_words"))
    assert rows == [
        (12, "一年站稳讲台", False),
        (12, "过好五关", True),
        (12, "开展好五课活动", True),
        (24, "二年基本规范", False),
        (36, "三年教有特色", False),
    ]
    assert [one.is_blank for one in track.milestones.all()] == [False, True, True, False, False]
    with pytest.raises(DomainError, match="已有叫"):
        adopt(cast.company, "new_teacher", by=cast.actor("frank"))
    with pytest.raises(DomainError, match="没有这个模板"):
        adopt(cast.company, "five_gates", by=cast.actor("frank"))


def test_milestone_somebody_reached_is_not_taken_away(cast):
    passage = PassageFactory(milestone__track__org=cast.company)
    track = passage.milestone.track

    with pytest.raises(DomainError, match="不能删去"):
        set_milestones(track, [], by=cast.actor("frank"))
    set_milestones(
        track,
        [
            {"pk": passage.milestone.pk, "months": 10, "title": "站稳", "words": ""},
            {"months": 24, "title": "规范", "words": "能独立备课"},
        ],
        by=cast.actor("frank"),
    )

    assert list(track.milestones.values_list("months", "title")) == [(10, "站稳"), (24, "规范")]


def test_tiers_are_laid_down_and_taken_away(cast):
    ladder = LadderFactory(org=cast.company)

    set_tiers(ladder, [{"position": 1, "name": "新秀", "words": ""}], by=cast.actor("frank"))
    set_tiers(ladder, [{"position": 1, "name": "骨干", "words": ""}], by=cast.actor("frank"))

    assert [tier.name for tier in ladder.tiers.all()] == ["骨干"]


def test_wish_is_made_in_time_by_people_it_is_for(cast):
    offer = OfferFactory(org=cast.company, closes_on=DAY)

    made = wish(offer, by=cast.actor("alice"), day=DAY, words="课程")

    assert (made.person, made.outcome) == (cast.alice, "wished")
    for name, day, words in (
        ("alice", DAY, "已经报名"),
        ("bob", date(2026, 6, 2), "截止"),
        ("mallory", DAY, "不面向"),
    ):
        with pytest.raises(DomainError, match=words):
            wish(offer, by=cast.actor(name), day=day)


def test_places_are_not_given_twice_and_hours_count_after_the_journey(cast):
    offer, frank = OfferFactory(org=cast.company, places=1), cast.actor("frank")
    first = wish(offer, by=cast.actor("alice"), day=DAY)
    second = wish(offer, by=cast.actor("bob"), day=DAY)

    answer_wish(first, by=frank, outcome="chosen")
    with pytest.raises(DomainError, match="已经满了"):
        answer_wish(second, by=frank, outcome="chosen")
    with pytest.raises(DomainError, match="已经满了"):
        add_going(offer, cast.grace, by=frank)
    assert not Credit.objects.exists()

    answer_wish(first, by=frank, outcome="went", class_hours=Decimal(24), cost=Decimal(3200))

    credit = Credit.objects.standing().get()
    assert (credit.person, credit.kind, credit.amount) == (cast.alice, "course", 24)
    answer_wish(first, by=frank, outcome="not")
    assert not Credit.objects.standing().exists()
    with pytest.raises(ValidationError):
        answer_wish(first, by=frank, class_hours=Decimal(0))


def test_nobody_is_on_the_list_twice(cast):
    offer = OfferFactory(org=cast.company)
    add_going(offer, cast.alice, by=cast.actor("frank"))

    with pytest.raises(DomainError, match="已经在名单"):
        add_going(offer, cast.alice, by=cast.actor("frank"))
    assert Going.objects.get().outcome == "chosen"


def test_recognition_stands_among_honours_once(cast):
    recognition = RecognitionFactory(person=cast.alice, org=cast.company)

    for _ in range(2):
        credit_recognition(recognition, by=cast.actor("frank"))

    credit = Credit.objects.standing().get(person=cast.alice)
    assert (credit.kind, credit.amount) == ("award", 1)
    assert "技能型职工" in credit.words


def test_revoked_recognition_keeps_its_reason_and_is_no_honour(cast):
    recognition = RecognitionFactory(person=cast.alice, org=cast.company, on=date(2026, 5, 1))
    credit_recognition(recognition, by=cast.actor("frank"))
    frank, page = cast.client("frank"), recognition_page(recognition)
    step = f"{page}do/revoke/"

    early = frank.post(step, {"on": "2026-04-30", "reason": "材料不实"}, follow=True)
    assert "撤销日期不能早于认定日期" in early.content.decode()
    for name in ("alice", "dave", "mallory"):
        cast.client(name).post(step, {"on": "2026-06-01", "reason": "试试"})
    assert Credit.objects.standing().filter(person=cast.alice).exists()
    frank.post(step, {"on": "2026-06-01", "reason": "材料不实"})

    recognition.refresh_from_db()
    assert (recognition.state, recognition.revoked_for) == ("revoked", "材料不实")
    assert not Credit.objects.standing().filter(person=cast.alice).exists()
    assert "材料不实" in cast.client("alice").get(page).content.decode()
    assert frank.get(f"{page}edit/").status_code == 404
    again = RecognitionFactory(person=cast.alice, org=cast.company, on=date(2026, 9, 1))
    assert again.year == recognition.year, "it may be recognised anew in the same year"


def recognition_page(recognition) -> str:
    return reverse("mentoring:recognition-detail", args=[recognition.pk])


def test_number_of_a_tier_opens_to_those_who_stand_on_it(cast):
    ladder = LadderFactory(org=cast.company)
    low, high = TierFactory(ladder=ladder), TierFactory(ladder=ladder)
    frank = cast.client("frank")
    for person, tier in ((cast.alice, low), (cast.bob, high)):
        place_person(person, tier, since=date(2026, 1, 1), by=cast.actor("frank"))

    page = frank.get(reverse("mentoring:ladder-detail", args=[ladder.pk])).content.decode()
    door = f"{reverse('mentoring:placement-list')}?when=now&amp;scope=below&amp;tier={low.pk}"
    assert door in page
    rows = frank.get(door.replace("&amp;", "&")).content.decode()

    assert ("艾丽" in rows, "鲍博" in rows) == (True, False)


def test_wish_is_told_to_who_chooses_and_taken_back_until_they_chose(cast):
    ahead = timezone.localdate() + timedelta(days=9)
    offer = OfferFactory(org=cast.company, since=ahead, until=ahead, closes_on=ahead)
    alice, mallory = cast.client("alice"), cast.client("mallory")
    page = reverse("mentoring:my-offer", args=[offer.pk])
    assert alice.post(page, {"words": "想学管理"}).status_code == 302
    notice = Notice.objects.get()
    assert (notice.person, notice.title) == (cast.frank, f"{cast.alice}报名外出学习：{offer}")
    back = reverse("mentoring:my-going-drop", args=[Going.objects.get().pk])
    assert back in alice.get(page).content.decode()

    assert mallory.post(back).status_code == 404
    alice.post(back)
    assert not Going.objects.exists()
    assert history_of(offer).last().verb == "take_wish_back"

    alice.post(page, {"words": ""})
    chosen = Going.objects.get()
    answer_wish(chosen, by=cast.actor("frank"), outcome="chosen")
    back = reverse("mentoring:my-going-drop", args=[chosen.pk])
    assert back not in alice.get(page).content.decode()
    alice.post(back)
    assert Going.objects.get().outcome == "chosen"


def test_person_finds_their_tier_recognition_and_abilities_on_the_phone(cast):
    alice = cast.client("alice")
    mine, study = reverse("mentoring:my-pairs"), reverse("study")
    assert mine not in alice.get(study).content.decode()
    rows = {
        "placement": PlacementFactory(person=cast.alice, org=cast.branch, since=DAY),
        "recognition": RecognitionFactory(person=cast.alice, org=cast.company),
        "appraisal": AppraisalFactory(person=cast.alice, org=cast.branch),
    }
    doors = [reverse(f"mentoring:{name}-detail", args=[one.pk]) for name, one in rows.items()]

    page = alice.get(mine).content.decode()

    assert [url for url in doors if url in page] == doors
    assert {alice.get(url).status_code for url in doors} == {200}
    assert mine in alice.get(study).content.decode()
    other = cast.client("bob").get(mine).content.decode()
    assert not [url for url in doors if url in other]


def test_recognised_and_revoked_are_told_to_whom_it_is_about(cast):
    frank = cast.client("frank")
    data = {"person": f"#{cast.alice.pk}", "org": f"#{cast.company.pk}", "kind": "skill",
            "on": "2026-05-01", "evidence": "带出三名徒弟", "decided_by": "评审组"}  # fmt: skip
    assert frank.post(reverse("mentoring:recognition-create"), data).status_code == 302
    page = recognition_page(Recognition.objects.get())
    assert frank.post(f"{page}edit/", data | {"decided_by": "委员会"}).status_code == 302
    frank.post(f"{page}do/revoke/", {"on": "2026-06-01", "reason": "材料不实"})

    told = Notice.objects.order_by("pk").values_list("person", "title", "body")
    assert list(told) == [
        (cast.alice.pk, f"{cast.company}认定您为2026 年“技能型职工”", "带出三名徒弟"),
        (cast.alice.pk, "已撤销认定：2026 年“技能型职工”", "原因：材料不实"),
    ]
