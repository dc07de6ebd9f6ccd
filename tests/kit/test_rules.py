"""Rules filter lists, guard objects and flag rows, all by the same condition."""

from __future__ import annotations

import pytest
from django.db.models import Q

from gonghui.core.orgs.models import Org
from gonghui.core.people.models import Person
from gonghui.kit.rules import (
    EVERYBODY,
    NOBODY,
    Rule,
    everybody,
    may,
    nobody,
    pointed_at,
    state_in,
    with_rights,
)

named = Rule(lambda actor: Q(name=actor), "named")
federal = Rule(lambda actor: Q(kind="federation"), "federal")
leads_alice = Rule(lambda actor: Q(people__name="艾丽"), "leads Alice")


def pks(queryset):
    return set(queryset.values_list("pk", flat=True))


def test_everybody_and_nobody_are_not_the_empty_condition(cast):
    assert everybody.narrow(Org.objects.all(), None).count() == len(cast.orgs)
    assert nobody.narrow(Org.objects.all(), None).count() == 0


@pytest.mark.parametrize(
    ("rule", "condition"),
    [
        (everybody | federal, EVERYBODY),
        (federal | everybody, EVERYBODY),
        (nobody | nobody, NOBODY),
        (everybody & nobody, NOBODY),
        (~everybody, NOBODY),
        (~nobody, EVERYBODY),
        (everybody & federal, Q(kind="federation")),
        (federal & everybody, Q(kind="federation")),
        (nobody | federal, Q(kind="federation")),
        (federal | nobody, Q(kind="federation")),
    ],
)
def test_combining_with_everybody_and_nobody(rule, condition):
    assert rule(None) == condition


def test_and_or_not_mean_what_they_say(cast):
    both = named & federal
    either = named | federal

    assert pks(both.narrow(Org.objects.all(), "安澜市总工会")) == {cast.city.pk}
    assert pks(either.narrow(Org.objects.all(), "一分会")) == {
        cast.branch.pk,
        cast.province.pk,
        cast.city.pk,
        cast.other_city.pk,
    }
    assert cast.city.pk not in pks((~federal).narrow(Org.objects.all(), None))


def test_narrow_agrees_with_allows(cast):
    rule = (named | federal) & ~Rule(lambda actor: Q(parent=None), "root")

    narrowed = pks(rule.narrow(Org.objects.all(), "一分会"))

    assert narrowed == {org.pk for org in cast.orgs if rule.allows("一分会", org)}


def test_narrow_by_a_to_many_relation_duplicates_no_row(cast):
    Person.objects.create(name="艾丽", pinyin="aili", org=cast.branch)

    assert list(leads_alice.narrow(Org.objects.all(), None)) == [cast.branch]


def test_narrow_by_forward_keys_filters_directly(cast):
    rule = Rule(lambda actor: Q(parent__parent__name=actor) & Q(since__isnull=True), "grandchild")

    query = str(rule.narrow(Org.objects.all(), "云泽省总工会").query)

    assert "EXISTS" not in query


def test_narrow_by_an_unknown_field_fails_loudly(cast):
    rule = Rule(lambda actor: Q(nonsense=1), "wrong")

    with pytest.raises(Exception, match="nonsense"):
        list(rule.narrow(Org.objects.all(), None))


def test_with_rights_flags_every_row_in_one_query(cast, django_assert_num_queries):
    rows = with_rights(
        Org.objects.order_by("pk"), "一分会", {"edit": named, "see": everybody, "drop": nobody}
    )

    with django_assert_num_queries(1):
        flags = {row.pk: (row.may_edit, row.may_see, row.may_drop) for row in rows}

    assert flags[cast.branch.pk] == (True, True, False)
    assert flags[cast.city.pk] == (False, True, False)


def test_state_in_compares_the_named_field(cast):
    assert pks(state_in("branch", field="kind").narrow(Org.objects.all(), None)) == {
        cast.branch.pk,
        cast.second_branch.pk,
    }


def test_explain_names_every_operand_with_its_answer(cast):
    rule = (named | federal) & ~nobody

    told = list(rule.explain("一分会", cast.city))

    assert told == [
        (0, "and", True),
        (1, "or", True),
        (2, "named", False),
        (2, "federal", True),
        (1, "not", True),
        (2, "nobody", False),
    ]


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        (named | named, 1),
        (named | (named & federal), 1),
        ((federal & named) | named, 1),
        (named | federal | (federal & leads_alice), 2),
        ((named & federal) | (named & leads_alice), 2),
        (named & named, 1),
    ],
)
def test_what_is_included_already_is_said_once(rule, said):
    condition = rule("一分会")

    assert len(condition.children) == said


def test_a_rule_that_opposes_is_never_included(cast):
    either = named | (~named & federal)

    assert pks(either.narrow(Org.objects.all(), "一分会")) == pks(
        (named | federal).narrow(Org.objects.all(), "一分会")
    )


def test_what_was_read_with_its_rights_is_not_asked_again(cast, django_assert_num_queries):
    rules = {"edit": named, "see": everybody}
    [known] = with_rights(Org.objects.filter(pk=cast.branch.pk), "一分会", {"edit": named})

    with django_assert_num_queries(1):
        answers = [may(name, rules, "一分会", known) for name in ("edit", "see")]

    assert answers == [True, True]
    assert may("edit", rules, "别处", cast.branch) is False


def test_pointed_at_asks_beside_the_row_and_multiplies_nothing(cast):
    workers = Rule(lambda actor: pointed_at(Person.objects.filter(name__in=actor), "org"))
    Person.objects.create(name="艾丽", pinyin="aili", org=cast.alice.org)

    both = (workers & ~federal).narrow(Org.objects.order_by(), ("艾丽", "鲍勃"))

    assert sorted(one.pk for one in both) == sorted({cast.alice.org_id, cast.bob.org_id})
    assert "JOIN" not in str(both.query)
    assert workers.allows(("艾丽",), cast.alice.org)
    assert not workers.allows(("艾丽",), cast.city)
