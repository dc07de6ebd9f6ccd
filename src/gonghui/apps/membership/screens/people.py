"""The list, pages and forms of people and their accounts."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from gonghui.core.access.granting import outranks
from gonghui.core.access.models import Grant
from gonghui.core.orgs.models import BODIES, Org
from gonghui.core.people.models import Account, Person
from gonghui.core.people.tags import with_tags, words_on
from gonghui.core.screens.bulk import BulkAction
from gonghui.core.screens.panels import WORDS, Custom, Facts, plug
from gonghui.core.screens.screens import Screens
from gonghui.core.screens.small_forms import posted, small_form, writes
from gonghui.kit.dates import day_said
from gonghui.kit.prepared import about, the_one
from gonghui.kit.rules import may, with_rights

from ..actions import accounts as account_actions
from ..actions import people as actions
from ..actions.applications import apply
from ..exchange import PEOPLE
from ..filters import PersonFilters
from ..forms.accounts import AccountForm
from ..forms.applications import BulkApplyForm
from ..forms.people import PersonForm, TransferForm
from ..queries import people_of
from ..queries.counts import as_they_stood, people_on
from ..rules import PERSON_RULES
from ..tables import PersonTable
from .record import identity, particulars

WORDS |= {"username": "用户名", "mobile": "手机号", "password": "密码", "is_active": "登录"}


WRITTEN = (
    "name", "sex", "employment", "joined_on", "left_on", "birth_date", "org__name",
    "org__short_name",
)  # fmt: skip
RIGHTS = ("edit", "reveal", "anonymise", "move", "decide")
SHOWN = 10  # people on a body's page before it leads to the whole list


def people(org: Org, request: Any) -> dict[str, Any]:
    """Who belongs to a body, for its page."""
    rows = PERSON_RULES["view"].narrow(people_of(org), request.actor)
    add = reverse("membership:person-create") + f"?org={org.pk}"
    holds = org.until is None and org.kind not in BODIES  # who sits there belongs elsewhere
    writes = holds and request.actor.can("people.write", at=org)
    return {
        "rows": list(rows[:SHOWN]),
        "count": rows.count(),
        "more": reverse("membership:person-list") + f"?org={org.pk}&scope=own",
        "add_url": add if writes else "",
    }


plug("orgs.org", Custom("人员", "membership/panel_people.html", people))


def roles(person: Person, request: Any) -> dict[str, Any]:
    """What the person may do, where; to whoever grants roles there."""
    actor = request.actor

    def asked(pk: int) -> models.QuerySet[Grant]:
        rows = Grant.objects.filter(person=pk).select_related("role", "org")
        return rows.filter(actor.reach("access.grant"))

    add = reverse("backoffice:grant-create") + f"?person={person.pk}"
    grants = actor.can("access.grant") and person.left_on is None
    found = list(about(person.pk, ("roles", actor.key), asked))
    return {"rows": found, "count": len(found), "add_url": add if grants else ""}


def tagged(person: Person, request: Any) -> dict[str, Any]:
    """The words beside the name today, as far as the reader may know of them."""
    return {"words": words_on(person, timezone.localdate(), request.actor)}


def account(person: Person, request: Any) -> dict[str, Any]:
    if not (request.actor.can("people.write", at=person.org) and outranks(request.actor, person)):
        return {"shown": False}
    url = reverse("membership:person-account", args=[person.pk])
    return {"shown": True, "account": getattr(person, "account", None), "url": url}


class PersonScreens(Screens):
    """People: each is known once and belongs to one body."""

    model = Person
    namespace = "membership"
    lead = "本会的人员；「含下级」时包括全部下级组织。"
    table = PersonTable
    filterset = PersonFilters
    form = PersonForm
    rules = PERSON_RULES
    create_capability = "people.write"
    export = PEOPLE
    steady = True
    personal = True
    bulk = (
        BulkAction("transfer", "调动", PERSON_RULES["move"], actions.move_person, TransferForm),
        BulkAction("apply", "申请入会", PERSON_RULES["join"], apply, BulkApplyForm),
    )
    acts = True
    parts = {"": "档案", "learning": "学习成长", "merit": "荣誉与关怀"}
    panels = (
        Facts("name", "org", "sex", "employment", "category", "joined_on", "left_on", "pinyin"),
        Custom("标签", "membership/panel_tags.html", tagged),
        Custom("详情", "membership/panel_record.html", particulars),
        Custom("身份信息", "membership/panel_identity.html", identity),
        Custom("角色", "membership/panel_grants.html", roles),
        Custom("账号", "membership/panel_account.html", account),
    )

    def queryset(self) -> models.QuerySet[Any]:
        return super().queryset().select_related("org", "account", "particulars", "identity")

    @property
    def as_of(self) -> date | None:
        return day_said(self.request.GET.get("as_of", ""))

    def listed(self) -> models.QuerySet[Any]:
        """As of a day: who stood at the place then, by the tree of that day."""
        day, org = self.as_of, self.place.org
        if day is None or org is None:
            return super().listed()
        then = people_on(org, day, below=self.place.below).order_by()
        return as_they_stood(self.visible().filter(pk__in=then.values("person")), day)

    def written(self, rows: models.QuerySet[Any]) -> models.QuerySet[Any]:
        """With the tags of the day, which the table itself does not draw."""
        return with_tags(self.drawn(rows), self.as_of or timezone.localdate(), self.actor)

    def drawn(self, rows: models.QuerySet[Any]) -> models.QuerySet[Any]:
        """Accounts, particulars and sealed numbers are for a person's page."""
        return rows.select_related(None).select_related("org").only(*WRITTEN)

    def detail(self, pk: int) -> HttpResponse:
        """With all the actor may do to the person, which half of the panels ask about."""
        rights = {name: self.rules[name] for name in RIGHTS}

        def asked(pk: int) -> models.QuerySet[Any]:
            return with_rights(self.visible().filter(pk=pk), self.actor, rights)

        return self._detail(the_one(pk, ("person", self.actor.key), asked))

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
        if obj.left_on or not may("edit", self.rules, self.actor, obj):
            return []
        if obj.merged_into_id:
            return []
        return [("调动", self.url("transfer", obj)), ("合并重复记录", self.url("same", obj))]


