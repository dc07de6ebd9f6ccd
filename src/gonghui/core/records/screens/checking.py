"""The public page where anybody who holds a paper finds out whether it is genuine.

Other parts check their own papers through ``answer``: the same manners, their own words.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from allauth.core import ratelimit
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from gonghui.core.access.middleware import public
from gonghui.kit.errors import DomainError

from ..engine.proofs import printed
from ..forms.check import CheckForm
from ..papers.certificate import issuer_of, words_of
from ..queries.certificates import certificate_by

UNKNOWN = "没有这个编号的证明。请对照证明再输一遍；编号无误的，这张证明不是本系统出具的。"
WITHDRAWN = "这张证明已经撤回，不再有效。"
TOO_OFTEN = "这个网络核对得太频繁，请过五分钟再试。"

Tell = Callable[[dict[str, Any]], dict[str, Any]]


def answer(
    request: HttpRequest, template: str, tell: Tell, asked: type[CheckForm] = CheckForm
) -> HttpResponse:
    """A page that says what the paper says and nothing else; trying codes out is slowed down.

    ``tell`` gets what the stranger gave and returns what the page shows, or refuses in words.
    """
    if request.method == "POST":
        form, status, told = _answered(request, tell, asked)
        return TemplateResponse(request, template, {"form": form} | told, status=status)
    empty = asked(initial={"code": request.GET.get("code", "")[:40]})
    return TemplateResponse(request, template, {"form": empty})


def _answered(
    request: HttpRequest, tell: Tell, asked: type[CheckForm]
) -> tuple[CheckForm, int, dict[str, Any]]:
    form = asked(request.POST, request.FILES)
    if not ratelimit.consume(request, action="certificate"):
        form.add_error(None, TOO_OFTEN)
        return form, 429, {}
    if not form.is_valid():
        return form, 422, {}
    try:
        return asked(), 200, tell(form.cleaned_data)
    except DomainError as error:
        form.add_error("code", error.sentence)
        return form, 422, {}


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    return answer(request, "records/check.html", _told)


def _told(given: dict[str, Any]) -> dict[str, Any]:
    found = certificate_by(given["code"])
    if found is None or found.withdrawn_at is not None:
        raise DomainError(UNKNOWN if found is None else WITHDRAWN)
    said = {"words": words_of(found), "code": printed(found.code), "issuer": issuer_of(found)}
    return {"certificate": found, "said": said}


urlpatterns: list[URLPattern] = [path("check/", check, name="check")]
