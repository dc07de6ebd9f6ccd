"""A day that has come is taken, one that has not is sent back."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from gonghui.kit.past_day import PastDayField


def test_today_and_earlier_are_taken():
    today = timezone.localdate()

    assert PastDayField().clean(str(today)) == today
    assert PastDayField(required=False).clean("") is None
    assert PastDayField().clean("2020-02-29") == date(2020, 2, 29)


def test_a_day_to_come_is_sent_back():
    tomorrow = timezone.localdate() + timedelta(days=1)

    with pytest.raises(ValidationError, match="日期还没到"):
        PastDayField().clean(str(tomorrow))
