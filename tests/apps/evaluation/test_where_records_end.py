"""Where the records hold nothing of a sort the unit says it, and what a round misses is said."""

from __future__ import annotations

import html
import re
from datetime import timedelta

import pytest

from gonghui.apps.evaluation.actions import sheets
from gonghui.apps.evaluation.engine.shipped import TEMPLATES
from gonghui.apps.evaluation.flow import CONTENDER, ROUND
from gonghui.apps.evaluation.models import Contender
from gonghui.apps.evaluation.queries.results import lines_of, standing
from gonghui.apps.evaluation.queries.schemes import fits
from gonghui.apps.evaluation.queries.sheets import parts_of
from gonghui.core.indicators.registry import indicators
from gonghui.core.orgs.models import Kind
from gonghui.kit.errors import DomainError
from tests.factories.organisation import OrgFactory, PersonFactory

from .stage import MONDAY, Stage, on

pytestmark = [pytest.mark.slow, pytest.mark.django_db]


@pytest.fixture
def bare(stage: Stage) -> Contender:
    """A union of which nobody is on the books: its rate of members is not known."""
    org = OrgFactory(parent=stage.cast.city, kind=Kind.GRASSROOTS, name="新建工会")
    return sheets.apply(stage.round, org, by=stage.carol)


def said(contender: Contender, code: str):
    return next(one for one in lines_of([contender])[contender.pk] if one.criterion.code == code)


def check(stage: Stage, contender: Contender, **values: str) -> None:
    for code, value in values.items():
        line = stage.item(contender, code)
        sheets.check_item(line, by=stage.carol, value=value, words="见名册", files=[])


def test_where_the_records_end_the_unit_is_asked(stage: Stage, bare: Contender) -> None:
    officer, page = stage.cast.client("carol"), f"/evaluation/contender/{bare.pk}/"
    door = f"/evaluation/sheet/{stage.item(bare, 'A').pk}/check/"
    check(stage, bare, B="8", C="1")

    shown = officer.get(page).content.decode()
    with pytest.raises(DomainError, match="还有 1 项没有自查：A。"):
        CONTENDER.perform(bare, "hand_in", by=stage.carol)
    refused = officer.post(door, {"value": "很多", "words": ""})
    officer.post(door, {"value": "80", "words": "见名册"})

    assert "系统记录（没有记录，由本单位自查）" in shown
    assert door in shown
    assert refused.status_code == 422
    assert (said(bare, "A").marks, said(bare, "A").words) == (16, "80")
    assert CONTENDER.perform(bare, "hand_in", by=stage.carol).state == "handed"
    assert "/indicators/" not in officer.get(page).content.decode().split('id="sheet"')[1]


def test_what_the_records_come_to_hold_goes_before_the_unit(stage: Stage, bare: Contender) -> None:
    check(stage, bare, A="10", B="8", C="1")
    PersonFactory(org=bare.org)

    CONTENDER.perform(bare, "hand_in", by=stage.carol)

    assert (said(bare, "A").marks, said(bare, "A").words) == (20, "100.0%")
    with pytest.raises(DomainError, match="由系统记录计分"):
        check(stage, bare, A="10")


def test_a_visitor_corrects_what_the_unit_said_and_no_record(stage: Stage, bare: Contender) -> None:
    check(stage, bare, A="80")
    line, known = stage.item(bare, "A"), stage.item(stage.apply(stage.unions[0]), "A")

    with pytest.raises(DomainError, match="请写明现场看到的情况"):
        sheets.visit_item(line, by=stage.carol, value="50", words="", files=[])
    sheets.visit_item(line, by=stage.carol, value="50", words="名册只有一半", files=[])
    with pytest.raises(DomainError, match="不由现场评定"):
        sheets.visit_item(known, by=stage.carol, value="50", words="名册只有一半", files=[])

    assert said(bare, "A").marks == 10


