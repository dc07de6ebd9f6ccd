"""A round over people: the sheet of a person fills itself from that person's records."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest

from gonghui.apps.evaluation.actions import sheets
from gonghui.apps.evaluation.engine.trying import Changed
from gonghui.apps.evaluation.forms.schemes import CriterionForm
from gonghui.apps.evaluation.models import Contender, Criterion
from gonghui.apps.evaluation.queries.results import lines_of
from gonghui.apps.evaluation.queries.schemes import faults_of, trial
from gonghui.apps.evaluation.queries.trying import what_if
from gonghui.kit.dates import Period
from tests.cast import Cast
from tests.factories.activities import SessionFactory
from tests.factories.archive import PieceFactory
from tests.factories.attendance import AttendanceFactory
from tests.factories.credits import CreditFactory
from tests.factories.evaluation import (
    BandFactory,
    CriterionFactory,
    RoundFactory,
    SchemeFactory,
)
from tests.factories.mentoring import PairFactory
from tests.factories.organisation import PersonFactory
from tests.factories.records import ContributionFactory
from tests.factories.signing import RegistrationFactory

from .stage import MONDAY, on

pytestmark = pytest.mark.django_db
MAY = date(2026, 5, 8)
YEAR = Period(date(2026, 1, 1), date(2026, 12, 31))
# Item | marks | how | measure | more
ITEMS = (
    ("P1", 20, "linear", "site.hours", {"zero_at": 20, "full_at": 60}),
    ("P2", 10, "linear", "participation.times", {"zero_at": 0, "full_at": 4}),
    ("P3", 10, "each", "records.contributions", {"each": 2}),
    ("P4", 20, "linear", "volunteering.hours", {"zero_at": 0, "full_at": 20}),
    ("P5", 10, "each", "site.awards", {"each": 5}),
    ("P6", 10, "each", "mentoring.taught", {"each": 5}),
    ("P7", 20, "linear", "archive.books", {"zero_at": 0, "full_at": 10}),
)  # fmt: skip


@pytest.fixture
def round_(cast: Cast):
    """The city judges people by seven figures, none of which anybody types."""
    with on(MONDAY):
        scheme = SchemeFactory(org=cast.city, state="issued", target="person")
        for place, (code, weight, method, measure, more) in enumerate(ITEMS):
            CriterionFactory(
                scheme=scheme, code=code, name=f"项目{code}", weight=weight, method=method,
                filler="records", indicator=measure, position=place, **more,
            )  # fmt: skip
        BandFactory(scheme=scheme, title="标兵", at_least=60)
        yield RoundFactory(
            org=cast.city, scheme=scheme, state="applying", title="知识型职工",
            apply_from=MONDAY, apply_until=MONDAY + timedelta(days=10),
        )  # fmt: skip


def hours(person, amount: str, *, kind: str = "course", on_: date = MAY) -> None:
    unit = "class_hour" if kind == "course" else "hour"
    CreditFactory(
        person=person, org=person.org, kind=kind, unit=unit, amount=Decimal(amount), on=on_
    )


def award(person, **more) -> None:
    CreditFactory(
        person=person, org=person.org, kind="award", unit="item", amount=Decimal(1), on=MAY, **more
    )


def live(person, times: int) -> None:
    """So many sessions attended, words said, books read, prizes won and people brought on."""
    for _ in range(times):
        session = SessionFactory(
            activity__org=person.org, starts_at="2026-05-08T10:00+08:00",
            ends_at="2026-05-08T12:00+08:00", activity__starts_at="2026-05-08T10:00+08:00",
        )  # fmt: skip
        held = RegistrationFactory(activity=session.activity, person=person, org=person.org)
        AttendanceFactory(
            session=session, person=person, registration=held, in_at="2026-05-08T10:05+08:00"
        )
        ContributionFactory(activity=session.activity, registration=held)
        PieceFactory(person=person, on=MAY)
        award(person)
        PairFactory(
            org=person.org, mentor=person, since=MAY, state="running",
            mentor_agreed_at="2026-05-08T10:00+08:00",
        )  # fmt: skip
    hours(person, str(20 * times))
    hours(person, str(5 * times), kind="service")


def apply(cast: Cast, round_, person) -> Contender:
    return sheets.apply(round_, person.org, person=person, by=cast.actor("carol"))


def sheet(contender: Contender) -> dict[str, tuple[str, Fraction | None]]:
    """Code → the value as it is read, and its marks."""
    return {
        one.criterion.code: (one.words, one.marks) for one in lines_of([contender])[contender.pk]
    }


def test_the_sheet_of_a_person_fills_itself_from_that_person_alone(cast: Cast, round_) -> None:
    live(cast.alice, 2)
    live(cast.bob, 3)

    made = apply(cast, round_, cast.alice)

    assert sheet(made) == {
        "P1": ("40 学时", 10),
        "P2": ("2 次", 5),
        "P3": ("2 次", 4),
        "P4": ("10 小时", 10),
        "P5": ("2 项", 10),
        "P6": ("2 对", 10),
        "P7": ("2 本", 4),
    }
    assert made.filled_at is not None


@pytest.mark.parametrize(
    ("amount", "marks"),
    [
        ("19.5", Fraction(0)), ("20", Fraction(0)), ("20.5", Fraction(1, 4)),
        ("59.5", Fraction(79, 4)), ("60", Fraction(20)), ("60.5", Fraction(20)),
    ],
)  # fmt: skip
def test_in_proportion_on_both_sides_of_each_limit(cast: Cast, round_, amount, marks) -> None:
    hours(cast.alice, amount)

    assert sheet(apply(cast, round_, cast.alice))["P1"][1] == marks


@pytest.mark.parametrize(("awards", "marks"), [(0, 0), (1, 5), (2, 10), (3, 10)])
def test_each_counts_up_to_its_weight(cast: Cast, round_, awards, marks) -> None:
    award(cast.bob)
    for _ in range(awards):
        award(cast.alice)
    award(cast.alice, withdrawn_at="2026-05-09T10:00+08:00")

    assert sheet(apply(cast, round_, cast.alice))["P5"] == (f"{awards} 项", marks)


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2025, 12, 31), "0 学时"), (date(2026, 1, 1), "8 学时"),
        (date(2026, 11, 30), "8 学时"), (date(2026, 12, 1), "0 学时"),
    ],
)  # fmt: skip
def test_only_the_days_of_the_round_that_have_been_count(cast: Cast, round_, day, words) -> None:
    hours(cast.bob, "1", on_=date(2026, 2, 2))
    hours(cast.alice, "8", on_=day)

    assert sheet(apply(cast, round_, cast.alice))["P1"][0] == words


def test_what_nobody_has_recorded_yet_is_open_and_not_nought(cast: Cast, round_) -> None:
    assert sheet(apply(cast, round_, cast.alice))["P4"] == ("", None)


def test_a_figure_opens_to_that_persons_records_for_whoever_may(cast: Cast, round_) -> None:
    live(cast.alice, 1)
    made = apply(cast, round_, cast.alice)
    door = f"/indicators/site.hours/person/{cast.alice.pk}/"
    page = f"/evaluation/contender/{made.pk}/"

    for name in ("alice", "carol"):
        client = cast.client(name)
        assert door in client.get(page).content.decode()
        shown = client.get(f"{door}?since=2026-01-01&until=2026-12-31")
        assert "书法讲座" in shown.content.decode()
    assert cast.client("mallory").get(door).status_code == 404


def test_what_if_works_with_computed_items(cast: Cast, round_) -> None:
    live(cast.alice, 3)
    hours(cast.bob, "60")
    for person in (cast.alice, cast.bob):
        made = apply(cast, round_, person)
        Contender.objects.filter(pk=made.pk).update(state="handed")
    item = round_.scheme.criteria.get(code="P7")

    moved = what_if(round_, {item.pk: Changed(full_at=Fraction(3))}, [("标兵", Fraction(60))])

    then = {one.contender.person_id: (one.now.total.marks, one.then.total.marks) for one in moved}
    assert then == {
        cast.alice.pk: (Fraction(149, 2), Fraction(177, 2)),
        cast.bob.pk: (20, 20),
    }


def test_only_measures_of_a_person_are_offered_for_people(cast: Cast) -> None:
    people = SchemeFactory(org=cast.city, target="person")
    teams = SchemeFactory(org=cast.city, target="team")

    def codes(scheme) -> set[str]:
        form = CriterionForm(instance=Criterion(scheme=scheme), scheme=scheme)
        return {code for code, _ in form.fields["indicator"].choices}

    assert "membership.rate" in codes(teams)
    assert "membership.rate" not in codes(people)
    assert {measure for _, _, _, measure, _ in ITEMS} <= codes(people)
    words = dict(CriterionForm(instance=Criterion(), scheme=people).fields["indicator"].choices)
    assert words["participation.times"] == "参加活动（次）"


def test_a_scheme_for_people_with_a_figure_of_bodies_is_not_issued(cast: Cast) -> None:
    scheme = SchemeFactory(org=cast.city, target="person")
    CriterionFactory(
        scheme=scheme, weight=100, method="linear", filler="records",
        indicator="membership.rate", zero_at=0, full_at=90,
    )  # fmt: skip
    BandFactory(scheme=scheme, title="标兵", at_least=60)

    found = faults_of(scheme)
    scheme.target = "unit"
    scheme.save()

    assert any("评个人时不能由它计算" in fault for fault in found)
    assert faults_of(scheme) == []


def test_a_scheme_for_people_is_tried_on_those_one_may_read(cast: Cast, round_) -> None:
    live(cast.alice, 2)
    scheme = round_.scheme
    with on(MONDAY):
        found = trial(scheme, cast.company, YEAR, by=cast.actor("frank"))
        made = apply(cast, round_, cast.alice)
        page = cast.client("carol").get(f"/evaluation/scheme/{scheme.pk}/trial/").content.decode()

    ranked = [(row.whom, row.place) for row in found.rows if row.place]
    assert ranked[0] == (cast.alice, 1)
    # The same marks as on the sheet, item by item; who did nothing of it has 0.
    marks = [f"{line.marks}" for line in lines_of([made])[made.pk]]
    assert [words for _, words in found.rows[0].cells] == marks
    assert {row.words for row in found.rows[1:]} == {"0"}
    assert {row.whom.org for row in found.rows} <= {
        cast.company, cast.branch, cast.second_branch,
    }  # fmt: skip
    assert "艾丽" in page
    assert trial(scheme, cast.city, YEAR, by=cast.actor("alice")).rows == ()


def test_a_trial_of_people_asks_no_more_for_more_people(
    cast: Cast, round_, django_assert_max_num_queries
) -> None:
    live(cast.alice, 1)
    for _ in range(8):
        PersonFactory(org=cast.branch)

    by = cast.actor("frank")
    with on(MONDAY), django_assert_max_num_queries(18):
        trial(round_.scheme, cast.company, YEAR, by=by)


def test_contenders_are_found_by_name_and_by_the_name_of_the_round(cast: Cast, round_) -> None:
    made = apply(cast, round_, cast.alice)
    listed = f"/evaluation/contender/?org={cast.company.pk}&scope=below"

    found = {
        asked: str(made) in cast.client("carol").get(f"{listed}&{asked}").content.decode()
        for asked in (f"round={round_.title[:3]}", "name=艾", "round=别的", "name=鲍")
    }

    assert list(found.values()) == [True, True, False, False]


def test_a_trial_of_many_people_is_read_page_by_page(cast: Cast, round_, monkeypatch) -> None:
    monkeypatch.setattr("gonghui.apps.evaluation.screens.schemes.TRIED_A_PAGE", 1)
    live(cast.alice, 2)
    address = f"/evaluation/scheme/{round_.scheme.pk}/trial/"

    with on(MONDAY):
        first = cast.client("carol").get(address).content.decode()
        second = cast.client("carol").get(f"{address}?page=2").content.decode()

    assert "艾丽" in first
    assert "艾丽" not in second
    assert 'rel="prev"' in second


def test_too_many_people_are_not_tried_at_once(cast: Cast, round_, monkeypatch) -> None:
    monkeypatch.setattr("gonghui.apps.evaluation.queries.schemes.MOST_TRIED", 2)

    with on(MONDAY):
        address = f"/evaluation/scheme/{round_.scheme.pk}/trial/"
        page = cast.client("carol").get(address).content.decode()

    assert "人太多，一次算不完" in page


def test_who_moved_brings_their_records_along(cast: Cast, round_) -> None:
    hours(cast.alice, "60")
    person = cast.alice
    person.org = PersonFactory(org=cast.second_branch).org
    person.save(update_fields=["org"])

    assert sheet(apply(cast, round_, person))["P1"] == ("60 学时", 20)
