"""A question's SQL is written once; its answer is asked for anew each time."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import DataError, connection, transaction
from django.db.models import IntegerField
from django.db.models.functions import Cast
from django.http import Http404

from gonghui.core.orgs.models import Org, OrgVersion
from gonghui.kit.keeping import Kept
from gonghui.kit.prepared import about, about_all, prepared, the_one, together


def named(word, asked):
    def ask():
        asked.append(word)
        return Org.objects.filter(name__contains=word).select_related("parent").order_by("path")

    return prepared(("named", word), ask)


def test_the_question_is_built_once_and_its_answer_is_fresh(cast, django_assert_num_queries):
    asked = []
    before = [org.pk for org in named("公司", asked)]
    Org.objects.filter(pk=before[0]).update(name="改了名的")

    with django_assert_num_queries(1):
        again = [org.pk for org in named("公司", asked)]

    assert asked == ["公司"]
    assert again == before[1:]


def test_what_is_asked_further_is_another_question(cast):
    rows = named("市", [])
    narrowed = rows.filter(pk=cast.company.pk)

    assert list(narrowed) == []
    assert rows.count() == len(list(rows)) == 2
    assert list(rows[:1]) == list(rows)[:1]
    assert list(named("市", [])) == list(rows)
    assert Org.objects.filter(pk__in=rows).count() == 2


def test_related_rows_and_values_come_as_ever(cast):
    found = prepared("values", lambda: Org.objects.order_by("path").values_list("pk", "parent"))
    nobody = prepared("none", lambda: Org.objects.filter(pk__in=[]))

    assert list(found) == list(Org.objects.order_by("path").values_list("pk", "parent"))
    assert list(nobody) == []
    assert {type(org.parent) for org in named("公司", [])} <= {Org, type(None)}


def below(pk):
    return Org.objects.filter(parent=pk).select_related("parent").order_by("path")


def test_a_question_about_any_record_is_built_once(cast, django_assert_num_queries):
    asked = []

    def ask(pk):
        asked.append(pk)
        return below(pk)

    for top in (cast.city, cast.company):
        with django_assert_num_queries(1):
            found = list(about(top.pk, "below any", ask))
        assert found == list(below(top.pk))
        assert {org.parent_id for org in found} <= {top.pk}

    assert len(asked) == 1


def test_two_records_are_asked_about_side_by_side(cast):
    first, second = (about(top.pk, "side by side", below) for top in (cast.city, cast.company))

    assert list(second) == list(below(cast.company.pk))
    assert list(first) == list(below(cast.city.pk))


def test_a_question_about_a_record_is_not_asked_further(cast):
    rows = about(cast.city.pk, "no further", below)

    for ask in (rows.count, rows.first, lambda: rows.filter(name="x"), lambda: rows[:1]):
        with pytest.raises(TypeError, match="as it is"):
            ask()


def test_a_question_that_forgets_the_record_is_refused(cast):
    with pytest.raises(ValueError, match="number"):
        about(cast.city.pk, "forgetful", lambda pk: Org.objects.order_by("path"))


def test_the_one_record_or_none_at_all(cast):
    def ask(pk):
        return Org.objects.filter(pk=pk)

    assert the_one(cast.city.pk, "the one", ask) == cast.city
    with pytest.raises(Http404):
        the_one(0, "the one", ask)


def test_the_longest_unused_falls_out():
    kept: Kept[str] = Kept(2)
    for key in ("a", "b", "a", "c"):
        kept.get(key, lambda key=key: key)

    assert kept.get("a", lambda: "new") == "a"
    assert kept.get("b", lambda: "new") == "new"


def test_several_numbers_and_words_are_put_into_one_question(cast, django_assert_num_queries):
    asked = []

    def ask(parent, *paths):
        asked.append(parent)
        return Org.objects.filter(parent=parent, path__in=paths).order_by("path")

    for top in (cast.city, cast.company):
        inside = [org.path for org in below(top.pk)][:1]
        with django_assert_num_queries(1):
            found = list(about_all((top.pk, *inside), "of these", ask))
        assert found == list(below(top.pk))[:1]
        assert len(found) == 1

    assert len(asked) == 1
    assert list(about_all((cast.city.pk, "x", "y"), "of these", ask)) == []


def test_a_word_that_is_changed_on_its_way_is_refused(cast):
    with pytest.raises(ValueError, match="as it is"):
        about_all(("00001",), "begins", lambda path: Org.objects.filter(path__startswith=path))


def test_days_are_put_into_one_question(cast, django_assert_num_queries):
    first, last = date(2026, 1, 1), date(2026, 6, 30)
    OrgVersion.objects.filter(org=cast.city).update(since=None, until=first)
    OrgVersion.objects.filter(org=cast.company).update(since=last, until=None)
    asked = []

    def ask(day, *orgs):
        asked.append(day)
        return OrgVersion.objects.on(day).filter(org__in=orgs).values_list("org", flat=True)

    for day, there in ((first, cast.city), (last, cast.company)):
        with django_assert_num_queries(1):
            found = list(about_all((day, cast.city.pk, cast.company.pk), "on a day", ask))
        assert found == [there.pk]

    assert len(asked) == 1


def test_what_is_asked_together_is_answered_each_for_itself(cast, django_assert_num_queries):
    one, two = about(cast.city.pk, "below", below), about(cast.company.pk, "below", below)
    nobody = about(cast.company.pk, "nobody", lambda pk: Org.objects.filter(parent=pk, pk__in=[]))
    expected = [list(below(cast.city.pk)), list(below(cast.company.pk))]

    with django_assert_num_queries(2):
        together(one, two, nobody)
        found = [list(one), list(two)]

    assert found == expected
    assert all(found)
    assert [org.parent for org in one] == [cast.city] * len(found[0])
    assert list(nobody) == []


def test_what_the_database_refuses_is_said_as_ever(cast):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite looks for any number, however long")
    right = about(cast.company.pk, "below", below)
    number = Cast("name", IntegerField())
    wrong = about(cast.company.pk, "wrong", lambda pk: Org.objects.filter(pk=pk, parent=number))

    with pytest.raises(DataError), transaction.atomic():
        together(right, wrong)

    assert list(right) == list(below(cast.company.pk))
