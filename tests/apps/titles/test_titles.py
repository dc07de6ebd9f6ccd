"""Titles for a term: given by a round, proved by a code, renewed, lowered, withdrawn."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from gonghui.apps.titles.flow import TITLE
from gonghui.apps.titles.models import Title
from gonghui.core.records.engine.proofs import printed
from gonghui.kit.errors import DomainError
from tests.apps.evaluation.stage import MONDAY, make_stage, on
from tests.apps.evaluation.test_rounds import ranked
from tests.cast import Cast
from tests.factories.titles import TitleFactory

pytestmark = pytest.mark.django_db


def test_a_round_gives_titles_for_its_term_with_a_paper_that_proves_them(cast: Cast) -> None:
    with on(MONDAY):
        stage = make_stage(cast)
        made = ranked(stage, ["20", "15"])
        stage.step("publish")
        over = stage.round.notice_until + timedelta(days=1)
    with on(over):
        stage.step("award")
        title = Title.objects.get(sheet=made[0].pk)
        officer = cast.client("carol")
        page = officer.get(f"/titles/title/{title.pk}/").content.decode()
        sent = officer.get(f"/titles/title/{title.pk}/paper/")
        found = cast.client("mallory").post("/titles/check/", {"code": printed(title.code)})

    assert (title.title, title.since) == ("标兵", over)
    assert title.until == date(over.year + 2, over.month, over.day) - timedelta(days=1)
    assert Title.objects.count() == 2
    assert "材料册" in page
    assert sent["Content-Type"] == "application/pdf"
    assert "这张证书是真的" in found.content.decode()


def test_a_renewed_title_holds_to_its_end_and_the_next_follows(cast: Cast) -> None:
    title = TitleFactory(org=cast.city, holder=cast.company)

    TITLE.perform(
        title, "renew", by=cast.actor("carol"), until=date(2030, 12, 19), reason="保持良好"
    )

    after = title.after
    assert (after.since, after.until) == (date(2028, 12, 20), date(2030, 12, 19))
    assert after.code != title.code
    assert [one.pk for one in Title.objects.held(date(2028, 12, 19))] == [title.pk]
    assert [one.pk for one in Title.objects.held(date(2028, 12, 20))] == [after.pk]


def test_a_lowered_title_proves_nothing_and_the_lower_one_does(cast: Cast) -> None:
    title = TitleFactory(org=cast.city, holder=cast.company)
    with on(date(2027, 6, 1)):
        TITLE.perform(
            title, "downgrade", by=cast.actor("carol"), to="学习型单位", reason="学习次数不够"
        )
        old = cast.client("alice").post("/titles/check/", {"code": title.code})
        new = cast.client("alice").post("/titles/check/", {"code": title.after.code})

    assert old.status_code == 422
    assert "已经降级或者撤销" in old.content.decode()
    assert "授予“学习型单位”称号" in new.content.decode()
    assert title.after.until == title.until


def test_a_withdrawn_title_says_why_and_proves_nothing(cast: Cast) -> None:
    title = TitleFactory(org=cast.city, holder=cast.company)
    officer = cast.client("carol")

    without = officer.post(f"/titles/title/{title.pk}/do/withdraw/", {"reason": ""})
    officer.post(f"/titles/title/{title.pk}/do/withdraw/", {"reason": "弄虚作假"})
    page = officer.get(f"/titles/title/{title.pk}/").content.decode()

    assert without.status_code == 422
    assert Title.objects.get().state == "withdrawn"
    assert "弄虚作假" in page
    assert officer.get(f"/titles/title/{title.pk}/paper/").status_code == 404


def test_ends_that_make_no_sense_are_refused(cast: Cast) -> None:
    title = TitleFactory(org=cast.city, holder=cast.company)
    carol = cast.actor("carol")

    with pytest.raises(DomainError, match="新的有效期要在"):
        TITLE.perform(title, "renew", by=carol, until=title.until, reason="好")
    with pytest.raises(DomainError, match="与现在的一样"):
        TITLE.perform(title, "downgrade", by=carol, to=title.title, reason="差")
    with on(date(2029, 1, 1)), pytest.raises(DomainError, match="已经到期"):
        TITLE.perform(title, "downgrade", by=carol, to="学习型单位", reason="差")
    TITLE.perform(title, "renew", by=carol, until=date(2030, 12, 19), reason="好")
    with pytest.raises(DomainError, match="请先撤销那一期"):
        TITLE.perform(title, "withdraw", by=carol, reason="差")


def test_the_list_tells_who_holds_today(cast: Cast) -> None:
    TitleFactory(org=cast.city, holder=cast.company, name="有效的")
    TitleFactory(org=cast.city, holder=cast.branch, name="过期的", until=date(2026, 12, 31))
    with on(date(2027, 6, 1)):
        officer = cast.client("carol")
        held = officer.get("/titles/title/", {"held": "true", "scope": "below"}).content.decode()
        over = officer.get("/titles/title/", {"held": "false", "scope": "below"}).content.decode()

    assert ("有效的" in held, "过期的" in held) == (True, False)
    assert ("有效的" in over, "过期的" in over) == (False, True)


@pytest.mark.parametrize("who", ["mallory", "dave"])
def test_papers_are_not_for_others(cast: Cast, who: str) -> None:
    title = TitleFactory(org=cast.city, holder=cast.company)

    assert cast.client(who).get(f"/titles/title/{title.pk}/paper/").status_code == 404
