"""A round from an application to a certificate that a stranger checks."""

from __future__ import annotations

from datetime import timedelta

import pypdf
from django.utils import timezone

from gonghui.apps.evaluation.actions import sheets
from gonghui.apps.evaluation.models import Contender, Review, Round
from gonghui.apps.titles.models import Title
from gonghui.core.records.engine.proofs import printed
from tests.apps.evaluation.stage import make_stage
from tests.factories.credits import CreditFactory
from tests.factories.evaluation import CriterionFactory, RoundFactory, SchemeFactory
from tests.factories.organisation import AccountFactory


def act(visitor, name: str) -> None:
    """A step that asks once more."""
    visitor.follow(name)
    visitor.press(name, inside="#fetched-dialog")


def test_round_goes_from_application_to_certificate(enter, cast, tmp_path):
    stage = make_stage(cast, opened=timezone.localdate())
    page = f"/evaluation/round/{stage.round.pk}/"
    for org in stage.unions[1:]:
        stage.apply(org)
    carol = enter("carol", to=page)
    carol.look("open")

    carol.follow("申报")
    carol.fill_in("单位或班组", "第0工会")
    carol.look("apply")
    carol.press("申报")
    carol.sees("系统有记录的已经填好")
    made = Contender.objects.get(org=stage.unions[0])
    _look_through(carol, stage, made)

    stage.step("rate")
    _rate(enter, made)
    stage.rate_all({made.pk: "20"})

    carol.open(page)
    carol.press("转入现场考评")
    line = stage.item(made, "D")
    carol.open(f"/evaluation/sheet/{line.pk}/visit/")
    carol.page.get_by_label("有制度（6 分）").check()
    carol.fill_in("现场情况", "制度上墙，记录完整。")
    carol.look("visit")
    carol.press("保存")
    for one in Contender.objects.filter(round=stage.round):
        stage.visit(one)
    carol.look("sheet")
    carol.open(page)
    carol.follow("汇总评定")
    carol.press("汇总评定", inside="#fetched-dialog")
    carol.look("ranked")
    carol.open(f"{page}what-if/")
    carol.look("what-if")

    stage.round.refresh_from_db()
    stage.step("publish")
    past = timezone.localdate() - timedelta(days=1)
    carol.open(page)
    carol.look("notice")
    Round.objects.update(notice_until=past)
    stage.step("award")
    _certificate(enter, carol, made, tmp_path)


def _look_through(carol, stage, made) -> None:
    for code, value in (("B", "10"), ("C", "0")):
        carol.open(f"/evaluation/sheet/{stage.item(made, code).pk}/check/")
        carol.fill_in("数值", value)
        carol.fill_in("说明", "见学习台账。")
        if code == "B":
            carol.look("check")
        carol.press("保存")
    carol.open(f"/evaluation/contender/{made.pk}/")
    carol.look("filled")
    act(carol, "报送")
    carol.sees("已报送")


def _rate(enter, made) -> None:
    """A rater gives marks by themselves; nobody else's are shown."""
    review = Review.objects.filter(contender=made).first()
    AccountFactory(username="rater", person=review.rater.person, mobile="13900000001")
    rater = enter("rater", to="/evaluation/my/reviews/")
    rater.look("reviews")
    rater.open(f"/evaluation/my/reviews/{review.pk}/")
    rater.fill_in("E 项目E（满分 20 分）", "20")
    rater.look("review")
    rater.press("提交打分")
    rater.sees("已评")


def _certificate(enter, carol, made, tmp_path) -> None:
    title = Title.objects.get(sheet=made.pk)
    carol.open(f"/titles/title/{title.pk}/")
    carol.look("title")
    with carol.page.expect_download() as caught:
        carol.follow("证书 PDF")
    caught.value.save_as(tmp_path / "paper.pdf")
    words = pypdf.PdfReader(tmp_path / "paper.pdf").pages[0].extract_text()
    with carol.page.expect_download() as caught:
        carol.follow("佐证材料册 PDF")
    caught.value.save_as(tmp_path / "binder.pdf")
    book = pypdf.PdfReader(tmp_path / "binder.pdf")
    assert printed(title.code) in words
    assert "标兵" in words
    assert len(book.pages) >= 5

    stranger = enter(to="/titles/check/")
    stranger.open(f"/titles/check/?code={title.code}")
    stranger.press("核对")
    stranger.sees("这张证书是真的")
    stranger.look("checked")


def test_member_opens_the_figures_of_their_own_sheet(enter, cast):
    today = timezone.localdate()
    scheme = SchemeFactory(org=cast.city, state="issued", target="person")
    for code, measure in (("P1", "site.hours"), ("P2", "site.awards")):
        CriterionFactory(
            scheme=scheme, code=code, name=f"项目{code}", weight=50, method="linear",
            filler="records", indicator=measure, zero_at=0, full_at=60, position=int(code[1]),
        )  # fmt: skip
    round_ = RoundFactory(
        org=cast.city, scheme=scheme, state="applying", since=today - timedelta(days=300),
        until=today, apply_from=today, apply_until=today,
    )  # fmt: skip
    CreditFactory(
        person=cast.alice, org=cast.branch, kind="course", unit="class_hour", amount=24,
        words="焊工提高班",
    )  # fmt: skip
    made = sheets.apply(round_, cast.branch, person=cast.alice, by=cast.actor("carol"))

    alice = enter("alice", to=f"/evaluation/contender/{made.pk}/")
    alice.look("own-sheet")
    alice.follow("24 学时")
    alice.sees("焊工提高班")
    alice.look("own-records")
