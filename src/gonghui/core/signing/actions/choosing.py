"""Who stands on the list takes further items, groups or shifts, or gives one up."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from gonghui.core.access.actor import Actor
from gonghui.core.activities.kinds import kinds
from gonghui.core.activities.models import Activity
from gonghui.core.activities.rules import ACTIVITY_RULES
from gonghui.core.history.trail import VERBS, record
from gonghui.kit.errors import DomainError

from ..models import Quota, Registration
from .locking import lock
from .seating import change_places, fill
from .signing import check_items, is_over, why_closed

VERBS |= {"choose": "改报项目"}

STATUS = Registration.Status


@transaction.atomic
def choose(registration: Registration, quotas: Sequence[Quota], *, by: Actor) -> Registration:
    """Have these items and no others; what is kept keeps its place, what is full is waited for.

    Further ones are taken as long as one may sign up, and a place is given up as long as one may
    withdraw; who holds the activity is bound by neither.
    """
    activity = lock(registration.activity_id)
    kept = Registration.objects.select_for_update().get(pk=registration.pk)
    if kept.status not in (STATUS.SIGNED, STATUS.WAITING) or is_over(activity):
        raise DomainError("只有报上名或在候补、还没有办的活动可以改报。")
    chosen = list(kept.chosen.select_related("quota"))
    held = {choice.quota_id: choice.line for choice in chosen}
    wanted = {quota.pk for quota in quotas}
    if held.keys() == wanted:
        return kept
    _check_choice(activity, held, wanted, by)
    check_items(activity, quotas)
    change_places(activity, [(kept, kept.role, quotas)])
    fill(activity, by=by)
    kept.refresh_from_db()
    after = list(kept.chosen.select_related("quota"))
    said = ["、".join(map(str, chosen)), "、".join(map(str, after))]
    record(kept, "choose", by=by, changes={"items": said})
    return kept


def _check_choice(
    activity: Activity, held: dict[int, int | None], wanted: set[int], by: Actor
) -> None:
    if by.person is None or ACTIVITY_RULES["edit"].allows(by, activity):
        return
    if not wanted:
        item = kinds[activity.kind].item
        raise DomainError(f"请至少留一{item}；都不参加了，请退出报名。")
    now = timezone.now()
    if wanted - held.keys() and (why := why_closed(activity, now)):
        raise DomainError(why)
    gives_up = any(line is None and pk not in wanted for pk, line in held.items())
    if gives_up and activity.withdraw_by is not None and now > activity.withdraw_by:
        raise DomainError("退出的期限已过，请联系组织者。")
