"""People get a place at an activity, or a turn in the line for one, or give theirs back.

Every change of places happens on the locked activity row, so that no two hands count at once; the
database itself refuses an overbooked row.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from gonghui.core.access.actor import Actor
from gonghui.core.activities.kinds import kinds
from gonghui.core.activities.models import Activity, Admits, State
from gonghui.core.activities.rules import ACTIVITY_RULES, UPCOMING
from gonghui.core.flow import events
from gonghui.core.history.trail import VERBS, record, record_many
from gonghui.core.orgs.models import Org
from gonghui.core.people.models import Person
from gonghui.kit.errors import DomainError
from gonghui.kit.prepared import about
from gonghui.kit.writing import insertion, write

from ..models import Choice, Delegation, Question, Quota, Registration, Terms
from ..queries.mine import questions_of
from ..queries.roll import standing
from ..sockets import clashes, holds
from .admitting import why_outside
from .locking import lock
from .seating import Seats, fill

VERBS |= {
    "sign": "报名",
    "ask_leave": "请负责人同意报名",
    "wait": "进入候补",
    "withdraw": "退出",
    "complete": "补填",
}

STATUS = Registration.Status
FEW = 20  # more people at once are entered in the history together
AT_ONCE = 500  # rows of one statement
VERB_OF = (
    ("sign", STATUS.SIGNED),
    ("wait", STATUS.WAITING),
    ("ask_leave", STATUS.ASKED),
)
GONE = (STATUS.WITHDRAWN, STATUS.DECLINED, STATUS.INVITED)


@dataclass(frozen=True)
class Signing:
    """What one person signs up with; ``guest`` is the name of one who is not on record."""

    person: Person | None = None
    guest: str = ""
    role: str = Registration.Role.PARTICIPANT
    quotas: tuple[Quota, ...] = ()
    delegation: Delegation | None = None
    category: str = ""
    companion_names: tuple[str, ...] = ()
    companion_kind: str = ""
    answers: dict[str, Any] | None = None
    consented: bool = False


@transaction.atomic
def sign_up(
    activity: Activity,
    signings: Sequence[Signing],
    *,
    by: Actor,
    on_the_spot: bool = False,
    later: bool = False,
) -> list[Registration]:
    """Give each a place or a turn in the waiting line, in the order given; all or none.

    A second press changes nothing and returns what there is already. Who is signed up by somebody
    else answers the questions and agrees to the notice later, on their own phone (``complete``);
    ``later`` says so of everybody in the list, whoever hands it in among them.
    """
    locked = lock(activity.pk, _only(signings))
    _check_open(locked, timezone.now(), on_the_spot=on_the_spot)
    return seat(locked, signings, by=by, at_door=on_the_spot, later=later)


def seat(
    locked: Activity,
    signings: Sequence[Signing],
    *,
    by: Actor,
    at_door: bool = False,
    later: bool = False,
    is_welcome: bool = False,
) -> list[Registration]:
    """The same whatever the hour, on an activity the caller has locked.

    ``is_welcome``: whoever holds it has asked for them. At the door whoever stands there decides.
    """
    desk = _Desk(locked, signings, by, at_door=at_door, asks=not (at_door or later))
    whys = [""] * len(signings)
    if not (at_door or is_welcome):
        whys = why_outside(locked, signings, by)
    made = [desk.sign(one, why) for one, why in zip(signings, whys, strict=True)]
    desk.keep()
    return made


def _only(signings: Sequence[Signing]) -> int:
    """Whose place it is about, where it is about one person's."""
    alone = signings[0].person if len(signings) == 1 else None
    return alone.pk if alone else 0


def terms_of(locked: Activity) -> Terms | None:
    """The version of the notice as it reads now, kept when the first person agrees to it."""
    if not locked.consent:
        return None
    latest = next(iter(about(locked.pk, "latest terms", _latest_terms)), None)
    if latest is not None and latest.text == locked.consent:
        return latest
    version = latest.version + 1 if latest else 1
    return Terms.objects.create(activity=locked, version=version, text=locked.consent)


def _latest_terms(activity: int) -> QuerySet[Terms]:
    return Terms.objects.filter(activity=activity).order_by("-version")[:1]


