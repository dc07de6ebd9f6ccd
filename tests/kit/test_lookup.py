"""A record is found by what people call it."""

from __future__ import annotations

import re

import pytest
from django import forms

from gonghui.core.orgs.models import Org
from gonghui.core.people.models import Person
from gonghui.kit.lookup import LookupField, SeveralLookupField
from tests.factories.organisation import OrgFactory, PersonFactory


class OrgChoice(forms.Form):
    org = LookupField(names=("name", "short_name", "pinyin", "initials"), required=False)


class PersonChoice(forms.Form):
    person = LookupField(names=("name", "pinyin", "initials"), beside="org")


def chosen(form_class, field, rows, said):
    form = form_class({field: said})
    form.fields[field].offer(rows)
    return form


@pytest.mark.parametrize("said", ["一分会", "yifenhui", "YFH", " 一分会 ", "一分"])
def test_found_by_name_reading_initials_or_a_part(cast, said):
    form = chosen(OrgChoice, "org", Org.objects.all(), said)

    assert form.is_valid(), form.errors
    assert form.cleaned_data["org"] == cast.branch


def test_found_by_the_number_of_a_choice(cast):
    form = chosen(OrgChoice, "org", Org.objects.all(), f"随便什么 #{cast.city.pk}")

    assert form.is_valid()
    assert form.cleaned_data["org"] == cast.city


def test_a_row_outside_the_queryset_is_as_unknown_as_none(cast):
    outside = chosen(OrgChoice, "org", Org.objects.below(cast.city), f"#{cast.other_city.pk}")
    unknown = chosen(OrgChoice, "org", Org.objects.below(cast.city), "没有这个会")

    assert "没有找到" in outside.errors["org"][0]
    assert "没有找到" in unknown.errors["org"][0]


def test_namesakes_are_told_apart_by_where_they_are(cast):
    one = PersonFactory(name="赵敏", org=cast.branch)
    other = PersonFactory(name="赵敏", org=cast.company)

    form = chosen(PersonChoice, "person", Person.objects.order_by("pk"), "赵敏")

    assert not form.is_valid()
    assert f"赵敏（一分会） #{one.pk}" in form.errors["person"][0]
    assert f"赵敏（安澜机械公司工会） #{other.pk}" in form.errors["person"][0]


def test_an_exact_name_wins_over_names_that_contain_it(cast):
    PersonFactory(name="赵敏敏", org=cast.branch)
    exact = PersonFactory(name="赵敏", org=cast.company)

    form = chosen(PersonChoice, "person", Person.objects.all(), "赵敏")

    assert form.is_valid()
    assert form.cleaned_data["person"] == exact


def test_empty_is_nothing_where_it_may_be(cast):
    form = chosen(OrgChoice, "org", Org.objects.all(), "  ")

    assert form.is_valid()
    assert form.cleaned_data["org"] is None


def test_the_box_offers_choices_and_shows_the_initial_one(cast):
    form = OrgChoice(initial={"org": cast.branch.pk})
    form.fields["org"].offer(Org.objects.filter(kind="branch"))

    html = str(form["org"])

    assert 'value="一分会"' in html
    assert '<option value="二分会"></option>' in html
    assert 'list="id_org_offered"' in html


def test_the_initial_value_may_be_a_record_nothing_or_unknown(cast):
    form = OrgChoice()
    form.fields["org"].offer(Org.objects.all())
    shown = form.fields["org"].prepare_value

    assert shown(cast.city) == "安澜市总工会"
    assert shown(10**9) == ""
    assert shown(None) == ""
    assert shown("一分会") == "一分会"


def offered(form_class, field, rows):
    form = form_class()
    form.fields[field].offer(rows)
    return form.fields[field], re.findall(r'<option value="([^"]*)"', str(form[field]))


