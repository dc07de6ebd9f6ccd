"""Certificates: given with the record, withdrawn with it, printed, and checked by a stranger."""

from __future__ import annotations

import io
from datetime import datetime, timedelta
from decimal import Decimal

import pypdf
import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from gonghui.core.activities.flow import LIFE
from gonghui.core.activities.models import Activity
from gonghui.core.history.trail import history_of
from gonghui.core.records.engine.proofs import LENGTH, LETTERS, new_code, printed, read
from gonghui.core.records.models import Certificate
from tests.factories.activities import ActivityFactory, SessionFactory
from tests.factories.attendance import AttendanceFactory
from tests.factories.organisation import OrgFactory
from tests.factories.records import CertificateFactory, RecordFactory
from tests.factories.signing import RegistrationFactory

CHECK = reverse("records:check")
NINE = timezone.make_aware(datetime(2026, 3, 3, 9))  # noqa: DTZ001


@pytest.fixture
def lecture(cast) -> Activity:
    """Held, with a record, two hours; Alice came."""
    lecture = ActivityFactory(
        org=cast.company, kind="lecture", title="书法讲座", state="held", theme="书法",
        programme="讲一讲", starts_at=NINE, ends_at=NINE + timedelta(hours=2),
    )  # fmt: skip
    SessionFactory(activity=lecture, starts_at=NINE, ends_at=NINE + timedelta(hours=2))
    RecordFactory(activity=lecture, gains="会写了")
    come(lecture, person=cast.alice)
    return lecture


def come(activity, role="participant", **who):
    registration = RegistrationFactory(activity=activity, role=role, **who)
    session = activity.sessions.get()
    AttendanceFactory(session=session, registration=registration, in_at=session.starts_at)
    return registration


def do(activity, name, cast) -> None:
    LIFE.perform(activity, name, by=cast.actor("frank"))


def ask(code: str, client: Client | None = None):
    return (client or Client()).post(CHECK, {"code": code})


def words(response) -> str:
    pages = pypdf.PdfReader(io.BytesIO(response.content)).pages
    return "\f".join("".join(page.extract_text().split()) for page in pages)


def test_codes_are_read_as_people_copy_them():
    code = new_code()

    assert len(code) == LENGTH
    assert set(code) <= set(LETTERS)
    assert read(f" {printed(code).lower()} ") == code
    assert read("O1I1-L000-0000-0000") == "0111100000000000"
    for wrong in ("", "abc", code + "A", "U" * LENGTH, "证" * LENGTH):
        assert read(wrong) == ""


def test_finished_record_certifies_whoever_came_in_their_role(cast, lecture):
    come(lecture, person=cast.bob, role="teacher")
    come(lecture, person=None, guest="来宾", org=cast.company)
    RegistrationFactory(activity=lecture, person=cast.grace)

    do(lecture, "record", cast)

    rows = Certificate.objects.standing().order_by("pk")
    assert [(str(one.registration), one.role, one.hours) for one in rows] == [
        (cast.alice.name, "attended", Decimal("2.00")),
        (cast.bob.name, "taught", Decimal("2.00")),
        ("来宾", "attended", Decimal("2.00")),
    ]
    assert history_of(lecture).filter(verb="certify").count() == 1


def test_open_again_withdraws_and_the_same_facts_give_the_same_code_back(cast, lecture):
    bobs = come(lecture, person=cast.bob)
    do(lecture, "record", cast)
    codes = {one.registration_id: one.code for one in Certificate.objects.all()}
    do(lecture, "reopen", cast)
    assert not Certificate.objects.standing().exists()
    assert "已经撤回" in ask(codes[bobs.pk]).content.decode()

    bobs.role = "helper"
    bobs.save()
    do(lecture, "record", cast)

    again = {one.registration_id: one.code for one in Certificate.objects.standing()}
    alices = next(pk for pk in codes if pk != bobs.pk)
    assert again[alices] == codes[alices]
    assert again[bobs.pk] != codes[bobs.pk]


