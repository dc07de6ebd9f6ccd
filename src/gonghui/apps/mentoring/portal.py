"""The two of a pair on their phones: agree, write down, confirm; and study away to ask for."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gonghui.core.access.who import person_of
from gonghui.kit.errors import DomainError

from .actions.growing import take_wish_back, wish
from .actions.pairs import confirm_lesson, drop_lesson, write_lesson
from .flow import LIFE
from .forms.small import LessonForm, WishForm
from .models import Going, Lesson, Offer, Pair
from .queries.grown import grown_of
from .queries.pairs import hours_of, lessons_of, lessons_to_confirm, pairs_of, steps_of
from .rules import GOING_RULES, LESSON_RULES, OFFER_RULES, PAIR_RULES

PAST = 30


def _mine(request: Any, pk: int) -> Pair:
    rows = PAIR_RULES["either"].narrow(pairs_of(person_of(request)), request.actor)
    return get_object_or_404(rows, pk=pk)


@require_safe
def pairs(request: HttpRequest) -> HttpResponse:
    """The pairs I am in, what waits for my word, and how I was brought on."""
    me = person_of(request)
    asker: Any = request
    context = {
        "pairs": list(pairs_of(me)[:PAST]),
        "waiting": list(lessons_to_confirm(me)[:PAST]),
        "grown": grown_of(me, asker.actor, timezone.localdate()),
    }
    return TemplateResponse(request, "mentoring/my_pairs.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def pair(request: HttpRequest, pk: int) -> HttpResponse:
    """One pair: what to agree to, what was done, one more record."""
    asker: Any = request
    found = _mine(request, pk)
    form = LessonForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            write_lesson(found, by=asker.actor, **form.cleaned_data)
            messages.success(request, "记上了，请对方在手机上确认。")
            return redirect("mentoring:my-pair", pk)
        except DomainError as error:
            form.add_error(None, error.sentence)
    lessons = lessons_of(found)
    context = {
        "pair": found,
        "form": form,
        "me": asker.actor.person,
        "steps": steps_of(found, timezone.localdate()),
        "lessons": list(lessons[:PAST]),
        "hours": hours_of(found),
        "open": LIFE.open_to(asker.actor, found),
        "may_write": PAIR_RULES["write"].allows(asker.actor, found),
        "may_pass": PAIR_RULES["pass"].allows(asker.actor, found),
    }
    status = 422 if form.is_bound else 200
    return TemplateResponse(request, "mentoring/my_pair.html", context, status=status)


@require_POST
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """It was so."""
    asker: Any = request
    rows = LESSON_RULES["confirm"].narrow(Lesson.objects.all(), asker.actor)
    lesson = get_object_or_404(rows, pk=pk)
    try:
        confirm_lesson(lesson, by=asker.actor)
    except DomainError as error:
        messages.error(request, error.sentence)
    return redirect("mentoring:my-pair", lesson.pair_id)


@require_POST
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    """It was not so, or was written down by mistake."""
    asker: Any = request
    lesson = get_object_or_404(
        LESSON_RULES["drop"].narrow(Lesson.objects.all(), asker.actor), pk=pk
    )
    try:
        drop_lesson(lesson, by=asker.actor)
        messages.success(request, "已去掉。")
    except DomainError as error:
        messages.error(request, error.sentence)
    return redirect("mentoring:my-pair", lesson.pair_id)


@require_safe
def study(request: HttpRequest) -> HttpResponse:
    """Study away that is open to me, and where I have been."""
    asker: Any = request
    me, day = person_of(request), timezone.localdate()
    mine = GOING_RULES["own"].narrow(Going.objects.select_related("offer"), asker.actor)
    goings = list(mine.order_by("-offer__since", "-pk")[:PAST])
    above = me.org.ancestor_paths()
    offers = OFFER_RULES["view"].narrow(Offer.objects.filter(org__path__in=above), asker.actor)
    open_now = offers.filter(until__gte=day).exclude(pk__in=[one.offer_id for one in goings])
    context = {"offers": list(open_now.select_related("org")), "goings": goings, "day": day}
    return TemplateResponse(request, "mentoring/my_study.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def offer(request: HttpRequest, pk: int) -> HttpResponse:
    """One offer, and my wish to go."""
    asker: Any = request
    me = person_of(request)
    above = me.org.ancestor_paths()
    rows = OFFER_RULES["view"].narrow(Offer.objects.filter(org__path__in=above), asker.actor)
    found = get_object_or_404(rows.select_related("org"), pk=pk)
    form = WishForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            wish(found, by=asker.actor, day=timezone.localdate(), **form.cleaned_data)
            messages.success(request, "已报名，选派结果会通知您。")
            return redirect("mentoring:my-study")
        except DomainError as error:
            form.add_error(None, error.sentence)
    mine = GOING_RULES["own"].narrow(Going.objects.filter(offer=found), asker.actor).first()
    closed = (found.closes_on or found.until) < timezone.localdate()
    context = {"offer": found, "form": form, "mine": mine, "closed": closed}
    status = 422 if form.is_bound else 200
    return TemplateResponse(request, "mentoring/my_offer.html", context, status=status)


@require_POST
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """I do not wish to go after all."""
    asker: Any = request
    going = get_object_or_404(GOING_RULES["own"].narrow(Going.objects.all(), asker.actor), pk=pk)
    try:
        take_wish_back(going, by=asker.actor)
        messages.success(request, "已撤回报名。")
    except DomainError as error:
        messages.error(request, error.sentence)
    return redirect("mentoring:my-study")


urlpatterns: list[URLPattern] = [
    path("my/", pairs, name="my-pairs"),
    path("my/pair/<int:pk>/", pair, name="my-pair"),
    path("my/lesson/<int:pk>/confirm/", confirm, name="my-confirm"),
    path("my/lesson/<int:pk>/drop/", drop, name="my-lesson-drop"),
    path("my/study/", study, name="my-study"),
    path("my/study/<int:pk>/", offer, name="my-offer"),
    path("my/going/<int:pk>/drop/", take_back, name="my-going-drop"),
]
