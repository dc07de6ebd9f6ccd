"""重复人员: likely pairs, comparing two records, merging them and taking it back."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.db import models
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.views.decorators.http import require_POST, require_safe

from gonghui.core.people.models import Person
from gonghui.core.screens.panels import WORDS, Custom, Facts, plug
from gonghui.core.screens.place import place_of
from gonghui.core.screens.screens import Screens, registry
from gonghui.core.screens.small_forms import posted, small_form, writes
from gonghui.kit.errors import DomainError
from gonghui.kit.rules import may

from ..actions import merging as actions
from ..forms.duplicates import MergeForm, OtherForm
from ..models import Merge
from ..queries.duplicates import MOST, alike, likely_pairs, named_alike
from ..rules import MERGE_RULES, PERSON_RULES
from ..tables import MergeTable

WORDS |= {"gone": "并入的记录", "kept": "保留的记录"}
PAIRS_A_PAGE = 25


def _facts(merge: Merge, request: Any) -> dict[str, Any]:
    """What a merge moved, and the way back."""
    words = actions.moved_words(merge)
    undo = merge.undone_at is None and MERGE_RULES["undo"].allows(request.actor, merge)
    url = reverse("membership:merge-undo", args=[merge.pk]) if undo else ""
    return {"words": words, "undo_url": url}


class MergeScreens(Screens):
    """Duplicates that were merged; each can be taken back."""

    model = Merge
    lead = "已经合并的重复人员；合并错了可以撤回，转移的记录会回到原处。"
    table = MergeTable
    rules = MERGE_RULES
    panels = (
        Facts("kept", "gone", "org", "reason", "made_by", "made_at", "undone_at"),
        Custom("转移的记录", "membership/panel_merge.html", _facts),
    )

    def queryset(self) -> models.QuerySet[Any]:
        return super().queryset().select_related("kept", "gone", "org", "made_by")


def panel(person: Person, request: Any) -> dict[str, Any]:
    """Whoever else the person may be, for who keeps them."""
    if person.merged_into_id:
        return {"into": person.merged_into, "url": _page(person.merged_into)}
    if person.left_on or not may("edit", PERSON_RULES, request.actor, person):
        return {}
    rows = [(other, why, _compared(person, other)) for other, why in alike(person, request.actor)]
    return {
        "rows": rows,
        "person": person,
        "search_url": reverse("membership:person-same", args=[person.pk]),
    }


plug("people.person", Custom("重复人员", "membership/panel_duplicates.html", panel))


@require_safe
def pairs(request: Any) -> HttpResponse:
    """Likely duplicates of the chosen place, with all below it."""
    org = place_of(request).org
    if org is None or not request.actor.can("people.write", at=org):
        raise Http404
    place = place_of(request)
    mine = PERSON_RULES["edit"].narrow(Person.objects.active(), request.actor)
    found = likely_pairs(place.narrow(mine, "org"))
    page = Paginator(found, PAIRS_A_PAGE).get_page(request.GET.get("page"))
    rows = [(one, other, why, _compared(one, other)) for one, other, why in page]
    context = {
        "rows": rows,
        "page": page,
        "org": org,
        "most": MOST if len(found) == MOST else 0,
        "merges_url": MergeScreens.url("list"),
    }
    return TemplateResponse(request, "membership/duplicates.html", context)


@require_safe
def same_name(request: Any) -> HttpResponse:
    """While a new person's name is typed: who of that name is on record already."""
    found = named_alike(request.GET.get("name", ""), request.actor)
    return TemplateResponse(request, "membership/_alike.html", {"rows": list(found)})


@writes
def same(request: Any, pk: int) -> HttpResponse:
    """Find the other record by hand."""
    person = _kept(request, pk)
    form = OtherForm(posted(request)[0], actor=request.actor, person=person)
    return small_form(
        request,
        form,
        lambda: redirect(_compared(person, form.cleaned_data["other"])),
        back=_page(person),
        title="合并重复记录",
        of=person,
        lead="同一个人登记了两次时，找到另一条记录，比对以后合并。",
        submit="下一步：比对",
    )


@writes
def compare(request: Any, pk: int, other: int) -> HttpResponse:
    """Two records side by side; whoever merges says which side is right."""
    kept, gone = _kept(request, pk), _kept(request, other)
    one_story = actions.combined(kept, gone) is not None
    data = request.POST if request.method == "POST" else None
    form = MergeForm(data, kept=kept, gone=gone, one_story=one_story)
    if form.is_bound and form.is_valid():
        said = {"choices": form.choices, "reason": form.cleaned_data["reason"]}
        try:
            merge = actions.merge_people(kept, gone, by=request.actor, **said)
        except DomainError as error:
            form.add_error(None, error.sentence)
        else:
            return redirect(MergeScreens.url("detail", merge))
    context = {
        "kept": kept,
        "gone": gone,
        "form": form,
        "moves": [(word, f"{number} 条") for word, number in actions.moves(kept, gone)],
        "one_story": one_story,
        "turned": _compared(gone, kept),
        "back": _page(kept),
    }
    status = 422 if form.errors else 200
    return TemplateResponse(request, "membership/compare.html", context, status=status)


@require_POST
def tell_apart(request: Any, pk: int, other: int) -> HttpResponse:
    """They are two people; nobody is asked again."""
    one, two = _kept(request, pk), _kept(request, other)
    actions.tell_apart(one, two, by=request.actor)
    return redirect((request.POST.get("back") == "list" and "membership:duplicates") or _page(one))


@writes
def undo(request: Any, pk: int) -> HttpResponse:
    """Take a merge back, after saying what that means."""
    rows = MERGE_RULES["undo"].narrow(Merge.objects.select_related("kept", "gone"), request.actor)
    merge = get_object_or_404(rows.filter(undone_at=None), pk=pk)
    error = ""
    if request.method == "POST":
        try:
            actions.undo_merge(merge, by=request.actor)
        except DomainError as refused:
            error = refused.sentence
        else:
            return redirect(MergeScreens.url("detail", merge))
    context = {"merge": merge, "error": error, "back": MergeScreens.url("detail", merge)}
    return TemplateResponse(
        request, "membership/undo_merge.html", context, status=422 if error else 200
    )


def _kept(request: Any, pk: int) -> Person:
    rows = Person.objects.select_related("org").filter(merged_into=None)
    return get_object_or_404(PERSON_RULES["edit"].narrow(rows, request.actor), pk=pk)


def _page(person: Any) -> str:
    return registry["people.person"].url("detail", person)


def _compared(one: Person, other: Person) -> str:
    return reverse("membership:person-compare", args=[one.pk, other.pk])


urlpatterns = [
    path("duplicates/", pairs, name="duplicates"),
    path("same-name/", same_name, name="same-name"),
    path("person/<int:pk>/same/", same, name="person-same"),
    path("person/<int:pk>/same/<int:other>/", compare, name="person-compare"),
    path("person/<int:pk>/apart/<int:other>/", tell_apart, name="person-apart"),
    *MergeScreens.urls(),
    path("merge/<int:pk>/undo/", undo, name="merge-undo"),
]
