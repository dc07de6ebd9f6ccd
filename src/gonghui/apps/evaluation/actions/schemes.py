"""What happens to schemes: items kept and taken away, grades set, copies and versions made."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from functools import partial

from django.db import transaction

from gonghui.core.access.actor import Actor
from gonghui.core.editions.drafting import (
    keep_head,
    next_edition,
    next_position,
    open_draft,
)
from gonghui.core.history.trail import VERBS, record
from gonghui.core.indicators.registry import indicators
from gonghui.kit.errors import DomainError

from ..engine.shipped import Template
from ..models import Band, Criterion, Filler, Scheme

VERBS |= {
    "criterion": "修改评估项目",
    "uncriterion": "删除评估项目",
    "bands": "设等次",
    "new_version": "另立新版本",
}
COPIED = (
    "code", "name", "weight", "method", "filler", "indicator", "full_at", "zero_at", "each",
    "options", "is_bonus", "evidence", "position",
)  # fmt: skip


def keep_scheme(scheme: Scheme, template: Template | None, *, by: Actor) -> Scheme:
    """Save the head of a scheme; a new one is filled from a template and marked as an example."""
    if template is None:
        return keep_head(scheme, None, basis="", by=by)
    return keep_head(scheme, partial(fill_from, template=template), basis=template.basis, by=by)


@transaction.atomic
def keep_criterion(criterion: Criterion, *, by: Actor) -> Criterion:
    """Add an item at the end, or change one; a heading may not lie below itself."""
    scheme = open_draft(criterion.scheme)
    _refuse_circle(criterion)
    if not criterion.pk:
        criterion.position = next_position(scheme.criteria.all())
    criterion.save()
    record(scheme, "criterion", by=by, changes={"name": str(criterion)})
    return criterion


def _refuse_circle(criterion: Criterion) -> None:
    above, seen = criterion.parent, {criterion.pk}
    while above is not None:
        if above.pk in seen:
            raise DomainError("项目不能归在自己下面。")
        seen.add(above.pk)
        above = above.parent


@transaction.atomic
def drop_criterion(criterion: Criterion, *, by: Actor) -> None:
    """Take an item away; a heading goes with all below it."""
    scheme = open_draft(criterion.scheme)
    record(scheme, "uncriterion", by=by, changes={"name": str(criterion)})
    criterion.delete()


@transaction.atomic
def set_bands(scheme: Scheme, bands: Iterable[tuple[str, Decimal]], *, by: Actor) -> None:
    """Replace the grades: title and the least total."""
    open_draft(scheme)
    scheme.bands.all().delete()
    kept = Band.objects.bulk_create(
        Band(scheme=scheme, title=title, at_least=least) for title, least in bands
    )
    record(scheme, "bands", by=by, changes={"bands": [str(one) for one in kept]})


@transaction.atomic
def new_version(scheme: Scheme, *, by: Actor) -> Scheme:
    """A draft of the next version; the issued one stays as it is, for those it judges."""
    made = next_edition(scheme, ("target", "full_mark", "bonus_cap"))
    copy_items(scheme, made)
    record(made, "new_version", by=by, changes={"version": made.version})
    return made


def copy_items(source: Scheme, target: Scheme) -> None:
    """All items and grades of one scheme into another that has none."""
    made: dict[int, Criterion] = {}
    for one in source.criteria.order_by("position", "pk"):
        values = {name: getattr(one, name) for name in COPIED}
        made[one.pk] = Criterion.objects.create(scheme=target, **values)
    for one in source.criteria.exclude(parent=None):
        made[one.pk].parent = made[one.parent_id or 0]
        made[one.pk].save(update_fields=["parent"])
    Band.objects.bulk_create(
        Band(scheme=target, title=one.title, at_least=one.at_least) for one in source.bands.all()
    )


def fill_from(scheme: Scheme, template: Template) -> None:
    """The items and grades of a shipped template; figures of apps not there yet are left open."""
    headings: dict[str, Criterion] = {}
    for position, item in enumerate(template.items, start=1):
        headings[item.code] = Criterion.objects.create(
            scheme=scheme,
            position=position,
            parent=headings.get(item.parent),
            code=item.code,
            name=item.name,
            weight=item.weight,
            method=item.method,
            filler=item.filler or Filler.SELF,
            indicator=item.indicator if item.indicator in indicators else "",
            full_at=item.full_at,
            zero_at=item.zero_at,
            each=item.each,
            options=[list(pair) for pair in item.options],
            is_bonus=item.is_bonus,
            evidence=item.evidence,
        )
    Band.objects.bulk_create(
        Band(scheme=scheme, title=title, at_least=Decimal(least)) for title, least in template.bands
    )
