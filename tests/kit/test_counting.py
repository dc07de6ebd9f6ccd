"""Several counts come by one question."""

from __future__ import annotations

from gonghui.core.orgs.models import Org
from gonghui.kit.counting import count_all


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
