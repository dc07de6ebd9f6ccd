"""What a rater has to give, on the phone: own marks only, nobody else's."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_safe

from gonghui.core.access.who import person_of
from gonghui.core.screens.small_forms import posted, small_form, writes

from ..actions.judging import decline, give_marks
from ..actions.raters import keep_rater
from ..forms.rounds import AvoidForm, DeclineForm
from ..forms.sheets import ReviewForm
from ..models import Review
from ..queries.raters import declaring, keeps_from_stepping_back, rated_items, reviews_of
from ..rules import REVIEW_RULES, declares


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """Everybody I was drawn for."""
    me = person_of(request)
    context = {"reviews": list(reviews_of(me)), "raters": list(declaring(me))}
    return TemplateResponse(request, "evaluation/my_reviews.html", context)


def _mine(request: Any, pk: int) -> Review:
    rows = REVIEW_RULES["edit"].narrow(reviews_of(person_of(request)), request.actor)
    found: Review = get_object_or_404(rows, pk=pk)
    return found


@writes
def declare(request: HttpRequest, pk: int) -> HttpResponse:
    """Say before the draw whom I must not rate."""
    asker: Any = request
    rows = declares.narrow(declaring(person_of(request)), asker.actor)
    rater = get_object_or_404(rows.select_related("round__org", "person"), pk=pk)
    form = AvoidForm(posted(request)[0], rater=rater)

    def act() -> str:
        keep_rater(rater, by=asker.actor, **form.cleaned_data)
        return "已记下，抽签时排除。"

    back = reverse("evaluation:my-reviews")
    return small_form(request, form, act, back=back, title="声明回避", of=rater.round)


@writes
def step_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Say after the draw that I have a tie to whom I drew."""
    asker: Any = request
    found = _mine(request, pk)
    form = DeclineForm(posted(request)[0])

    def act() -> str:
        decline(found, why=form.cleaned_data["why"], by=asker.actor)
        return "已记下，换别的评委来评。"

    back = reverse("evaluation:my-reviews")
    title = f"声明回避：{found.contender}"
    return small_form(request, form, act, back=back, title=title, of=found.contender.round)


@writes
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """One contender: the door to its sheet, and my marks."""
    asker: Any = request
    found = _mine(request, pk)
    items = rated_items(found.contender.round)
    form = ReviewForm(posted(request)[0], review=found, items=items)

    def act() -> str:
        words = form.cleaned_data["words"]
        give_marks(found, marks=form.marks, words=words, by=asker.actor)
        return f"{found.contender} 已评。"

    return small_form(
        request,
        form,
        act,
        template="evaluation/review.html",
        back=reverse("evaluation:my-reviews"),
        review=found,
        stays=keeps_from_stepping_back(found),
    )


urlpatterns: list[URLPattern] = [
    path("my/reviews/", mine, name="my-reviews"),
    path("my/reviews/<int:pk>/", review, name="my-review"),
    path("my/reviews/<int:pk>/step-back/", step_back, name="my-step-back"),
    path("my/raters/<int:pk>/", declare, name="my-rater"),
]
