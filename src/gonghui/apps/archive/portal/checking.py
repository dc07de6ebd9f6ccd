"""The public page where anybody who holds an archive's paper finds out whether it is genuine."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from gonghui.core.access.middleware import public
from gonghui.core.records.engine.proofs import printed
from gonghui.core.records.screens.checking import answer
from gonghui.kit.errors import DomainError

from ..actions.freezing import digest_of, is_untouched
from ..forms.volumes import VolumeCheckForm
from ..queries.volumes import newest_edition, volume_by

UNKNOWN = "没有这个编号的档案。请对照档案末尾再输一遍；编号无误的，这份档案不是本系统出具的。"
FORGOTTEN = "（本人资料已注销）"


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    """Name, union, year, sums, and whether the file is the one that was frozen; nothing else."""
    return answer(request, "archive/check.html", _told, VolumeCheckForm)


def _told(given: dict[str, Any]) -> dict[str, Any]:
    """``same`` is None where the stranger has no file to compare; who asked to be forgotten is.

    Of those the file is gone as well: what a stranger holds is compared with its digest.
    """
    found, file = volume_by(given["code"]), given.get("file")
    if found is None:
        raise DomainError(UNKNOWN)
    newest = newest_edition(found.person, found.year)
    forgotten = found.person.anonymised_at is not None
    return {
        "volume": found,
        "name": FORGOTTEN if forgotten else found.name,
        "code": printed(found.code),
        "forgotten": forgotten,
        "untouched": forgotten or is_untouched(found),
        "same": digest_of(file.read()) == found.digest if file else None,
        "is_newest": newest is not None and newest.pk == found.pk,
    }


urlpatterns: list[URLPattern] = [path("check/", check, name="check")]