def test_paper_says_who_what_and_the_code_and_stays_when_the_notice_changes(cast, lecture):
    do(lecture, "record", cast)
    Activity.objects.filter(pk=lecture.pk).update(title="改了名的讲座")
    paper = Certificate.objects.get()

    response = cast.client("alice").get(reverse("records:certificate", args=[paper.pk]))

    said = words(response)
    assert response["Content-Type"] == "application/pdf"
    for part in (cast.alice.name, "“书法讲座”", "2026年3月3日", "计2小时", printed(paper.code)):
        assert part in said, part
    assert "改了名" not in said


def test_paper_is_for_whom_it_names_and_who_holds_the_activity(cast, lecture):
    do(lecture, "record", cast)
    url = reverse("records:certificate", args=[Certificate.objects.get().pk])

    statuses = {n: cast.client(n).get(url).status_code for n in ("alice", "frank", "bob", "dave")}

    assert statuses == {"alice": 200, "frank": 200, "bob": 404, "dave": 404}
    assert Client().get(url).status_code == 302


def test_officer_prints_all_and_it_is_noted(cast, lecture):
    come(lecture, person=cast.bob)
    do(lecture, "record", cast)
    url = reverse("records:certificates", args=[lecture.pk])
    frank = cast.client("frank")

    page, paper = frank.get(url).content.decode(), frank.post(url)

    assert cast.alice.name in page
    assert words(paper).count("\f") == 1
    assert history_of(lecture).filter(verb="print_certificates").count() == 1
    for other in ("alice", "dave", "mallory"):
        assert cast.client(other).post(url).status_code == 404, other


def test_before_the_record_there_is_nothing_to_print(cast, lecture):
    url = reverse("records:certificates", args=[lecture.pk])

    assert "还没有证明" in cast.client("frank").post(url).content.decode()


def test_member_finds_the_paper_by_the_activity_and_by_the_hours(cast, lecture):
    do(lecture, "record", cast)
    url = reverse("records:certificate", args=[Certificate.objects.get().pk])
    alice = cast.client("alice")

    for page in (
        reverse("signing:portal-activity", args=[lecture.pk]),
        reverse("records:portal-credits"),
    ):
        assert url in alice.get(page).content.decode(), page


def test_stranger_reads_what_the_paper_says_and_nothing_else(cast):
    paper = CertificateFactory(
        registration__activity__org=cast.company, registration__person=cast.alice,
        registration__activity__place="三楼会议室",
    )  # fmt: skip

    page = ask(printed(paper.code).lower()).content.decode()

    for said in (cast.alice.name, "书法讲座", "计 2 小时", "2026 年 3 月 3 日", cast.company.name):
        assert said in page, said
    for kept in (cast.alice.org.name, "三楼会议室", "在册", str(paper.registration.ticket)):
        assert kept not in page, kept


def test_association_is_named_with_its_union(cast):
    club = OrgFactory(parent=cast.company, kind="association", name="书法协会")
    paper = CertificateFactory(registration__activity__org=club)

    assert f"{cast.company.name}书法协会" in ask(paper.code).content.decode()


def test_forged_and_broken_codes_get_a_sentence(cast):
    CertificateFactory(registration__activity__org=cast.company)

    forged, broken, nothing = ask(new_code()), ask("12"), ask("")

    assert [one.status_code for one in (forged, broken, nothing)] == [422, 422, 422]
    assert "不是本系统出具的" in forged.content.decode()
    assert "十六位" in broken.content.decode()
    assert "请输入证明上的编号" in nothing.content.decode()


def test_code_from_the_picture_is_filled_in_and_asked_by_a_press():
    page = Client().get(f"{CHECK}?code=7K3M").content.decode()

    assert 'value="7K3M"' in page


def test_trying_codes_out_is_slowed_down(cast, settings):
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"certificate": "2/5m/ip"}
    cache.clear()
    stranger = Client()
    for _ in range(2):
        assert ask(new_code(), stranger).status_code == 422

    slowed = ask(CertificateFactory().code, stranger)

    assert slowed.status_code == 429
    assert "请过五分钟再试" in slowed.content.decode()
    assert "这张证明是真的" not in slowed.content.decode()
    cache.clear()
