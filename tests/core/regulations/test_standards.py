"""Which value holds where on which day, and who may set one."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from django.core.management import call_command

from gonghui.core.history.trail import history_of
from gonghui.core.orgs.models import Org
from gonghui.core.regulations.changing import Paper, end_standard, set_standard
from gonghui.core.regulations.figures import figures
from gonghui.core.regulations.models import Standard
from gonghui.core.regulations.shipping import ship_all
from gonghui.core.regulations.standards import standard, values_for, values_of
from gonghui.kit.errors import DomainError
from gonghui.kit.law import Band, band_of
from tests.factories.organisation import OrgFactory
from tests.factories.regulations import StandardFactory

KEY = "committee_min_members"
DAY = date(2026, 3, 1)
PAPER = Paper("关于推进建会工作的意见", "安工发〔2025〕3号", "第二条")


@pytest.fixture
def tree(db):
    city = OrgFactory(kind="federation", name="安澜市总工会")
    union = OrgFactory(parent=city, name="机械工会")
    return city, union, OrgFactory(parent=union, kind="branch", name="一分会")


def test_value_for_all_says_its_source(tree):
    value = standard(KEY, org=tree[2], day=DAY)

    assert (value.value, value.words) == (25, "25 人")
    assert value.source == "《中华人民共和国工会法》第十一条"
    assert (value.org, value.since, value.is_doubtful) == (None, date(2022, 1, 1), False)


def test_figure_from_memory_is_doubtful(tree):
    value = standard("committee_sizes", org=None, day=DAY)

    assert value.is_doubtful
    assert value.told()["tag"] == "待核实"
    assert band_of(value.value, 201) == Band(201, 1000, 7, 15)


def test_day_before_the_law_has_no_value(tree):
    assert standard(KEY, org=tree[0], day=date(2021, 12, 31)) is None
    assert standard(KEY, org=tree[0], day=date(2022, 1, 1)).value == 25


def test_nearest_value_up_the_path_holds(tree, cast):
    city, union, branch = tree
    other = OrgFactory(parent=city)
    StandardFactory(org=city, value=20)
    StandardFactory(org=union, value=10, since=date(2026, 3, 1))

    held = {org: standard(KEY, org=org, day=DAY).value for org in (city, union, branch, other)}

    assert held == {city: 20, union: 10, branch: 10, other: 20}
    assert standard(KEY, org=branch, day=date(2026, 2, 28)).value == 20
    assert standard(KEY, org=cast.company, day=DAY).value == 25


def test_values_for_a_tree_agree_with_one_by_one_and_with_sql(tree, cast):
    city, union, _ = tree
    StandardFactory(org=city, value=20)
    StandardFactory(org=union, value=10)

    values = values_for(KEY, day=DAY)
    by_sql = dict(Org.objects.annotate(n=values.sql()).values_list("pk", "n"))

    orgs = list(Org.objects.all())
    one_by_one = {org.pk: standard(KEY, org=org, day=DAY).value for org in orgs}
    assert by_sql == one_by_one == {org.pk: values.at(org.path).value for org in orgs}
    assert {value.value for value in values.distinct} == {25, 20, 10}


@pytest.fixture
def led_twice(cast):
    """The company, led by the city and by an industry's union that lies below the other city."""
    industry = OrgFactory(name="机冶工会", kind="industry", parent=cast.other_city)
    Org.objects.filter(pk=cast.company.pk).update(second_parent=industry)
    return industry


def who_holds(org):
    """Whose value holds at a body; asked one by one, for the whole tree and in SQL alike."""
    values = values_for(KEY, day=DAY)
    one, everywhere = standard(KEY, org=org, day=DAY), values.at(org.path)
    number = Org.objects.annotate(n=values.sql()).get(pk=org.pk).n
    assert one == everywhere
    assert number == one.value
    return one.org_name


def test_industry_comes_before_the_place_and_a_body_itself_before_both(cast, led_twice):
    StandardFactory(org=cast.province, value=40)
    StandardFactory(org=cast.other_city, value=50)
    assert who_holds(cast.company) == str(cast.province)  # another city's rule is not handed down

    StandardFactory(org=cast.city, value=20)
    assert who_holds(cast.branch) == "安澜市总工会"

    StandardFactory(org=led_twice, value=30)
    assert [who_holds(org) for org in (cast.company, cast.branch)] == ["机冶工会", "机冶工会"]
    assert who_holds(cast.city) == "安澜市总工会"

    StandardFactory(org=cast.branch, value=11)
    assert who_holds(cast.branch) == str(cast.branch)
    StandardFactory(org=cast.company, value=10)
    assert who_holds(cast.company) == who_holds(cast.second_branch) == str(cast.company)


