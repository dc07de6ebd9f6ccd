"""What a rater has to give, on the phone: own marks only, nobody else's."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_safe

from gonghui.core.people.models import Person

from ..actions.judging import give_marks
from ..forms.sheets import ReviewForm
from ..models import Review
from ..queries.raters import rated_items, reviews_of
from ..rules import REVIEW_RULES
from .asking import asked, posted, writes


def _me(request: Any) -> Person:
    person: Person | None = request.actor.person
    if person is None:
        raise Http404
    return person


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """Everybody I was drawn for."""
    context = {"reviews": list(reviews_of(_me(request)))}
    return TemplateResponse(request, "evaluation/my_reviews.html", context)


@writes
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """One contender: the door to its sheet, and my marks."""
    asker: Any = request
    rows = REVIEW_RULES["edit"].narrow(reviews_of(_me(request)), asker.actor)
    found: Review = get_object_or_404(rows, pk=pk)
    items = rated_items(found.contender.round)
    form = ReviewForm(posted(request)[0], review=found, items=items)

    def act() -> str:
        words = form.cleaned_data["words"]
        give_marks(found, marks=form.marks, words=words, by=asker.actor)
        return f"{found.contender} 已评。"

    return asked(
        request,
        form,
        act,
        template="evaluation/review.html",
        back=reverse("evaluation:my-reviews"),
        review=found,
    )


urlpatterns: list[URLPattern] = [
    path("my/reviews/", mine, name="my-reviews"),
    path("my/reviews/<int:pk>/", review, name="my-review"),
]
