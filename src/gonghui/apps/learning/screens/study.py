"""Screens of study rules: what is asked, tried out before it is saved."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.http import Http404, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.decorators.http import require_safe

from gonghui.core.screens.panels import Custom, Facts
from gonghui.core.screens.screens import Screens

from ..actions.rules import keep_rule, renew_rule
from ..engine.words import ROUNDED, asked_words
from ..filters import StudyRuleFilters
from ..forms.study import StudyRuleForm
from ..models import LeaveKind, StudyRule
from ..queries.described import audience_words, counted_words, versions_of
from ..queries.templates import copy_of, initial_of, template, templates
from ..queries.told import told
from ..queries.trial import trial
from ..rules import STUDYRULE_RULES
from ..tables import StudyRuleTable


def asks(rule: StudyRule, request: Any) -> dict[str, Any]:
    """Every item in words: what, how much, how often, what counts."""
    one = told(rule, rule.items.all())  # type: ignore[attr-defined]  # the reverse name
    rows = [(kept, asked_words(item), counted_words(kept)) for kept, item in one.pairs()]
    return {"rows": rows}


def reckoned(rule: StudyRule, request: Any) -> dict[str, Any]:
    """For whom it is, what excuses, and by what arithmetic."""
    leaves = dict(LeaveKind.choices)
    return {
        "audience": audience_words(rule),
        "excuses": "、".join(leaves[kind] for kind in rule.excuses if kind in leaves),
        "rounding": ROUNDED[told(rule, ()).rule.rounding],
        "rule": rule,
    }


def versions(rule: StudyRule, request: Any) -> dict[str, Any]:
    """Every version of the rule, the latest first; nothing where there is one."""
    rows = versions_of(rule)
    return {"rows": rows[::-1] if len(rows) > 1 else [], "rule": rule}


class StudyRuleScreens(Screens):
    """What units ask their people to study."""

    model = StudyRule
    lead = "要求谁、学什么、多少、多久一次、什么可以免；谁完成、谁还差由学习记录自动算。"
    table = StudyRuleTable
    filterset = StudyRuleFilters
    form = StudyRuleForm
    rules = STUDYRULE_RULES
    create_capability = "learning.write"
    acts = True
    panels = (
        Custom("要求", "learning/panel_items.html", asks),
        Facts("org", "basis", "since", "until"),
        Custom("怎么算", "learning/panel_reckoned.html", reckoned),
        Custom("各个版本", "learning/panel_versions.html", versions),
    )

    def queryset(self) -> models.QuerySet[Any]:
        return super().queryset().select_related("org").prefetch_related("items")

    def form_kwargs(self, obj: Any) -> dict[str, Any]:
        given: dict[str, Any] = {"actor": self.actor}
        if obj.pk:
            return given
        facts, rows = self._begun
        home = {"org": getattr(self.place.org, "pk", None), "since": timezone.localdate()}
        return given | {"initial": home | facts, "rows": rows}

    @cached_property
    def _begun(self) -> tuple[dict[str, Any], list[dict[str, Any]]]:
        """A shipped template or another rule to begin from."""
        one = template(self.request.GET.get("template", ""))
        if one is not None:
            return initial_of(one)
        said = self.request.GET.get("copy", "")
        return copy_of(self.fetch(int(said))) if said.isdigit() else ({}, [])

    def write(self, form: Any) -> models.Model:
        rule, items = form.instance, form.rows.items()
        if form.is_renewed:
            return renew_rule(rule, items, since=form.cleaned_data["from_on"], by=self.actor)
        return keep_rule(rule, items, by=self.actor)

    def create(self) -> HttpResponse:
        if not self.may_create():
            raise Http404
        return self._tried(self.new()) or super().create()

    def update(self, pk: int) -> HttpResponse:
        return self._tried(self.fetch(pk, "edit")) or super().update(pk)

    def page(
        self, screen: str, fragment: str = "", status: int = 200, **context: Any
    ) -> TemplateResponse:
        if screen == "form":
            said = template(self.request.GET.get("template", "")) or {}
            context |= {"note": said.get("note", "")}
        return super().page(screen, fragment, status, **context)

    def _tried(self, obj: Any) -> HttpResponse | None:
        """Asked to try it: the same form with who would meet it, and nothing is saved."""
        if self.request.method != "POST" or "try" not in self.request.POST:
            return None
        form = StudyRuleForm(self.request.POST, instance=obj, **self.form_kwargs(obj))
        if not form.is_valid():
            return None  # shown with its errors, as on saving
        found = trial(form.instance, form.rows.items(), timezone.localdate())
        cancel = self.url("detail", obj) if obj.pk else self.url("list")
        return self.page("form", object=obj, form=form, cancel_url=cancel, trial=found)

    def actions(self, obj: Any) -> list[tuple[str, str]]:
        doors = []
        if self.actor.can("learning.view", at=obj.org):
            address = f"{reverse('learning:standing')}?org={obj.org_id}&rule={obj.pk}"
            doors.append(("谁还差", address))
        if self.may_create():
            doors.append(("照此另立", f"{self.url('create')}?copy={obj.pk}"))
        return doors


@require_safe
def shelf(request: Any) -> HttpResponse:
    """The shipped templates, each a beginning."""
    if not request.actor.can("learning.write"):
        raise Http404
    create = StudyRuleScreens.url("create")
    rows = [(one, f"{create}?template={one['key']}") for one in templates()]
    context = {"rows": rows, "back": StudyRuleScreens.url("list"), "blank": create}
    return TemplateResponse(request, "learning/templates.html", context)
