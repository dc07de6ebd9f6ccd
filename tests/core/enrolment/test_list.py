"""Signing up by an Excel list: who is found, the sentence of who is not, and the way back."""

from __future__ import annotations

import io
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from gonghui.core.access.models import Role
from gonghui.core.activities.models import Activity
from gonghui.core.exchange import actions
from gonghui.core.exchange.kinds import kinds
from gonghui.core.exchange.models import Batch, Rule, Stage
from gonghui.core.exchange.queries import refused_lines, rows_with
from gonghui.core.orgs.models import Kind
from gonghui.core.people.models import Person
from tests.apps.membership.rosters import number
from tests.core.sheets.sheet_files import xlsx
from tests.factories.activities import ActivityFactory, SessionFactory
from tests.factories.attendance import AttendanceFactory
from tests.factories.organisation import GrantFactory, OrgFactory, PersonFactory, PostFactory
from tests.factories.record import IdentityFactory
from tests.factories.signing import DelegationFactory, QuotaFactory, RegistrationFactory

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
HEAD = ["姓名", "单位", "身份证号", "参赛项目", "来宾", "人员类型", "同行人", "角色"]


@pytest.fixture
def meet(cast) -> Activity:
    return ActivityFactory(
        org=cast.company, state="open", title="职工运动会", companions_allowed=1,
        outsiders=["family", "retired"],
    )  # fmt: skip


def row(name: str, **more: str) -> list[str]:
    values = dict.fromkeys(HEAD, "") | {"姓名": name} | more
    return [values[head] for head in HEAD]


def hand_in(cast, activity: Activity, *rows: list[str], by="frank", org=None) -> Batch:
    """Hand a list in; jobs are done on the spot."""
    file = io.BytesIO(xlsx(("名单", [HEAD, *rows])))
    org = org or cast.company
    more = {"name": "名单.xlsx", "by": cast.actor(by), "about": activity}
    return actions.hand_in(kinds["enrolment"], org, file, **more)


def commit(cast, batch: Batch, by="frank") -> Batch:
    actions.commit(batch, Rule.SKIP, by=cast.actor(by))
    batch.refresh_from_db()
    return batch


def statuses(activity: Activity) -> list[tuple[str, str]]:
    rows = activity.registrations.select_related("person").order_by("pk")
    return [(str(one), one.status) for one in rows]


def test_list_goes_from_the_page_to_places_and_back(cast, meet):
    Activity.objects.filter(pk=meet.pk).update(capacity=2)
    PersonFactory(name="陈晨", org=cast.branch)
    bob = cast.client("bob")
    people = bob.get(reverse("signing:people", args=[meet.pk])).content.decode()
    url = f"/exchange/enrolment/?about={meet.pk}"
    assert url in people
    assert "职工运动会" in bob.get(url).content.decode()
    sheet = xlsx(("名单", [HEAD, row("艾丽"), row("鲍博"), row("陈晨")]))
    data = {"org": f"#{cast.branch.pk}", "file": SimpleUploadedFile("名单.xlsx", sheet)}

    page = bob.post(url, data, follow=True).content.decode()
    batch = Batch.objects.get()
    assert "按什么认出" not in page
    assert "只补空白项" not in page
    bob.post(f"/exchange/batch/{batch.pk}/commit/", {"rule": "skip"})

    assert statuses(meet) == [("艾丽", "signed"), ("鲍博", "signed"), ("陈晨", "waiting")]
    bob.post(f"/exchange/batch/{batch.pk}/undo/")
    assert {said for _, said in statuses(meet)} == {"withdrawn"}
    meet.refresh_from_db()
    assert meet.seats_taken == 0


def test_associations_leader_hands_in_members_of_other_units(cast):
    """They have a post in the association and belong elsewhere (R-016)."""
    club = OrgFactory(parent=cast.company, kind=Kind.ASSOCIATION, name="羽毛球协会")
    member = PersonFactory(name="欧阳协", org=cast.second_branch)
    PostFactory(org=club, person=member, title="会员")
    PersonFactory(name="外人", org=cast.second_branch)
    GrantFactory(person=cast.mallory, org=club, role=Role.objects.get(name="分会主席"))
    match = ActivityFactory(org=club, state="open")

    batch = hand_in(cast, match, row("欧阳协"), row("外人"), by="mallory", org=club)
    commit(cast, batch, by="mallory")

    assert statuses(match) == [("欧阳协", "signed")]
    assert "没有「外人」" in str(dict(refused_lines(batch)))


