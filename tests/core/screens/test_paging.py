"""Long lists: counted as far as it helps, every page in reach, only the page's rows dressed."""

from __future__ import annotations

import pytest
from django.urls import reverse

from gonghui.core.people.models import Person
from gonghui.core.screens import paging
from gonghui.core.screens.paging import Rows
from gonghui.kit import counting, prepared
from tests.factories.organisation import PersonFactory

pytestmark = pytest.mark.slow

PEOPLE = 120  # five pages of twenty-five


@pytest.fixture
def crowd(cast, monkeypatch):
    """A list longer than what is counted: sixty."""
    monkeypatch.setattr(paging, "MOST", 60)
    forget()  # the SQL that is kept names the number of rows that are counted
    already = Person.objects.filter(org__within=(cast.company.path,), left_on=None).count()
    PersonFactory.create_batch(PEOPLE - already, org=cast.branch)
    yield cast
    forget()


def forget():
    for kept in (prepared._kept, counting._kept):
        kept.clear()


def listed(crowd, **query):
    given = {"org": crowd.company.pk, "scope": "below", **query}
    return crowd.client("frank").get(reverse("membership:person-list"), given)


def names(response):
    return [row.record.pk for row in response.context["table"].paginated_rows]


def test_a_long_list_says_how_far_it_was_counted_and_offers_the_rest(crowd):
    response = listed(crowd)
    html = response.content.decode()

    assert "共 60 条以上" in html
    assert "数清楚" in html
    assert "第 1 页" in html
    exact = crowd.client("frank").get(
        reverse("membership:person-list") + response.context["exact_url"]
    )
    assert f"共 {PEOPLE} 条" in exact.content.decode()
    assert "第 1 页，共 5 页" in exact.content.decode()


def test_a_list_within_what_is_counted_is_told_exactly(cast):
    html = listed(cast).content.decode()

    assert "条以上" not in html
    assert "数清楚" not in html


def test_every_page_is_reached_by_the_next_one(crowd):
    seen, page = [], 1
    while True:
        response = listed(crowd, page=page)
        seen += names(response)
        if not response.context["table"].page.has_next():
            break
        page += 1

    assert page == 5
    assert len(seen) == len(set(seen)) == PEOPLE


def test_a_page_past_the_end_is_the_last(crowd):
    assert names(listed(crowd, page=99)) == names(listed(crowd, page=5))
    assert listed(crowd, page=99).context["table"].page.number == 5


def test_the_end_is_not_drawn_while_it_is_unknown(crowd):
    paginator = listed(crowd).context["table"].page.paginator

    assert list(paginator.get_elided_page_range(1, on_each_side=1, on_ends=1)) == [1, 2]
    assert 5 in list(listed(crowd, count="all").context["table"].page.paginator.page_range)


def test_a_page_of_a_long_list_keeps_its_order_and_its_flags(crowd):
    response = listed(crowd, page=2)
    rows = Person.objects.filter(org__within=(crowd.company.path,), left_on=None)

    assert names(response) == list(
        rows.order_by("pinyin", "pk").values_list("pk", flat=True)[25:50]
    )
    assert all(row.record.may_edit for row in response.context["table"].paginated_rows)


def test_the_page_is_dressed_by_its_keys_only(crowd, django_assert_num_queries):
    rows = Rows(Person.objects.select_related("org").order_by("pk"))

    with django_assert_num_queries(2) as asked:  # the count with the keys, the rows
        page = rows[25:50]
        assert [person.org.pk for person in page]
    assert asked[0]["sql"].count("LIMIT") == 2
    assert "orgs_org" not in asked[0]["sql"]
    assert "LIMIT" not in asked[1]["sql"]


@pytest.mark.parametrize("page", ["0", "-1", "x", "9" * 40, "１"])
def test_a_page_that_is_none_is_still_a_page(crowd, page):
    assert len(names(listed(crowd, page=page))) > 0
