"""The search page through its door."""

from __future__ import annotations

import pytest
from django.urls import reverse

from gonghui.core.search.cards import reindex
from gonghui.core.search.sources import sources
from tests.factories.organisation import PersonFactory


@pytest.fixture
def indexed(cast):
    for number in range(7):
        PersonFactory(name=f"秦川{number}", org=cast.company)
    for kind in ("people.person", "orgs.org"):
        reindex(sources[kind])
    return cast


def page(cast, name, **query):
    headers = query.pop("headers", {})
    return cast.client(name).get(reverse("search"), query, headers=headers)


def test_page_shows_groups_with_the_match_marked(indexed):
    html = page(indexed, "erin", q="安澜机械").content.decode()

    assert "<mark>安澜机械</mark>公司工会" in html
    assert "基层工会 · 安澜市总工会" in html
    assert f'href="/organisation/org/{indexed.company.pk}/"' in html


def test_page_shows_few_of_a_kind_and_the_way_to_the_rest(indexed):
    few = page(indexed, "frank", q="qc").content.decode()
    many = page(indexed, "frank", q="qc", kind="people.person").content.decode()

    assert few.count("<mark>秦川</mark>") == 5
    assert "看更多人员" in few
    assert many.count("<mark>秦川</mark>") == 7
    assert "看全部种类的结果" in many


def test_page_without_a_query_teaches(indexed):
    assert "想找什么" in page(indexed, "alice").content.decode()


def test_page_shows_nothing_of_another_subtree(indexed):
    html = page(indexed, "dave", q="秦川").content.decode()

    assert "没有找到" in html
    assert "<mark>" not in html


def test_query_is_shown_as_text(indexed):
    html = page(indexed, "erin", q="<script>alert(1)</script>").content.decode()

    assert "<script>alert" not in html


def test_typing_fetches_the_found_part_alone(indexed):
    response = page(indexed, "erin", q="秦川", headers={"HX-Request": "true"})
    html = response.content.decode()

    assert html.strip().startswith('<div id="found"')
    assert "<html" not in html
    assert "HX-Request" in response["Vary"]


def test_stranger_is_asked_to_log_in(client, db):
    response = client.get(reverse("search"), {"q": "x"})

    assert response.status_code == 302
    assert reverse("account_login") in response.url
