"""Steps over many records at once: which are offered, to which rows, and what came of each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, QueryDict
from django.shortcuts import redirect

from gonghui.core.flow.life import Flow
from gonghui.core.jobs.models import Stage
from gonghui.core.jobs.running import page_of, start, start_now
from gonghui.kit.rules import Rule

from .asked import Listed, asked, home_of, ordered, title_of

AT_ONCE = 200  # rows a person waits for; more are done in the background
MOST = 100_000
OURS = ("csrfmiddlewaretoken", "selected", "all_pages", "bulk", "sure")


@dataclass(frozen=True)
class BulkAction:
    """One step a list offers over the rows chosen.

    ``run(obj, by=actor, **answers)`` is an action and leaves its own history; ``rule`` says on
    which rows; ``form`` asks once for all of them (given ``actor`` where it says ``takes_actor``);
    ``confirm`` is the sentence to agree to where no form asks. Either makes it two clicks.
    """

    name: str
    label: str
    rule: Rule
    run: Callable[..., object]
    form: type[forms.Form] | None = None
    confirm: str = ""

    @classmethod
    def of(cls, flow: Flow, name: str) -> BulkAction:
        """A step of a life, taken by each record for itself."""
        step = flow.by_name[name]
        if step.form is not None and hasattr(step.form, "takes_subject"):
            raise TypeError(f"The form of {name!r} asks about one record, not about many")

        def run(obj: models.Model, **answers: Any) -> object:
            return flow.perform(obj, name, **answers)

        return cls(name, step.label, step.guard, run, step.form, step.confirm)

    def asks(self, data: QueryDict | None, actor: Any) -> forms.Form | None:
        if self.form is None:
            return None
        given = {"actor": actor} if hasattr(self.form, "takes_actor") else {}
        return self.form(data, **given)


def offered(screens: Listed, table: Any) -> list[BulkAction]:
    """What may be done with at least one row of the page; the flags came with the rows."""
    if not screens.bulk:
        return []
    records = [row.record for row in table.paginated_rows]
    return [a for a in screens.bulk if any(getattr(r, f"may_bulk_{a.name}") for r in records)]


def flags_of(screens: Listed) -> dict[str, Rule]:
    """Flags a list asks for with its rows, one a step."""
    return {f"bulk_{action.name}": action.rule for action in screens.bulk}


def taken(screens: Listed) -> HttpResponse:
    """Take the step that was pressed over the rows that were chosen."""
    post = screens.request.POST
    if not screens.bulk:
        return HttpResponseNotAllowed(["GET", "HEAD"])
    action = next((a for a in screens.bulk if a.name == post.get("bulk")), None)
    if action is None:
        raise Http404
    address = screens.request.get_full_path()
    pks = _chosen(screens)
    if not pks:
        messages.error(screens.request, "还没有勾选记录。请先在名单里勾选要一起办理的。")
        return redirect(address)
    if len(pks) > MOST:
        messages.error(screens.request, f"一次最多办理 {MOST} 条。请先筛选，再分几次办理。")
        return redirect(address)
    sure = "sure" in post
    form = action.asks(post if sure else None, screens.actor)
    if (form or action.confirm) and not (sure and (form is None or form.is_valid())):
        return _asked(screens, action, form, pks, status=422 if sure else 200)
    return _begun(screens, action, pks)


def _chosen(screens: Listed) -> list[int]:
    """Numbers of the rows, only of those the list shows; they are settled here for good."""
    rows = ordered(screens)
    if "all_pages" not in screens.request.POST:
        said = screens.request.POST.getlist("selected")
        rows = rows.filter(pk__in=[int(pk) for pk in said if pk.isdecimal()])
    return list(rows.values_list("pk", flat=True))


def _asked(
    screens: Listed, action: BulkAction, form: Any, pks: list[int], status: int
) -> HttpResponse:
    all_pages = "all_pages" in screens.request.POST
    page: HttpResponse = screens.page(
        "bulk",
        status=status,
        action=action,
        form=form,
        count=len(pks),
        picked=[] if all_pages else pks,
        all_pages=all_pages,
        back=screens.request.get_full_path(),
    )
    return page


def _begun(screens: Listed, action: BulkAction, pks: list[int]) -> HttpResponse:
    """A few rows now, many as a job; either way the report is the job's."""
    request: HttpRequest = screens.request
    answers = request.POST.copy()
    for name in OURS:
        answers.pop(name, None)
    few = len(pks) <= AT_ONCE
    job = (start_now if few else start)(
        "lists.bulk",
        by=screens.actor,
        org=home_of(screens),
        title=f"{action.label}：{title_of(screens)} {len(pks)} 条",
        **asked(screens),
        back=request.get_full_path(),
        action=action.name,
        answers=answers.urlencode(),
        pks=pks,
    )
    if job.stage == Stage.DONE and not job.result["refused"]:
        messages.success(request, job.result["words"])
        return redirect(request.get_full_path())
    return redirect(page_of(job))
