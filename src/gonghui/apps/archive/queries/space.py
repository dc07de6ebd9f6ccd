"""The sharing space as somebody may see it: books, materials, what people show of themselves."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from gonghui.core.access.actor import Actor
from gonghui.core.files.models import Attachment
from gonghui.core.orgs.models import Org

from ..models import Comment, Material, Piece, Recommendation, Shown, Thanks
from ..rules import MATERIAL_RULES, PIECE_RULES, RECOMMENDATION_RULES

SHOWN = ("reflection", "note", "book", "paper", "improvement", "skill")


def recommended(actor: Actor, day: date) -> QuerySet[Recommendation]:
    """Books the actor's unions recommend now."""
    rows = Recommendation.objects.filter(Q(until=None) | Q(until__gte=day))
    return _near(RECOMMENDATION_RULES["view"].narrow(rows, actor), actor).select_related("org")


def materials(actor: Actor) -> QuerySet[Material]:
    return _near(MATERIAL_RULES["view"].narrow(Material.objects.all(), actor), actor)


def files_of(rows: Iterable[Material]) -> list[tuple[Material, list[Attachment]]]:
    """Each material with its files, by one question for all of them."""
    found = list(rows)
    kind = ContentType.objects.get_for_model(Material)
    there = Attachment.objects.filter(content_type=kind, object_id__in=[one.pk for one in found])
    files: dict[int, list[Attachment]] = defaultdict(list)
    for file in there:
        files[file.object_id].append(file)
    return [(one, files[one.pk]) for one in found]


def _near(rows: QuerySet, actor: Actor) -> QuerySet:  # type: ignore[type-arg]  # of either model
    """A member's own unions: an officer of a city is not shown every school's list here."""
    if actor.person is None:
        return rows.none()
    return rows.filter(org__path__in=actor.person.org.ancestor_paths())


def shared(actor: Actor, kind: str = "") -> QuerySet[Piece]:
    """What people show of themselves, with thanks and comments counted."""
    rows = PIECE_RULES["share"].narrow(Piece.objects.shared(), actor)
    rows = rows.filter(kind=kind) if kind else rows.filter(kind__in=SHOWN)
    return with_echo(rows).select_related("person__org")


def with_echo(rows: QuerySet[Piece]) -> QuerySet[Piece]:
    """Each with how many thanked and how many comments stand."""
    thanks = Thanks.objects.filter(piece=OuterRef("pk")).order_by().values("piece")
    said = Comment.objects.filter(piece=OuterRef("pk"), hidden_at=None).order_by().values("piece")
    return rows.annotate(
        thanked=Coalesce(thanks.annotate(n=Count("pk")).values("n"), 0),
        commented=Coalesce(said.annotate(n=Count("pk")).values("n"), 0),
    )


def of_body(org: Org, actor: Actor, most: int) -> list[Piece]:
    """The latest reflections people of a body show on its board, which all of it reads.

    What somebody shows to their own team hangs there, and not on the boards above it.
    """
    rows = shared(actor, "reflection").filter(person__org__within=(org.path,))
    return list(rows.filter(Q(person__org=org) | Q(shown_to=Shown.UNION))[:most])


def comments_of(piece: Piece, actor: Actor) -> list[Comment]:
    """What was said; hidden ones with their reason for who said it and who moderates."""
    rows = piece.comments.select_related("person", "hidden_by")
    if PIECE_RULES["moderate"].allows(actor, piece):
        return list(rows)
    person = actor.person.pk if actor.person else 0
    return list(rows.filter(Q(hidden_at=None) | Q(person=person)))


def has_thanked(actor: Actor) -> Exists:
    person = actor.person.pk if actor.person else 0
    return Exists(Thanks.objects.filter(piece=OuterRef("pk"), person=person))
