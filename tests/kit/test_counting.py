"""Several counts come by one question."""

from __future__ import annotations

import pytest

from gonghui.core.orgs.models import Org
from gonghui.kit.counting import count_all, count_page


def test_counts_come_by_their_names_in_one_query(cast, django_assert_num_queries):
    with django_assert_num_queries(1):
        found = count_all(
            cities=Org.objects.filter(name__contains="市"),
            below=Org.objects.filter(parent=cast.company),
            nobody=Org.objects.none(),
            none_named=Org.objects.filter(name="%s"),
        )

    assert found == {"cities": 2, "below": 2, "nobody": 0, "none_named": 0}


def test_nothing_is_asked_of_nothing(db, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert count_all(one=Org.objects.none()) == {"one": 0}
        assert count_all() == {}


@pytest.mark.parametrize("key", [None, "a key of this test"])
def test_a_page_comes_with_the_number_of_all(cast, django_assert_num_queries, key):
    rows = Org.objects.order_by("-path").values_list("pk")
    wanted = list(Org.objects.order_by("-path").values_list("pk", flat=True))

    with django_assert_num_queries(1):
        total, keys = count_page(key, rows.all, lambda: rows[1:3])

    assert (total, keys) == (len(wanted), wanted[1:3])


def test_a_page_of_nothing_is_empty(db):
    none, past = Org.objects.none().values_list("pk"), Org.objects.values_list("pk")[900:925]

    assert count_page(None, lambda: none, lambda: none) == (0, [])
    assert count_page(None, lambda: none, lambda: past) == (0, [])