def test_a_number_stands_only_beside_what_reads_the_same(cast):
    twins = [OrgFactory(name=f"{n}厂一车间工会", short_name="一车间") for n in "甲乙"]

    field, choices = offered(OrgChoice, "org", Org.objects.all())

    assert {f"一车间 #{one.pk}" for one in twins} <= set(choices)
    assert [one for one in choices if "#" in one] == [one for one in choices if "一车间" in one]
    assert field.prepare_value(twins[0]) == f"一车间 #{twins[0].pk}"


def test_every_choice_and_initial_value_leads_back_to_its_record(cast):
    PersonFactory(name="赵敏", org=cast.branch)
    PersonFactory(name="赵敏", org=cast.branch)
    PersonFactory(name="赵敏", org=cast.company)
    PersonFactory(name="楼上 #1", org=cast.company)
    people = Person.objects.order_by("pk")

    field, choices = offered(PersonChoice, "person", people)

    assert [field.clean(one) for one in choices] == list(people)
    assert [field.clean(field.prepare_value(one)) for one in people] == list(people)
    assert "赵敏（安澜机械公司工会）" in choices


def test_a_name_shown_wins_over_another_ones_full_name(cast):
    shown = OrgFactory(name="安澜港务局第一工会", short_name="港一")
    OrgFactory(name="港一", short_name="港务一会")

    form = chosen(OrgChoice, "org", Org.objects.all(), "港一")

    assert form.is_valid(), form.errors
    assert form.cleaned_data["org"] == shown


def test_one_that_is_shown_by_other_words_than_it_is_found_keeps_its_number(cast):
    class ByReading(forms.Form):
        org = LookupField(names=("pinyin", "initials"))

    field, choices = offered(ByReading, "org", Org.objects.filter(pk=cast.city.pk))

    assert choices == [f"安澜市总工会 #{cast.city.pk}"]
    assert field.prepare_value(cast.city) == choices[0]


def test_a_field_nobody_offered_rows_says_so():
    form = OrgChoice({"org": "一分会"})

    with pytest.raises(ValueError, match="offer"):
        form.is_valid()


class SeveralOrgs(forms.Form):
    orgs = SeveralLookupField(names=("name", "short_name", "pinyin"))


class SeveralPeople(forms.Form):
    people = SeveralLookupField(names=("name", "pinyin"), beside="org")


def test_a_name_with_a_mark_within_is_one_name(cast):
    """The union of two companies is not two unions (联合基层工会 are called so)."""
    both = OrgFactory(name="纺织、印染联合工会", parent=cast.city)
    orgs = Org.objects.order_by("pk")

    field, _ = offered(SeveralOrgs, "orgs", orgs)

    assert field.clean("一分会、纺织、印染联合工会，二分会") == [
        cast.branch, both, cast.second_branch,
    ]  # fmt: skip
    assert field.clean(f"纺织、印染联合工会 #{both.pk}、一分会") == [both, cast.branch]
    assert field.clean("一分会；；二分会、") == [cast.branch, cast.second_branch]
    assert field.clean("一分会、印染") == [cast.branch, both]  # a part of a name is enough
    with pytest.raises(forms.ValidationError, match="没有找到「造船」"):
        field.clean("一分会、造船")


def test_several_lead_back_to_their_records_whatever_they_are_called(cast):
    textile, dyeing = (OrgFactory(name=name, parent=cast.city) for name in ("纺织", "印染"))
    both = OrgFactory(name="纺织、印染", parent=cast.city)
    one, other = (PersonFactory(name="赵敏", org=home) for home in (both, cast.branch))

    orgs, _ = offered(SeveralOrgs, "orgs", Org.objects.order_by("pk"))
    people, _ = offered(SeveralPeople, "people", Person.objects.order_by("pk"))

    for wanted in ([textile, dyeing], [both], [dyeing, both, textile], [both, cast.branch], []):
        assert [*orgs.clean(orgs.prepare_value(wanted) or "一分会")] == (wanted or [cast.branch])
    assert orgs.prepare_value([both, cast.branch]) == "纺织、印染、一分会"
    assert people.clean(people.prepare_value([one, other])) == [one, other]
