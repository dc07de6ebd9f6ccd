"""Pairs on the desk and on the phone, the agreement on paper, schemes, study away, checks."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from gonghui.apps.mentoring.checks import late_milestones, silent, without_mentor
from gonghui.apps.mentoring.models import Going, Lesson, Pair, Placement, Recognition, Track
from gonghui.apps.mentoring.queries.papers import sections_of
from gonghui.core.credits.models import Credit
from gonghui.core.notices.models import Notice
from gonghui.core.regulations.standards import values_for
from gonghui.core.watch.checking import Sight
from tests.factories.mentoring import (
    GoingFactory,
    LadderFactory,
    LessonFactory,
    MilestoneFactory,
    OfferFactory,
    PairFactory,
    TierFactory,
    TrackFactory,
)
from tests.factories.organisation import PersonFactory
from tests.factories.regulations import StandardFactory


@pytest.fixture
def pair(cast) -> Pair:
    return PairFactory(
        org=cast.company, mentor=cast.bob, apprentice=cast.alice, state="running",
        track=TrackFactory(org=cast.company),
    )  # fmt: skip


def test_officer_proposes_a_pair_and_both_agree_on_their_phones(cast):
    said = {
        "mentor": f"鲍博 #{cast.bob.pk}", "apprentice": f"艾丽 #{cast.alice.pk}",
        "org": f"安澜机械公司工会 #{cast.company.pk}", "field": "车工",
        "since": "2026-03-01", "until": "2027-02-28",
    }  # fmt: skip

    cast.client("frank").post(reverse("mentoring:pair-create"), said)
    made = Pair.objects.get()
    page = cast.client("bob").get(reverse("mentoring:my-pair", args=[made.pk])).content.decode()
    assert "师傅同意" in page
    for name, step in (("bob", "mentor_agree"), ("alice", "apprentice_agree_too")):
        url = reverse("mentoring:pair-transition", args=[made.pk, step])
        cast.client(name).post(url)

    made.refresh_from_db()
    assert made.state == "agreed"


def test_team_leader_asks_a_mentor_of_another_team_of_the_union(cast):
    mentor = PersonFactory(org=cast.second_branch, name="冯师傅")
    stranger = PersonFactory(org=cast.other_company, name="外单位师傅")
    said = {
        "apprentice": f"艾丽 #{cast.alice.pk}", "org": f"#{cast.branch.pk}", "field": "车工",
        "since": "2026-03-01", "until": "2027-02-28",
    }  # fmt: skip
    bob, url = cast.client("bob"), reverse("mentoring:pair-create")

    # Neither anybody of another union, nor somebody else's people as apprentices.
    assert bob.post(url, said | {"mentor": f"#{stranger.pk}"}).status_code == 422
    other = {"mentor": f"#{cast.bob.pk}", "apprentice": f"#{mentor.pk}"}
    assert bob.post(url, said | other).status_code == 422
    assert bob.post(url, said | {"mentor": f"#{mentor.pk}"}).status_code == 302

    made = Pair.objects.get()
    assert (made.mentor, made.org, made.state) == (mentor, cast.branch, "proposed")
    told = Notice.objects.get(person=mentor)
    assert told.url == reverse("mentoring:my-pair", args=[made.pk])


def test_lesson_is_written_and_confirmed_on_phones(cast, pair):
    url = reverse("mentoring:my-pair", args=[pair.pk])

    cast.client("bob").post(url, {"on": "2026-03-05", "what": "对刀", "hours": "1.5"})
    lesson = Lesson.objects.get()
    confirm = reverse("mentoring:my-confirm", args=[lesson.pk])
    assert cast.client("bob").post(confirm).status_code == 404
    assert cast.client("frank").post(confirm).status_code == 404
    assert cast.client("alice").post(confirm).status_code == 302

    assert Credit.objects.standing().count() == 2
    assert "已确认" in cast.client("alice").get(url).content.decode()
    wrong = cast.client("bob").post(url, {"on": "2026-03-05", "what": "", "hours": "1"})
    assert wrong.status_code == 422


@pytest.mark.parametrize("name", ["frank", "grace", "dave", "mallory"])
def test_phone_page_is_for_the_two(cast, pair, name):
    url = reverse("mentoring:my-pair", args=[pair.pk])

    assert cast.client(name).get(url).status_code == 404
    assert cast.client(name).post(url, {"what": "x"}).status_code == 404


def test_agreement_is_on_paper_for_who_sees_the_pair(cast, pair):
    for name in ("mentoring:pair-agreement", "mentoring:pair-agreement-word"):
        url = reverse(name, args=[pair.pk])
        assert cast.client("alice").get(url).status_code == 200
        assert cast.client("dave").get(url).status_code == 404


def test_agreement_marks_what_is_missing_and_leaves_names_empty(cast, pair):
    MilestoneFactory(track=pair.track, title="过好五关", needs_words=True)
    pair.mentor_promise = "每月两次"

    parts = dict(sections_of(pair))

    assert parts["师傅的承诺"] == ["每月两次"]
    assert parts["徒弟的承诺"] == ["【待填】"]
    assert parts["培养目标"] == ["2027年3月1日前：过好五关（内容由本单位填写）"]


def test_mentor_finds_a_milestone_reached_and_the_apprentice_does_not(cast, pair):
    one = MilestoneFactory(track=pair.track)
    url = reverse("mentoring:pair-pass", args=[pair.pk])
    said = {"milestone": one.pk, "on": "2026-03-20", "words": "稳"}

    assert cast.client("alice").post(url, said).status_code == 404
    response = cast.client("bob").post(url, said)

    assert response.status_code == 302
    assert [passage.milestone for passage in pair.passages.all()] == [one]


def test_shipped_scheme_is_taken_once_and_filled_in(cast):
    frank = cast.client("frank")
    url = reverse("mentoring:track-list")
    assert "按这个模板" in frank.get(url).content.decode()

    frank.post(reverse("mentoring:track-take", args=["new_teacher"]))

    track = Track.objects.get()
    assert "按这个模板" not in frank.get(url).content.decode()
    assert (
        "由本单位填写"
        in frank.get(reverse("mentoring:track-detail", args=[track.pk])).content.decode()
    )
    rows = list(track.milestones.all())
    said = {
        "form-TOTAL_FORMS": len(rows), "form-INITIAL_FORMS": len(rows),
        **{
            f"form-{at}-{name}": value
            for at, one in enumerate(rows)
            for name, value in {
                "id": one.pk, "months": one.months, "title": one.title,
                "words": "备课关" if one.needs_words else "",
            }.items()
        },
    }  # fmt: skip
    frank.post(reverse("mentoring:track-milestones", args=[track.pk]), said)
    assert track.milestones.filter(words="备课关").count() == 2
    assert cast.client("alice").post(
        reverse("mentoring:track-take", args=["new_teacher"])
    ).status_code == 404  # fmt: skip


def test_person_is_placed_and_recognised_on_the_desk(cast):
    tier = TierFactory(ladder=LadderFactory(org=cast.company))
    frank, alice = cast.client("frank"), f"艾丽 #{cast.alice.pk}"

    frank.post(
        reverse("mentoring:placement-create"),
        {"person": alice, "tier": f"{tier.name} #{tier.pk}", "since": "2026-01-01"},
    )
    frank.post(
        reverse("mentoring:recognition-create"),
        {
            "person": alice, "org": f"安澜机械公司工会 #{cast.company.pk}", "kind": "moral",
            "on": "2026-05-01", "evidence": "照顾孤寡老人十年。",
        },
    )  # fmt: skip

    assert Placement.objects.get().tier == tier
    assert Recognition.objects.get().year == 2026
    assert Credit.objects.standing().get().kind == "award"


def test_member_asks_to_go_and_the_officer_answers(cast):
    today = timezone.localdate()
    offer = OfferFactory(org=cast.company, since=today, until=today + timedelta(days=3))
    url = reverse("mentoring:my-offer", args=[offer.pk])

    cast.client("alice").post(url, {"words": "课程"})
    going = Going.objects.get()
    answer = reverse("mentoring:going-answer", args=[going.pk])
    assert cast.client("alice").post(answer, {"outcome": "chosen"}).status_code == 404
    cast.client("frank").post(answer, {"outcome": "went", "class_hours": "12"})

    assert cast.client("mallory").get(url).status_code == 404
    assert Credit.objects.standing().get().amount == 12
    assert "已去" in cast.client("alice").get(reverse("mentoring:my-study")).content.decode()


def test_offer_shows_others_only_to_who_keeps_it(cast):
    going = GoingFactory(offer__org=cast.company, person=cast.bob)
    url = reverse("mentoring:offer-detail", args=[going.offer_id])

    assert "鲍博" in cast.client("frank").get(url).content.decode()
    assert "鲍博" not in cast.client("alice").get(url).content.decode()


def test_checks_find_late_milestones_and_silence(cast, pair):
    MilestoneFactory(track=pair.track, title="站稳讲台")
    MilestoneFactory(track=pair.track, title="过好五关", needs_words=True)

    assert list(late_milestones(Sight(date(2027, 3, 1)))) == []
    (late,) = late_milestones(Sight(date(2027, 3, 2)))
    assert "站稳讲台" in late.sentence
    assert list(silent(Sight(date(2026, 4, 1)))) == []
    (quiet,) = silent(Sight(date(2026, 4, 2)))
    assert "结对以来没有写过" in quiet.sentence
    LessonFactory(pair=pair, on=date(2026, 4, 1))
    assert list(silent(Sight(date(2026, 4, 2)))) == []


def test_new_people_without_mentor_are_found_where_a_unit_says_when(cast, pair):
    PersonFactory(org=cast.branch, name="新来的", joined_on=date(2026, 5, 1))
    day = date(2026, 6, 1)
    assert not values_for("mentoring_new_months", day=day).is_set
    assert list(without_mentor(Sight(day))) == []

    StandardFactory(key="mentoring_new_months", org=cast.company, value=12)
    (found,) = without_mentor(Sight(day))

    assert "新来的" in found.sentence
    assert "艾丽" not in found.sentence


def test_study_page_shows_the_pair_what_waits_and_the_journey(cast, pair):
    today = timezone.localdate()
    LessonFactory(pair=pair, what="对刀")
    OfferFactory(org=cast.company, title="课程研修", since=today, until=today)

    page = cast.client("alice").get(reverse("study")).content.decode()

    assert "鲍博带艾丽：数控车床操作" in page
    assert "待您确认的带教记录" in page
    assert "课程研修（上海）" in page
    assert "课程研修" not in cast.client("mallory").get(reverse("study")).content.decode()
