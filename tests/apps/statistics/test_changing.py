"""A form that was sent down: its last day is moved, a unit is let off and asked again."""

from __future__ import annotations

from datetime import date

import pytest

from gonghui.apps.statistics.actions import collecting
from gonghui.apps.statistics.models import Filing
from gonghui.apps.statistics.notices import remind_before_due
from gonghui.apps.statistics.queries.collections import missing_of, standing
from gonghui.apps.statistics.queries.filings import Sheet
from gonghui.core.flow.life import Refused
from gonghui.core.history.trail import history_of
from gonghui.core.notices.models import Notice
from gonghui.core.orgs.models import Kind
from gonghui.kit.dates import Period
from gonghui.kit.errors import DomainError
from tests.factories.care import HardshipFactory
from tests.factories.organisation import OrgFactory, PersonFactory
from tests.factories.statistics import CellFactory, FormFactory

from .conftest import Office

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
LATER = date(2026, 10, 20)


def moved(office: Office, due_on: date = LATER):
    erin = office.cast.actor("erin")
    return collecting.move_due(office.collection, due_on=due_on, reason="国庆放假", by=erin)


def told(title: str) -> set[int]:
    return set(Notice.objects.filter(title__startswith=title).values_list("person", flat=True))


def test_another_last_day_is_told_to_those_who_have_not_handed_in(cast, office: Office):
    office.hands_in("frank", cast.company, "carol", D1=10, D2=5)

    moved(office)

    assert told("上报期限改了") == {cast.carol.pk}
    changes = history_of(office.collection).get(verb="move_due").changes
    assert changes == {"due_on": ["2026-10-12", "2026-10-20"], "reason": "国庆放假"}
    remind_before_due(date(2026, 10, 9))
    assert not told("快到期")
    remind_before_due(date(2026, 10, 17))
    assert told("快到期") == {cast.carol.pk}


@pytest.mark.parametrize(
    ("due_on", "why"),
    [(date(2026, 9, 30), "报告期结束以后"), (date(2026, 10, 7), "最早是今天"),
     (date(2026, 10, 12), "现在就是")],
)  # fmt: skip
def test_a_last_day_that_cannot_be_is_refused(cast, office: Office, due_on, why):
    with pytest.raises(DomainError, match=why):
        moved(office, due_on)


def test_nothing_is_moved_once_all_have_handed_in(cast, office: Office):
    office.hands_in("frank", cast.company, "carol", D1=10, D2=5)
    office.hands_in("carol", cast.city, "erin", D1=1, D2=1)
    office.enters("erin", cast.province, D1=0, D2=0)
    office.takes("erin", cast.province, "confirm")

    with pytest.raises(DomainError, match="都已上报"):
        moved(office)


def test_the_last_day_is_moved_on_its_page_by_the_sender_alone(cast, office: Office):
    url = f"/statistics/collection/{office.collection.pk}/due/"
    page = cast.client("erin").get(f"/statistics/collection/{office.collection.pk}/")
    assert url in page.content.decode()

    answer = cast.client("erin").post(
        url, {"due_on": "2026-10-20", "reason": "国庆放假"}, follow=True
    )

    assert "上报期限已改为 2026-10-20" in answer.content.decode()
    assert cast.client("erin").post(url, {"due_on": "2026-10-21"}).status_code == 422
    assert cast.client("frank").post(url, {"due_on": "2026-10-21"}).status_code == 404


def test_a_unit_let_off_is_waited_for_no_more_and_what_lies_below_is_summed_above(
    cast, office: Office
):
    office.hands_in("frank", cast.company, "carol", D1=10, D2=5)

    office.takes("erin", cast.city, "let_off", reason="机构改革")

    found = standing(office.collection)
    assert (found.sent, found.missing, found.approved, found.let_off) == (1, 0, 1, 1)
    assert not missing_of(office.collection).exists()
    page = cast.client("erin").get(f"/statistics/collection/{office.collection.pk}/")
    assert "共下发 2 个单位" in page.content.decode()
    assert office.of(cast.company).above == office.of(cast.province)
    assert told("免报") == {cast.carol.pk}
    office.enters("erin", cast.province, D1=0, D2=0)
    office.takes("erin", cast.province, "confirm")  # nothing is missing: no word is asked
    assert office.values(cast.province)["D1"] == 10
    page = cast.client("carol").get(f"/statistics/filing/{office.of(cast.city).pk}/")
    assert "机构改革" in page.content.decode()


def test_who_is_asked_again_sums_what_lies_below_it(cast, office: Office):
    office.takes("erin", cast.city, "let_off", reason="机构改革")
    assert office.of(cast.company).above == office.of(cast.province)

    office.takes("erin", cast.city, "ask_again")

    city = office.of(cast.city)
    assert (city.state, office.of(cast.company).above) == ("open", city)
    assert told("恢复填报") == {cast.carol.pk}


def test_a_unit_asked_later_does_not_stand_below_one_that_was_let_off(cast, office: Office):
    office.takes("erin", cast.city, "let_off", reason="机构改革")
    province = office.of(cast.province)
    union = OrgFactory(parent=cast.city, kind=Kind.GRASSROOTS)

    collecting.extend(province, [union], by=cast.actor("erin"))

    assert office.of(union).above == province


def test_nobody_lets_off_themselves_or_what_is_locked_or_summed(cast, office: Office):
    with pytest.raises(Refused):
        office.takes("carol", cast.city, "let_off", reason="太忙")
    office.hands_in("frank", cast.company, "carol", D1=10, D2=5)
    with pytest.raises(Refused):
        office.takes("carol", cast.company, "let_off", reason="不用了")
    office.takes("carol", cast.company, "return", reason="再看看")
    office.enters("carol", cast.city, D1=1, D2=1)
    office.takes("carol", cast.city, "confirm", remark="机械公司再报")
    with pytest.raises(DomainError, match="已经汇总上报"):
        office.takes("carol", cast.company, "let_off", reason="不用了")


def test_of_people_what_units_entered_is_added_to_whom_the_records_know(cast):
    """One is on record below the city; another unit without records says three by hand."""
    form = FormFactory(org=cast.city, state="issued", title="帮扶")
    CellFactory(form=form, code="A3", name="深度困难", unit="人", how="indicator",
                indicator="care.deep")  # fmt: skip
    HardshipFactory(person=PersonFactory(org=cast.company), grade="deep")
    period = Period(date(2026, 9, 1), date(2026, 9, 30))
    other = OrgFactory(parent=cast.city, kind=Kind.GRASSROOTS)
    made = collecting.send(form, [cast.company, other], period,
                           due_on=LATER, by=cast.actor("carol"))  # fmt: skip
    office = Office(cast, made)
    office.takes("frank", cast.company, "confirm")
    office.takes("carol", cast.company, "approve")
    office.hands_in("carol", other, "carol", A3=3)

    lines = {one.cell.code: one for one in Sheet(Filing.objects.get(above=None)).lines}

    found = lines["A3"]
    assert (found.part, found.below, found.value) == (1, 3, 4)
