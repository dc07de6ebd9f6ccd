"""Findings through their screens: the list, one finding, answering for it, counts, the rules."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from gonghui.core.access.models import Role
from gonghui.core.history.trail import history_of
from gonghui.core.screens.screens import registry as screens
from gonghui.core.watch.actions import acknowledge
from gonghui.core.watch.checking import Sight, checks
from gonghui.core.watch.models import CheckRun, Finding
from gonghui.core.watch.refreshing import refresh, run_check
from gonghui.kit.errors import DomainError
from tests.factories.elections import TermFactory
from tests.factories.organisation import OrgFactory, PostFactory
from tests.factories.regulations import StandardFactory
from tests.factories.watch import FindingFactory

pytestmark = pytest.mark.slow

LIST = reverse("watch:finding-list")


@pytest.fixture
def late(cast):
    """A term that ended yesterday, found by its check."""
    today = timezone.localdate()
    TermFactory(org=cast.company, due_on=today - timedelta(days=1))
    run_check(checks["R-447"], Sight(today))
    return Finding.objects.get()


def shown(cast, name, **query):
    response = cast.client(name).get(LIST, query)
    return [row.record for row in response.context["table"].page]


def test_upper_union_sees_its_subtree_and_no_other(cast, late):
    FindingFactory(org=cast.other_company)

    assert shown(cast, "carol", org=cast.city.pk, scope="below") == [late]
    assert len(shown(cast, "erin", org=cast.province.pk, scope="below")) == 2


def test_list_is_filtered_by_check_severity_area_union_and_state(cast, late):
    warn = FindingFactory(org=cast.branch, check_code="ORG-01")
    gone = FindingFactory(org=cast.branch, gone_on=timezone.localdate())
    below = {"org": cast.city.pk, "scope": "below"}

    assert shown(cast, "carol", **below, check="R-447") == [late]
    assert shown(cast, "carol", **below, severity="warn") == [warn]
    assert shown(cast, "carol", **below, area="换届选举") == [late]
    assert shown(cast, "carol", **below, q="机械") == [late]
    assert shown(cast, "carol", **below, state="gone") == [gone]
    assert shown(cast, "carol", **below, state="taken") == []
    assert len(shown(cast, "carol", **below, state="open")) == 2
    assert len(shown(cast, "carol", **below, state="all")) == 3


def test_finding_tells_its_rule_its_value_and_what_to_do(cast):
    today = timezone.localdate()
    TermFactory(org=cast.company, due_on=today + timedelta(days=20))
    StandardFactory(key="term_remind_days", org=cast.city, value=[60, 20])
    refresh(["ORG-06"])

    found = Finding.objects.get()
    page = cast.client("frank").get(reverse("watch:finding-detail", args=[found.pk]))

    html = page.content.decode()
    assert "60、20 天" in html
    assert "《关于建会工作的意见》，安澜市总工会规定，自 2025-01-01 起" in html
    assert "请拟定换届方案" in html
    assert reverse("elections:term-detail", args=[found.about]) in html
    assert "以前也有过" not in html


def test_finding_that_came_before_is_told(cast, late):
    FindingFactory(
        org=late.org, check_code="R-447", about=late.about, part=late.part,
        sentence="上一次也晚了。", gone_on=timezone.localdate(),
    )  # fmt: skip

    html = cast.client("frank").get(reverse("watch:finding-detail", args=[late.pk])).content

    assert "上一次也晚了" in html.decode()


def test_officer_answers_for_a_finding(cast, late):
    url = reverse("watch:finding-update", args=[late.pk])
    until = timezone.localdate() + timedelta(days=30)

    response = cast.client("frank").post(url, {"reason": "等上级批复延期", "until": until})

    late.refresh_from_db()
    assert response.status_code == 302
    assert (late.acknowledged_by, late.reason, late.until) == (cast.frank, "等上级批复延期", until)
    assert history_of(late).get().verb == "acknowledge"
    assert shown(cast, "frank") == []
    assert shown(cast, "frank", state="taken") == [late]
    assert (
        "等上级批复延期"
        in cast.client("carol")
        .get(reverse("watch:finding-detail", args=[late.pk]))
        .content.decode()
    )


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [({"reason": ""}, "请填写"), ({"reason": "在办", "until": "2020-01-01"}, "今天以后的日期")],
)
def test_answer_without_a_reason_or_with_a_past_day_is_refused(cast, late, answer, sentence):
    url = reverse("watch:finding-update", args=[late.pk])

    response = cast.client("frank").post(url, answer)

    late.refresh_from_db()
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert late.acknowledged_at is None


def test_gone_finding_is_no_longer_answered_for(cast, late):
    Finding.objects.update(gone_on=timezone.localdate())

    url = reverse("watch:finding-update", args=[late.pk])

    assert cast.client("frank").get(url).status_code == 404
    with pytest.raises(DomainError, match="已经消除"):
        acknowledge(late, reason="在办", until=None, by=cast.actor("frank"))


def test_whoever_only_reads_cannot_answer(cast, late):
    url = reverse("watch:finding-update", args=[late.pk])

    assert cast.client("grace").get(url).status_code == 404
    assert (
        cast.client("grace").get(reverse("watch:finding-detail", args=[late.pk])).status_code == 200
    )
    assert cast.client("dave").get(url).status_code == 404


def test_answer_needs_a_reason_even_from_code(cast, late):
    with pytest.raises(DomainError, match="原因和打算"):
        acknowledge(late, reason="  ", until=None, by=cast.actor("frank"))


def test_units_below_are_counted_with_all_below_them(cast, late):
    FindingFactory(org=cast.branch, severity="warn")
    FindingFactory(org=cast.other_company)

    url = reverse("watch:units")
    page = cast.client("erin").get(url, {"org": cast.province.pk})

    rows = [(str(r.org), r.block, r.warn, r.total) for r in page.context["table"].data]
    assert rows == [("安澜市总工会", 1, 1, 2), ("临江市总工会", 0, 1, 1)]
    assert "安澜市总工会" in page.content.decode()


def test_units_and_rules_are_for_those_who_see_findings(cast):
    for name in ("watch:units", "watch:rulebook"):
        assert cast.client("alice").get(reverse(name)).status_code == 404


def test_rules_say_what_was_checked_with_which_value_and_what_was_not(cast, late):
    refresh(["R-449-hired", "ORG-01"])

    html = cast.client("frank").get(reverse("watch:rulebook")).content.decode()

    assert "没有设定「聘用人员入会率的最低要求」，没有检查" in html
    assert "应当建立基层工会委员会的会员人数：25 人，《中华人民共和国工会法》第十一条" in html
    assert CheckRun.objects.get(code="ORG-01").words == ""


def test_unit_without_findings_shows_an_empty_page_that_teaches(cast):
    OrgFactory(parent=cast.city)

    page = cast.client("carol").get(reverse("watch:units"))

    assert "下一级没有要留意的" in page.content.decode()


def test_whoever_may_not_open_the_record_gets_no_door_to_it(cast):
    Role.objects.filter(name="党政领导").update(capabilities=["watch.view"])
    post = PostFactory(org=cast.company, person=cast.frank)
    found = FindingFactory(org=cast.company, check_code="R-448", about=post.pk)
    page = reverse("watch:finding-detail", args=[found.pk])

    door = reverse("organisation:post-detail", args=[post.pk])
    assert door in cast.client("frank").get(page).content.decode()
    assert door not in cast.client("grace").get(page).content.decode()


def test_every_check_leads_to_a_page_and_says_what_to_do():
    for check in checks:
        assert check.advice.endswith("。"), check.code
        assert check.link in screens or check.link == "organisation.prospect", check.code
