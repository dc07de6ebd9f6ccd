"""Signing up through the door: in two taps, for others, given places, taken out."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from gonghui.core.activities.actions.series import begin_series
from gonghui.core.activities.engine.cadence import Cadence
from gonghui.core.activities.flow import LIFE
from gonghui.core.activities.lives import announce_series
from gonghui.core.activities.models import Activity
from gonghui.core.files.store import attachments_of
from gonghui.core.history.models import Entry
from gonghui.core.notices.models import Notice
from gonghui.core.signing.actions.inviting import invite
from gonghui.core.signing.actions.signing import Signing, sign_up
from gonghui.core.signing.models import Registration, Terms
from gonghui.kit.keeping import fingerprint
from tests.factories.activities import ActivityFactory, SessionFactory
from tests.factories.signing import QuestionFactory, QuotaFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def match(cast) -> Activity:
    activity = ActivityFactory(org=cast.company, state="open", capacity=1, title="职工羽毛球赛")
    SessionFactory(activity=activity, starts_at=timezone.now() + timedelta(days=2))
    return activity


def portal(activity: Activity) -> str:
    return reverse("signing:portal-activity", args=[activity.pk])


def test_member_signs_up_in_two_taps_and_gives_the_place_back(cast, match):
    alice = cast.client("alice")

    assert alice.get(portal(match)).status_code == 200
    alice.post(portal(match))

    mine = Registration.objects.get(person=cast.alice)
    assert mine.status == "signed"
    page = alice.get(portal(match)).content.decode()
    assert "您已报名" in page
    alice.post(reverse("signing:portal-withdraw", args=[match.pk]))
    mine.refresh_from_db()
    assert mine.status == "withdrawn"


def test_what_is_over_offers_no_places_any_more(cast, match):
    Activity.objects.filter(pk=match.pk).update(capacity=8)
    alice = cast.client("alice")
    assert "还有 8 个名额" in alice.get(portal(match)).content.decode()

    Activity.objects.filter(pk=match.pk).update(state="filed")

    page = alice.get(portal(match)).content.decode()
    assert ("个名额" in page, "活动已经结束。" in page) == (False, True)


def test_full_activity_says_how_many_wait_before_me(cast, match):
    cast.client("frank").post(portal(match))

    page = cast.client("alice").post(portal(match), follow=True).content.decode()

    assert "您进入候补" in page
    assert "前面还有 0 人" in page
    cast.client("frank").post(reverse("signing:portal-withdraw", args=[match.pk]))
    assert Registration.objects.get(person=cast.alice).status == "signed"
    assert Notice.objects.filter(person=cast.alice, title__startswith="候补转正").exists()


def test_what_is_over_is_listed_only_where_it_opens(cast, match):
    """A class may be over and its notice never have been sent."""
    sign_up(match, [Signing(cast.alice)], by=cast.actor("alice"))
    over = {
        "starts_at": timezone.now() - timedelta(days=9),
        "ends_at": timezone.now() - timedelta(days=8),
    }
    rows = Activity.objects.filter(pk=match.pk)
    listed = reverse("signing:portal-list")

    rows.update(**over)
    assert [one.activity for one in cast.client("alice").get(listed).context["past"]] == [match]
    assert cast.client("alice").get(portal(match)).status_code == 200

    rows.update(state="draft")
    assert not cast.client("alice").get(listed).context["past"]


def test_who_had_a_place_reads_that_it_is_off_put_off_or_over(cast, match):
    """And finds no code for a door that will not open."""
    sign_up(match, [Signing(cast.alice)], by=cast.actor("alice"))
    sign_up(match, [Signing(cast.bob)], by=cast.actor("bob"))
    rows = Activity.objects.filter(pk=match.pk)

    def read(who: str) -> str:
        return cast.client(who).get(portal(match)).content.decode()

    assert "签到码" in read("alice")
    rows.update(state="postponed")
    assert "时间以下一次通知为准" in read("alice")
    rows.update(state="cancelled")
    for who in ("alice", "bob"):
        page = read(who)
        assert "活动已取消，不用来了。" in page
        assert not any(words in page for words in ("签到码", "期限已过", "轮到您", "退出报名"))
    rows.update(state="held")
    assert "活动已经结束。" in read("alice")


def test_series_hides_nothing_else_from_the_list(cast, match):
    """Of a year of evenings only the next and those open; what is in spring is seen beside them."""
    made = begin_series(
        cast.company, Cadence(weeks=1, weekday=2), by=cast.actor("frank"), title="每周羽毛球",
        kind="association", since=timezone.localdate() + timedelta(days=20),
        until=timezone.localdate() + timedelta(days=300),
    ).series  # fmt: skip
    announce_series(made, by=cast.actor("frank"))
    late = timezone.now() + timedelta(days=299)
    spring = ActivityFactory(
        org=cast.company, state="announced", starts_at=late, ends_at=late + timedelta(hours=2)
    )

    def listed() -> list[Activity]:
        page = cast.client("alice").get(reverse("signing:portal-list"))
        return [one.activity for one in page.context["offers"]]

    first, _, third = made.occasions.order_by("starts_at")[:3]
    assert listed() == [first, spring]
    LIFE.perform(third, "open", by=cast.actor("frank"))
    assert listed() == [first, third, spring]


def test_who_was_asked_by_name_finds_it_in_the_list(cast, match):
    """Mallory belongs to another firm and was invited."""
    days = {
        "starts_at": timezone.now() + timedelta(days=2),
        "ends_at": timezone.now() + timedelta(days=3),
    }
    Activity.objects.filter(pk=match.pk).update(**days)
    listed = reverse("signing:portal-list")
    assert not cast.client("mallory").get(listed).context["offers"]

    invite(match, [cast.mallory], by=cast.actor("frank"))

    (offer,) = cast.client("mallory").get(listed).context["offers"]
    assert (offer.activity, offer.mine.status) == (match, "invited")


def test_who_is_not_meant_finds_nothing(cast, match):
    mallory = cast.client("mallory")

    refused = mallory.get(portal(match))
    assert refused.status_code == 404
    assert "可能不面向您所在的单位" in refused.content.decode()
    assert mallory.post(portal(match)).status_code == 404
    assert not Registration.objects.exists()


def test_leader_signs_up_their_people_and_a_guest(cast, match):
    match.capacity = None
    match.save()
    data = {"people": f"艾丽 #{cast.alice.pk}", "guests": "家属王芳"}

    page = cast.client("bob").post(reverse("signing:people", args=[match.pk]), data, follow=True)

    assert "已为 2 人报名。" in page.content.decode()
    assert sorted(map(str, match.registrations.all())) == ["家属王芳", "艾丽"]


def test_leader_cannot_sign_up_people_of_others(cast, match):
    data = {"people": f"马洛 #{cast.person('mallory').pk}"}

    page = cast.client("bob").post(reverse("signing:people", args=[match.pk]), data)

    assert page.status_code == 422
    assert "没有找到" in page.content.decode()


def test_organiser_takes_somebody_out_and_others_cannot(cast, match):
    cast.client("alice").post(portal(match))
    mine = Registration.objects.get()
    url = reverse("signing:take-out", args=[mine.pk])

    assert cast.client("dave").post(url).status_code == 404
    cast.client("frank").post(url)

    mine.refresh_from_db()
    assert mine.status == "withdrawn"


def test_places_and_questions_are_kept_together(cast, match):
    url = reverse("signing:places", args=[match.pk])
    rows = {
        "capacity": 30,
        "quota-TOTAL_FORMS": 1,
        "quota-INITIAL_FORMS": 0,
        "quota-0-name": "男子组",
        "quota-0-capacity": 10,
        "question-TOTAL_FORMS": 1,
        "question-INITIAL_FORMS": 0,
        "question-0-label": "上衣尺码",
        "question-0-kind": "choice",
        "question-0-choices": "M\nL",
    }

    assert cast.client("frank").post(url, rows).status_code == 302
    match.refresh_from_db()
    assert match.capacity == 30
    assert match.quotas.get().capacity == 10
    assert match.questions.get().options == ["M", "L"]
    assert cast.client("dave").get(url).status_code == 404


def test_choice_with_one_option_is_refused(cast, match):
    rows = {
        "quota-TOTAL_FORMS": 0,
        "quota-INITIAL_FORMS": 0,
        "question-TOTAL_FORMS": 1,
        "question-INITIAL_FORMS": 0,
        "question-0-label": "上衣尺码",
        "question-0-kind": "choice",
        "question-0-choices": "M",
    }

    page = cast.client("frank").post(reverse("signing:places", args=[match.pk]), rows)

    assert page.status_code == 422
    assert "至少要有两个选项" in page.content.decode()


def test_every_change_leaves_one_entry(cast, match):
    cast.client("alice").post(portal(match))

    mine = Registration.objects.get()
    assert list(Entry.objects.filter(object_id=mine.pk).values_list("verb", flat=True)) == ["sign"]


def test_companions_are_named_and_take_places(cast, match):
    match.capacity, match.companions_allowed, match.outsiders = 5, 2, ["family"]
    match.categories = ["women", "front_line"]
    match.save()
    alice = cast.client("alice")

    page = alice.get(portal(match)).content.decode()
    assert "可以带家属。" in page
    assert "机关干部" not in page
    assert (
        alice.post(
            portal(match), {"companions": "王芳、李强、张三", "category": "women"}
        ).status_code
        == 422
    )
    assert alice.post(portal(match), {"companions": "王芳"}).status_code == 422
    alice.post(portal(match), {"companions": "王芳、李强", "category": "women"})

    mine = Registration.objects.get()
    assert (mine.companion_names, mine.category, mine.seats) == (["王芳", "李强"], "women", 3)
    match.refresh_from_db()
    assert match.seats_taken == 3
    people = reverse("signing:people", args=[match.pk])
    assert "王芳、李强" in cast.client("frank").get(people).content.decode()


def test_paper_is_kept_with_the_answer_and_seen_by_who_may(cast, match):
    question = QuestionFactory(activity=match, label="参赛照片", kind="file", is_required=True)
    field, alice = f"question_{question.pk}", cast.client("alice")

    bad = alice.post(portal(match), {field: SimpleUploadedFile("照片.png", b"no picture")})
    assert bad.status_code == 422
    assert "不是可以上传的文件" in bad.content.decode()
    assert not Registration.objects.exists()
    alice.post(portal(match), {field: SimpleUploadedFile("照片.png", b"\x89PNG\r\n\x1a\n....")})

    paper = attachments_of(Registration.objects.get()).get()
    url = reverse("signing:paper", args=[paper.pk])
    people = cast.client("frank").get(reverse("signing:people", args=[match.pk])).content.decode()
    assert f'href="{url}"' in people
    seen = {}
    for name in cast.names:
        answer = cast.client(name).get(url)
        seen[name] = answer.status_code
        list(answer)  # read to its end, a download lets go of its file
    assert seen == dict.fromkeys(cast.names, 404) | dict.fromkeys(
        ("alice", "bob", "carol", "erin", "frank"), 200
    )


def test_member_sees_what_is_left_of_each_group(cast, match):
    QuotaFactory(activity=match, name="男子组", capacity=2, seats_taken=2)
    QuotaFactory(activity=match, name="女子组", capacity=5, seats_taken=2)

    page = cast.client("alice").get(reverse("signing:portal-activity", args=[match.pk]))

    assert "男子组（已满，可以候补）" in page.content.decode()
    assert "女子组（还有 3 个名额）" in page.content.decode()


def test_member_sees_what_is_left_for_their_unit(cast, match):
    """The house has places, those of the unit are taken: one would wait."""
    Activity.objects.filter(pk=match.pk).update(capacity=50)
    share = QuotaFactory(activity=match, name="", org=cast.branch, capacity=2, seats_taken=1)

    def read(who: str) -> str:
        return cast.client(who).get(portal(match)).content.decode()

    assert "一分会还有 1 个名额" in read("alice")
    share.seats_taken = 2
    share.save()
    page = read("alice")
    assert "一分会名额已满" in page
    assert "现在报名进入候补" in page
    assert "名额已满" not in read("frank")


def test_number_and_choice_are_checked(cast, match):
    size = QuestionFactory(activity=match, label="上衣尺码", kind="choice", options=["M", "L"])
    age = QuestionFactory(activity=match, label="年龄", kind="number")

    bad = {f"question_{size.pk}": "XL", f"question_{age.pk}": "三十"}
    assert cast.client("alice").post(portal(match), bad).status_code == 422
    good = {f"question_{size.pk}": "L", f"question_{age.pk}": "30"}
    cast.client("alice").post(portal(match), good)

    mine = Registration.objects.get()
    assert mine.answers == {str(size.pk): "L", str(age.pk): "30"}


def test_who_was_signed_up_fills_in_what_is_theirs(cast, match):
    match.consent, match.categories = "自愿参加。", ["women"]
    match.save()
    question = QuestionFactory(activity=match, label="上衣尺码", is_required=True)
    (mine,) = sign_up(match, [Signing(cast.alice)], by=cast.actor("bob"))
    url, alice = reverse("signing:portal-complete", args=[match.pk]), cast.client("alice")

    page = alice.get(portal(match)).content.decode()
    assert "鲍博替您报了名" in page
    assert "您属于" not in page
    assert alice.post(url, {f"question_{question.pk}": "L"}).status_code == 422
    read = fingerprint(match.consent).hex()
    alice.post(url, {f"question_{question.pk}": "L", "consented": read})

    mine.refresh_from_db()
    assert mine.answers == {str(question.pk): "L"}
    assert mine.consented_at is not None
    assert "替您报了名" not in alice.get(portal(match)).content.decode()
    assert cast.client("grace").post(url).status_code == 404


def test_companions_of_several_kinds_are_told_apart(cast, match):
    match.capacity, match.companions_allowed, match.outsiders = 9, 2, ["family", "resident"]
    match.save()
    alice = cast.client("alice")

    bad = alice.post(portal(match), {"companions": "王芳"})
    assert bad.status_code == 422
    assert "请选同行的是谁" in bad.content.decode()
    alice.post(portal(match), {"companions": "王芳", "companion_kind": "resident"})

    assert Registration.objects.get().companion_kind == "resident"
    people = cast.client("frank").get(reverse("signing:people", args=[match.pk]))
    assert "王芳，社区居民" in people.content.decode()


def test_leader_signs_up_guests_of_a_kind_into_a_group_and_takes_them_out(cast, match):
    match.capacity, match.outsiders = 9, ["retired"]
    match.save()
    group = QuotaFactory(activity=match, name="男子组")
    bob, url = cast.client("bob"), reverse("signing:people", args=[match.pk])

    bob.post(url, {"guests": "刘大爷", "guest_kind": "retired", "items": group.pk})

    guest = match.registrations.get()
    assert (guest.category, guest.chosen.get().quota, guest.org) == ("retired", group, cast.branch)
    assert "退休职工" in bob.get(url).content.decode()
    bob.post(reverse("signing:take-out", args=[guest.pk]))
    guest.refresh_from_db()
    assert guest.status == "withdrawn"


def test_leader_signs_up_only_those_it_is_for(cast, match):
    match.capacity = None
    match.save()
    match.audience.set([cast.second_branch])
    client, url = cast.client("frank"), reverse("signing:people", args=[match.pk])

    page = client.post(url, {"people": f"艾丽 #{cast.alice.pk}"})

    assert page.status_code == 422
    assert not match.registrations.exists()


def test_leader_finds_the_way_to_their_people(cast, match):
    people = reverse("signing:people", args=[match.pk])
    page = reverse("activities:activity-detail", args=[match.pk])

    for address in (portal(match), page):
        assert f'href="{people}"' in cast.client("bob").get(address).content.decode()
        assert f'href="{people}"' not in cast.client("alice").get(address).content.decode()


def test_question_that_was_answered_stays(cast, match):
    question = QuestionFactory(activity=match, label="上衣尺码")
    cast.client("alice").post(portal(match), {f"question_{question.pk}": "L"})
    rows = {
        "capacity": 5, "items_allowed": 1, "quota-TOTAL_FORMS": 0, "quota-INITIAL_FORMS": 0,
        "question-TOTAL_FORMS": 1, "question-INITIAL_FORMS": 1, "question-0-id": question.pk,
        "question-0-label": "上衣尺码", "question-0-kind": "text", "question-0-DELETE": "on",
    }  # fmt: skip

    page = cast.client("frank").post(reverse("signing:places", args=[match.pk]), rows)

    assert page.status_code == 422
    assert "已有人回答，不能删去" in page.content.decode()
    match.refresh_from_db()
    assert match.capacity == 1


def test_a_second_press_changes_nothing_and_says_so_kindly(cast, match):
    alice = cast.client("alice")
    alice.post(portal(match))

    answer = alice.post(portal(match))

    assert answer.status_code == 302
    assert Registration.objects.filter(person=cast.alice).count() == 1
    assert Entry.objects.filter(verb="sign").count() == 1


def test_nobody_meets_a_question_written_for_another(cast, match):
    """Frank has the only place; the pages of all who look are their own."""
    cast.client("frank").post(portal(match))

    franks = cast.client("frank").get(portal(match)).content.decode()
    alices = cast.client("alice").get(portal(match)).content.decode()

    assert "您已报名" in franks
    assert "您已报名" not in alices
    assert "报名候补" in alices


def test_what_was_agreed_to_is_kept_in_its_version(cast, match):
    match.consent, match.capacity = "请带好运动鞋。", 9
    match.save()
    first, alice, bob = fingerprint(match.consent).hex(), cast.client("alice"), cast.client("bob")
    alice.post(portal(match), {"consented": first})
    match.consent = "请带好运动鞋，自备饮水。"
    match.save()

    late = bob.post(portal(match), {"consented": first})
    bob.post(portal(match), {"consented": fingerprint(match.consent).hex()})

    assert late.status_code == 422
    assert "须知刚刚改过" in late.content.decode()
    agreed = dict(Registration.objects.values_list("person__name", "terms__text"))
    assert agreed == {"艾丽": "请带好运动鞋。", "鲍博": "请带好运动鞋，自备饮水。"}
    assert "请带好运动鞋。" in alice.get(portal(match)).content.decode()
    listed = cast.client("frank").get(reverse("signing:people", args=[match.pk])).content.decode()
    assert "同意的是第 1 版须知" in listed
    assert "同意的是第 2 版须知" in listed
    assert Entry.objects.filter(changes__terms="第 1 版须知").count() == 1


def test_the_same_notice_is_one_version_for_all(cast, match):
    match.consent, match.capacity = "请带好运动鞋。", 9
    match.save()
    for name in ("alice", "bob"):
        cast.client(name).post(portal(match), {"consented": fingerprint(match.consent).hex()})

    assert Terms.objects.get().version == 1
    assert Registration.objects.filter(terms__version=1).count() == 2
