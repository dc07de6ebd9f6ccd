"""The lists, pages and forms of people, their posts and accounts."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from gonghui.core.access.granting import outranks
from gonghui.core.access.models import Grant
from gonghui.core.orgs.models import Org
from gonghui.core.people.models import Account, Person, Post
from gonghui.core.screens.panels import WORDS, Custom, Facts
from gonghui.core.screens.screens import Screens
from gonghui.kit.errors import DomainError

from ..actions import people as actions
from ..exchange import PEOPLE, POSTS
from ..filters import PersonFilters, PostFilters
from ..forms import AccountForm, PersonForm, PostForm, TransferForm
from ..rules import PERSON_RULES, POST_RULES
from ..tables import PersonTable, PostTable

WORDS |= {"username": "用户名", "mobile": "手机号", "password": "密码", "is_active": "登录"}


def posts(person: Person, request: Any) -> dict[str, Any]:
    """Every post, those held now first."""
    all_of_them = Post.objects.filter(person=person).select_related("org", "person")
    rows = POST_RULES["view"].narrow(all_of_them, request.actor)
    held_first = rows.order_by(models.F("until").desc(nulls_first=True), "-since")
    writes = person.left_on is None and request.actor.can("organisation.write")
    add = reverse("organisation:post-create") + f"?person={person.pk}"
    return {
        "rows": list(held_first),
        "count": len(held_first),
        "sort": "own_post",
        "add_url": add if writes else "",
    }


def roles(person: Person, request: Any) -> dict[str, Any]:
    """What the person may do, where; to whoever grants roles there."""
    rows = Grant.objects.filter(person=person).select_related("role", "org")
    seen = rows.filter(request.actor.reach("access.grant"))
    add = reverse("backoffice:grant-create") + f"?person={person.pk}"
    may = request.actor.can("access.grant") and person.left_on is None
    found = list(seen)
    return {"rows": found, "count": len(found), "sort": "grant", "add_url": add if may else ""}


def account(person: Person, request: Any) -> dict[str, Any]:
    may = request.actor.can("people.write", at=person.org) and outranks(request.actor, person)
    if not may:
        return {"shown": False}
    url = reverse("organisation:person-account", args=[person.pk])
    return {"shown": True, "account": getattr(person, "account", None), "url": url}


class PersonScreens(Screens):
    """People: each is known once and belongs to one body."""

    model = Person
    namespace = "organisation"
    lead = "本会的人员；「含下级」时包括全部下级组织。"
    table = PersonTable
    filterset = PersonFilters
    form = PersonForm
    rules = PERSON_RULES
    create_capability = "people.write"
    export = PEOPLE
    acts = True
    panels = (
        Facts("name", "org", "sex", "employment", "joined_on", "left_on", "pinyin"),
        Custom("任职", "organisation/panel_rows.html", posts),
        Custom("角色", "organisation/panel_rows.html", roles),
        Custom("账号", "organisation/panel_account.html", account),
    )

    def queryset(self) -> models.QuerySet[Any]:
        return super().queryset().select_related("org", "account")

    def form_kwargs(self, obj: Any) -> dict[str, Any]:
        said = self.request.GET.get("org", "")
        org = int(said) if said.isdigit() else getattr(self.place.org, "pk", None)
        return {"actor": self.actor} | ({} if obj.pk else {"initial": {"org": org}})

    def write(self, form: forms.ModelForm) -> models.Model:
        values = dict(form.cleaned_data)
        values["reading"] = values.pop("pinyin")
        if form.instance.pk:
            return actions.change_person(form.instance, by=self.actor, **values)
        return actions.add_person(values.pop("org"), by=self.actor, **values)

    def actions(self, obj: Any) -> list[tuple[str, str]]:
        if obj.left_on or not self.rules["edit"].allows(self.actor, obj):
            return []
        return [("调动", self.url("transfer", obj))]


class PostScreens(Screens):
    """Posts: who holds what in which body, from when to when."""

    model = Post
    namespace = "organisation"
    lead = "谁在哪个组织任什么职务，从哪天到哪天。"
    table = PostTable
    filterset = PostFilters
    form = PostForm
    rules = POST_RULES
    create_capability = "organisation.write"
    export = POSTS
    panels = (Facts("person", "org", "title", "since", "until"),)

    def queryset(self) -> models.QuerySet[Any]:
        return super().queryset().select_related("org", "person")

    def form_kwargs(self, obj: Any) -> dict[str, Any]:
        if obj.pk:
            return {"actor": self.actor}
        given = {key: int(v) for key in ("person", "org") if (v := self._said(key)).isdigit()}
        given.setdefault("org", getattr(self.place.org, "pk", 0))
        return {"actor": self.actor, "initial": {"since": timezone.localdate(), **given}}

    def _said(self, key: str) -> str:
        return str(self.request.GET.get(key, ""))


def _of_mine(request: Any, pk: int) -> Person:
    rows = Person.objects.select_related("org", "account")
    return get_object_or_404(PERSON_RULES["edit"].narrow(rows, request.actor), pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
def transfer(request: HttpRequest, pk: int) -> HttpResponse:
    """A person goes to another body; both must be the officer's to keep."""
    person = _of_mine(request, pk)
    actor = request.actor  # type: ignore[attr-defined]  # set by the middleware
    form = TransferForm(request.POST or None, actor=actor)
    if request.method == "POST" and form.is_valid():
        org: Org = form.cleaned_data["org"]
        try:
            actions.move_person(person, org, by=actor, reason=form.cleaned_data["reason"])
        except DomainError as error:
            form.add_error("org", error.sentence)
        else:
            return redirect(PersonScreens.url("detail", person))
    lead = f"{person}现在在「{person.org}」。以前的记录仍属于原组织，职务不会自动终止。"
    return _form_page(request, "调动", lead, person, form, "确认调动")


@require_http_methods(["GET", "HEAD", "POST"])
def account_of(request: HttpRequest, pk: int) -> HttpResponse:
    """Open a person's account or change it; only for people whose roles the officer holds too."""
    person = _of_mine(request, pk)
    held: Account | None = getattr(person, "account", None)
    form = AccountForm(request.POST or None, person=person, account=held)
    if request.method == "POST" and form.is_valid():
        try:
            _keep_account(person, held, form, request)
        except DomainError as error:
            form.add_error(None, error.sentence)
        else:
            return redirect(PersonScreens.url("detail", person))
    title = "修改账号" if held else "开通账号"
    lead = f"{person}用用户名或手机号登录，手机和电脑都能用。"
    return _form_page(request, title, lead, person, form, "保存")


def _keep_account(person: Person, held: Account | None, form: Any, request: Any) -> None:
    if held:
        actions.change_account(held, by=request.actor, **form.cleaned_data)
    else:
        actions.open_account(person, by=request.actor, **form.cleaned_data)


def _form_page(
    request: HttpRequest, title: str, lead: str, person: Person, form: forms.Form, label: str
) -> HttpResponse:
    context = {
        "title": title,
        "lead": lead,
        "person": person,
        "form": form,
        "label": label,
        "back": PersonScreens.url("detail", person),
    }
    status = 422 if form.is_bound and form.errors else 200
    return TemplateResponse(request, "organisation/person_step.html", context, status=status)
