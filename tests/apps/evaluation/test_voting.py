"""Members vote on the phone: who may, once, unseen; what came of it, or that too few took part."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from gonghui.apps.evaluation.actions import sheets
from gonghui.apps.evaluation.actions.voting import open_vote, vote
from gonghui.apps.evaluation.flow import ROUND
from gonghui.apps.evaluation.models import Contender, Poll, Tally, Voter
from gonghui.apps.evaluation.notices import remind_to_vote
from gonghui.apps.evaluation.plugs import _desk, _votes
from gonghui.apps.evaluation.queries.results import lines_of
from gonghui.core.access.actor import Actor
from gonghui.core.history.models import Entry
from gonghui.core.notices.models import Notice
from gonghui.core.people.models import Membership
from gonghui.kit.errors import DomainError
from tests.factories.organisation import AccountFactory, PersonFactory
from tests.together import AT_ONCE, together

from .polling import LAST, opened, say
from .stage import MONDAY, on

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
AFTER = LAST + timedelta(days=1)


def said(sheet: Contender):
    return next(one for one in lines_of([sheet])[sheet.pk] if one.criterion.code == "F")


def test_the_result_is_told_after_the_last_day_and_scored_by_the_scheme(stage, sheet, members):
    poll = opened(stage, sheet)
    for person, choice in zip(members, ("yes", "yes", "yes", "no", "none"), strict=False):
        say(poll, person, choice)

    with on(LAST):
        running = said(sheet)
    with on(AFTER):
        over = said(sheet)

    assert (poll.called, poll.least) == (6, 4)
    assert (running.marks, running.vote_words) == (
        None, "会员评议 5 / 6 人参加，2026 年 12 月 7 日截止以后显示结果",
    )  # fmt: skip
    assert over.value == 60
    assert over.marks == 0  # none at 60, all at 90
    assert over.vote_words == "会员评议 5 / 6 人参加：满意 3，不满意 1，弃权 1"


@pytest.mark.parametrize(("voted", "marks"), [(3, None), (4, 20)])
def test_too_few_are_said_to_be_and_score_nothing(stage, sheet, members, voted, marks):
    poll = opened(stage, sheet)
    for person in members[:voted]:
        say(poll, person)

    with on(AFTER):
        found = said(sheet)

    assert found.marks == marks
    assert ("不够 4 人，不计分" in found.vote_words) is (marks is None)


def test_too_few_may_be_asked_again_and_enough_may_not(stage, sheet, members):
    opened(stage, sheet)
    with pytest.raises(DomainError, match="正在进行"):
        opened(stage, sheet)

    with on(AFTER):
        again = open_vote(sheet, until=AFTER + timedelta(days=7), by=stage.carol)
        for person in members:
            say(again, person)
    with on(AFTER + timedelta(days=8)), pytest.raises(DomainError, match="已经有结果"):
        open_vote(sheet, until=AFTER + timedelta(days=20), by=stage.carol)


def test_only_members_of_the_day_vote_and_each_once(stage, sheet, members):
    worker = PersonFactory(org=stage.unions[0])
    Membership.objects.filter(person=worker).update(standing="worker")
    poll = opened(stage, sheet)
    late = PersonFactory(org=stage.unions[0])
    Membership.objects.filter(person=late).update(since=MONDAY + timedelta(days=1))
    stranger = PersonFactory(org=stage.unions[1])
    say(poll, members[0])

    with on(MONDAY + timedelta(days=2)):
        for person in (members[0], worker, late, stranger):
            with pytest.raises(DomainError, match="不能参加"):
                say(poll, person)
    with on(AFTER), pytest.raises(DomainError, match="已经截止"):
        say(poll, members[1])
    assert poll.called == 6
    assert sum(poll.tallies.values_list("count", flat=True)) == 1


def test_nothing_leads_from_a_vote_to_who_gave_it(stage, sheet, members):
    """What is kept: that somebody voted, and a number; neither history nor a moment of it."""
    poll = opened(stage, sheet)
    before = Entry.objects.count()

    say(poll, members[0], "no")

    assert Entry.objects.count() == before
    assert {field.name for field in Voter._meta.fields} == {"id", "poll", "person"}
    assert {field.name for field in Tally._meta.fields} == {
        "id", "poll", "criterion", "choice", "count",
    }  # fmt: skip


def test_every_item_wants_a_choice_that_there_is(stage, sheet, members):
    poll = opened(stage, sheet)

    with pytest.raises(DomainError, match="每一项"):
        vote(poll, choices={}, by=Actor(members[0]))
    with pytest.raises(DomainError, match="没有这个选项"):
        say(poll, members[0], "never")

    assert not poll.voters.exists()


def test_paper_and_phone_never_stand_side_by_side(stage, sheet, members):
    line = stage.item(sheet, "F")
    opened(stage, sheet)
    with pytest.raises(DomainError, match="不再录入纸质"):
        sheets.count_votes(line, by=stage.carol, yes=5, cast=6)

    with on(AFTER):
        for teller in ("carol", "erin"):
            sheets.count_votes(line, by=stage.cast.actor(teller), yes=3, cast=4)
        assert said(sheet).value == 75
        with pytest.raises(DomainError, match="纸质"):
            open_vote(sheet, until=AFTER + timedelta(days=3), by=stage.carol)


def test_a_body_of_two_cannot_vote_unseen(stage):
    union = stage.unions[1]
    PersonFactory(org=union)

    with pytest.raises(DomainError, match="只有 2 人，不能保密"):
        open_vote(stage.apply(union), until=LAST, by=stage.carol)


def test_nobody_votes_on_themselves_and_a_round_waits_for_the_last_day(stage, sheet, members):
    stage.item(sheet, "E").delete()
    stage.round.scheme.criteria.filter(filler="peers").delete()
    Contender.objects.filter(pk=sheet.pk).update(person=members[0])
    sheet.refresh_from_db()
    poll = opened(stage, sheet)
    stage.step("visit")

    with pytest.raises(DomainError, match="不能参加"):
        say(poll, members[0])
    with pytest.raises(DomainError, match="还有 1 个会员评议没有截止，最晚到 2026 年 12 月 7 日"):
        stage.step("rank")
    for person in members[1:]:
        say(poll, person)
    for code, value in (("D", ["有制度"]), ("V", False)):
        sheets.visit_item(stage.item(sheet, code), by=stage.carol, value=value, words="", files=[])
    with on(AFTER):
        assert ROUND.perform(stage.round, "rank", by=stage.carol).state == "ranking"
    assert poll.called == 5


def test_members_are_told_reminded_once_and_the_union_of_the_end(stage, sheet, members):
    poll = opened(stage, sheet)
    say(poll, members[0])
    first = Notice.objects.filter(title__startswith="请参加会员评议")
    assert set(first.values_list("person", flat=True)) == {one.pk for one in members}

    for day in (LAST - timedelta(days=1),) * 2:
        with on(day):
            remind_to_vote(day)
    with on(AFTER):
        remind_to_vote(AFTER)

    rest = Notice.objects.filter(title__startswith="会员评议明天截止")
    assert sorted(rest.values_list("person", flat=True)) == [one.pk for one in members[1:]]
    over = Notice.objects.get(title__startswith="会员评议已截止", person=stage.carol.person)
    assert over.body == "1 / 6 人参加，不够 4 人，不计分，可以再评一次。"


def test_the_desk_and_the_study_page_lead_to_it(stage, sheet, members):
    carol, me = stage.carol, Actor(members[0])
    assert _votes(me, MONDAY) is None
    lines = _desk(carol, stage.unions[0], MONDAY)
    assert [one.label for one in lines if one.label.startswith("会员评议")]

    opened(stage, sheet)

    assert _votes(me, MONDAY).lines[0].label == str(sheet)
    lines = _desk(carol, stage.unions[0], MONDAY)
    assert not [one.label for one in lines if one.label.startswith("会员评议")]


def test_a_member_votes_on_the_phone_and_comes_back_to_nothing(stage, sheet, members):
    carol = stage.cast.client("carol")
    page = carol.get(reverse("evaluation:contender-detail", args=[sheet.pk]))
    door = reverse("evaluation:contender-vote", args=[sheet.pk])
    assert door in page.content.decode()
    answer = carol.post(door, {"until": LAST.isoformat()}, follow=True)
    said = answer.content.decode()
    assert "已通知有账号的 0 位会员。另有 6 位没有账号，收不到通知。" in said
    poll = Poll.objects.get()
    item = poll.tallies.first().criterion_id
    url = reverse("evaluation:my-vote", args=[poll.pk])
    phone = Client()
    phone.force_login(AccountFactory(person=members[0]))

    assert "提交评议" in phone.get(url).content.decode()
    empty = phone.post(url, {})
    done = phone.post(url, {f"item_{item}": "yes"}, follow=True)

    assert empty.status_code == 422
    assert "已收到您的评议" in done.content.decode()
    assert phone.get(url).status_code == 404
    stranger = Client()
    stranger.force_login(AccountFactory(person=PersonFactory(org=stage.unions[1])))
    assert stranger.get(url).status_code == 404
    assert stranger.post(url, {f"item_{item}": "no"}).status_code == 404
    assert stranger.get(door).status_code == 404


class TestAtOnce:
    pytestmark = AT_ONCE

    def test_of_two_presses_one_counts(self, stage, sheet, members):
        poll = opened(stage, sheet)

        refused = together(lambda: say(poll, members[0]), lambda: say(poll, members[0]))

        assert len(refused) == 1
        assert sum(poll.tallies.values_list("count", flat=True)) == poll.voters.count() == 1

    def test_members_who_press_together_are_all_counted(self, stage, sheet, members):
        poll = opened(stage, sheet)

        refused = together(*(lambda one=one: say(poll, one) for one in members))

        assert refused == []
        assert sum(poll.tallies.values_list("count", flat=True)) == 6
