"""What happens to forms: cells and checks kept and taken away, examples, versions."""

from __future__ import annotations

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
from ..models import Cell, Form, How, Relation
from ..queries.forms import relation_fault, units_of

VERBS |= {
    "cell": "修改栏目",
    "uncell": "删除栏目",
    "relation": "修改核对关系",
    "unrelation": "删除核对关系",
    "form_version": "另立新版本",
}
CELL_COPIED = (
    "position", "section", "code", "name", "unit", "how", "indicator", "formula", "is_optional",
    "about",
)  # fmt: skip
RELATION_COPIED = ("position", "left", "sign", "right", "is_hard")


def keep_form(form: Form, template: Template | None, *, by: Actor) -> Form:
    """Save the head of a form; a new one is filled from a template and marked as an example."""
    if template is None:
        return keep_head(form, None, basis="", by=by)
    form.size = form.size or template.size
    return keep_head(form, partial(fill_from, template=template), basis=template.basis, by=by)


def fill_from(form: Form, template: Template) -> None:
    """The cells and checks of a shipped form; figures of apps not there yet are entered."""
    cells = []
    for position, line in enumerate(template.lines, start=1):
        indicator = line.indicator if line.indicator in indicators else ""
        how = How.INDICATOR if indicator else How.FORMULA if line.formula else How.ENTRY
        cells.append(
            Cell(
                form=form, position=position, section=line.section, code=line.code,
                name=line.name, unit=line.unit, how=how, indicator=indicator,
                formula=line.formula, is_optional=line.is_optional,
            )
        )  # fmt: skip
    Cell.objects.bulk_create(cells)
    Relation.objects.bulk_create(
        Relation(form=form, position=n, left=c.left, sign=c.sign, right=c.right, is_hard=c.is_hard)
        for n, c in enumerate(template.checks, start=1)
    )


@transaction.atomic
def keep_cell(cell: Cell, *, by: Actor) -> Cell:
    """Add a cell at the end, or change one; what its source does not need is dropped."""
    form = open_draft(cell.form)
    if not cell.pk:
        cell.position = next_position(form.cells.all())
    cell.indicator = cell.indicator if cell.is_counted else ""
    cell.formula = cell.formula if cell.is_formula else ""
    cell.save()
    record(form, "cell", by=by, changes={"name": str(cell)})
    return cell


@transaction.atomic
def drop_cell(cell: Cell, *, by: Actor) -> None:
    form = open_draft(cell.form)
    record(form, "uncell", by=by, changes={"name": str(cell)})
    cell.delete()


@transaction.atomic
def keep_relation(relation: Relation, *, by: Actor) -> Relation:
    """Add a check, or change one; both sides must be readable."""
    form = open_draft(relation.form)
    if fault := relation_fault(relation, units_of(form)):
        raise DomainError(fault)
    if not relation.pk:
        relation.position = next_position(form.relations.all())
    relation.save()
    record(form, "relation", by=by, changes={"name": str(relation)})
    return relation


@transaction.atomic
def drop_relation(relation: Relation, *, by: Actor) -> None:
    form = open_draft(relation.form)
    record(form, "unrelation", by=by, changes={"name": str(relation)})
    relation.delete()


@transaction.atomic
def new_version(form: Form, *, by: Actor) -> Form:
    """A draft of the next version; the issued one stays as it is, for those who filed it."""
    made = next_edition(form, ("cadence", "size"))
    for model, rows, names in (
        (Cell, form.cells.all(), CELL_COPIED),
        (Relation, form.relations.all(), RELATION_COPIED),
    ):
        copies = [model(form=made, **{name: getattr(one, name) for name in names}) for one in rows]
        model._default_manager.bulk_create(copies)  # type: ignore[arg-type]  # of this very model
    record(made, "form_version", by=by, changes={"version": made.version})
    return made