def test_who_hands_the_list_in_may_stand_on_it(cast, meet):
    """They agree to the notice on their own phone like everybody else."""
    Activity.objects.filter(pk=meet.pk).update(consent="现场拍照。")

    batch = hand_in(cast, meet, row("鲍博"), row("艾丽"), by="bob", org=cast.branch)
    commit(cast, batch, by="bob")

    assert statuses(meet) == [("鲍博", "signed"), ("艾丽", "signed")]


def test_everybody_who_is_not_taken_has_a_sentence(cast, meet):
    Activity.objects.filter(pk=meet.pk).update(capacity=None)
    QuotaFactory(activity=meet, name="男子组")
    PersonFactory(name="丁一", org=cast.branch, left_on=date(2025, 3, 1))
    for org in (cast.branch, cast.second_branch):
        PersonFactory(name="王芳", org=org)
    RegistrationFactory(activity=meet, person=cast.bob)
    card = number(serial=7)
    IdentityFactory(person=cast.person("mallory"), number=card)
    own = number(serial=9)
    IdentityFactory(person=cast.alice, number=own)

    batch = hand_in(
        cast, meet,
        row("艾丽", 参赛项目="男子组", 同行人="王小明", 角色="替补"),
        row("张三"),
        row("丁一"),
        row("王芳"),
        row("鲍博"),
        row("方兰", 参赛项目="女子组"),
        row("方兰", 同行人="王小明、李小红"),
        row("马洛", 身份证号=card),
        row("葛瑞", 单位="二分会"),
        row("李四", 身份证号=number(serial=11)),
        row("方兰", 身份证号=own),
        row("刘大妈", 来宾="是", 人员类型="退休职工"),
    )  # fmt: skip

    lines = rows_with(batch, "").lines
    said = {line.row.line: " ".join([*line.finding.reasons, *line.row.remarks]) for line in lines}
    verdicts = "".join(line.finding.verdict for line in lines)
    assert verdicts == "nwwdswwwwwwn"
    assert "名册里没有「张三」" in said[3]
    assert "已于 2025-03-01 离开" in said[4]
    assert "有 2 位「王芳」" in said[5]
    assert "已在名单上（已报名）" in said[6]
    assert "没有「女子组」这一组。可填：男子组。" in said[7]
    assert "最多带 1 人" in said[8]
    assert "不归您报名" in said[9]
    assert "「葛瑞」不在「二分会」" in said[10]
    assert "没有这个证件号码" in said[11]
    assert "姓名不同" in said[12]


def test_namesake_is_chosen_and_the_group_role_and_guest_are_kept(cast, meet):
    QuotaFactory(activity=meet, name="男子组")
    team = DelegationFactory(activity=meet, org=cast.company)
    first, second = (PersonFactory(name="王芳", org=o) for o in (cast.branch, cast.second_branch))

    batch = hand_in(
        cast, meet,
        row("王芳", 参赛项目="男子组", 角色="替补", 同行人="王小明"),
        row("刘大妈", 来宾="是", 人员类型="退休职工"),
    )  # fmt: skip
    actions.decide(batch, 2, f"same:{second.pk}", by=cast.actor("frank"))
    commit(cast, batch)

    chosen, guest = meet.registrations.order_by("pk")
    assert (chosen.person, chosen.chosen.get().quota.name, chosen.role) == (
        second,
        "男子组",
        "reserve",
    )
    assert (chosen.delegation, chosen.companion_names) == (team, ["王小明"])
    assert (chosen.consented_at, chosen.signed_by) == (None, cast.frank)
    assert (guest.person, guest.guest, guest.category) == (None, "刘大妈", "retired")
    assert not meet.registrations.filter(person=first).exists()
    again = hand_in(cast, meet, row("王芳", 单位="二分会"), row("刘大妈", 来宾="是"))
    assert again.counts["same"] == 2


def test_neither_candidate_is_told_what_to_do(cast, meet):
    for org in (cast.branch, cast.second_branch):
        PersonFactory(name="王芳", org=org)
    batch = hand_in(cast, meet, row("王芳"))
    actions.decide(batch, 2, "other", by=cast.actor("frank"))

    commit(cast, batch)

    assert "只有这几位「王芳」" in refused_lines(batch)[2]
    assert not meet.registrations.exists()


def test_whom_it_is_not_for_is_told_so(cast, meet):
    meet.audience.set([cast.branch])
    PersonFactory(name="陈晨", org=cast.second_branch)

    batch = hand_in(cast, meet, row("陈晨"), row("艾丽"))

    assert refused_lines(batch) == {2: "这个活动不面向二分会，没有替「陈晨」报名。"}


def test_sign_up_that_closed_meanwhile_writes_nobody(cast, meet):
    batch = hand_in(cast, meet, row("艾丽"))
    Activity.objects.filter(pk=meet.pk).update(state="closed")

    commit(cast, batch)

    assert batch.stage == Stage.COMMITTED
    assert "已经截止" in refused_lines(batch)[2]
    assert statuses(meet) == []
    assert "已经截止" in refused_lines(hand_in(cast, meet, row("艾丽")))[2]


