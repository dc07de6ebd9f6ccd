"""The binder and the what-if of a round, and who may not reach what."""

from __future__ import annotations

import io

import pypdf
import pytest
from django.core.files.base import ContentFile

from gonghui.apps.evaluation.actions import sheets
from gonghui.apps.evaluation.models import Contender
from gonghui.core.documents.outbound.pdf import write_pdf
from gonghui.kit.errors import DomainError

from .stage import Stage
from .test_rounds import ranked

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
DOT = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
    "0000000c4944415408d763f8cfc000000301010018dd8db00000000049454e44ae426082"
)


def paper(words: str) -> ContentFile:
    made = write_pdf("paper", {"title": words, "sections": [{"paragraphs": [words]}]})
    return ContentFile(made, name=f"{words}.pdf")


@pytest.mark.slow
def test_the_binder_holds_cover_index_sheet_and_every_paper(stage: Stage) -> None:
    made = ranked(stage, ["20", "15"])
    line = stage.item(made[0], "B")
    broken = ContentFile(b"%PDF-1.7 broken", name="坏的.pdf")
    text = ContentFile("台账".encode(), name="台账.txt")
    files = [paper("学习台账"), paper("签到表"), broken, text]
    sheets.check_item(line, by=stage.carol, value="8", words="每月两次", files=files)
    photo = ContentFile(DOT, name="现场.png")
    sheets.visit_item(
        stage.item(made[0], "D"), by=stage.carol, value=["有制度"], words="看了", files=[photo]
    )

    sent = stage.cast.client("carol").get(f"/evaluation/contender/{made[0].pk}/binder/")
    book = pypdf.PdfReader(io.BytesIO(sent.content))
    pages = [page.extract_text() for page in book.pages]

    assert sent["Content-Type"] == "application/pdf"
    assert "评估材料册" in pages[0]
    assert "目录" in pages[1]
    assert "另附" in pages[1]
    titles = [one.title for one in book.outline]
    assert titles == ["B 项目B", "C 项目C", "D 项目D", "F 项目F"]
    assert "书面评议：收回 100 票，满意 90 票" in pages[-1]
    at = book.get_destination_page_number(book.outline[0])
    assert "每月两次" in pages[at]
    assert "学习台账" in pages[at + 1]
    assert "签到表" in pages[at + 2]
    assert f"共 {len(pages)} 页" in pages[-1]
    assert f"{at + 1}" in pages[1]


def test_no_binder_tells_raters_marks_before_all_have_given(stage: Stage) -> None:
    made = [stage.apply(org) for org in stage.unions]
    stage.step("rate")

    page = f"/evaluation/contender/{made[0].pk}/binder/"

    assert stage.cast.client("carol").get(page).status_code == 404
    stage.rate_all({})
    stage.step("visit")
    assert stage.cast.client("carol").get(page).status_code == 200


def test_what_if_shows_who_rises_and_keeps_nothing(stage: Stage) -> None:
    made = [stage.apply(stage.unions[0], b="10"), stage.apply(stage.unions[1], b="2")]
    stage.step("rate")
    stage.rate_all({made[0].pk: "5", made[1].pk: "20"})
    stage.step("visit")
    for one in made:
        stage.visit(one)
    stage.step("rank")
    peers = stage.items[0]
    page = f"/evaluation/round/{stage.round.pk}/what-if/"
    officer = stage.cast.client("carol")

    now = officer.get(page).content.decode()
    then = officer.get(page, {f"weight_{peers.pk}": "40"}).content.decode()

    assert "不变" in now
    assert "升 1 位" in then
    assert "降 1 位" in then
    assert "合计 120 分，满分 100 分" in then
    assert peers.weight == type(peers).objects.get(pk=peers.pk).weight
    assert [one.place for one in Contender.objects.order_by("pk")] == [1, 2]


def test_what_is_no_photo_is_refused_on_the_spot(stage: Stage) -> None:
    made = ranked(stage, ["20", "15"])
    line = stage.item(made[0], "D")

    with pytest.raises(DomainError, match="不是照片"):
        sheets.visit_item(
            line, by=stage.carol, value=[], words="", files=[ContentFile(b"x", name="a.png")]
        )


@pytest.mark.parametrize("who", ["mallory", "dave", "alice"])
def test_items_are_not_for_others(stage: Stage, who: str) -> None:
    made = ranked(stage, ["20", "15"])
    line = stage.item(made[0], "B")
    stranger = stage.cast.client(who)

    for role in ("check", "visit", "count"):
        page = f"/evaluation/sheet/{line.pk}/{role}/"
        assert stranger.get(page).status_code == 404
        assert stranger.post(page, {"value": "1"}).status_code == 404
    for page in ("binder/", ""):
        assert stranger.get(f"/evaluation/contender/{made[0].pk}/{page}").status_code == 404
    for role in ("raters", "tie", "what-if"):
        assert stranger.get(f"/evaluation/round/{stage.round.pk}/{role}/").status_code == 404
