"""Somebody comes who is not on the list: they are found, signed up on the spot, and let in."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Q

from gonghui.core.access.actor import Actor
from gonghui.core.activities.models import Activity
from gonghui.core.orgs.models import subtree
from gonghui.core.people.models import Person
from gonghui.core.signing.actions.signing import Signing, sign_up
from gonghui.core.signing.models import Registration
from gonghui.core.signing.queries.meant import meant
from gonghui.kit.errors import DomainError

TAIL = 4  # characters of an ID number that are kept readable for finding people
SHOWN = 5


@transaction.atomic
def let_in(
    activity: Activity, said: str, *, by: Actor, whose: Q | None = None, is_guest: bool = False
) -> Registration:
    """A place for who stands at the door; the caller has locked the activity.

    Who finds no place any more is signed up for nothing: the whole is taken back.
    """
    if is_guest and whose is not None:
        raise DomainError("来宾请到签到处报名，班组长只能替本班组的人签到。")
    who = Signing(guest=said[:50]) if is_guest else Signing(found(activity, said, whose))
    (made,) = sign_up(activity, [who], by=by, on_the_spot=True)
    if made.status != Registration.Status.SIGNED:
        raise DomainError(f"名额已满，{made}不能现场报名。")
    return made


def found(activity: Activity, said: str, whose: Q | None = None) -> Person:
    """The one person meant by a name, its pinyin or initials, the last four of the ID number.

    Looked for among those the activity is for and those of the body that holds it; a team's leader
    finds only their own people.
    """
    everybody = meant(activity) | subtree(activity.org.path, field="org")
    people = Person.objects.active().filter(everybody if whose is None else whose)
    for word in said.split():
        people = people.filter(_meant(word))
    rows = list(people.select_related("org").order_by("org__path", "pk").distinct()[: SHOWN + 1])
    if not rows:
        raise DomainError(f"名册里没有“{said}”。写全姓名或拼音，或改作来宾。")
    if len(rows) > 1:
        units = "、".join(f"{person.org}的{person}" for person in rows[:SHOWN])
        raise DomainError(f"“{said}”有几位：{units}。请在姓名后加身份证后四位。")
    return rows[0]


def _meant(word: str) -> Q:
    small = word.lower()
    meant = Q(name=word) | Q(pinyin=small) | Q(initials=small)
    tail = word.upper()
    if len(tail) == TAIL and tail[:-1].isdecimal():
        meant |= Q(identity__number_tail=tail)
    return meant