def test_industry_that_leads_in_the_tree_comes_before_the_second_place(cast):
    industry = OrgFactory(name="机冶工会", kind="industry", parent=cast.other_city)
    led = OrgFactory(name="机冶一厂工会", parent=industry, second_parent=cast.city)
    StandardFactory(org=cast.city, value=20)
    assert who_holds(led) == "安澜市总工会"

    StandardFactory(org=cast.other_city, value=50)
    assert who_holds(led) == str(cast.other_city)  # of two places that of the tree

    StandardFactory(org=industry, value=30)
    assert who_holds(led) == "机冶工会"


def test_industry_led_by_its_industry_above_hands_that_value_on(cast, led_twice):
    above = OrgFactory(name="省机冶工会", kind="industry", parent=cast.province)
    Org.objects.filter(pk=led_twice.pk).update(second_parent=above)
    StandardFactory(org=cast.city, value=20)
    StandardFactory(org=above, value=35)

    assert who_holds(cast.branch) == "省机冶工会"
    assert who_holds(cast.other_company) == ""


def test_second_leaders_cost_a_query_only_where_somebody_set_a_value(
    cast, led_twice, django_assert_num_queries
):
    with django_assert_num_queries(1):
        standard(KEY, org=cast.branch, day=DAY)
    StandardFactory(org=cast.other_company, value=20)

    with django_assert_num_queries(3):  # the values, who leads twice, whether that is led twice
        standard(KEY, org=cast.branch, day=DAY)
    with django_assert_num_queries(2):
        values_of([KEY, "committee_sizes", "rate_min"], day=DAY)


def test_figure_nobody_set_holds_only_where_a_union_set_it(tree):
    city, union, _ = tree
    assert not values_for("rate_min_hired", day=DAY).is_set

    StandardFactory(key="rate_min_hired", org=union, value="62.5")
    values = values_for("rate_min_hired", day=DAY)

    assert values.at(city.path) is None
    assert values.at(union.path).value == Fraction(5, 8)
    numbers = Org.objects.annotate(n=values.sql(scale=1000)).values_list("pk", "n")
    assert dict(numbers)[union.pk] == 625
    assert dict(numbers)[city.pk] is None
    with pytest.raises(ValueError, match="scale"):
        values.sql(scale=100)


def test_several_standards_cost_one_query(tree, django_assert_num_queries):
    with django_assert_num_queries(1):
        found = values_of([KEY, "committee_sizes", "rate_min"], day=DAY)

    assert [found[key].is_set for key in found] == [True, True, False]


def test_undeclared_key_is_a_mistake(db):
    with pytest.raises(KeyError):
        standard("no_such_figure", org=None, day=DAY)


def test_shipping_again_changes_nothing_and_keeps_what_bodies_set(tree):
    StandardFactory(org=tree[0], value=20)
    before = list(Standard.objects.order_by("pk").values())

    assert ship_all() == []
    call_command("migrate", "regulations", verbosity=0)

    assert list(Standard.objects.order_by("pk").values()) == before


def test_corrected_figure_is_corrected_and_a_later_one_ends_the_earlier(db):
    Standard.objects.filter(key=KEY).update(value=24)
    Standard.objects.filter(key="part_time_days_a_month").update(since=date(2000, 1, 1), value=2)

    assert set(ship_all()) == {KEY, "part_time_days_a_month"}

    assert Standard.objects.get(key=KEY).value == 25
    rows = Standard.objects.filter(key="part_time_days_a_month").order_by("since")
    assert [(row.value, row.until) for row in rows] == [(2, date(2021, 12, 31)), (3, None)]


def test_officer_sets_a_value_for_the_own_body_and_below(cast):
    carol = cast.actor("carol")

    row = set_standard(KEY, org=cast.city, value="20", since=DAY, paper=PAPER, by=carol)

    value = standard(KEY, org=cast.branch, day=DAY)
    assert (value.value, value.org_name) == (20, "安澜市总工会")
    assert value.source == "《关于推进建会工作的意见》（安工发〔2025〕3号）第二条"
    assert standard(KEY, org=cast.other_company, day=DAY).value == 25
    assert history_of(row).get().changes["value"] == [None, "20 人"]


