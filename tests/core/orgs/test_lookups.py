"""A key to a body can be asked whether it points into a subtree."""

from __future__ import annotations

from django.db.models import Q

from gonghui.core.orgs.models import Org, subtree
from gonghui.core.people.models import Person
from gonghui.kit.prepared import about, the_one


def names(rows):
    return set(rows.values_list("name", flat=True))


def test_within_finds_what_the_subtree_holds(cast):
    wanted = names(Person.objects.filter(subtree(cast.city.path, field="org")))

    assert wanted
    assert names(Person.objects.filter(org__within=(cast.city.path,))) == wanted


def test_several_subtrees_are_one_condition(cast):
    paths = (cast.branch.path, cast.other_city.path)
    wanted = Person.objects.filter(
        subtree(cast.branch.path, field="org") | subtree(cast.other_city.path, field="org")
    )

    assert names(Person.objects.filter(org__within=paths)) == names(wanted)


def test_within_no_subtree_is_nobody(cast):
    assert not Person.objects.filter(org__within=()).exists()


def test_within_is_asked_through_other_keys_too(cast):
    found = Org.objects.filter(parent__within=(cast.branch.path,))

    assert names(found) == names(Org.objects.filter(parent__path__startswith=cast.branch.path))


def test_asked_of_few_rows_it_looks_at_the_body_of_each(cast):
    paths = (cast.branch.path, cast.other_city.path)

    def asked(pk):
        return Person.objects.filter(Q(org__within=paths), pk=pk)

    one, stranger = cast.alice, cast.carol
    rows = about(one.pk, "few, within", asked, few=True)

    assert "IN (SELECT" not in rows.query.get_compiler("default").as_sql()[0]
    assert the_one(one.pk, "the one, within", asked) == one
    assert list(rows) == [one]
    assert not about(stranger.pk, "few, within", asked, few=True)


def test_the_same_subtrees_are_the_same_condition(cast):
    assert Q(org__within=(cast.city.path,)) == Q(org__within=(cast.city.path,))
