"""要留意 on the home page: what the checks found, in full or by check, and who sees it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.factories.watch import FindingFactory


def warnings(cast, name, **query):
    response = cast.client(name).get(reverse("home"), query)
    return [(one.text, one.url) for one in response.context["warnings"]]


@pytest.fixture
def found(cast):
    return FindingFactory(org=cast.company, check_code="R-447", sentence="任期已满。", rank=0)


def test_chair_sees_a_finding_in_full_with_its_page(cast, found):
    said = warnings(cast, "frank")

    expected = ("安澜机械公司工会：任期已满。", reverse("watch:finding-detail", args=[found.pk]))
    assert said[0] == expected


def test_upper_union_sees_one_line_for_each_check(cast, found):
    FindingFactory(org=cast.branch, check_code="R-447", rank=0)

    said = warnings(cast, "carol", org=cast.city.pk, scope="below")

    assert said[0] == ("2 处超期没有换届", f"{reverse('watch:finding-list')}?check=R-447")


def test_many_checks_end_in_one_line_for_the_rest(cast, found):
    for code in ("ORG-05", "ORG-16", "ORG-14", "ORG-01"):
        FindingFactory(org=cast.company, check_code=code)

    said = warnings(cast, "frank")

    assert len(said) == 5
    assert said[-1] == ("另有 1 处要留意", reverse("watch:finding-list"))


def test_other_city_and_whoever_sees_no_findings_hear_nothing(cast, found):
    for text, _ in warnings(cast, "dave", org=cast.other_city.pk, scope="below"):
        assert "任期" not in text
    assert "任期已满" not in cast.client("alice").get(reverse("home")).content.decode()


def test_finding_somebody_answers_for_comes_back_on_the_day_they_named(cast, found):
    today = timezone.localdate()
    found.acknowledged_at, found.until = timezone.now(), today + timedelta(days=1)
    found.save()
    assert warnings(cast, "frank") == []

    found.until = today
    found.save()

    assert len(warnings(cast, "frank")) == 1


def test_gone_finding_is_not_told(cast, found):
    found.gone_on = date(2026, 3, 5)
    found.save()

    assert warnings(cast, "frank") == []