def test_next_value_ends_the_one_before(cast):
    carol = cast.actor("carol")
    first = set_standard(KEY, org=cast.city, value="20", since=DAY, paper=PAPER, by=carol)
    later = date(2026, 7, 1)

    set_standard(KEY, org=cast.city, value="15", since=later, paper=PAPER, by=carol)

    first.refresh_from_db()
    assert first.until == date(2026, 6, 30)
    assert standard(KEY, org=cast.city, day=date(2026, 6, 30)).value == 20
    assert standard(KEY, org=cast.city, day=later).value == 15


def test_value_set_again_for_the_same_day_is_corrected(cast):
    carol = cast.actor("carol")
    first = set_standard(KEY, org=cast.city, value="20", since=DAY, paper=PAPER, by=carol)

    again = set_standard(KEY, org=cast.city, value="21", since=DAY, paper=PAPER, by=carol)

    assert (again.pk, again.value) == (first.pk, 21)
    assert history_of(again).first().changes["value"] == ["20 人", "21 人"]


def test_earlier_beginning_than_the_present_value_is_refused(cast):
    carol = cast.actor("carol")
    set_standard(KEY, org=cast.city, value="20", since=DAY, paper=PAPER, by=carol)

    with pytest.raises(DomainError, match="不能早于这一天"):
        set_standard(KEY, org=cast.city, value="15", since=date(2026, 2, 1), paper=PAPER, by=carol)


def test_ended_value_gives_way_to_that_from_above(cast):
    carol = cast.actor("carol")
    set_standard(KEY, org=cast.city, value="20", since=DAY, paper=PAPER, by=carol)

    end_standard(KEY, org=cast.city, until=date(2026, 5, 31), by=carol)

    assert standard(KEY, org=cast.city, day=date(2026, 5, 31)).value == 20
    assert standard(KEY, org=cast.city, day=date(2026, 6, 1)).value == 25
    with pytest.raises(DomainError, match="不用停用"):
        end_standard(KEY, org=cast.city, until=date(2026, 6, 1), by=carol)


def test_a_day_has_one_value_also_after_an_end(cast):
    carol, june = cast.actor("carol"), date(2026, 6, 30)

    def held(day):
        return standard(KEY, org=cast.city, day=day).value

    set_standard(KEY, org=cast.city, value="20", since=DAY, paper=PAPER, by=carol)
    end_standard(KEY, org=cast.city, until=june, by=carol)
    again = set_standard(KEY, org=cast.city, value="15", since=june, paper=PAPER, by=carol)
    assert (held(date(2026, 6, 29)), held(june), held(date(2026, 7, 1))) == (20, 15, 15)
    assert history_of(again).get().changes["value"] == ["20 人", "15 人"]

    end_standard(KEY, org=cast.city, until=date(2026, 9, 30), by=carol)
    with pytest.raises(DomainError, match="从 2026-06-30 起已有规定"):
        set_standard(KEY, org=cast.city, value="9", since=date(2026, 5, 1), paper=PAPER, by=carol)
    later = date(2026, 11, 1)
    after = set_standard(KEY, org=cast.city, value="9", since=later, paper=PAPER, by=carol)
    assert (held(date(2026, 9, 30)), held(date(2026, 10, 1)), held(later)) == (15, 25, 9)
    assert history_of(after).get().changes["value"] == [None, "9 人"]


def test_end_before_the_beginning_is_refused(cast):
    carol = cast.actor("carol")
    set_standard(KEY, org=cast.city, value="20", since=DAY, paper=PAPER, by=carol)

    with pytest.raises(DomainError, match="不能早于开始日期"):
        end_standard(KEY, org=cast.city, until=date(2026, 2, 1), by=carol)


@pytest.mark.parametrize("name", ["dave", "grace", "mallory", "alice"])
def test_whoever_may_not_sets_nothing(cast, name):
    with pytest.raises(DomainError, match="没有为「安澜市总工会」规定标准的权限"):
        set_standard(KEY, org=cast.city, value="20", since=DAY, paper=PAPER, by=cast.actor(name))
    assert not Standard.objects.filter(org=cast.city).exists()


def test_every_shipped_figure_reads_back_what_it_writes(db):
    for figure in figures:
        if figure.value is None:
            continue
        kept = figure.parse(figure.written(figure.value))

        assert kept == figure.value, figure.key
        assert figure.told(figure.value).strip(), figure.key


def test_figures_without_a_source_are_samples_or_set_by_the_unions(db):
    for row in Standard.objects.filter(org=None):
        assert row.document or row.tag in {"T", "M?"}, row.key  # shown as 示例 and 待核实
