"""Forms that are not handed in are found from the day after the last day, and no others."""

from __future__ import annotations

from datetime import date

from tests.watching import found, sentences, where

LATE = "R-395"
LAST, NEXT = date(2026, 10, 12), date(2026, 10, 13)


def test_form_is_late_from_the_day_after_its_last_day(office, cast):
    assert sentences(LATE, LAST) == []

    assert set(where(LATE, NEXT)) == {cast.province, cast.city, cast.company}
    assert (
        sentences(LATE, NEXT)[0]
        == "“月报表 2026 年 9 月”应在 2026 年 10 月 12 日前上报，还没有上报。"
    )
    assert {one.about for one in found(LATE, NEXT)} == {
        office.of(org).pk for org in (cast.province, cast.city, cast.company)
    }


def test_form_that_was_handed_in_is_not_late(office, cast):
    office.enters("frank", cast.company, D1=5, D2=5)
    office.takes("frank", cast.company, "confirm")

    assert set(where(LATE, NEXT)) == {cast.province, cast.city}


def test_form_that_was_sent_back_is_late_again_until_it_comes(office, cast):
    office.enters("frank", cast.company, D1=5, D2=5)
    office.takes("frank", cast.company, "confirm")
    office.takes("carol", cast.company, "return", reason="请核对。")

    told = [one.sentence for one in found(LATE, NEXT) if one.org == cast.company]
    office.takes("frank", cast.company, "confirm")

    assert told == ["“月报表 2026 年 9 月”应在 2026 年 10 月 12 日前上报，退回后还没有再报。"]
    assert cast.company not in where(LATE, NEXT)


def test_finding_leads_its_officer_to_the_form(office, cast):
    one = next(each for each in found(LATE, NEXT) if each.org == cast.company)

    page = cast.client("frank").get(f"/watch/finding/{one.pk}/").content.decode()

    assert f"/statistics/filing/{office.of(cast.company).pk}/" in page
