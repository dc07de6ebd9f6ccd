"""A members' vote is opened; that a member voted is kept apart from what they said."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from gonghui.core.access.actor import Actor
from gonghui.core.flow.events import emit
from gonghui.core.history.trail import VERBS, record
from gonghui.core.regulations.standards import standard
from gonghui.kit.errors import DomainError

from ..models import Choice, Contender, Poll, Tally, Voter
from ..queries.voting import keeps_from_vote, members_of, voted_items, waiting_for

VERBS |= {"open_vote": "开始会员评议"}
SHARE = "evaluation_vote_share"
SECRET = 3  # of fewer the numbers would tell who said what


@transaction.atomic
def open_vote(contender: Contender, *, until: date, by: Actor) -> Poll:
    """Its members of today may vote from now on, until that day included; all of them are told.

    A vote too few took part in may be held again, one that counts may not.
    """
    locked = Contender.objects.select_for_update().get(pk=contender.pk)
    today = timezone.localdate()
    if why := keeps_from_vote(locked, today):
        raise DomainError(why)
    held = standard(SHARE, org=locked.round.org, day=today)
    if held is None:
        raise DomainError("多少会员参加才有效还没有规定，请先到“标准”里填写。")
    called = members_of(locked, today).count()
    if called < SECRET:
        raise DomainError(f"在册会员只有 {called} 人，不能保密，请用别的办法评议。")
    least = max(SECRET, math.ceil(held.value * called))
    doubt = "待核实" if held.is_doubtful else ""
    basis = "；".join(filter(None, (held.words, held.source, doubt)))[:300]
    made = Poll.objects.create(
        contender=locked, opened_on=today, until=until, called=called, least=least, basis=basis
    )
    items = voted_items(locked)
    Tally.objects.bulk_create(
        Tally(poll=made, criterion=one, choice=choice) for one in items for choice in Choice.values
    )
    said = {"until": until.isoformat(), "called": called, "least": least}
    record(locked, "open_vote", by=by, changes=said)
    emit(locked, "open_vote", by=by, poll=made)
    return made


@transaction.atomic
def vote(poll: Poll, *, choices: Mapping[int, str], by: Actor) -> None:
    """Item → choice, all of them at once, and never again; no history tells who said what.

    Numbers are added to and no vote is stored, so that nothing leads from one to a voter.
    """
    me, today = by.person, timezone.localdate()
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
