"""My frozen years: freeze one, and fetch the papers."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from gonghui.core.people.models import Person
from gonghui.core.records.engine.proofs import printed
from gonghui.kit.errors import DomainError

from ..actions.freezing import file_of, freeze
from ..forms.volumes import FreezeForm
from ..queries.gathered import years_of
from ..queries.volumes import own_volumes
from .home import actor_of

EMPTY = "这一年还没有计入的内容，没有可以封存的。"


@require_http_methods(["GET", "HEAD", "POST"])
def years(request: HttpRequest) -> HttpResponse:
    """Every paper of mine, and the door to a new one."""
    actor = actor_of(request)
    person = Person.objects.select_related("org").get(pk=actor.person.pk)  # type: ignore[union-attr]
    offered = years_of(person, timezone.localdate())
    form = FreezeForm(request.POST if request.method == "POST" else None, years=offered)
    if form.is_bound and form.is_valid():
        address = request.build_absolute_uri(reverse("archive:check"))
        try:
            made = freeze(person, form.cleaned_data["year"], address=address, by=actor)
            if made is None:
                messages.warning(request, EMPTY)
            else:
                messages.success(request, f"{made} 已封存，编号 {printed(made.code)}。")
            return redirect("archive:my-years")
        except DomainError as error:
            form.add_error(None, error.sentence)
    rows = [(one, printed(one.code), file_of(one)) for one in own_volumes(actor)]
    context = {"form": form, "volumes": rows}
    status = 422 if form.is_bound else 200
    return TemplateResponse(request, "archive/my_years.html", context, status=status)


urlpatterns: list[URLPattern] = [path("my/years/", years, name="my-years")]
