"""A union's record, its headcounts by day, and what it was called and where it stood."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from gonghui.core.orgs.models import WITHIN, Headcount, Org, UnionRecord
from gonghui.core.screens.panels import WORDS, Custom
from gonghui.core.screens.small_forms import posted, small_form, writes
from gonghui.kit.identity import mask_card

from .. import queries
from ..actions import records as actions
from ..forms.records import ACCOUNT, FILED, HeadcountForm, UnionRecordForm
from ..rules import ORG_RULES

# What a union files stands in the history of the union itself, under the names of the record.
for _field in UnionRecord._meta.concrete_fields:
    if _field.name in FILED:
        WORDS.setdefault(_field.name, str(_field.verbose_name))
WORDS |= {"workers": "职工数", "batch": "导入"}


def record(org: Org, request: Any) -> dict[str, Any]:
    """What the union filed of itself; the account only for whoever may see it."""
    if not org.is_union:
        return {}
    filed: UnionRecord | None = getattr(org, "record", None)
    kept = filed or UnionRecord(org=org)
    hidden = () if _sees_account(request, org) else ACCOUNT
    names = [name for name in FILED if name not in hidden]
    may = ORG_RULES["edit"].allows(request.actor, org)
    files_none = filed is None and org.kind in WITHIN
    return {
        "facts": [] if files_none else [_fact(kept, name) for name in names],
        "edit_url": reverse("organisation:org-record", args=[org.pk]) if may else "",
        "shown": bool(may or not files_none),
    }


def headcounts(org: Org, request: Any) -> dict[str, Any]:
    """How many workers the unit said it has, by day; beside it what the roster counts."""
    if not org.is_union:
        return {}
    may = ORG_RULES["edit"].allows(request.actor, org)
    return {
        "rows": list(org.headcounts.all()[:MOST]),
        "add_url": reverse("organisation:org-headcount", args=[org.pk]) if may else "",
        "shown": True,
    }


def versions(org: Org, request: Any) -> dict[str, Any]:
    return {"rows": list(queries.versions_of(org))}


MOST = 12
RECORD = Custom("工会登记", "organisation/panel_record.html", record)
HEADCOUNTS = Custom("职工人数", "organisation/panel_headcounts.html", headcounts)
VERSIONS = Custom("沿革", "organisation/panel_versions.html", versions)


@writes
def edit_record(request: Any, pk: int) -> HttpResponse:
    org = _union(request, pk)
    kept = UnionRecord.objects.filter(org=org).first() or UnionRecord(org=org)
    shows = _sees_account(request, org)
    form = UnionRecordForm(posted(request)[0], instance=kept, shows_account=shows)

    def act() -> None:
        actions.keep_record(org, by=request.actor, **form.cleaned_data)

    return _asked(request, form, act, org, "工会登记", "向上级工会登记的情况。")


@writes
def add_headcount(request: Any, pk: int) -> HttpResponse:
    org = _union(request, pk)
    form = HeadcountForm(posted(request)[0], instance=Headcount(org=org))

    def act() -> None:
        actions.keep_headcount(org, by=request.actor, **form.cleaned_data)

    lead = "所在单位在某一天的职工人数；同一天再填就是改正。"
    return _asked(request, form, act, org, "登记职工人数", lead)


def _union(request: Any, pk: int) -> Org:
    org = get_object_or_404(ORG_RULES["edit"].narrow(Org.objects.all(), request.actor), pk=pk)
    if not org.is_union:
        raise Http404
    return org


def _sees_account(request: Any, org: Org) -> bool:
    return bool(request.actor.can("organisation.account", at=org))


def _fact(kept: UnionRecord, name: str) -> tuple[str, Any]:
    field: Any = kept._meta.get_field(name)
    value = getattr(kept, name)
    if name == "account_number" and value:
        value = mask_card(value)
    elif field.choices:
        value = getattr(kept, f"get_{name}_display")()
    elif isinstance(value, bool):
        value = "是" if value else "否"
    return str(field.verbose_name), value


def _asked(
    request: Any, form: Any, act: Callable[[], None], org: Org, title: str, lead: str
) -> HttpResponse:
    back = reverse("organisation:org-detail", args=[org.pk])
    return small_form(request, form, act, back=back, title=title, lead=lead, of=org)
