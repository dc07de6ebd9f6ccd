"""A form from province to company and back: filled, locked level by level, corrected, summed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from gonghui.apps.statistics import api
from gonghui.apps.statistics.actions import collecting
from gonghui.apps.statistics.actions.filing import Said, fill
from gonghui.apps.statistics.models import Amount, Filing
from gonghui.apps.statistics.notices import remind_before_due
from gonghui.apps.statistics.queries.checking import faults_of
from gonghui.apps.statistics.queries.collections import missing_of, standing
from gonghui.apps.statistics.queries.filings import Sheet
from gonghui.core.flow.life import Refused
from gonghui.core.history.trail import history_of
from gonghui.core.notices.models import Notice
from gonghui.core.people.models import CHAIR, Person
from gonghui.kit.dates import Period
from gonghui.kit.errors import DomainError
from tests.factories.care import HardshipFactory
from tests.factories.honours import HonourFactory
from tests.factories.membership import TransferFactory
from tests.factories.organisation import (
    LedgerEntryFactory,
    OrgFactory,
    PersonFactory,
    PostFactory,
)
from tests.factories.statistics import AmountFactory, FilingFactory
from tests.factories.titles import TitleFactory

from .conftest import SEPTEMBER, Office, make_form

pytestmark = [pytest.mark.slow, pytest.mark.django_db]


def lines(filing: Filing):
    return {line.cell.code: line for line in Sheet(Filing.objects.get(pk=filing.pk)).lines}


def sentences(filing: Filing) -> list[str]:
    return [one.sentence for one in faults_of(Sheet(Filing.objects.get(pk=filing.pk)))]


def test_what_is_sent_stands_below_the_nearest_unit_that_was_asked(cast, office: Office):
    own, city, company = (office.of(org) for org in (cast.province, cast.city, cast.company))

    assert (own.above, city.above, company.above) == (None, own, city)
    assert standing(office.collection).missing == 2
    told = Notice.objects.filter(kind="passed").values_list("person", flat=True)
    assert set(told) == {cast.carol.pk, cast.frank.pk}


def test_the_records_are_there_and_the_rest_is_asked(cast, office: Office):
    company = office.of(cast.company)

    found = lines(company)

    members = 4  # Alice, Bob, Frank and Grace
    assert (found["A1"].value, found["D1"].value, found["D3"].value) == (members, None, None)
    assert [s for s in sentences(company) if "还没有填" in s] == [
        "D1 收到诉求 还没有填；没有发生的填 0。",
        "D2 已答复 还没有填；没有发生的填 0。",
    ]


def test_two_levels_up_with_a_correction_in_the_middle(cast, office: Office):
    office.hands_in("frank", cast.company, "carol", D1=10, D2=5)
    office.enters("carol", cast.city, D1=1, D2=1)
    office.takes("carol", cast.city, "confirm")
    assert office.values(cast.city) == {"A1": 5, "D1": 11, "D2": 6, "D3": 54.5455}

    with pytest.raises(DomainError, match="先请上级退回"):
        office.takes("carol", cast.company, "return", reason="诉求数漏了")
    office.takes("erin", cast.city, "return", reason="机械公司的诉求数漏了")
    office.takes("carol", cast.company, "return", reason="诉求数漏了九月的")
    office.hands_in("frank", cast.company, "carol", D1=14, D2=7)
    office.takes("carol", cast.city, "confirm")
    office.takes("erin", cast.city, "approve")
    office.takes("erin", cast.province, "confirm")
    office.takes("erin", cast.province, "approve")

    assert office.values(cast.city)["D1"] == 15
    assert office.values(cast.province) == {"A1": 8, "D1": 15, "D2": 8, "D3": 53.3333}
    assert office.of(cast.province).state == "approved"
    settled = next(e for e in history_of(office.of(cast.city)) if e.verb == "settle")
    assert settled.changes["D1 收到诉求"] == ["11", "15"]


def test_locked_values_never_change_and_later_records_show_as_a_difference(cast, office: Office):
    office.hands_in("frank", cast.company, "carol", D1=10, D2=5)
    before = list(Amount.objects.values_list("pk", "value", "counted", "entered"))

    PersonFactory(org=cast.branch)
    found = lines(office.of(cast.company))

    assert (found["A1"].value, found["A1"].difference) == (4, 1)
    assert list(Amount.objects.values_list("pk", "value", "counted", "entered")) == before
    with pytest.raises(DomainError, match="已经上报"):
        office.enters("frank", cast.company, D1=99)
    city = lines(office.of(cast.city))["A1"]
    assert (city.value, city.part, city.below) == (5, 1, 4)


def test_units_not_approved_are_left_out_and_must_be_explained(cast, office: Office):
    office.enters("carol", cast.city, D1=0, D2=0)

    with pytest.raises(DomainError, match="还有 1 个下级"):
        office.takes("carol", cast.city, "confirm")
    office.takes("carol", cast.city, "confirm", remark="机械公司正在改制，下月补报。")

    assert office.values(cast.city)["D1"] == 0
    office.enters("frank", cast.company, D1=1, D2=1)
    with pytest.raises(DomainError, match="先请上级退回"):
        office.takes("frank", cast.company, "confirm")


def test_a_hard_check_must_be_right_and_a_change_from_last_year_explained(cast, office: Office):
    last = FilingFactory(
        org=cast.company, state="approved", collection__form=office.collection.form,
        collection__org=cast.province, collection__since=date(2025, 9, 1),
        collection__until=date(2025, 9, 30), collection__due_on=date(2025, 10, 9),
    )  # fmt: skip
    cell = office.collection.form.cells.get(code="D1")
    AmountFactory(filing=last, cell=cell, value=10)

    office.enters("frank", cast.company, D1=4, D2=5)
    with pytest.raises(DomainError, match="D2 不大于 D1 不成立：左边 5，右边 4。请改正"):
        office.takes("frank", cast.company, "confirm")
    office.enters("frank", cast.company, D1=13, D2=5)
    with pytest.raises(DomainError, match="与上年同期的 10 相比，变动超过 20%"):
        office.takes("frank", cast.company, "confirm")
    office.enters("frank", cast.company, note="新设了意见箱", D1=13)
    office.takes("frank", cast.company, "confirm")

    assert office.of(cast.company).state == "confirmed"


@pytest.mark.parametrize(("value", "is_odd"), [(12, False), (13, True), (8, False), (7, True)])
def test_the_swing_stands_on_both_sides_of_its_limit(cast, office: Office, value, is_odd):
    last = FilingFactory(
        org=cast.company, state="approved", collection__form=office.collection.form,
        collection__org=cast.province, collection__since=date(2025, 9, 1),
        collection__until=date(2025, 9, 30), collection__due_on=date(2025, 10, 9),
    )  # fmt: skip
    AmountFactory(filing=last, cell=office.collection.form.cells.get(code="D1"), value=10)
    office.enters("frank", cast.company, D1=value, D2=0)

    assert any("上年同期" in one for one in sentences(office.of(cast.company))) is is_odd


def test_a_figure_other_than_the_records_needs_its_reason(cast, office: Office):
    office.enters("frank", cast.company, A1=6, D1=0, D2=0)
    with pytest.raises(DomainError, match="与系统记录不同"):
        office.takes("frank", cast.company, "confirm")

    office.enters("frank", cast.company, note="两名新会员还没有登记", A1=6)
    office.takes("frank", cast.company, "confirm")

    kept = office.of(cast.company).amounts.get(cell__code="A1")
    assert (kept.value, kept.counted) == (6, 4)


def test_a_unit_far_from_the_others_is_asked_why(cast):
    form = make_form(cast.city, size="A1")
    units = [OrgFactory(parent=cast.city) for _ in range(9)]
    for unit in units:
        PersonFactory(org=unit)
    made = collecting.send(
        form, units, SEPTEMBER, due_on=date(2026, 10, 12), by=cast.actor("carol")
    )
    office = Office(cast, made)
    for number, unit in enumerate(units[:8]):
        office.hands_in("carol", unit, "carol", D1=3 + number % 4, D2=0)

    office.enters("carol", units[8], D1=90, D2=0)

    odd = [one for one in sentences(office.of(units[8])) if "其他单位相差很大" in one]
    assert odd == ["D1 收到诉求 按单位大小折算，与同一批其他单位相差很大，请核对；属实的写明原因。"]
    office.enters("carol", units[8], D1=4)
    assert not [one for one in sentences(office.of(units[8])) if "其他单位相差很大" in one]


def test_a_period_that_still_runs_is_not_confirmed(cast):
    form = make_form(cast.city)
    october = Period(date(2026, 10, 1), date(2026, 10, 31))
    made = collecting.send(
        form, [cast.company], october, due_on=date(2026, 11, 5), by=cast.actor("carol")
    )
    office = Office(cast, made)
    office.enters("frank", cast.company, D1=0, D2=0)

    filing = Filing.objects.get(collection=made, org=cast.company)
    page = f"/statistics/filing/{filing.pk}/"
    shown = cast.client("frank").get(page).content.decode()
    assert "到 2026-10-31 才结束" in shown
    assert f"{page}do/confirm/" not in shown
    with pytest.raises(DomainError, match="到 2026-10-31 才结束"):
        office.takes("frank", cast.company, "confirm")


def test_only_who_may_takes_a_step(cast, office: Office):
    office.enters("frank", cast.company, D1=0, D2=0)
    for name in ("alice", "bob", "dave", "grace", "mallory"):
        with pytest.raises(Refused):
            office.takes(name, cast.company, "confirm")
    office.takes("frank", cast.company, "confirm")

    for name in ("alice", "bob", "frank", "dave", "grace", "mallory"):
        with pytest.raises(Refused):
            office.takes(name, cast.company, "approve")


def test_of_two_who_fill_in_at_once_the_second_is_told(cast, office: Office):
    company = office.of(cast.company)
    cell = company.collection.form.cells.get(code="D1").pk
    fill(company, {cell: Said(Decimal(1))}, edition=company.edition, by=cast.actor("frank"))

    with pytest.raises(DomainError, match="别人改过"):
        fill(company, {cell: Said(Decimal(2))}, edition=company.edition, by=cast.actor("carol"))

    assert office.of(cast.company).amounts.get().entered == 1


def _broken_off(office: Office, org) -> None:
    with transaction.atomic():
        office.takes("frank", org, "confirm")
        raise RuntimeError("the power goes")


def test_broken_off_in_the_middle_nothing_is_half_done(cast, office: Office):
    office.enters("frank", cast.company, D1=3, D2=1)

    with pytest.raises(RuntimeError):
        _broken_off(office, cast.company)

    company = office.of(cast.company)
    assert (company.state, company.confirmed_at) == ("open", None)
    assert set(company.amounts.values_list("value", flat=True)) == {None}
    assert "confirm" not in [one.verb for one in history_of(company)]


def test_a_reminder_reaches_those_who_have_not_handed_in_and_once_a_day(cast, office: Office):
    office.hands_in("frank", cast.company, "carol", D1=0, D2=0)

    told = [collecting.remind(office.collection, by=cast.actor("erin")) for _ in range(2)]

    assert [[one.org for one in each] for each in told] == [[cast.city], [cast.city]]
    reminded = Notice.objects.filter(kind="reminder")
    assert [one.person for one in reminded] == [cast.carol]
    assert [one.org for one in missing_of(office.collection)] == [cast.city]


def test_a_unit_in_between_sums_what_lies_below_from_then_on(cast):
    made = collecting.send(
        make_form(cast.province), [cast.branch], SEPTEMBER, due_on=date(2026, 10, 12),
        by=cast.actor("erin"),
    )  # fmt: skip
    office = Office(cast, made)
    own = office.of(cast.province)
    assert office.of(cast.branch).above == own

    collecting.extend(own, [cast.company, cast.branch], by=cast.actor("erin"))

    assert office.of(cast.branch).above == office.of(cast.company)
    with pytest.raises(DomainError, match="至少一个"):
        collecting.extend(own, [cast.company], by=cast.actor("erin"))
    with pytest.raises(DomainError, match="的下级工会"):
        collecting.extend(office.of(cast.company), [cast.other_city], by=cast.actor("erin"))


def test_nothing_is_sent_below_a_unit_that_handed_in(cast, office: Office):
    office.hands_in("frank", cast.company, "carol", D1=0, D2=0)

    with pytest.raises(DomainError, match="已经上报"):
        collecting.extend(office.of(cast.city), [cast.branch], by=cast.actor("carol"))


@settings(max_examples=6)
@given(st.lists(st.tuples(st.integers(0, 99), st.integers(0, 3)), min_size=1, max_size=4))
def test_sums_agree_with_what_every_unit_says(cast, units):
    """Whatever units say and however many people they have: the top is the sum of all parts."""
    with transaction.atomic():
        own = _summed(cast, units)
        transaction.set_rollback(True)

    assert own["D1"].value == sum(asked for asked, _ in units)
    assert own["A1"].below == sum(asked % 7 for asked, _ in units)
    assert own["A1"].part == own["A1"].counted - sum(people for _, people in units)
    assert own["A1"].value == own["A1"].below + own["A1"].part


def _summed(cast, units: list[tuple[int, int]]):
    """Each unit with so many people says a figure of its own, and of its members another."""
    form = make_form(cast.city)
    orgs = [OrgFactory(parent=cast.city) for _ in units]
    for org, (_, people) in zip(orgs, units, strict=True):
        PersonFactory.create_batch(people, org=org)
    made = collecting.send(form, orgs, SEPTEMBER, due_on=date(2026, 10, 12), by=cast.actor("carol"))
    office = Office(cast, made)
    for org, (asked, _) in zip(orgs, units, strict=True):
        office.hands_in("carol", org, "carol", note="核对过", A1=asked % 7, D1=asked, D2=0)
    return lines(office.of(cast.city))


def test_what_must_be_put_right_shuts_the_step(cast, office: Office):
    office.enters("frank", cast.company, D1=4, D2=5)
    page, frank = f"/statistics/filing/{office.of(cast.company).pk}/", cast.client("frank")

    wrong = frank.get(page).content.decode()
    office.enters("frank", cast.company, D2=4)
    right = frank.get(page).content.decode()

    shut = '<p class="when" id="waits-confirm">D2 不大于 D1 不成立'
    assert (shut in wrong, f"{page}do/confirm/" in wrong) == (True, False)
    assert (shut in right, f"{page}do/confirm/" in right) == (False, True)


def test_a_unit_hears_that_its_figures_are_locked(cast, office: Office):
    office.hands_in("frank", cast.company, "carol", D1=4, D2=4)

    told = Notice.objects.filter(kind="approved").values_list("person", "title")

    assert list(told) == [(cast.frank.pk, f"已审核锁定：{office.of(cast.company)}")]


def test_a_unit_in_between_reminds_those_below_it_only(cast, office: Office):
    collecting.extend(office.of(cast.company), [cast.branch], by=cast.actor("frank"))
    city = f"/statistics/filing/{office.of(cast.city).pk}/"
    company = f"/statistics/filing/{office.of(cast.company).pk}/"
    carol, frank = cast.client("carol"), cast.client("frank")

    seen = carol.get(city).content.decode()
    answer = frank.post(f"{company}remind/", follow=True).content.decode()
    again = carol.post(f"{city}remind/", follow=True).content.decode()

    assert "共 2 个单位没有上报" in seen
    assert "已催报 1 个还没有上报的下级单位" in answer
    assert "已催报 2 个还没有上报的下级单位" in again
    told = Notice.objects.filter(kind="reminder").order_by("pk").values_list("person", flat=True)
    assert list(told) == [cast.bob.pk, cast.frank.pk]  # Bob once a day, whoever presses
    body = Notice.objects.filter(kind="reminder", person=cast.bob.pk).get().body
    assert body.startswith(f"{cast.company}催报")


@pytest.mark.parametrize("name", ["alice", "dave", "grace", "bob"])
def test_nobody_else_reminds_a_unit_s_own(cast, office: Office, name):
    page = f"/statistics/filing/{office.of(cast.company).pk}/remind/"

    assert cast.client(name).post(page).status_code == 404
    assert not Notice.objects.filter(kind="reminder").exists()


def test_nobody_is_reminded_where_all_have_handed_in(cast, office: Office):
    office.hands_in("frank", cast.company, "carol", D1=4, D2=4)
    page = f"/statistics/filing/{office.of(cast.city).pk}/"
    carol = cast.client("carol")

    assert "催报未上报的" not in carol.get(page).content.decode()
    answer = carol.post(f"{page}remind/", follow=True).content.decode()
    assert "各单位都已上报，不用催报" in answer


def test_who_has_not_handed_in_is_reminded_before_the_last_day(cast, office: Office):
    office.hands_in("frank", cast.company, "carol", D1=4, D2=4)
    Notice.objects.all().delete()

    for day in (8, 9, 9, 10, 11, 12):
        remind_before_due(date(2026, 10, day))

    told = Notice.objects.order_by("pk").values_list("person", "kind", "title")
    title = f"快到期，还没有上报：{office.collection}"
    assert list(told) == [(cast.carol.pk, "due", title)] * 2


def on_record(cast, code):
    """Cell → what a shipped table already says of the branch when it is sent down."""
    frank = cast.actor("frank")
    form = api.begin(code, cast.company, by=frank)
    api.issue(form, by=frank)
    year = Period(date(2025, 10, 1), date(2026, 9, 30))
    made = api.send(form, [cast.branch], year, due_on=date(2026, 10, 20), by=frank)
    filing = Filing.objects.get(collection=made, org=cast.branch)
    return {line.cell.code: line.value for line in Sheet(filing).lines}


def test_the_tables_of_people_and_officers_ask_nothing_the_records_hold(cast):
    """T02 and T03 of domain §11.2: of whom it is on record, so many are there already."""
    PersonFactory(org=cast.branch, sex="female", is_migrant=True)
    PostFactory(person=cast.bob, org=cast.branch, title=CHAIR, full_time=False)
    member = {"org": cast.branch, "joined_on": date(2020, 3, 2)}
    for day in (date(2026, 2, 3), date(2026, 10, 1)):
        LedgerEntryFactory(person=PersonFactory(**member), org=cast.branch, act="die", day=day)
    worker = PersonFactory(org=cast.branch, joined_on=None)
    LedgerEntryFactory(person=worker, org=cast.branch, act="die", day=date(2026, 2, 3))
    for state, day in (("accepted", date(2026, 5, 8)), ("released", None)):
        TransferFactory(person=PersonFactory(**member), state=state, accepted_on=day)
    found = {code: on_record(cast, code) for code in ("T02", "T03")}

    women = Person.objects.filter(org=cast.branch, sex="female").count()
    assert (found["T02"]["A2"], found["T02"]["A3"], found["T02"]["A4"]) == (women, 1, 0)
    assert (found["T02"]["C2"], found["T02"]["C5"]) == (1, 1)
    assert [found["T03"][code] for code in ("A2", "B1", "B2", "B3")] == [1, 1, 0, 1]


def test_the_tables_of_care_and_honours_ask_nothing_the_records_hold(cast):
    """T07, T10, T12 and T15 of domain §11.2."""
    people = PersonFactory.create_batch(3, org=cast.branch)
    HardshipFactory(person=people[0], grade="deep")
    HardshipFactory(person=people[1], until=date(2026, 5, 8), ending="overcome")
    Person.objects.filter(pk=people[0].pk).update(work_status="on_duty")
    HonourFactory(person=people[0], granted_on=date(2026, 4, 28))
    HonourFactory(person=people[0], title="全国劳动模范", level="national")
    HonourFactory(person=people[1], revoked_on=date(2026, 9, 30), revoked_for="弄虚作假")
    days = {"holder": cast.branch, "since": date(2026, 1, 8), "until": date(2028, 1, 7)}
    for title in ("学习型组织", "学习型组织标兵", "合格职工之家"):
        TitleFactory(org=cast.company, title=title, **days)
    TitleFactory(org=cast.company, title="标兵", evaluation="知识型职工", person=people[2], **days)

    care, models, culture, homes = (on_record(cast, code) for code in ("T07", "T10", "T12", "T15"))

    assert [care[code] for code in ("A2", "A3", "A4", "A5", "A6")] == [1, 1, 0, 0, 1]
    assert [models[code] for code in ("A1", "A2", "A3", "A4")] == [1, 1, 0, 1]
    assert (culture["A2"], culture["A4"]) == (1, 1)
    assert (homes["A1"], homes["A2"]) == (1, 0)
    assert [care["B1"], models["A5"], culture["C3"], homes["B1"]] == [None] * 4


def test_the_tables_of_committees_are_counted_from_their_members(cast):
    """T04, T06 and T09 of domain §11.2; what nobody ever entered is asked for."""
    since, front = date(2026, 1, 8), "front_line"
    congress = OrgFactory(parent=cast.branch, kind="committee", function="workers_congress")
    mediation = OrgFactory(parent=cast.branch, kind="committee", function="mediation")
    for sex, category in (("female", front), ("male", front), ("male", "cadre")):
        person = PersonFactory(org=cast.branch, sex=sex, category=category)
        PostFactory(person=person, org=congress, title="职工代表", since=since)
        PostFactory(person=person, org=mediation, title="调解员", since=since)

    congresses, mediators, protection = (on_record(cast, code) for code in ("T04", "T06", "T09"))

    assert [congresses[code] for code in ("A1", "A4", "A5", "A6")] == [1, 3, 1, 2]
    assert (mediators["A1"], mediators["A2"]) == (1, 3)
    assert [mediators["C1"], mediators["C2"], protection["A1"], protection["A2"]] == [None] * 4
