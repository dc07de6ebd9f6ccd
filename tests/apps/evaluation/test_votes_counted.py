"""What members said is counted: of a vote that is over, or once two tellers agree; so T15 is."""

from __future__ import annotations

import importlib
from datetime import date, timedelta

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from gonghui.apps.evaluation.actions import sheets
from gonghui.apps.evaluation.actions.voting import move_vote
from gonghui.apps.evaluation.models import Opinion, Poll, Scheme
from gonghui.apps.evaluation.notices import remind_to_vote
from gonghui.apps.statistics import api as statistics
from gonghui.apps.statistics.models import Filing
from gonghui.apps.statistics.queries.filings import Sheet
from gonghui.core.access.actor import Actor
from gonghui.core.indicators.counting import figures, records
from gonghui.core.indicators.registry import indicators
from gonghui.core.notices.models import Notice
from gonghui.core.people.models import Account
from gonghui.kit.dates import Period
from gonghui.kit.errors import DomainError
from tests.factories.organisation import AccountFactory

from .polling import LAST, opened, say
from .stage import MONDAY, Stage, on

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
LATER = LAST + timedelta(days=5)
YEAR = Period.of_year(2026)
CODES = ("evaluation.opinions", "evaluation.cast", "evaluation.content", "evaluation.home_cast")


def counted(stage: Stage) -> list[object]:
    found = figures([indicators[code] for code in CODES], stage.unions[0], YEAR)
    return [found[code].value for code in CODES]


def test_a_vote_is_counted_when_it_is_over_and_never_before(stage, sheet, members):
    poll = opened(stage, sheet)
    for person, choice in zip(members, ("yes", "yes", "no", "none", "yes"), strict=False):
        say(poll, person, choice)
    with on(LAST):
        remind_to_vote(LAST)
        assert counted(stage) == [None] * 4

    with on(LAST + timedelta(days=1)):
        for _ in range(2):
            remind_to_vote(timezone.localdate())
        assert counted(stage) == [1, 5, 3, None]

    heard = indicators["evaluation.cast"]
    with on(LAST + timedelta(days=1)):
        seen = records(heard, stage.unions[0], YEAR, stage.carol)
        unseen = records(heard, stage.unions[0], YEAR, Actor(members[0]))
        assert [one.cast for one in seen] == [5]
        assert not unseen.exists()


def test_too_few_are_not_counted(stage, sheet, members):
    poll = opened(stage, sheet)
    for person in members[:3]:
        say(poll, person)

    with on(LAST + timedelta(days=1)):
        remind_to_vote(timezone.localdate())
        assert counted(stage) == [None] * 4


def test_paper_counts_when_two_say_the_same_and_no_longer_when_they_differ(stage, sheet):
    line = stage.item(sheet, "F")
    carol, erin = stage.carol, stage.cast.actor("erin")

    sheets.count_votes(line, by=carol, yes=40, cast=50)
    assert counted(stage) == [None] * 4
    sheets.count_votes(line, by=erin, yes=40, cast=50)
    assert counted(stage) == [1, 50, 40, None]
    sheets.count_votes(line, by=erin, yes=41, cast=50)
    assert not Opinion.objects.exists()


def test_a_vote_on_paper_counts_on_the_day_it_was_held(stage, sheet):
    """The meeting was in December, and the second teller enters it in January."""
    line, held = stage.item(sheet, "F"), date(2026, 11, 29)
    sheets.count_votes(line, by=stage.carol, yes=40, cast=50, held_on=held)
    with on(date(2027, 1, 5)):
        other = stage.cast.client("erin")
        url = reverse("evaluation:sheet-count", args=[line.pk])
        late = other.post(url, {"cast": 50, "yes": 40, "held_on": "2027-01-06"})
        other.post(url, {"cast": 50, "yes": 40, "held_on": "2027-01-05"})
        assert not Opinion.objects.exists()
        other.post(url, {"cast": 50, "yes": 40, "held_on": "2026-11-29"})

    assert late.status_code == 422
    assert Opinion.objects.get().heard_on == held
    assert counted(stage) == [1, 50, 40, None]


def test_what_was_counted_on_paper_before_is_written_down_by_the_upgrade(stage, sheet):
    line = stage.item(sheet, "F")
    for teller in ("carol", "erin"):
        sheets.count_votes(line, by=stage.cast.actor(teller), yes=40, cast=50)
    Opinion.objects.all().delete()

    upgrade = importlib.import_module("gonghui.apps.evaluation.migrations.0006_opinions_of_paper")
    upgrade.write_down(apps, None)

    assert list(Opinion.objects.values_list("line", "heard_on", "content", "cast")) == [
        (line.pk, MONDAY, 40, 50)
    ]


