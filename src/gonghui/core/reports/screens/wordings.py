"""The texts of a union's reports: what holds for it, and its own words in place of the shipped."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from gonghui.core.indicators.registry import areas, indicators
from gonghui.core.indicators.screens.asked import body_of

from ..actions import keep_wording
from ..forms import WordingForm
from ..models import Wording
from ..parts import texts_for
from ..rules import WORDING_RULES
from ..shipped import TEXTS, TITLES


@require_safe
def wordings(request: HttpRequest) -> HttpResponse:
    """Every part with the text that holds here, and whose it is."""
    asker: Any = request
    org = body_of(request)
    texts = texts_for(org)
    rows = WORDING_RULES["view"].narrow(Wording.objects.filter(org=org), asker.actor)
    own = set(rows.values_list("part", flat=True))
    context = {
        "org": org,
        "may": asker.actor.can("reports.write", at=org),
        "rows": [
            {"part": part, "title": title, "text": texts[part], "whose": _whose(part, texts, own)}
            for part, title in TITLES.items()
        ],
    }
    return TemplateResponse(request, "reports/wordings.html", context)


def _whose(part: str, texts: dict[str, str], own: set[str]) -> str:
    if part in own:
        return "本级"
    return "示例" if texts[part] == TEXTS[part] else "上级"


@require_http_methods(["GET", "HEAD", "POST"])
def wording(request: HttpRequest, part: str) -> HttpResponse:
    """One part in the union's own words."""
    asker: Any = request
    org = body_of(request)
    if part not in TITLES or not asker.actor.can("reports.write", at=org):
        raise Http404
    posted = request.method == "POST"
    form = WordingForm(request.POST if posted else None, initial={"text": texts_for(org)[part]})
    if posted and form.is_valid():
        keep_wording(org, part, form.cleaned_data["text"], by=asker.actor)
        return redirect(f"{reverse('reports:wordings')}?org={org.pk}")
    codes = [
        (label, [one for one in indicators if one.area == area]) for area, label in areas.items()
    ]
    context = {
        "org": org,
        "title": TITLES[part],
        "form": form,
        "codes": [(label, some) for label, some in codes if some],
        "cancel_url": f"{reverse('reports:wordings')}?org={org.pk}",
    }
    return TemplateResponse(request, "reports/wording.html", context, status=422 if posted else 200)
