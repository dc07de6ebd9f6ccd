"""Afterwards: record, photos, certificate that a stranger checks, and the plan's task updated."""

from __future__ import annotations

import struct
import zlib
from datetime import timedelta
from pathlib import Path

import pypdf
import pytest
from django.utils import timezone
from playwright.sync_api import expect

from gonghui.apps.plans.models import Item
from gonghui.core.activities.models import Activity
from gonghui.core.records.engine.proofs import new_code, printed
from gonghui.core.records.models import Certificate, Photo
from tests.factories.activities import ActivityFactory, SessionFactory
from tests.factories.attendance import AttendanceFactory
from tests.factories.plans import ItemFactory
from tests.factories.signing import RegistrationFactory

LARGE = 2400, 1800  # as a phone takes them
SHRUNK = 1600, 1200


def picture(path: Path) -> Path:
    """A drawing in colours, as large as a photo."""
    width, height = LARGE
    row = b"\x00" + b"".join(bytes((x * 255 // width, 90, 60)) for x in range(width))
    parts = (
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)),
        (b"IDAT", zlib.compress(row * height, 1)),
        (b"IEND", b""),
    )
    sums = (
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        for name, body in parts
    )
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + b"".join(sums))
    return path


@pytest.fixture
def task(cast) -> Item:
    return ItemFactory(org=cast.company, text="举办书法讲座一次", plan__title="年度计划")


@pytest.fixture
def lecture(cast) -> Activity:
    """Held yesterday; Alice and Bob came."""
    start = timezone.now() - timedelta(days=1)
    lecture = ActivityFactory(
        org=cast.company, kind="lecture", title="职工书法讲座", state="held", theme="书法入门",
        place="三楼会议室", starts_at=start, ends_at=start + timedelta(hours=2),
    )  # fmt: skip
    session = SessionFactory(activity=lecture, starts_at=start, ends_at=lecture.ends_at)
    for person in (cast.alice, cast.bob):
        registration = RegistrationFactory(activity=lecture, person=person)
        AttendanceFactory(session=session, registration=registration, in_at=start)
    return lecture


def test_record_gives_certificates_and_updates_the_task(enter, cast, lecture, task, tmp_path):
    page = f"/activities/activity/{lecture.pk}/"
    frank = enter("frank", to=page)
    frank.sees("记录还缺")
    frank.look("missing")

    frank.follow("落实的任务")
    frank.fill_in("任务", "书法")
    frank.look("task")
    frank.press("保存")
    frank.follow("写记录")
    frank.fill_in("活动记录", "讲执笔和永字八法，每人写一幅。")
    frank.fill_in("主要内容", "人人会写永字八法。")
    frank.page.get_by_label("谁").first.fill("艾丽")
    frank.page.get_by_label("内容").last.fill("")
    frank.look("record")
    frank.press("保存")
    frank.sees("人人会写永字八法")

    _add_photo(frank, lecture, tmp_path)

    frank.open(page)
    frank.press("完成记录")
    frank.sees("证明（2 张）")
    frank.look("finished")
    frank.follow("证明（2 张）")
    frank.look("certificates")
    frank.open(f"/records/registration/?activity={lecture.pk}&org={cast.company.pk}&scope=own")
    frank.sees("1 场")
    frank.look("participants")

    _take_paper(enter, lecture, tmp_path)
    _check_as_a_stranger(enter, cast)

    frank.open(page)
    frank.follow("举办书法讲座一次")
    frank.sees("举办“职工书法讲座”，到场 2 人。人人会写永字八法。")
    frank.sees("职工书法讲座记录.pdf")
    frank.look("task-updated")
    frank.follow("职工书法讲座")
    frank.headed("职工书法讲座")


def _add_photo(frank, lecture, tmp_path) -> None:
    """Shrunk by the browser before it goes up; without consent it stays here."""
    frank.open(f"/records/activity/{lecture.pk}/photos/")
    frank.look("no-photos")
    frank.page.get_by_label("照片", exact=True).set_input_files(picture(tmp_path / "IMG_1.png"))
    frank.sees("已选 1 张")
    frank.expected = (422,)
    frank.press("上传")
    frank.sees("要先同意")
    frank.page.get_by_label("照片", exact=True).set_input_files(tmp_path / "IMG_1.png")
    frank.sees("已选 1 张")
    frank.fill_in("说明", "现场")
    frank.page.get_by_label("照片里认得出的人都同意拍照，也同意留在活动记录里").check()
    frank.press("上传")
    frank.sees("方兰确认同意")
    photo = Photo.objects.get()
    assert (photo.width, photo.height) == SHRUNK
    expect(frank.page.locator(".photos img")).to_have_js_property("naturalWidth", SHRUNK[0])
    frank.look("photos")


def _take_paper(enter, lecture, tmp_path) -> None:
    alice = enter("alice", to=f"/signing/portal/{lecture.pk}/")
    alice.sees("参加证明")
    alice.look("paper")
    with alice.page.expect_download() as caught:
        alice.follow("下载参加证明")
    path = tmp_path / "paper.pdf"
    caught.value.save_as(path)
    said = "".join(pypdf.PdfReader(path).pages[0].extract_text().split())
    assert printed(_alices().code) in said
    assert "艾丽" in said
    alice.open("/records/portal/credits/")
    alice.look("hours")


def _check_as_a_stranger(enter, cast) -> None:
    stranger = enter()
    stranger.open(f"/records/check/?code={_alices().code}")
    stranger.look("check")
    stranger.press("核对")
    stranger.sees("这张证明是真的")
    stranger.sees("艾丽")
    stranger.look("genuine")
    stranger.expected = (422,)
    stranger.fill_in("证明编号", printed(new_code()))
    stranger.press("核对")
    stranger.sees("不是本系统出具的")
    stranger.look("forged")


def _alices() -> Certificate:
    return Certificate.objects.get(registration__person__name="艾丽")
