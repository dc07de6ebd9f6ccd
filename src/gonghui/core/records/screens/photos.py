"""Photos of an activity: looked at, uploaded with consent, taken down."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.views.decorators.http import require_http_methods, require_POST

from gonghui.core.access.actor import Actor
from gonghui.core.activities.models import OVER, Activity
from gonghui.core.activities.queries.reach import within
from gonghui.core.activities.rules import ACTIVITY_RULES
from gonghui.kit.errors import DomainError

from ..actions.photos import MOST, keep_photos, take_down
from ..forms.photos import PhotosForm, TakeDownForm
from ..models import Photo
from ..queries.photos import photos_of


def may_add(activity: Activity, actor: Actor) -> bool:
    return activity.state in OVER and ACTIVITY_RULES["edit"].allows(actor, activity)


@require_http_methods(["GET", "HEAD", "POST"])
def photos(request: HttpRequest, pk: int) -> HttpResponse:
    """Whoever may read of the activity sees them; the organiser adds to them."""
    asker: Any = request
    activity = get_object_or_404(within(asker.actor, "view").filter(state__in=OVER), pk=pk)
    posted = request.method == "POST"
    writes = may_add(activity, asker.actor)
    if posted:
        activity = get_object_or_404(within(asker.actor, "edit"), pk=pk)
    form = PhotosForm(request.POST if posted else None, request.FILES if posted else None)
    if posted and form.is_valid():
        try:
            made = keep_photos(activity, by=asker.actor, **form.cleaned_data)
            messages.success(request, f"已添加 {len(made)} 张照片。")
            return redirect("records:photos", pk)
        except DomainError as error:
            form.add_error("pictures", error.sentence)
    context = {
        "activity": activity,
        "shots": photos_of(activity),
        "form": form if writes else None,
        "may_keep": ACTIVITY_RULES["place"].allows(asker.actor, activity),
        "most": MOST,
    }
    status = 422 if posted else 200
    return TemplateResponse(request, "records/photos.html", context, status=status)


@require_POST
def drop_photo(request: HttpRequest, pk: int) -> HttpResponse:
    """Also of what is filed: nobody's consent ends with the file."""
    asker: Any = request
    held = within(asker.actor, "place").order_by().values("pk")
    photo = get_object_or_404(Photo.objects.filter(activity__in=held), pk=pk)
    form = TakeDownForm(request.POST)
    if form.is_valid():
        take_down(photo, by=asker.actor, **form.cleaned_data)
        messages.success(request, "照片已撤下，文件已删除。")
    else:
        messages.error(request, "请写明为什么撤下。")
    return redirect("records:photos", photo.activity_id)


urlpatterns: list[URLPattern] = [
    path("activity/<int:pk>/photos/", photos, name="photos"),
    path("photo/<int:pk>/drop/", drop_photo, name="photo-drop"),
]
