"""A body is closed with what it has within, and a closing made in error is taken back."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from gonghui.core.access.actor import Actor
from gonghui.core.access.models import Grant
from gonghui.core.flow.events import emit
from gonghui.core.history.trail import VERBS, record
from gonghui.core.orgs import versions
from gonghui.core.orgs.models import UNIT, Org
from gonghui.core.orgs.tree import check_second_parent, take_turns
from gonghui.core.people.dissolving import retain_all
from gonghui.core.people.ledger import take_back
from gonghui.core.people.models import Person, Post, Standing
from gonghui.kit.errors import DomainError

from ..models import Closing
from ..queries import bodies_within, reopened_posts
from .bodies import end_grants, finish, running, said, standing

VERBS |= {"close": "撤销", "reopen": "收回撤销"}
LONGEST = 200  # letters of a reason in the ledger


@transaction.atomic
def close_org(
    org: Org, *, by: Actor, day: date | None = None, ground: str = "", reason: str = ""
) -> Org:
    """Close a body nobody belongs to and nothing stands below any more.

    A grassroots union ends with the bodies it has within; its members keep their membership in the
    care of the union above (ORG-03), and may go to another union from there or before. What ended
    is kept in a ``Closing``.
    """
    take_turns()
    closed = standing(org)
    if closed.parent is None:
        raise DomainError("最高一级的组织不能撤销。")
    day = max(day or timezone.localdate(), closed.since or date.min)
    words = "：".join(filter(None, (ground, reason)))
    made = Closing.objects.create(org=closed, day=day)
    ending, told = [closed], {}
    if closed.kind in UNIT:
        ending += _within(closed)
        told = _dissolve(made, ending, words, by)
    else:
        _check_empty(closed)
    for body in ending:
        counts = _end(made, body) | (told if body is closed else {})
        changes: dict[str, Any] = {"until": [None, day.isoformat()]}
        changes |= {name: number for name, number in counts.items() if number}
        record(body, "close", by=by, changes=changes | said(words))
        emit(body, "close", by=by)
    made.save(update_fields=["ended"])
    return closed


def _check_empty(org: Org) -> None:
    if child := org.children.filter(until=None).first():
        raise DomainError(f"它的下级还有「{child}」等组织，请先移走或撤销。")
    if person := Person.objects.active().filter(org=org).first():
        raise DomainError(f"还有{person}等人员在这里，请先调到别的组织，或改用合并。")


def _within(union: Org) -> list[Org]:
    """The bodies a union has within, locked, the lowest first; other unions must go before."""
    bodies = list(bodies_within(union).select_for_update().order_by("-path"))
    for body in bodies:
        if body.kind in UNIT:
            raise DomainError(f"它的下级还有「{body}」，那是另一个工会，请先移走或撤销。")
    return bodies


def _dissolve(made: Closing, bodies: list[Org], words: str, by: Actor) -> dict[str, int]:
    """What becomes of the people, counted by how they stood."""
    keeper: Any = made.org.parent_id
    people = list(Person.objects.active().filter(org__in=bodies).order_by("pk"))
    found = retain_all(
        people,
        keeper,
        day=made.day,
        reason=words[:LONGEST],
        made_by=by.person,
        source=made.source,
    )
    leavers = Person.objects.filter(pk__among=[one.pk for one in people], left_on__isnull=False)
    held = running(Post.objects.filter(person__in=leavers.order_by().values("pk")))
    made.ended["posts"] += [post.pk for post in finish(held, made.day)]
    return {
        "retained": found.get(Standing.MEMBER, 0),
        "kept": found.get(Standing.RETAINED, 0),
        "left": found.get(Standing.WORKER, 0),
        "children": len(bodies) - 1,
    }


def _end(made: Closing, body: Org) -> dict[str, int]:
    """End a body with the posts and grants there, and count them."""
    posts = finish(running(Post.objects.filter(org=body)), made.day)
    grants = end_grants(body, made.day)
    led = list(body.second_children.filter(until=None).values_list("pk", flat=True))
    body.second_children.update(second_parent=None)
    versions.turn(Org.objects.filter(pk__in=led, until=None))
    body.until = made.day
    body.save(update_fields=["until"])
    versions.end(Org.objects.filter(pk=body.pk), day=made.day)
    made.ended["bodies"].append(body.pk)
    made.ended["posts"] += [post.pk for post in posts]
    made.ended["grants"] += [[pk, until and until.isoformat()] for pk, until in grants.items()]
    made.ended["led"] += [[pk, body.pk] for pk in led]
    return {"posts": len(posts), "grants": len(grants)}


@transaction.atomic
def reopen_org(org: Org, *, by: Actor, reason: str) -> Org:
    """Take a closing back that was made in error: all of it is as if it had never been.

    Whoever was entered anew since stays as they stand now. What other records did because the body
    was closed (elections under way ended) is not undone.
    """
    take_turns()
    made = closing_of(org, merged=False)
    body = made.org
    if body.parent is None or body.parent.until is not None:
        raise DomainError(f"它的上级「{body.parent}」也已经撤销，请先收回上级的撤销。")
    give_back(made)
    bodies = _stand_again(made, by, reason)
    lead_again(made)
    made.taken_back_on = timezone.localdate()
    made.save(update_fields=["taken_back_on"])
    return bodies[body.pk]


def closing_of(org: Org, *, merged: bool) -> Closing:
    """What is on record of the closing or the merger of a body, both locked, if there is one."""
    Org.objects.select_for_update().get(pk=org.pk)
    kept = Closing.objects.select_for_update(of=("self",)).select_related("org")
    made = kept.filter(org=org, taken_back_on=None, stood_below__isnull=not merged).first()
    if made is None or made.org.until is None:
        raise DomainError(f"这里没有可以收回的{'合并' if merged else '撤销'}。")
    return made


def give_back(made: Closing) -> set[int]:
    """Give people what ended for them by it; who went on elsewhere since is left, and returned."""
    gone_on = take_back(made.source)
    posts = list(reopened_posts(made).exclude(person__in=gone_on).select_for_update())
    Post.objects.filter(pk__in=[post.pk for post in posts]).update(until=None)
    for pk, until in made.ended["grants"]:
        rows = Grant.objects.filter(pk=pk).exclude(person__in=gone_on)
        rows.update(until=until and date.fromisoformat(until))
    return gone_on


def _stand_again(made: Closing, by: Actor, reason: str) -> dict[int, Org]:
    bodies = Org.objects.filter(pk__in=made.ended["bodies"])
    bodies.update(until=None)
    versions.resume(bodies, day=made.day)
    for body in bodies:
        record(body, "reopen", by=by, changes={"until": [str(made.day), None]} | said(reason))
    return bodies.in_bulk()


def lead_again(made: Closing, *, besides: Org | None = None) -> None:
    """Second leadership given back, where it may still be and nobody else has it by now.

    ``besides`` is who had it only because of what is taken back.
    """
    free = {None, besides and besides.pk}
    for pk, leader in made.ended["led"]:
        body = Org.objects.get(pk=pk)
        if body.until is not None or body.second_parent_id not in free:
            continue
        second = Org.objects.get(pk=leader)
        try:
            check_second_parent(body, second)
        except DomainError:
            continue
        body.second_parent = second
        body.save(update_fields=["second_parent"])
        versions.turn(Org.objects.filter(pk=pk))
