"""The office's screens: roles, who holds them, and the history."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db import models
from django.db.models import Count

from gonghui.core.access.granting import label_of
from gonghui.core.access.models import Grant, Role
from gonghui.core.history.models import Entry
from gonghui.core.orgs.models import Kind
from gonghui.core.screens.panels import WORDS, Custom, Facts, told
from gonghui.core.screens.screens import Screens, registry

from . import actions
from .filters import EntryFilters, GrantFilters
from .forms import GrantForm, RoleForm
from .queries import label_of_verb, subject_words, told_entries
from .rules import ENTRY_RULES, GRANT_RULES, ROLE_RULES
from .tables import EntryTable, GrantTable, RoleTable

WORDS |= {"role": "角色", "org": "范围"}


def allowed(role: Role, request: Any) -> dict[str, Any]:
    """What the role may do, and which posts bring it without a grant."""
    labels = dict(Kind.choices)
    return {
        "names": [label_of(name) for name in role.capabilities],
        "bodies": [labels.get(kind, kind) for kind in role.post_kinds],
        "titles": role.post_titles,
    }


def entry(found: Entry, request: Any) -> dict[str, Any]:
    """One entry in words, with the door to its record for whoever may open it."""
    model = found.content_type.model_class()
    label = model._meta.label_lower if model else ""
    url = ""
    if found.subject and label in registry:
        screens = registry[label]
        if screens.rules["view"].allows(request.actor, found.subject):
            url = screens.url("detail", found.subject)
    return {
        "entry": found,
        "verb": label_of_verb(found),
        "subject": subject_words(found),
        "url": url,
        "changes": told(model, found.changes) if model else [],
    }


class RoleScreens(Screens):
    """Roles: named sets of capabilities, for all unions of the installation."""

    model = Role
    namespace = "backoffice"
    lead = "每个角色能做什么；把角色授予谁、在哪个范围，在「授权」里办理。"
    table = RoleTable
    form = RoleForm
    rules = ROLE_RULES
    create_capability = "access.shape"
    org_field = ""
    acts = True
    panels = (Custom("权限", "backoffice/panel_allowed.html", allowed),)

    def queryset(self) -> models.QuerySet[Any]:
        rows: models.QuerySet[Any] = super().queryset().annotate(holders=Count("grants"))
        return rows.order_by("pk")  # grouping drops the model's own order

    def may_create(self) -> bool:
        new = Role.objects.all()
        return super().may_create() and self.rules["place"].narrow(new, self.actor).exists()

    def write(self, form: forms.ModelForm) -> models.Model:
        return actions.shape_role(form.instance, by=self.actor, **form.cleaned_data)


class GrantScreens(Screens):
    """Grants: who holds which role where, from when to when."""

    model = Grant
    namespace = "backoffice"
    lead = "谁在哪个范围有什么角色。只能授予您自己也有的权限。"
    table = GrantTable
    filterset = GrantFilters
    form = GrantForm
    rules = GRANT_RULES
    create_capability = "access.grant"
    acts = True
    panels = (Facts("person", "role", "org", "since", "until"),)

    def queryset(self) -> models.QuerySet[Any]:
        return super().queryset().select_related("person", "role", "org")

    def form_kwargs(self, obj: Any) -> dict[str, Any]:
        given: dict[str, Any] = {}
        if not obj.pk:
            said = self.request.GET.get("person", "")
            given = {"person": int(said) if said.isdigit() else None, "org": self.place.org}
        return {"actor": self.actor, "initial": given}

    def write(self, form: forms.ModelForm) -> models.Model:
        values = form.cleaned_data
        if form.instance.pk:
            return actions.change_grant(form.instance, by=self.actor, **values)
        who, role, org = values.pop("person"), values.pop("role"), values.pop("org")
        return actions.grant_role(who, role, org, by=self.actor, **values)


class EntryScreens(Screens):
    """History: who did what to which record; nobody changes it."""

    model = Entry
    namespace = "backoffice"
    lead = "您能看到的范围内，谁在什么时候办了什么。历史只增不改。"
    table = EntryTable
    filterset = EntryFilters
    rules = ENTRY_RULES
    org_field = ""
    panels = (Custom("", "backoffice/panel_entry.html", entry),)

    def queryset(self) -> models.QuerySet[Any]:
        return told_entries(super().queryset())
