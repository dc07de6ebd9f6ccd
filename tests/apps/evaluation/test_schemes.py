"""Schemes through their screens: begun from an example, made whole, issued, followed by another."""

from __future__ import annotations

from decimal import Decimal

import pytest

from gonghui.apps.evaluation import api
from gonghui.apps.evaluation.actions import schemes as actions
from gonghui.apps.evaluation.engine.shipped import TEMPLATES
from gonghui.apps.evaluation.flow import SCHEME
from gonghui.apps.evaluation.models import Criterion, Scheme
from gonghui.apps.evaluation.queries import schemes as queries
from gonghui.core.flow.life import Refused
from gonghui.core.history.trail import history_of
from gonghui.core.indicators.registry import indicators
from gonghui.core.orgs.models import Kind, Org
from gonghui.core.people.ledger import open_books
from gonghui.core.people.models import Person, Standing
from gonghui.kit.dates import Period
from gonghui.kit.errors import DomainError
from tests.cast import Cast
from tests.factories.evaluation import BandFactory, CriterionFactory, SchemeFactory
from tests.factories.organisation import MEMBERS_SINCE, OrgFactory, PersonFactory

pytestmark = pytest.mark.django_db


def _whole(cast: Cast, **values: object) -> Scheme:
    """A scheme that adds up: 60 by the records, 40 by a rater."""
    scheme = SchemeFactory(org=cast.company, **values)
    CriterionFactory(
        scheme=scheme, code="A1", weight=60, method="linear", filler="records",
        indicator="membership.rate", zero_at=0, full_at=100,
    )  # fmt: skip
    CriterionFactory(scheme=scheme, code="A2", weight=40)
    BandFactory(scheme=scheme, title="先进", at_least=Decimal(80))
    return scheme


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda one: one.code)
def test_a_shipped_template_adds_up_and_can_be_marked(cast: Cast, template) -> None:
    scheme = actions.keep_scheme(
        Scheme(org=cast.company, title=template.title, target=template.target),
        template,
        by=cast.actor("frank"),
    )

    assert queries.faults_of(scheme) == []
    assert scheme.is_example
    assert {one.indicator for one in template.items} - {""} <= set(dict(indicators.items()))


def test_an_officer_begins_from_an_example(cast: Cast) -> None:
    frank = cast.client("frank")
    data = {
        "title": "学习型班组评估", "target": "team", "full_mark": "100", "bonus_cap": "0",
        "org": cast.company.name, "start": "team",
    }  # fmt: skip

    page = frank.post("/evaluation/scheme/new/", data, follow=True).content.decode()

    assert "T1 学习目标与计划公开上墙" in page
    assert "示例" in page
    assert "100 / 100" in page


def test_a_scheme_that_does_not_add_up_is_not_issued(cast: Cast) -> None:
    scheme = _whole(cast)
    scheme.criteria.filter(code="A2").update(weight=30)

    with pytest.raises(DomainError, match="各项分值合计 90 分，与满分 100 分不符"):
        SCHEME.perform(scheme, "issue", by=cast.actor("frank"))


def test_an_issued_scheme_is_never_changed(cast: Cast) -> None:
    scheme = _whole(cast)
    SCHEME.perform(scheme, "issue", by=cast.actor("frank"))
    frank, item = cast.client("frank"), scheme.criteria.first()

    assert frank.get(f"/evaluation/item/{item.pk}/").status_code == 404
    assert frank.post(f"/evaluation/item/{item.pk}/drop/").status_code == 404
    assert frank.get(f"/evaluation/scheme/{scheme.pk}/bands/").status_code == 404
    with pytest.raises(DomainError, match="已印发的不能再改"):
        actions.set_bands(scheme, [("合格", Decimal(60))], by=cast.actor("frank"))
    with pytest.raises(DomainError, match="已印发的不能再改"):
        actions.keep_scheme(scheme, None, by=cast.actor("frank"))


def test_a_new_version_is_a_draft_with_the_same_items(cast: Cast) -> None:
    scheme = _whole(cast)
    heading = CriterionFactory(scheme=scheme, code="B", method="", weight=0)
    CriterionFactory(scheme=scheme, code="B1", parent=heading, weight=0)
    SCHEME.perform(scheme, "issue", by=cast.actor("frank"))

    page = cast.client("frank").post(f"/evaluation/scheme/{scheme.pk}/version/", follow=True)

    made = Scheme.objects.get(before=scheme)
    assert (made.version, made.state) == (2, "draft")
    assert "第 2 版" in page.content.decode()
    codes = list(made.criteria.values_list("code", "weight", "parent__code"))
    assert codes == list(scheme.criteria.values_list("code", "weight", "parent__code"))
    assert [str(one) for one in made.bands.all()] == ["先进（80 分及以上）"]
    with pytest.raises(DomainError, match="新版本已经在拟定"):
        actions.new_version(Scheme.objects.get(pk=scheme.pk), by=cast.actor("frank"))