def test_both_parts_of_a_ratio_on_a_sheet_open_to_their_records(stage: Stage) -> None:
    PersonFactory(org=stage.unions[0])
    line = stage.item(stage.apply(stage.unions[0]), "A")
    officer = stage.cast.client("carol")

    parts = parts_of(line.contender, line, opens=True)

    assert [word for word, _ in parts] == ["2", "2"]
    counts = [officer.get(url).context["page"].paginator.count for _, url in parts]
    assert counts == [2, 2]
    assert parts_of(line.contender, line, opens=False) == [("2", ""), ("2", "")]


def test_what_records_hold_stands_beside_what_people_judge(stage: Stage) -> None:
    stage.round.scheme.criteria.filter(code__in="DE").update(indicator="membership.members")
    made = stage.apply(stage.unions[0])
    officer, page = stage.cast.client("carol"), f"/evaluation/contender/{made.pk}/"

    shown = officer.get(page).content.decode()
    beside = re.findall(r'系统记录：<a href="([^"]+)">(会员 1 人)</a>', shown)
    opened = officer.get(html.unescape(beside[0][0]))

    assert len(beside) == 2
    assert opened.context["page"].paginator.count == 1
    assert (said(made, "D").marks, said(made, "E").marks) == (None, None)
    stage.step("rate")
    stage.rate_all({made.pk: "15"})
    stage.step("visit")
    door = f"/evaluation/sheet/{stage.item(made, 'D').pk}/visit/"
    assert "系统记录：会员 1 人" in officer.get(door).content.decode()
    stage.visit(made)
    assert (said(made, "D").marks, said(made, "D").words) == (10, "有制度、有记录")


def test_every_figure_beside_an_example_fits_whom_it_judges() -> None:
    beside = [
        (template.target, indicators[item.indicator])
        for template in TEMPLATES
        for item in template.items
        if item.indicator
    ]

    assert all(fits(one, target) for target, one in beside)
    assert len(beside) > 40


def visiting(stage: Stage) -> list[Contender]:
    made = [stage.apply(org) for org in stage.unions[:2]]
    stage.step("rate")
    stage.rate_all({})
    stage.step("visit")
    return made


def test_a_round_nobody_was_visited_in_is_not_summed_up(stage: Stage) -> None:
    visiting(stage)
    page = f"/evaluation/round/{stage.round.pk}/"
    why = "还没有一张评估表评完。第0工会（现场考评 2 项，会员评议 1 项）、第1工会"

    shown = stage.cast.client("carol").get(page).content.decode()
    with pytest.raises(DomainError) as refused:
        stage.step("rank")

    assert refused.value.sentence.startswith(why)
    assert why in shown
    assert f"{page}do/rank/" not in shown


def test_who_sums_up_reads_first_what_is_missing(stage: Stage) -> None:
    made = visiting(stage)
    stage.visit(made[0])
    officer, page = stage.cast.client("carol"), f"/evaluation/round/{stage.round.pk}/"

    shown = officer.get(page).content.decode()
    asked = officer.get(f"{page}do/rank/").content.decode()
    stage.visit(made[1])
    ready = officer.get(f"{page}do/rank/").content.decode()
    officer.post(f"{page}do/rank/")

    assert "还没有结果：现场考评 2 项，会员评议 1 项" in shown
    assert shown.count("还没有结果：") == 1
    assert "有 1 个参评对象还没有评完，汇总以后没有名次和等次。第1工会（现场考评 2 项" in asked
    assert "还没有评完" not in ready
    assert "还可以退回现场复核" in ready
    stage.round.refresh_from_db()
    assert stage.round.state == "ranking"
    assert all(one.place for one in standing(stage.round).results)


def test_a_veto_misses_nothing(stage: Stage) -> None:
    made = visiting(stage)
    line = stage.item(made[0], "V")
    sheets.visit_item(line, by=stage.carol, value=True, words="", files=[])

    with on(MONDAY + timedelta(days=1)):
        assert ROUND.perform(stage.round, "rank", by=stage.carol).state == "ranking"