def test_the_form_of_homes_is_filled_from_members_votes(stage, sheet):
    """T15 of domain §11.2; what other evaluations asked is not of homes, as counted above."""
    line = stage.item(sheet, "F")
    for teller in ("carol", "erin"):
        sheets.count_votes(line, by=stage.cast.actor(teller), yes=40, cast=50)
    other = stage.apply(stage.unions[1])
    for teller in ("carol", "erin"):
        sheets.count_votes(stage.item(other, "F"), by=stage.cast.actor(teller), yes=1, cast=2)
    Scheme.objects.update(title="职工之家评估表")
    form = statistics.begin("T15", stage.cast.city, by=stage.carol)
    statistics.issue(form, by=stage.carol)
    due = date(2027, 1, 20)
    made = statistics.send(form, [stage.unions[0]], YEAR, due_on=due, by=stage.carol)
    filing = Filing.objects.get(collection=made, org=stage.unions[0])

    found = {one.cell.code: one.value for one in Sheet(filing).lines}

    assert [found[code] for code in ("B1", "B2", "B3")] == [50, 40, 80]


def test_the_last_day_is_moved_later_only_and_who_has_not_voted_is_told(stage, sheet, members):
    poll = opened(stage, sheet)
    say(poll, members[0])
    with on(LAST - timedelta(days=1)):
        remind_to_vote(timezone.localdate())

    with on(LAST), pytest.raises(DomainError, match="只能往后改"):
        move_vote(sheet, until=LAST, reason="人还不够", by=stage.carol)
    with on(LAST):
        move_vote(sheet, until=LATER, reason="人还不够", by=stage.carol)
    with on(LATER - timedelta(days=1)):
        remind_to_vote(timezone.localdate())
        say(poll, members[1])
    with on(LATER + timedelta(days=1)), pytest.raises(DomainError, match="已经截止"):
        move_vote(sheet, until=LATER + timedelta(days=9), reason="太晚了", by=stage.carol)

    rest = {one.pk for one in members[1:]}
    longer = Notice.objects.filter(title__startswith="会员评议延长")
    reminded = Notice.objects.filter(title__startswith="会员评议明天截止", person=members[2])
    assert set(longer.values_list("person", flat=True)) == rest
    assert reminded.count() == 2


def test_an_officer_moves_the_last_day_at_the_sheet(stage, sheet, members):
    opened(stage, sheet)
    carol = stage.cast.client("carol")
    door = reverse("evaluation:contender-vote-move", args=[sheet.pk])
    page = carol.get(reverse("evaluation:contender-detail", args=[sheet.pk]))
    assert door in page.content.decode()

    early = carol.post(door, {"until": LAST.isoformat(), "reason": "人还不够"})
    done = carol.post(door, {"until": LATER.isoformat(), "reason": "人还不够"}, follow=True)

    assert early.status_code == 422
    assert "截止日期已改为 2026 年 12 月 12 日" in done.content.decode()
    assert Poll.objects.get().until == LATER
    stranger = Client()
    stranger.force_login(AccountFactory(person=members[0]))
    assert stranger.get(door).status_code == 404
    assert stranger.post(door, {"until": "2027-01-05", "reason": "不行"}).status_code == 404


def test_who_opens_a_vote_is_told_how_many_cannot_vote_on_the_phone(stage, sheet, members):
    for person in members[:3]:
        AccountFactory(person=person)
    Account.objects.filter(person=members[2]).update(is_active=False)
    carol = stage.cast.client("carol")
    door = reverse("evaluation:contender-vote", args=[sheet.pk])

    few = carol.get(door).content.decode()
    for person in members[3:5]:
        AccountFactory(person=person)
    enough = carol.get(door).content.decode()

    assert "2 人有账号</a>" in few
    assert "4 人没有账号" in few
    assert "不到有效人数" in few
    assert "2 人没有账号" in enough
    assert "不到有效人数" not in enough


def test_the_list_of_people_is_narrowed_to_who_cannot_log_in(stage, members):
    AccountFactory(person=members[0])
    url = reverse("membership:person-list")
    said = {"org": stage.unions[0].pk, "scope": "below", "standing": "member"}

    page = stage.cast.client("carol").get(url, {**said, "account": "none"})
    other = stage.cast.client("carol").get(url, {**said, "account": "some"})

    assert page.context["table"].page.paginator.count == 5
    assert other.context["table"].page.paginator.count == 1
