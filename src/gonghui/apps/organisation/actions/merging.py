"""A body is merged into another, and a merger made in error is taken back."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db import models, transaction
from django.utils import timezone

from gonghui.core.access.actor import Actor
from gonghui.core.flow.events import emit
from gonghui.core.history.trail import VERBS, record
from gonghui.core.orgs import versions
from gonghui.core.orgs.models import STEP, Org, OrgVersion, subtree
from gonghui.core.orgs.tree import check_second_parent, replant, take_turns
from gonghui.core.people.ledger import move_all
from gonghui.core.people.models import Person, Post
from gonghui.kit.errors import DomainError

from ..models import Closing
from ..queries import returned_bodies
from .bodies import end_grants, finish, running, said, standing
from .closing import closing_of, give_back, lead_again

VERBS |= {
    "merge": "并入其他组织",
    "absorb": "接收并入的组织",
    "unmerge_body": "收回合并",
    "release": "交还并入的组织",
}

# What a post says of itself wherever it is held.
GOING_ON = (
    "title", "full_time", "way", "duty", "approved_on", "approval", "contract_until",
)  # fmt: skip


@transaction.atomic
def merge_org(
    org: Org,
    into: Org,
    *,
    by: Actor,
    day: date | None = None,
    keep_posts: bool = False,
    reason: str = "",
) -> Org:
    """Dissolve a body into another, which takes its people and the bodies below it.

    Its records stay its own; it follows, closed, below the body that took it in, so that they stay
    within that body's reach. Posts held in it end, and begin anew there with ``keep_posts``;
    roles granted on it end, because taking over would widen what they reach. What changed hands
    and what ended is kept in a ``Closing``.
    """
    take_turns()
    gone, taker = standing(org), standing(into)
    _check_merge(gone, taker)
    day = max(day or timezone.localdate(), gone.since or date.min)
    made = Closing.objects.create(org=gone, day=day, stood_below=gone.parent)
    made.ended["bodies"].append(gone.pk)
    children = _hand_over_bodies(made, taker, by)
    gone_people = Person.objects.active().filter(org=gone)
    people = move_all(
        gone_people, taker.pk, day=day, reason=reason, made_by=by.person, source=made.source
    )
    posts = _end_posts(made, again_at=taker if keep_posts else None)
    grants = end_grants(gone, day)
    made.ended["grants"] = [[pk, until and until.isoformat()] for pk, until in grants.items()]
    _hand_over_second_leadership(made, taker)
    gone.until, gone.merged_into = day, taker
    gone.save(update_fields=["until", "merged_into"])
    replant(gone, taker, absorbed=True)
    versions.end(Org.objects.filter(pk=gone.pk), day=day)
    made.save(update_fields=["ended"])
    counts = {"children": children, "people": people, "posts": posts, "grants": len(grants)}
    told = {name: number for name, number in counts.items() if number} | said(reason)
    record(gone, "merge", by=by, changes={"merged_into": [None, str(taker)], **told})
    emit(gone, "merge", by=by)
    record(taker, "absorb", by=by, changes={"absorbed": str(gone), **told})
    return gone


def _check_merge(gone: Org, taker: Org) -> None:
    if gone.parent_id is None:
        raise DomainError("最高一级的组织不能并入别的组织。")
    if taker.is_within(gone):
        raise DomainError("一个组织不能并入自己或自己的下级。")
    if gone.is_union and not taker.is_union:
        raise DomainError(f"工会只能并入工会，「{taker}」是{taker.get_kind_display()}。")


def _hand_over_bodies(made: Closing, taker: Org, by: Actor) -> int:
    """What stood directly below stands below the successor; how many bodies that were."""
    children = list(made.org.children.filter(until=None).order_by("pk"))
    for child in children:
        _note_leader(made, child, taker)
        replant(child, taker)
        record(child, "move", by=by, changes={"parent": [str(made.org), str(taker)]})
    _note_leader(made, made.org, taker)
    made.ended["children"] = [child.pk for child in children]
    return len(children)


def _note_leader(made: Closing, body: Org, taker: Org) -> None:
    """Who goes below the body that led it a second time is led by it once."""
    if body.second_parent_id == taker.pk:
        made.ended["led"].append([body.pk, taker.pk])


def _end_posts(made: Closing, *, again_at: Org | None = None) -> int:
    """End the posts held in a body, and begin the same ones elsewhere when asked."""
    held = running(Post.objects.filter(org=made.org))
    made.ended["posts"] = [post.pk for post in held]
    if again_at:
        there = set(Post.objects.filter(org=again_at, until=None).values_list("person_id", "title"))
        new = [p for p in held if (p.person_id, p.title) not in there]
        begun = Post.objects.bulk_create(_again(post, again_at, made.day) for post in new)
        made.ended["begun"] = [post.pk for post in begun]
    return len(finish(held, made.day))


def _again(post: Post, org: Org, day: date) -> Post:
    """The same post in another body, with all that was said of it."""
    facts = {name: getattr(post, name) for name in GOING_ON}
    return Post(person_id=post.person_id, org=org, since=max(day, post.since), **facts)


def _hand_over_second_leadership(made: Closing, taker: Org) -> None:
    """What the dissolved body led a second time is led by its successor, where that may be."""
    for led in made.org.second_children.filter(until=None):
        try:
            check_second_parent(led, taker)
        except DomainError:
            led.second_parent = None
        else:
            led.second_parent = taker
        led.save(update_fields=["second_parent"])
        made.ended["led"].append([led.pk, made.org_id])
        versions.turn(Org.objects.filter(pk=led.pk))


@transaction.atomic
def unmerge_org(org: Org, *, by: Actor, reason: str) -> Org:
    """Take a merger back that was made in error: all of it is as if it had never been.

    Bodies and people that went on elsewhere since stay where they are. What other records did
    because the body was gone (elections under way ended) is not undone.
    """
    take_turns()
    made = closing_of(org, merged=True)
    gone, taker, above = made.org, made.org.merged_into, made.stood_below
    if taker is None or above is None:
        raise DomainError("这里没有可以收回的合并。")
    for one in (taker, above):
        if one.until is not None:
            raise DomainError(f"「{one}」也已经撤销或并入别处，请先收回那一次。")
    _drop_posts(made, give_back(made))
    children = list(returned_bodies(made).order_by("pk"))
    replant(gone, above)
    gone.until = gone.merged_into = None
    gone.save(update_fields=["until", "merged_into"])
    versions.resume(Org.objects.filter(pk=gone.pk), day=made.day)
    back = [child for child in children if _return(child, gone, taker, by)]
    lead_again(made, besides=taker)
    _rewrite_versions(made, back, taker)
    made.taken_back_on = timezone.localdate()
    made.save(update_fields=["taken_back_on"])
    told = {"children": len(back)} if back else {}
    record(
        gone,
        "unmerge_body",
        by=by,
        changes={"merged_into": [str(taker), None], **told} | said(reason),
    )
    record(taker, "release", by=by, changes={"released": str(gone), **told} | said(reason))
    return gone


def _drop_posts(made: Closing, gone_on: Iterable[int]) -> None:
    """Posts that began with the merger have never been; where more hangs on one, it ends today."""
    begun = Post.objects.filter(pk__in=made.ended.get("begun", []), until=None)
    for post in begun.exclude(person__in=gone_on).select_for_update():
        try:
            with transaction.atomic():
                post.delete()
        except models.ProtectedError:
            finish([post], timezone.localdate())


def _return(child: Org, gone: Org, taker: Org, by: Actor) -> bool:
    """Whether a body could be put back; one that has become what may not stand there stays."""
    try:
        replant(child, gone)
    except DomainError:
        return False
    record(child, "move", by=by, changes={"parent": [str(taker), str(gone)]})
    return True


def _rewrite_versions(made: Closing, back: list[Org], taker: Org) -> None:
    """What was said since the merger of the bodies that are back is said as without it."""
    led = dict(made.ended["led"])
    inside = models.Q(pk__in=list(led))
    for child in back:
        inside |= subtree(child.path)
    bodies = Org.objects.filter(inside)
    stood = OrgVersion.objects.filter(org=made.org).on(made.day).get().path
    leaders = dict(bodies.order_by().values_list("pk", "second_parent"))
    own, steps = {child.pk for child in back}, {child.path[-STEP:] for child in back}

    def without(version: OrgVersion) -> None:
        if version.parent_id == taker.pk and version.org_id in own:
            version.parent_id = made.org_id
        if version.second_parent_id in (None, taker.pk) and version.org_id in led:
            version.second_parent_id = leaders[version.org_id]
        for at in range(0, len(version.path), STEP):
            if version.path[at : at + STEP] in steps:
                version.path = stood + version.path[at:]
                break

    versions.rewrite(bodies, since=made.day, say=without)
