"""What waits for an officer on the desk besides tasks: marks, sheets, objections and forms."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse

from gonghui.apps.evaluation.actions import sheets
from gonghui.apps.evaluation.models import Rater, Review
from gonghui.apps.statistics.actions import collecting
from gonghui.apps.statistics.models import Filing, FilingState
from gonghui.kit.dates import Period
from tests.apps.evaluation.stage import MONDAY, make_stage, on
from tests.factories.evaluation import ObjectionFactory, RaterFactory
from tests.factories.organisation import OrgFactory
from tests.factories.statistics import FilingFactory, FormFactory

pytestmark = pytest.mark.django_db

MARCH = Period(date(2026, 3, 1), date(2026, 3, 31))


def lines(cast, name, **query):
    response = cast.client(name).get(reverse("home"), query)
    return [(one.label, one.words) for one in response.context.get("waiting_lines", [])]


@pytest.fixture
def sent(cast):
    """The province asks its city and the company below it."""
    form = FormFactory(org=cast.province, state="issued", title="月报表")
    return collecting.send(
        form, [cast.city, cast.company], MARCH, due_on=date(2099, 4, 5), by=cast.actor("erin")
    )


def test_an_officer_finds_the_form_to_hand_in(cast, sent):
    assert lines(cast, "frank") == [(f"填报：{sent}", "2099-04-05 前上报")]
    assert lines(cast, "grace") == []
    assert lines(cast, "bob") == []


def test_what_waits_to_be_looked_through_opens_to_as_many(cast, sent):
    deeper = FilingFactory(
        collection=sent, org=cast.branch, state=FilingState.CONFIRMED,
        above=Filing.objects.get(collection=sent, org=cast.company),
    )  # fmt: skip
    Filing.objects.filter(collection=sent, org=cast.company).update(state=FilingState.CONFIRMED)
    carol = cast.client("carol")

    found = carol.get(reverse("home")).context["waiting_lines"]
    line = next(one for one in found if one.label == "审核下级上报的报表")
    listed = carol.get(line.url).context["table"].page.paginator

    assert line.words == "1 份待审核"
    assert [one.org for one in listed.object_list.data] == [cast.company]
    assert deeper.above.org == cast.company


def test_many_forms_are_counted_and_stand_in_the_list(cast):
    for number in range(7):
        FilingFactory(org=cast.company, collection__form__title=f"报表{number}")
    OrgFactory(parent=cast.company)
    frank = cast.client("frank")

    found = frank.get(reverse("home")).context["waiting_lines"]

    assert len(found) == 6
    assert found[-1].words == "共 7 张"
    assert frank.get(found[-1].url).context["table"].page.paginator.count == 7


def test_an_officer_finds_what_the_unit_may_apply_to_then_its_sheet(cast):
    with on(MONDAY):
        stage = make_stage(cast)
        before = lines(cast, "frank")
        sheets.apply(stage.round, cast.company, by=cast.actor("frank"))
        after = lines(cast, "frank")

    name = str(stage.round)
    assert (f"可以申报：{name}", "2026-12-10 截止") in before
    assert [one for one in after if name in one[0]] == [(f"自查报送：{name}", "自查中")]


def test_who_was_drawn_and_who_must_answer_find_it_on_the_desk(cast):
    with on(MONDAY):
        stage = make_stage(cast)
        RaterFactory(round=stage.round, person=cast.frank)
        Rater.objects.exclude(person=cast.frank).filter(person__org=stage.unions[0]).delete()
        stage.apply(stage.unions[0])
        for org in stage.unions[1:]:
            stage.apply(org)
        stage.step("rate")
        drawn = Review.objects.filter(rater__person=cast.frank).count()
        rates = lines(cast, "frank")
        stage.round.state = "notice"
        stage.round.save()
        ObjectionFactory(org=cast.city, round=stage.round)
        answers = lines(cast, "carol")
        found = cast.client("carol").get(reverse("home")).context["waiting_lines"]
        url = next(one.url for one in found if one.label == "公示异议")
        count = cast.client("carol").get(url).context["table"].page.paginator.count

    assert drawn
    assert ("互评", f"{drawn} 个待评") in rates
    assert ("公示异议", "1 件待答复") in answers
    assert count == 1


def test_a_member_finds_what_stands_in_public_until_its_last_day(cast):
    with on(MONDAY):
        stage = make_stage(cast)
        stage.round.state, stage.round.notice_until = "notice", MONDAY + timedelta(days=7)
        stage.round.save()
        shown = cast.client("alice").get(reverse("study")).content.decode()
        other = cast.client("mallory").get(reverse("study")).content.decode()
    with on(MONDAY + timedelta(days=8)):
        over = cast.client("alice").get(reverse("study")).content.decode()

    assert "公示到 2026-12-07" in shown
    assert "评选公示" not in other
    assert "评选公示" not in over
