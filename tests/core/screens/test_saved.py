"""Saved views and chosen columns: the address says it all, a name leads there."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from gonghui.core.screens.models import SavedView
from tests.factories.core import SavedViewFactory
from tests.factories.organisation import PersonFactory

LIST = reverse("membership:person-list")
KEEP = reverse("lists:view-keep")


@pytest.fixture
def frank(cast):
    return cast.client("frank")


def heads(response):
    return [column.name for column in response.context["table"].columns]


def test_list_is_kept_under_a_name_and_found_again(cast, frank):
    PersonFactory(org=cast.company, name="张三")
    here = f"{LIST}?sort=-name&q=张&employment=&columns=name&columns=sex&page=2&org=1"

    response = frank.post(KEEP, {"name": "张家人", "next": here})

    view = SavedView.objects.get()
    assert (view.person, view.list) == (cast.frank, "membership:person-list")
    assert view.query == "columns=name&columns=sex&q=%E5%BC%A0&sort=-name"
    assert response.url == f"{LIST}?{view.query}&org=1"
    page = frank.get(response.url.removesuffix("&org=1"))
    assert page.context["views"].current == view
    assert "视图：张家人" in page.content.decode()
    assert heads(page) == ["selected", "name", "sex"]


def test_default_view_comes_first_and_everything_stays_in_reach(frank):
    frank.post(KEEP, {"name": "在编", "next": f"{LIST}?employment=permanent", "is_default": "on"})
    frank.post(KEEP, {"name": "女职工", "next": f"{LIST}?sex=female", "is_default": "on"})

    opened = frank.get(LIST)

    assert [view.is_default for view in SavedView.objects.order_by("pk")] == [False, True]
    assert (opened.status_code, opened.url) == (302, f"{LIST}?sex=female")
    assert frank.get(f"{LIST}?view=all").status_code == 200
    assert frank.get(f"{LIST}?q=张").status_code == 200


def test_same_name_again_replaces(frank):
    frank.post(KEEP, {"name": "常用", "next": f"{LIST}?q=张"})
    frank.post(KEEP, {"name": "常用", "next": f"{LIST}?q=李"})

    assert SavedView.objects.get().query == "q=%E6%9D%8E"


def test_views_are_ones_own(cast, frank):
    view = SavedViewFactory(person=cast.bob, name="鲍博的视图", is_default=True)

    page = frank.get(LIST)

    assert page.status_code == 200
    assert "鲍博的视图" not in page.content.decode()
    assert frank.post(reverse("lists:view-drop", args=[view.pk])).status_code == 404


def test_view_is_dropped(cast, frank):
    view = SavedViewFactory(person=cast.frank)

    response = frank.post(reverse("lists:view-drop", args=[view.pk]), {"next": LIST})

    assert response.url == f"{LIST}?view=all"
    assert SavedView.objects.count() == 0


@pytest.mark.parametrize("address", ["", "https://example.org/", "/no/such/page/"])
def test_view_of_nothing_does_not_exist(frank, address):
    assert frank.post(KEEP, {"name": "外面", "next": address}).status_code == 404


def test_view_needs_a_name_and_their_number_is_bounded(cast, frank):
    assert "起一个名称" in frank.post(KEEP, {"next": LIST}, follow=True).content.decode()
    for number in range(30):
        SavedViewFactory(person=cast.frank, name=str(number))

    page = frank.post(KEEP, {"name": "再一个", "next": LIST}, follow=True).content.decode()

    assert "最多保存 30 个视图" in page
    assert SavedView.objects.count() == 30


def test_columns_are_those_asked_for(cast, frank):
    PersonFactory(org=cast.company, name="张三", left_on=date(2026, 5, 4))

    page = frank.get(LIST, {"q": "张", "state": "all", "columns": ["离开日期", "sex"]})

    assert heads(page) == ["name", "sex", "离开日期"]
    assert "2026-05-04" in page.content.decode()


def test_first_column_is_always_there_and_nonsense_changes_nothing(frank):
    assert heads(frank.get(LIST, {"columns": "nonsense"}))[-1] == "name"
    assert "joined_on" in heads(frank.get(LIST))


def test_filtering_keeps_the_columns(frank):
    page = frank.get(LIST, {"columns": ["name", "sex"]}).content.decode()

    bar = page[page.index("filter_bar") :]
    assert '<input type="hidden" name="columns" value="sex">' in bar[: bar.index("</form>")]
