"""A members' vote is opened, moved and counted; that a member voted is kept apart from it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from gonghui.core.access.actor import SYSTEM, Actor
from gonghui.core.flow.events import emit
from gonghui.core.history.trail import VERBS, record
from gonghui.kit.errors import DomainError

from ..models import Choice, Contender, Opinion, Poll, SheetLine, Tally, Voter
from ..queries.voting import (
    SECRET,
    electorate,
    keeps_from_vote,
    running_vote,
    uncounted,
    voted_items,
    votes_on,
    waiting_for,
)

VERBS |= {
    "open_vote": "开始会员评议",
    "move_vote": "改会员评议的截止日期",
    "count_poll": "会员评议计票",
}


@transaction.atomic
def open_vote(contender: Contender, *, until: date, by: Actor, on: date | None = None) -> Poll:
    """Its members of today may vote from now on, until that day included; all of them are told.

    A vote too few took part in may be held again, one that counts may not.
    """
    locked = Contender.objects.select_for_update().get(pk=contender.pk)
    today = on or timezone.localdate()
    if why := keeps_from_vote(locked, today):
        raise DomainError(why)
    who = electorate(locked, today)
    if not who.basis:
        raise DomainError("多少会员参加才有效还没有规定，请先到“标准”里填写。")
    if who.called < SECRET:
        raise DomainError(f"在册会员只有 {who.called} 人，不能保密，请用别的办法评议。")
    made = Poll.objects.create(
        contender=locked,
        opened_on=today,
        until=until,
        called=who.called,
        least=who.least,
        basis=who.basis,
    )
    items = voted_items(locked)
    Tally.objects.bulk_create(
        Tally(poll=made, criterion=one, choice=choice) for one in items for choice in Choice.values
    )
    said = {"until": until.isoformat(), "called": who.called, "least": who.least}
    record(locked, "open_vote", by=by, changes=said)
    emit(locked, "open_vote", by=by, poll=made)
    return made


@transaction.atomic
def move_vote(contender: Contender, *, until: date, reason: str, by: Actor) -> Poll:
    """A vote that runs goes on longer, never shorter; who has not voted yet is told."""
    locked = Contender.objects.select_for_update().get(pk=contender.pk)
    poll = running_vote(locked, timezone.localdate())
    if poll is None:
        raise DomainError("这次会员评议已经截止，不能再改截止日期。")
    if until <= poll.until:
        raise DomainError(f"只能往后改，现在的截止日期是 {poll.until}。")
    before, poll.until = poll.until, until
    poll.save(update_fields=["until"])
    said = {"until": [before.isoformat(), until.isoformat()], "reason": reason}
    record(locked, "move_vote", by=by, changes=said)
    emit(locked, "move_vote", by=by, poll=poll, reason=reason)
    return poll


def count_polls(day: date) -> int:
    """What members said in votes that were over before a day, written down to be counted."""
    found = [poll for poll in uncounted(day) if _counted(poll)]
    return len(found)


@transaction.atomic
def _counted(poll: Poll) -> bool:
    """Whether enough took part; then the result of each item stands."""
    contender = Contender.objects.select_for_update().get(pk=poll.contender_id)
    vote = votes_on([contender.pk])[contender.pk]
    if vote.poll != poll or vote.voted < poll.least:
        return False
    for line in contender.lines.filter(criterion__in=poll.tallies.values("criterion")):
        content = vote.counts.get((line.criterion_id, Choice.YES), 0)
        keep_opinion(line, poll.until, content, vote.voted)
    record(contender, "count_poll", by=SYSTEM, changes={"voted": vote.voted})
    return True


def keep_opinion(line: SheetLine, day: date, content: int, cast: int) -> None:
    """What members said of an item, as it counts from now on."""
    said = {"heard_on": day, "content": content, "cast": cast}
    Opinion.objects.update_or_create(line=line, defaults=said)


@transaction.atomic
def vote(poll: Poll, *, choices: Mapping[int, str], by: Actor, on: date | None = None) -> None:
    """Item → choice, all of them at once, and never again; no history tells who said what.

    Numbers are added to and no vote is stored, so that nothing leads from one to a voter.
    """
    me, today = by.person, on or timezone.localdate()
    if me is None or poll not in waiting_for(me, today):
        raise DomainError("这次会员评议您不能参加，或者已经参加过、已经截止。")
    try:
        with transaction.atomic():
            Voter.objects.create(poll=poll, person=me)
    except IntegrityError:
        raise DomainError("您已经评过了，每人只能评一次。") from None
    wanted = set(poll.tallies.values_list("criterion", flat=True))
    if set(choices) != wanted:
        raise DomainError("请给每一项选择。")
    for criterion, choice in sorted(choices.items()):
        rows = poll.tallies.filter(criterion=criterion, choice=choice)
        if not rows.update(count=F("count") + 1):
            raise DomainError("没有这个选项。")