def test_an_item_is_added_changed_and_dropped(cast: Cast) -> None:
    scheme, frank = SchemeFactory(org=cast.company), cast.client("frank")
    data = {
        "code": "B4", "name": "学习阵地", "method": "level", "weight": "4", "filler": "upper",
        "options": "有且达标 4\n有但未达标 2",
    }  # fmt: skip

    frank.post(f"/evaluation/scheme/{scheme.pk}/item/", data)
    item = scheme.criteria.get()
    shown = frank.get(f"/evaluation/item/{item.pk}/").content.decode()
    frank.post(f"/evaluation/item/{item.pk}/", data | {"name": "书屋"})

    item.refresh_from_db()
    assert (item.name, item.options) == ("书屋", [["有且达标", "4"], ["有但未达标", "2"]])
    assert "有但未达标 2" in shown
    frank.post(f"/evaluation/item/{item.pk}/drop/")
    assert not scheme.criteria.exists()
    verbs = list(history_of(scheme).values_list("verb", flat=True))
    assert verbs == ["uncriterion", "criterion", "criterion"]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("标兵", "“标兵”要写成：名称、空格、分数。"),
        ("标兵 九十", "“标兵 九十”要写成：名称、空格、分数。"),
        ("标兵 NaN", "“标兵 NaN”要写成：名称、空格、分数。"),
        ("标兵 90\n标兵 80", "等次名称不能重复。"),
        ("标兵 90\n先进 90", "两个等次不能从同一个分数起。"),
    ],
)
def test_grades_that_make_no_sense_are_told(cast: Cast, typed: str, sentence: str) -> None:
    scheme = SchemeFactory(org=cast.company)

    answer = cast.client("frank").post(f"/evaluation/scheme/{scheme.pk}/bands/", {"bands": typed})

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not scheme.bands.exists()


def test_a_heading_may_not_stand_below_itself(cast: Cast) -> None:
    scheme = SchemeFactory(org=cast.company)
    top = CriterionFactory(scheme=scheme, code="A", method="", weight=0)
    below = CriterionFactory(scheme=scheme, code="B", method="", weight=0, parent=top)
    top.parent = below

    with pytest.raises(DomainError, match="项目不能归在自己下面"):
        actions.keep_criterion(top, by=cast.actor("frank"))


def _half_joined(cast: Cast) -> Org:
    """A branch where one of two workers is a member."""
    org = OrgFactory(parent=cast.company, kind=Kind.BRANCH)
    PersonFactory(org=org)
    worker = Person.objects.create(name="吴工", org=org, pinyin="wugong", initials="wg")
    open_books([worker], day=MEMBERS_SINCE, standing=Standing.WORKER)
    return org


def test_a_trial_ranks_units_by_what_the_records_hold(cast: Cast) -> None:
    scheme, half = _whole(cast), _half_joined(cast)
    OrgFactory(parent=cast.company, kind=Kind.COMMITTEE)

    found = queries.trial(scheme, cast.company, Period.of_month(2026, 11), by=cast.actor("frank"))

    assert [one.code for one in found.columns] == ["A1"]
    assert found.words == "60"
    # Nobody is known of the second branch: no figure, and so no place.
    assert [(row.whom, row.place, row.words) for row in found.rows] == [
        (cast.branch, 1, "60"),
        (half, 2, "30"),
        (cast.second_branch, None, "0"),
    ]


def test_a_trial_of_a_new_version_says_who_rises(cast: Cast) -> None:
    scheme = _whole(cast)
    SCHEME.perform(scheme, "issue", by=cast.actor("frank"))
    made = actions.new_version(Scheme.objects.get(pk=scheme.pk), by=cast.actor("frank"))

    found = queries.trial(made, cast.company, Period.of_month(2026, 11), by=cast.actor("frank"))

    assert [(row.whom, row.moved) for row in found.rows] == [
        (cast.branch, "不变"),
        (cast.second_branch, ""),
    ]
    page = cast.client("frank").get(f"/evaluation/scheme/{made.pk}/trial/").content.decode()
    assert "升降" in page


def test_a_trial_reads_no_more_for_more_units(cast: Cast, django_assert_max_num_queries) -> None:
    scheme = _whole(cast)
    for _ in range(5):
        OrgFactory(parent=cast.company, kind=Kind.BRANCH)

    with django_assert_max_num_queries(12):
        queries.trial(scheme, cast.company, Period.of_month(2026, 11), by=cast.actor("frank"))


def test_who_is_judged_reads_an_issued_scheme_and_nobody_else_a_draft(cast: Cast) -> None:
    draft, issued = _whole(cast), _whole(cast)
    SCHEME.perform(issued, "issue", by=cast.actor("frank"))

    alice, dave = cast.client("alice"), cast.client("dave")

    assert alice.get(f"/evaluation/scheme/{issued.pk}/").status_code == 200
    assert alice.get(f"/evaluation/scheme/{draft.pk}/").status_code == 404
    assert alice.get(f"/evaluation/scheme/{issued.pk}/trial/").status_code == 404
    assert dave.get(f"/evaluation/scheme/{issued.pk}/").status_code == 404


def test_a_reader_may_not_issue(cast: Cast) -> None:
    scheme = _whole(cast)

    with pytest.raises(Refused):
        SCHEME.perform(scheme, "issue", by=cast.actor("grace"))
    assert Criterion.objects.filter(scheme=scheme).count() == 2


def test_what_others_may_ask_begins_issues_and_drafts_anew(cast: Cast) -> None:
    frank = cast.actor("frank")

    scheme = api.begin("home", cast.company, by=frank)
    api.issue(scheme, by=frank)
    made = api.draft_next(scheme, by=frank)

    scheme.refresh_from_db()
    assert (scheme.state, made.state, made.version) == ("issued", "draft", 2)
    assert made.criteria.count() == scheme.criteria.count() == 29
