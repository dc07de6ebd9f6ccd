"""Frozen years: the paper stays as it was, its code is checked by a stranger, a union by a job."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from gonghui.apps.archive.actions.freezing import file_of, freeze, is_untouched
from gonghui.apps.archive.actions.pieces import begin_piece, show_to
from gonghui.apps.archive.flow import LIFE
from gonghui.apps.archive.models import Shown, Volume
from gonghui.apps.archive.queries.volumes import content_of
from gonghui.core.documents.inbound import read_upload
from gonghui.core.jobs.models import Job
from gonghui.core.notices.models import Notice
from gonghui.core.records.engine.proofs import printed
from gonghui.kit.errors import DomainError
from tests.factories.credits import CreditFactory

pytestmark = pytest.mark.django_db
HERE = "http://testserver/archive/check/"
CHECK = reverse("archive:check")


def book(cast, title: str, shown: str = Shown.OFFICERS):
    alice = cast.actor("alice")
    piece = begin_piece("book", by=alice, title=title, shown_to=shown)
    return LIFE.perform(piece, "write", by=alice)


def frozen(cast, who: str = "alice") -> Volume:
    made = freeze(cast.alice, timezone.localdate().year, address=HERE, by=cast.actor(who))
    assert made is not None
    return made


def text_of(volume: Volume) -> str:
    kept = file_of(volume)
    with kept.file.open() as file:
        return read_upload(file, "档案.pdf").text


def test_paper_stays_as_it_was(cast):
    piece = book(cast, "平凡的世界")
    volume = frozen(cast)
    with file_of(volume).file.open() as file:
        before = file.read()

    LIFE.perform(piece, "reopen", by=cast.actor("alice"))
    book(cast, "教育的情调")

    with file_of(volume).file.open() as file:
        assert file.read() == before
    assert is_untouched(volume)
    volume.refresh_from_db()
    assert volume.sums == [["读书", "本人完成", "1 本"]]
    second = frozen(cast)
    assert (second.edition, second.code != volume.code) == (2, True)
    words = text_of(volume)
    assert "平凡的世界" in words
    assert printed(volume.code) in words
    assert "教育的情调" not in words


def test_same_content_is_not_frozen_twice(cast):
    book(cast, "平凡的世界")

    assert frozen(cast).pk == frozen(cast).pk
    assert freeze(cast.bob, 2026, address=HERE, by=cast.actor("bob")) is None
    with pytest.raises(DomainError):
        freeze(cast.alice, timezone.localdate().year + 1, address=HERE, by=cast.actor("alice"))


def test_title_shown_to_nobody_is_in_ones_own_paper_alone(cast):
    book(cast, "心事", Shown.ME)
    year = timezone.localdate().year

    union, own = content_of(cast.alice, year, whole=False), content_of(cast.alice, year, whole=True)
    mine = frozen(cast)

    assert [line[2] for line in union.lines] == ["读书"]
    assert [line[2] for line in own.lines] == ["心事"]
    assert mine.is_whole
    detail = reverse("archive:volume-detail", args=[mine.pk])
    assert cast.client("frank").get(detail).status_code == 404
    assert cast.client("alice").get(detail).status_code == 200
    theirs = freeze(cast.alice, year, address=HERE, by=cast.actor("frank"))
    page = cast.client("frank").get(reverse("archive:volume-detail", args=[theirs.pk]))
    assert page.status_code == 200
    file = reverse("attachment", args=[file_of(mine).pk])
    assert cast.client("frank").get(file).status_code == 404


def test_member_freezes_a_year_and_fetches_the_paper(cast):
    book(cast, "平凡的世界")
    alice, year = cast.client("alice"), timezone.localdate().year

    answer = alice.post(reverse("archive:my-years"), {"year": year}, follow=True)
    again = alice.post(reverse("archive:my-years"), {"year": 1800})

    volume = Volume.objects.get()
    assert printed(volume.code) in answer.content.decode()
    assert again.status_code == 422
    file = alice.get(reverse("attachment", args=[file_of(volume).pk]))
    assert b"".join(file.streaming_content).startswith(b"%PDF")
    assert (
        cast.client("bob").get(reverse("attachment", args=[file_of(volume).pk])).status_code == 404
    )


def test_empty_year_is_not_frozen(cast):
    year = timezone.localdate().year
    page = cast.client("alice").post(reverse("archive:my-years"), {"year": year}, follow=True)

    assert "还没有计入的内容" in page.content.decode()
    assert not Volume.objects.exists()


def test_stranger_checks_the_code_and_sees_the_least(cast):
    show_to(book(cast, "平凡的世界"), Shown.UNION, by=cast.actor("alice"))
    volume = frozen(cast)

    page = Client().post(CHECK, {"code": printed(volume.code).lower()}).content.decode()

    assert "艾丽" in page
    assert cast.company.name in page
    assert "1 本" in page
    assert "原件完好" in page
    assert "平凡的世界" not in page


def test_stranger_compares_the_file_in_hand(cast):
    book(cast, "平凡的世界")
    volume = frozen(cast)
    with file_of(volume).file.open() as file:
        content = file.read()

    def checked(held: bytes) -> str:
        data = {"code": volume.code, "file": SimpleUploadedFile("a.pdf", held)}
        return Client().post(CHECK, data).content.decode()

    assert "与原件完全一样" in checked(content)
    assert "与原件不一样" in checked(content + b" ")


def test_kept_file_that_was_tampered_with_is_told(cast):
    book(cast, "平凡的世界")
    volume = frozen(cast)
    Volume.objects.filter(pk=volume.pk).update(digest="f" * 64)

    page = Client().post(CHECK, {"code": volume.code}).content.decode()

    assert "原件校验不符" in page


@pytest.mark.parametrize("code", ["", "1234", "0000-0000-0000-0000"])
def test_unknown_code_is_told_so(db, code):
    answer = Client().post(CHECK, {"code": code})

    assert answer.status_code == 422
    assert "编号" in answer.content.decode()


def test_whole_union_is_frozen_as_a_job(cast, settings):
    book(cast, "平凡的世界")
    CreditFactory(person=cast.bob, org=cast.company, on=date(2025, 5, 1))
    frank = cast.client("frank")
    year = timezone.localdate().year

    answer = frank.post(reverse("archive:freeze-union"), {"year": year})

    job = Job.objects.get()
    assert answer.url == reverse("jobs:job-detail", args=[job.pk])
    assert (job.stage, job.result["words"].split("：")[1][:4]) == ("done", "1 人的")
    made = Volume.objects.get()
    assert (made.person, made.by, made.is_whole) == (cast.alice, cast.frank, False)
    listed = frank.get(reverse("archive:volume-list"), {"scope": "below"}).content.decode()
    assert "艾丽" in listed
    told = Notice.objects.filter(person=cast.alice)
    assert [(one.title, one.url) for one in told] == [
        (f"已封存：{made}", reverse("archive:my-years"))
    ]
    assert printed(made.code) in cast.client("alice").get(told[0].url).content.decode()


@pytest.mark.parametrize("who", ["alice", "grace", "mallory"])
def test_nobody_else_freezes_a_union(cast, who):
    assert cast.client(who).get(reverse("archive:freeze-union")).status_code == 404


def test_who_asked_to_be_forgotten_is_not_named(cast):
    book(cast, "平凡的世界")
    volume = frozen(cast)
    type(cast.alice).objects.filter(pk=cast.alice.pk).update(anonymised_at=timezone.now())

    page = Client().post(CHECK, {"code": volume.code}).content.decode()

    assert "艾丽" not in page
    assert "本人资料已注销" in page


def test_who_freezes_their_own_is_told_nothing(cast):
    book(cast, "平凡的世界")
    frozen(cast)

    assert not Notice.objects.filter(person=cast.alice).exists()


def test_archive_reaches_back_as_far_as_it_was_kept(cast):
    for year in range(1998, 2024):
        CreditFactory(person=cast.alice, org=cast.company, on=date(year, 5, 1))

    page = cast.client("alice").get(reverse("archive:mine"), {"year": 1998})

    assert page.context["asked"].year == 1998
    assert len(page.context["page"].object_list) == 1