class _Desk:
    """Where people are signed up for one locked activity, one after the other."""

    def __init__(
        self,
        activity: Activity,
        signings: Sequence[Signing],
        by: Actor,
        *,
        at_door: bool,
        asks: bool,
    ) -> None:
        self.activity, self.by, self.now = activity, by, timezone.now()
        self.at_door, self.asks = at_door, asks
        self.changed: list[Registration] = []
        self.chosen: dict[int, list[Choice]] = {}  # by the row, which may have no number yet
        self.seats = Seats.of(activity)
        people = [one.person.pk for one in signings if one.person]
        nothing = people == [activity.__dict__.pop("stranger", None)]  # true this once only
        self.known = {one.person_id: one for one in ([] if nothing else standing(activity, people))}
        self.guests = {} if at_door else self._guests(signings)

    def _guests(self, signings: Sequence[Signing]) -> dict[str, Registration]:
        """Guests the same hand has signed up by the same name; at the door namesakes may come."""
        names = {one.guest for one in signings if one.guest}
        if not names:
            return {}
        rows = self.activity.registrations.filter(person=None, guest__in=names)
        return {one.guest: one for one in rows.filter(signed_by=self.by.person)}

    def sign(self, one: Signing, outside: str) -> Registration:
        """``outside`` says why they are not of those it is for."""
        known = self.known.get(one.person.pk) if one.person else self.guests.get(one.guest)
        if known and known.status not in GONE:
            return known
        self._check(one)
        if outside and self.activity.admits == Admits.MEANT:
            raise DomainError(outside)
        kept = known or Registration(activity=self.activity, person=one.person, guest=one.guest)
        self._fill_in(kept, one)
        chosen = [Choice(registration=kept, quota=quota) for quota in one.quotas]
        (self.seats.queue if outside else self.seats.seat)(kept, chosen)
        self.chosen[id(kept)] = chosen
        self.changed.append(kept)
        if one.person:
            self.known[one.person.pk] = kept
        elif not self.at_door:
            self.guests[one.guest] = kept
        return kept

    def _told(self, one: Registration) -> dict[str, str]:
        """What the history keeps of it: the activity, the items, and what was agreed to."""
        told = {"activity": str(self.activity)}
        if chosen := self.chosen[id(one)]:
            told["items"] = "、".join(map(str, chosen))
        return told | {"terms": str(one.terms)} if one.terms else told

    def keep(self) -> None:
        """Write who was signed up, each with an entry, and how many places that took."""
        self._write()
        if asking := [one for one in self.changed if one.status == STATUS.ASKED]:
            events.emit(self.activity, "leave_asked", by=self.by, registrations=asking)

    def _write(self) -> None:
        fresh = [one for one in self.changed if not one.pk]
        key = self.activity.__dict__.pop("next_key", None)  # likewise
        if key and len(fresh) == len(self.changed) == 1:
            self._keep_one(fresh[0], key)
            return
        for one in (one for one in self.changed if one.pk):
            one.save()
        Registration.objects.bulk_create(fresh, batch_size=AT_ONCE)
        chosen = [choice for one in self.changed for choice in self.chosen[id(one)]]
        Choice.objects.bulk_create(chosen, batch_size=AT_ONCE)
        for verb, status in VERB_OF:
            rows = [one for one in self.changed if one.status == status]
            if len(self.changed) > FEW:
                said = {one.pk: self._told(one) for one in rows}
                record_many(Registration, said, verb, by=self.by)
            else:
                for one in rows:
                    record(one, verb, by=self.by, changes=self._told(one), is_new=one in fresh)
        write(self.seats.counted())

    def _keep_one(self, one: Registration, key: int) -> None:
        """The same in a single step: everybody else waits meanwhile."""
        one.pk = key
        (verb,) = (verb for verb, status in VERB_OF if status == one.status)
        chosen = self.chosen[id(one)]
        for choice in chosen:
            choice.registration = one  # with its number now
        beside = [insertion(one), *map(insertion, chosen), *self.seats.counted()]
        record(one, verb, by=self.by, changes=self._told(one), is_new=True, beside=beside)

    def _home(self, one: Signing) -> Org:
        """A guest comes with the unit of who signs them up; at the door, to whoever holds it."""
        if one.person or self.at_door or self.by.person is None:
            return one.person.org if one.person else self.activity.org
        return self.by.person.org

    def _fill_in(self, kept: Registration, one: Signing) -> None:
        kept.org = self._home(one)
        kept.unit_quota = self.seats.unit_quota(kept.org)
        kept.role, kept.delegation = one.role, one.delegation
        kept.category, kept.answers = one.category or self._known_as(one), one.answers or {}
        kept.companions, kept.companion_names = len(one.companion_names), list(one.companion_names)
        kept.companion_kind = one.companion_kind if one.companion_names else ""
        kept.consented_at = self.now if one.consented else None
        kept.terms = terms_of(self.activity) if one.consented else None
        kept.signed_by, kept.signed_at, kept.moved_up_at = self.by.person, self.now, None

    def _known_as(self, one: Signing) -> str:
        """What the record says of a person, where the activity asks for it."""
        known = one.person.category if one.person else ""
        return known if known in self.activity.categories else ""

    def _check(self, one: Signing) -> None:
        most = self.activity.companions_allowed
        if len(one.companion_names) > most:
            raise DomainError(f"每人最多带 {most} 人同行，请改少一些。")
        check_items(self.activity, one.quotas)
        if self.asks and one.person is not None and one.person == self.by.person:
            questions = questions_of(self.activity)
            check_answers(self.activity, questions, one.answers or {}, one.consented)