def _of_mine(request: Any, pk: int) -> Person:
    rows = Person.objects.select_related("org", "account")
    return get_object_or_404(PERSON_RULES["edit"].narrow(rows, request.actor), pk=pk)


@writes
def transfer(request: HttpRequest, pk: int) -> HttpResponse:
    """A person goes to another body; both must be the officer's to keep."""
    person = _of_mine(request, pk)
    actor = request.actor  # type: ignore[attr-defined]  # set by the middleware
    form = TransferForm(posted(request)[0], actor=actor)

    def move() -> None:
        said = form.cleaned_data
        actions.move_person(person, said["org"], by=actor, reason=said["reason"])

    return small_form(
        request,
        form,
        move,
        back=PersonScreens.url("detail", person),
        title="调动",
        of=person,
        lead=f"现在在「{person.org}」。以前的记录仍属于原组织，职务不会自动终止。",
        submit="确认调动",
    )


@writes
def account_of(request: HttpRequest, pk: int) -> HttpResponse:
    """Open a person's account or change it; only for people whose roles the officer holds too."""
    asker: Any = request
    person = _of_mine(request, pk)
    held: Account | None = getattr(person, "account", None)
    form = AccountForm(posted(request)[0], person=person, account=held)

    def keep() -> None:
        if held:
            account_actions.change_account(held, by=asker.actor, **form.cleaned_data)
        else:
            account_actions.open_account(person, by=asker.actor, **form.cleaned_data)

    return small_form(
        request,
        form,
        keep,
        back=PersonScreens.url("detail", person),
        title="修改账号" if held else "开通账号",
        of=person,
        lead="用用户名或手机号登录，手机和电脑都能用。",
    )
