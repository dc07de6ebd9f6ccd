"""Figures that are kept by two at the same moment."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from gonghui.core.indicators.models import First
from gonghui.core.indicators.registry import indicators
from gonghui.core.indicators.rolling import make_all, make_first
from tests.factories.activities import ActivityFactory
from tests.together import AT_ONCE, together

pytestmark = AT_ONCE


def hold(org) -> None:
    start = datetime(2026, 5, 5, 9, tzinfo=UTC)
    ends = start + timedelta(hours=2)
    ActivityFactory(org=org, kind="study", state="held", starts_at=start, ends_at=ends)


def test_first_records_are_written_once_by_two(cast):
    """Four at once: whoever comes second finds them there."""
    source = indicators["activities.study"].source
    hold(cast.branch)

    assert together(*[lambda: make_first(source)] * 4) == []

    rows = First.objects.filter(source=source.code)
    assert rows.filter(org=cast.company).count() == 1
    assert rows.count() == rows.values("org").distinct().count() > 0
    First.objects.filter(source=source.code).update(first_on=date(1999, 1, 1))
    assert together(lambda: make_first(source), lambda: make_first(source)) == []
    assert not rows.filter(first_on=date(1999, 1, 1)).exists()


def test_two_make_everything_anew(cast):
    hold(cast.branch)

    assert together(make_all, make_all) == []