def test_who_withdrew_since_is_left_when_the_list_is_taken_back(cast, meet):
    batch = commit(cast, hand_in(cast, meet, row("艾丽"), row("鲍博")))
    mine = reverse("signing:portal-withdraw", args=[meet.pk])
    cast.client("alice").post(mine)

    actions.undo(batch, by=cast.actor("frank"))

    left = [line.left for line in rows_with(batch, "").lines]
    assert left == ["导入以后已经退出，保留不动。", ""]


def test_who_has_come_stays_when_the_list_is_taken_back(cast, meet):
    batch = commit(cast, hand_in(cast, meet, row("艾丽")))
    session = SessionFactory(activity=meet)
    mine = meet.registrations.get()
    AttendanceFactory(session=session, registration=mine, in_at=timezone.now())

    actions.undo(batch, by=cast.actor("frank"))

    assert rows_with(batch, "").lines[0].left == "艾丽已经签到，不能退出。"
    assert statuses(meet) == [("艾丽", "signed")]


def test_namesakes_are_shown_with_their_units(cast, meet):
    for org in (cast.branch, cast.second_branch):
        PersonFactory(name="王芳", org=org)
    batch = hand_in(cast, meet, row("王芳"))

    page = cast.client("frank").get(f"/exchange/batch/{batch.pk}/?rows=d").content.decode()

    assert "就是王芳，一分会" in page
    assert "就是王芳，二分会" in page


def test_number_tells_who_is_meant(cast, meet):
    PersonFactory(name="艾丽", org=cast.branch)
    own = number(serial=9)
    IdentityFactory(person=cast.alice, number=own)

    commit(cast, hand_in(cast, meet, row("艾丽", 身份证号=own)))

    assert meet.registrations.get().person == cast.alice


@pytest.mark.parametrize("name", ["alice", "dave", "mallory"])
def test_strangers_hand_in_nothing(cast, meet, name):
    client = cast.client(name)

    assert client.get(f"/exchange/enrolment/?about={meet.pk}").status_code == 404
    assert client.get("/exchange/enrolment/").status_code == 404


@pytest.mark.slow
def test_five_thousand_rows_with_strangers_in_them(cast, meet, django_assert_max_num_queries):
    """Each stranger has their sentence, nobody is signed up twice, places are never exceeded."""
    Activity.objects.filter(pk=meet.pk).update(capacity=3000)
    names = [f"安{chr(0x4E00 + at)}" for at in range(4500)]
    Person.objects.bulk_create(
        Person(name=name, org=cast.branch, pinyin="an", initials="a") for name in names
    )
    strangers = [f"陌{chr(0x4E00 + at)}" for at in range(500)]
    mixed = [*names[:2000], *strangers, *names[2000:]]

    with django_assert_max_num_queries(200):
        batch = hand_in(cast, meet, *(row(name) for name in mixed))
    with django_assert_max_num_queries(400):
        commit(cast, batch)

    assert batch.outcome == {"c": 4500, "w": 500}
    sentences = refused_lines(batch)
    assert list(sentences) == list(range(2002, 2502))
    assert all(strangers[at - 2002] in words for at, words in sentences.items())
    meet.refresh_from_db()
    rows = meet.registrations.all()
    assert (meet.seats_taken, rows.filter(status="signed").count()) == (3000, 3000)
    waiting = rows.filter(status="waiting").order_by("line")
    assert list(waiting.values_list("person__name", flat=True)) == names[3000:]


def test_rows_of_a_list_take_several_items_and_who_is_outside_is_named(cast, meet):
    """A unit's leader hands it in; the organiser's own list is bound by nothing."""
    for name in ("跳远", "接力"):
        QuotaFactory(activity=meet, name=name)
    meet.items_allowed, meet.categories, meet.admits = 2, ["women"], "meant"
    meet.save()
    for person, sex in ((cast.alice, "female"), (cast.bob, "male")):
        person.sex = sex
        person.save()

    batch = hand_in(
        cast, meet, row("艾丽", 参赛项目="跳远、接力"), row("鲍博", 参赛项目="接力"),
        by="bob", org=cast.branch,
    )  # fmt: skip

    first, second = rows_with(batch, "").lines
    assert (first.finding.verdict, second.finding.verdict) == ("n", "w")
    assert "鲍博不在其中" in " ".join(second.finding.reasons)
    commit(cast, batch, "bob")
    (made,) = meet.registrations.all()
    assert [str(one) for one in made.chosen.all()] == ["跳远", "接力"]
