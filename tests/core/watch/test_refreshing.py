"""A finding is raised, stays, changes and goes; a check without its standard says so."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db.models import F
from django.utils import timezone

from gonghui.core.watch.checking import Check, Hit, Sight, declare
from gonghui.core.watch.models import CheckRun, Finding
from gonghui.core.watch.refreshing import run_check
from tests.factories.organisation import HeadcountFactory, OrgFactory
from tests.factories.regulations import StandardFactory

DAY = date(2026, 3, 1)


def crowded(sight):
    least = sight.values("committee_min_members")
    rows = sight.unions().annotate(least=least.sql(), n=F("headcounts__workers"))
    for pk, path, count in rows.filter(n__gte=F("least")).values_list("pk", "path", "n"):
        yield Hit(pk, f"有 {count} 人。", values=(least.at(path),))


CROWDED = Check(
    code="TEST-1",
    title="人多",
    area="组织",
    severity="warn",
    advice="分开。",
    find=crowded,
    link="orgs.org",
    needs=("committee_min_members",),
)


@pytest.fixture
def union(db):
    return HeadcountFactory(workers=25, org=OrgFactory(name="机械工会")).org


def test_finding_is_raised_with_the_value_it_used(union):
    HeadcountFactory(workers=24)

    outcome = run_check(CROWDED, Sight(DAY))

    found = Finding.objects.get()
    assert (outcome.found, outcome.new, outcome.gone, outcome.words) == (1, 1, 0, "")
    assert (found.org, found.sentence, found.severity) == (union, "有 25 人。", "warn")
    assert (found.first_seen, found.last_seen, found.gone_on) == (DAY, DAY, None)
    assert found.values[0]["words"] == "25 人"
    assert found.values[0]["source"] == "《中华人民共和国工会法》第十一条"


def test_finding_that_is_still_so_keeps_its_first_day(union):
    run_check(CROWDED, Sight(DAY))
    union.headcounts.update(workers=30)

    run_check(CROWDED, Sight(DAY + timedelta(days=9)))

    found = Finding.objects.get()
    assert (found.first_seen, found.last_seen) == (DAY, DAY + timedelta(days=9))
    assert found.sentence == "有 30 人。"


@pytest.mark.parametrize(
    ("severity", "asked", "until"), [("block", 1, DAY + timedelta(days=9)), ("info", 0, None)]
)
def test_an_answer_holds_until_the_matter_is_worse(union, severity, asked, until):
    """A term that is due in half a year was answered for; now it is due in a month."""
    run_check(CROWDED, Sight(DAY))
    Finding.objects.update(acknowledged_at=timezone.now(), reason="正在筹备")

    run_check(replace(CROWDED, severity=severity), Sight(DAY + timedelta(days=9)))

    found = Finding.objects.get()
    assert Finding.objects.pressing(DAY + timedelta(days=9)).count() == asked
    assert (found.severity, found.until, found.reason) == (severity, until, "正在筹备")


def test_finding_that_is_gone_is_kept_and_comes_back_as_a_new_one(union):
    run_check(CROWDED, Sight(DAY))
    union.headcounts.update(workers=24)
    gone = run_check(CROWDED, Sight(DAY + timedelta(days=1)))
    union.headcounts.update(workers=25)

    run_check(CROWDED, Sight(DAY + timedelta(days=2)))

    rows = Finding.objects.order_by("pk").values_list("first_seen", "gone_on")
    assert gone.gone == 1
    assert list(rows) == [(DAY, DAY + timedelta(days=1)), (DAY + timedelta(days=2), None)]


def test_own_value_of_a_union_is_the_one_used(union):
    StandardFactory(org=union, value=26)
    other = HeadcountFactory(workers=25).org

    run_check(CROWDED, Sight(DAY))

    assert [found.org for found in Finding.objects.all()] == [other]


def test_check_without_its_standard_says_so_and_its_findings_go(union):
    run_check(CROWDED, Sight(DAY))

    outcome = run_check(CROWDED, Sight(date(2021, 12, 31)))

    assert outcome.words == "没有设定「应当建立基层工会委员会的会员人数」，没有检查"
    assert CheckRun.objects.get(code="TEST-1").words == outcome.words


def test_run_over_a_part_leaves_the_rest_alone(union):
    other = HeadcountFactory(workers=25).org
    run_check(CROWDED, Sight(DAY))
    union.headcounts.update(workers=1)
    other.headcounts.update(workers=1)

    run_check(CROWDED, Sight(DAY, path=union.path))
    assert [found.org for found in Finding.objects.open()] == [other]

    run_check(CROWDED, Sight(DAY, only=frozenset({other.pk})))
    assert not Finding.objects.open().exists()


def test_closed_union_is_not_looked_at(union):
    union.until = DAY - timedelta(days=1)
    union.save()

    assert run_check(CROWDED, Sight(DAY)).found == 0
    assert run_check(CROWDED, Sight(DAY - timedelta(days=1))).found == 1


def test_run_costs_the_same_for_one_union_and_for_many(union, django_assert_max_num_queries):
    for _ in range(20):
        HeadcountFactory(workers=25)

    with django_assert_max_num_queries(14):
        assert run_check(CROWDED, Sight(DAY)).new == 21


@pytest.mark.parametrize("wrong", [{"needs": ("no_such",)}, {"severity": "dreadful"}])
def test_undeclared_figure_or_severity_stops_the_start(wrong):
    given = {**vars(CROWDED), **wrong}

    with pytest.raises(ValueError, match="TEST-1"):
        declare(Check(**given))
