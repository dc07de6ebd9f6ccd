"""What happens to rules and ratings: a version comes into force, a cadre is rated."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.db import transaction

from gonghui.core.access.actor import Actor
from gonghui.core.history.trail import VERBS, record
from gonghui.core.orgs.models import Org
from gonghui.core.people.models import Person
from gonghui.kit.errors import DomainError

from .models import Rating, Regulation, RegulationVersion, Score

VERBS |= {"version": "登记版本", "repeal": "废止"}


@transaction.atomic
def add_version(
    regulation: Regulation,
    *,
    since: date,
    decided_by: str,
    decided_on: date,
    by: Actor,
    number: str = "",
    note: str = "",
) -> RegulationVersion:
    """Let a new version come into force; the one before it ends the day before.

    So does one that was to end later, for a day has one version at most.
    """
    if decided_on > since:
        raise DomainError("施行日期不能早于通过日期。")
    rows = RegulationVersion.objects.select_for_update().filter(regulation=regulation)
    latest = rows.order_by("-since").first()
    if latest and since <= latest.since:
        raise DomainError(f"新的版本须晚于 {latest.since:%Y-%m-%d} 起施行的版本。")
    if latest and (latest.until is None or latest.until >= since):
        latest.until = since - timedelta(days=1)
        latest.save(update_fields=["until"])
    version = RegulationVersion.objects.create(
        regulation=regulation,
        since=since,
        decided_by=decided_by,
        decided_on=decided_on,
        number=number,
        note=note,
    )
    changes = {"on": str(since), "meeting": decided_by, "note": note}
    record(regulation, "version", by=by, changes=changes)
    return version


@transaction.atomic
def repeal(regulation: Regulation, *, until: date, reason: str, by: Actor) -> None:
    """End the version in force without a new one."""
    rows = RegulationVersion.objects.select_for_update().filter(regulation=regulation)
    running = rows.filter(until=None).first()
    if running is None:
        raise DomainError("这项制度没有现行的版本。")
    if until < running.since:
        raise DomainError(f"废止日期不能早于施行日期 {running.since:%Y-%m-%d}。")
    running.until = until
    running.save(update_fields=["until"])
    record(regulation, "repeal", by=by, changes={"on": str(until), "reason": reason})


@transaction.atomic
def rate(
    person: Person,
    *,
    org: Org,
    profile: str,
    on: date,
    points: Mapping[str, int],
    by: Actor,
    note: str = "",
) -> Rating:
    """Rate a cadre's abilities by a profile; nobody rates themselves."""
    if by.person is not None and by.person.pk == person.pk:
        raise DomainError("不能给自己评定，请由上级或其他干部评定。")
    if Rating.objects.filter(person=person, profile=profile, on=on).exists():
        raise DomainError("这一天的评定已经填过，请改原来那一条。")
    facts: dict[str, Any] = {"org": org, "profile": profile, "on": on, "note": note}
    rating = Rating.objects.create(person=person, by=by.person, **facts)
    Score.objects.bulk_create(
        Score(rating=rating, ability=ability, points=value) for ability, value in points.items()
    )
    record(rating, "create", by=by, changes={"on": str(on), "person": str(person)})
    return rating


@transaction.atomic
def change_rating(rating: Rating, *, note: str, points: Mapping[str, int], by: Actor) -> Rating:
    """Put right what was entered of a rating: its points and its words, not whose or of when."""
    kept = Rating.objects.select_for_update().get(pk=rating.pk)
    changes: dict[str, Any] = {}
    if kept.note != note:
        changes["note"] = [kept.note, note]
        kept.note = note
        kept.save(update_fields=["note"])
    for score in kept.scores.all():
        given = points[score.ability]
        if score.points != given:
            changes[score.get_ability_display()] = [score.points, given]
            score.points = given
            score.save(update_fields=["points"])
    if changes:
        record(kept, "update", by=by, changes=changes)
    return kept
