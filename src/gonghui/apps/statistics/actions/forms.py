"""What happens to forms: cells and checks kept and taken away, examples, versions."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Max, QuerySet

from gonghui.core.access.actor import Actor
from gonghui.core.history.trail import VERBS, record
from gonghui.core.indicators.registry import indicators
from gonghui.kit.errors import DomainError

from ..engine.shipped import Template
from ..models import Cell, Form, FormState, How, Relation
from ..queries.forms import faults_of, relation_fault, units_of

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


def _open(form: Form) -> Form:
    """The locked form, if it may still be changed."""
    locked = Form.objects.select_for_update().get(pk=form.pk)
    if locked.state != FormState.DRAFT:
        raise DomainError("已印发的报表不能再改。请另立新版本。")
    return locked


@transaction.atomic
def keep_form(form: Form, template: Template | None, *, by: Actor) -> Form:
    """Save the head of a form; a new one is filled from a template and marked as an example."""
    is_new = form.pk is None
    if not is_new:
        _open(form)
    if template:
        form.is_example = True
        form.basis = form.basis or template.basis
        form.size = form.size or template.size
    form.save()
    if template:
        fill_from(form, template)
    record(form, "create" if is_new else "update", by=by, changes={"title": form.title})
    return form


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
    form = _open(cell.form)
    if not cell.pk:
        cell.position = _next(form.cells.all())
    cell.indicator = cell.indicator if cell.is_counted else ""
    cell.formula = cell.formula if cell.is_formula else ""
    cell.save()
    record(form, "cell", by=by, changes={"name": str(cell)})
    return cell


@transaction.atomic
def drop_cell(cell: Cell, *, by: Actor) -> None:
    form = _open(cell.form)
    record(form, "uncell", by=by, changes={"name": str(cell)})
    cell.delete()


@transaction.atomic
def keep_relation(relation: Relation, *, by: Actor) -> Relation:
    """Add a check, or change one; both sides must be readable."""
    form = _open(relation.form)
    if fault := relation_fault(relation, units_of(form)):
        raise DomainError(fault)
    if not relation.pk:
        relation.position = _next(form.relations.all())
    relation.save()
    record(form, "relation", by=by, changes={"name": str(relation)})
    return relation


@transaction.atomic
def drop_relation(relation: Relation, *, by: Actor) -> None:
    form = _open(relation.form)
    record(form, "unrelation", by=by, changes={"name": str(relation)})
    relation.delete()


def check(form: Form, *, by: Actor) -> None:
    """A form is issued when every cell can be filled and every check can be read."""
    if faults := faults_of(form):
        raise DomainError("；".join(faults[:3]))


@transaction.atomic
def new_version(form: Form, *, by: Actor) -> Form:
    """A draft of the next version; the issued one stays as it is, for those who filed it."""
    locked = Form.objects.select_for_update().get(pk=form.pk)
    if locked.later.filter(state=FormState.DRAFT).exists():
        raise DomainError("新版本已经在拟定，请在那一份上修改。")
    latest = Form.objects.filter(org=form.org, title=form.title)
    version = (latest.aggregate(last=Max("version"))["last"] or 0) + 1
    made = Form.objects.create(
        org=form.org, title=form.title, cadence=form.cadence, size=form.size, basis=form.basis,
        is_example=form.is_example, version=version, before=locked,
    )  # fmt: skip
    for model, rows, names in (
        (Cell, locked.cells.all(), CELL_COPIED),
        (Relation, locked.relations.all(), RELATION_COPIED),
    ):
        copies = [model(form=made, **{name: getattr(one, name) for name in names}) for one in rows]
        model._default_manager.bulk_create(copies)  # type: ignore[arg-type]  # of this very model
    record(made, "form_version", by=by, changes={"version": version})
    return made


def _next(rows: QuerySet[Cell] | QuerySet[Relation]) -> int:
    last: int | None = rows.aggregate(last=Max("position"))["last"]
    return (last or 0) + 1