def check_answers(
    activity: Activity, questions: Sequence[Question], answers: dict[str, Any], consented: bool
) -> None:
    """Who signs up for themselves has agreed to the notice and answered what must be."""
    if activity.consent and not consented:
        raise DomainError("请先阅读并同意报名须知。")
    missing = [q.label for q in questions if q.is_required and not answers.get(str(q.pk))]
    if missing:
        raise DomainError(f"还有必填的没有回答：{'、'.join(missing)}。")


def check_items(activity: Activity, quotas: Sequence[Quota]) -> None:
    """One person has no more items than may be, and none at the time of another."""
    if len(quotas) > activity.items_allowed:
        raise DomainError(f"{items_words(activity)}，请少选一些。")
    if len(quotas) > 1 and (why := next(filter(None, (one(quotas) for one in clashes)), "")):
        raise DomainError(why)


def items_words(activity: Activity) -> str:
    """How many items one person may have, in the words of its kind."""
    return f"每人最多报 {activity.items_allowed} {kinds[activity.kind].item}"


def _check_open(activity: Activity, now: datetime, *, on_the_spot: bool) -> None:
    if on_the_spot:
        if activity.state not in (State.OPEN, State.CLOSED, State.ANNOUNCED, State.HELD):
            raise DomainError("这个活动现在不能现场报名。")
    elif why := why_closed(activity, now):
        raise DomainError(why)


def why_closed(activity: Activity, now: datetime) -> str:
    """Why nobody may sign up at a moment, in a sentence; empty while one may."""
    if activity.state != State.OPEN:
        return "现在不能报名：报名还没有开放，或已经截止。"
    if activity.opens_at and now < activity.opens_at:
        return f"报名 {timezone.localtime(activity.opens_at):%m月%d日 %H:%M} 开始。"
    if activity.closes_at and now > activity.closes_at:
        return "报名已经截止。"
    return ""


@transaction.atomic
def complete(
    registration: Registration, answers: dict[str, Any], *, by: Actor, consented: bool
) -> Registration:
    """Answer and agree afterwards, where somebody else had signed one up."""
    activity = lock(registration.activity_id)
    kept = Registration.objects.select_for_update().get(pk=registration.pk)
    check_answers(activity, questions_of(activity), answers, consented)
    kept.answers = answers
    if consented and kept.consented_at is None:
        kept.consented_at, kept.terms = timezone.now(), terms_of(activity)
    kept.save(update_fields=["answers", "consented_at", "terms"])
    said = {"activity": str(activity)} | ({"terms": str(kept.terms)} if kept.terms else {})
    record(kept, "complete", by=by, changes=said)
    return kept


@transaction.atomic
def withdraw(registration: Registration, *, by: Actor, reason: str = "") -> Registration:
    """Give a place back until the activity's deadline; whoever waits first moves up at once.

    The deadline binds members and units' leaders; who holds the activity may take out later too.
    """
    locked = Activity.objects.select_for_update().get(pk=registration.activity_id)
    kept = Registration.objects.select_for_update().get(pk=registration.pk)
    if kept.status in GONE:
        return kept
    _check_time(locked, kept, by)
    if reason_against := why_held(kept):
        raise DomainError(reason_against)
    seats, chosen = Seats.of(locked), list(kept.chosen.select_related("quota"))
    seats.leave(kept, chosen)
    held_seat = kept.status == STATUS.SIGNED
    before, kept.status, kept.line = kept.get_status_display(), STATUS.WITHDRAWN, None
    kept.save(update_fields=["status", "line"])
    kept.chosen.all().delete()
    changes: dict[str, Any] = {"status": [before, kept.get_status_display()]}
    if chosen:
        changes["items"] = "、".join(map(str, chosen))
    record(kept, "withdraw", by=by, changes=changes | ({"reason": reason} if reason else {}))
    if held_seat:
        fill(locked, by=by, seats=seats)
    return kept


def why_held(registration: Registration) -> str:
    """Why a place cannot be given back any more, such as that the person has come."""
    return next(filter(None, (hold(registration) for hold in holds)), "")


def _check_time(activity: Activity, kept: Registration, by: Actor) -> None:
    """A turn in the line is nobody's loss: it may be given up until the activity is over."""
    own = by.person is not None and by.person.pk == kept.person_id
    if not own and (by.person is None or ACTIVITY_RULES["edit"].allows(by, activity)):
        return
    if is_over(activity):
        raise DomainError("活动已经结束，名单不能再改；有出入请联系组织者。")
    late = activity.withdraw_by is not None and timezone.now() > activity.withdraw_by
    if late and kept.status == STATUS.SIGNED:
        raise DomainError("退出的期限已过，请联系组织者。")


def is_over(activity: Activity) -> bool:
    """Held or called off; or its time is past, whatever its papers say."""
    if activity.state not in UPCOMING:
        return True
    return activity.is_past and activity.state != State.POSTPONED
