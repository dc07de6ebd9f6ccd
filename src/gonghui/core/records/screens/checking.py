"""The public page where anybody who holds a certificate finds out whether it is genuine."""

from __future__ import annotations

from typing import Any

from allauth.core import ratelimit
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from gonghui.core.access.middleware import public

from ..engine.proofs import printed
from ..forms.check import CheckForm
from ..papers.certificate import issuer_of, words_of
from ..queries.certificates import certificate_by

UNKNOWN = "没有这个编号的证明。请对照证明再输一遍；编号无误的，这张证明不是本系统出具的。"
WITHDRAWN = "这张证明已经撤回，不再有效。"
TOO_OFTEN = "这个网络核对得太频繁，请过五分钟再试。"


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    """It says what the paper says and nothing else; trying codes out is slowed down."""
    if request.method != "POST":
        return _page(request, CheckForm(initial={"code": request.GET.get("code", "")[:40]}))
    form = CheckForm(request.POST)
    if not ratelimit.consume(request, action="certificate"):
        form.add_error(None, TOO_OFTEN)
        return _page(request, form, status=429)
    if not form.is_valid():
        return _page(request, form, status=422)
    found = certificate_by(form.cleaned_data["code"])
    if found is None or found.withdrawn_at is not None:
        form.add_error("code", UNKNOWN if found is None else WITHDRAWN)
        return _page(request, form, status=422)
    words, code = words_of(found), printed(found.code)
    said = {"words": words, "code": code, "issuer": issuer_of(found)}
    return _page(request, CheckForm(), certificate=found, said=said)


def _page(request: HttpRequest, form: CheckForm, status: int = 200, **said: Any) -> HttpResponse:
    context = {"form": form} | said
    return TemplateResponse(request, "records/check.html", context, status=status)


urlpatterns: list[URLPattern] = [path("check/", check, name="check")]
