"""The public page where anybody who holds an archive's paper finds out whether it is genuine."""

from __future__ import annotations

from typing import Any

from allauth.core import ratelimit
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from gonghui.core.access.middleware import public
from gonghui.core.records.engine.proofs import printed

from ..actions.freezing import digest_of, is_untouched
from ..forms.volumes import VolumeCheckForm
from ..models import Volume
from ..queries.volumes import newest_edition, volume_by

UNKNOWN = "没有这个编号的档案。请对照档案末尾再输一遍；编号无误的，这份档案不是本系统出具的。"
TOO_OFTEN = "这个网络核对得太频繁，请过五分钟再试。"
FORGOTTEN = "（本人资料已注销）"
LARGEST = 20 * 2**20
TOO_LARGE = "文件太大，不是本系统出具的档案。"


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    """Name, union, year, sums, and whether the file is the one that was frozen; nothing else."""
    if request.method != "POST":
        return _page(request, VolumeCheckForm(initial={"code": request.GET.get("code", "")[:40]}))
    form = VolumeCheckForm(request.POST, request.FILES)
    if not ratelimit.consume(request, action="certificate"):
        form.add_error(None, TOO_OFTEN)
        return _page(request, form, status=429)
    file = request.FILES.get("file")
    if file is not None and (file.size or 0) > LARGEST:
        form.add_error("file", TOO_LARGE)
    if not form.is_valid():
        return _page(request, form, status=422)
    found = volume_by(form.cleaned_data["code"])
    if found is None:
        form.add_error("code", UNKNOWN)
        return _page(request, form, status=422)
    return _page(request, VolumeCheckForm(), **_told(found, form.cleaned_data.get("file")))


def _told(found: Volume, file: Any) -> dict[str, Any]:
    """``same`` is None where the stranger has no file to compare; who asked to be forgotten is."""
    newest = newest_edition(found.person, found.year)
    return {
        "volume": found,
        "name": FORGOTTEN if found.person.anonymised_at else found.name,
        "code": printed(found.code),
        "untouched": is_untouched(found),
        "same": digest_of(file.read()) == found.digest if file else None,
        "is_newest": newest is not None and newest.pk == found.pk,
    }


def _page(
    request: HttpRequest, form: VolumeCheckForm, status: int = 200, **said: Any
) -> HttpResponse:
    return TemplateResponse(request, "archive/check.html", {"form": form} | said, status=status)


urlpatterns: list[URLPattern] = [path("check/", check, name="check")]
