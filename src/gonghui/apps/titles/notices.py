"""Who is told of a title, given or ended: the holder, and those who look after it."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils import timezone

from gonghui.core.access.actor import Actor
from gonghui.core.access.officers import nearest_holders
from gonghui.core.flow.events import on
from gonghui.core.notices.inbox import Message, tell_each

from .models import Title
from .queries import words_of


@on("titles.title", "honour")
def tell_of_honour(title: Title, *, by: Actor, **said: Any) -> None:
    _tell(title, by, "approved", f"授予称号：{title}", words_of(title))


@on("titles.title", "renew")
def tell_of_renewal(title: Title, *, by: Actor, **said: Any) -> None:
    _tell(title, by, "approved", f"称号复评合格：{title}", f"新的有效期至 {said['until']}。")


@on("titles.title", "downgrade")
@on("titles.title", "withdraw")
def tell_of_loss(title: Title, *, by: Actor, reason: str, **said: Any) -> None:
    body = f"原因：{reason}"
    _tell(title, by, "returned", f"称号{title.get_state_display()}：{title}", body)


def _tell(title: Title, by: Actor, kind: str, head: str, body: str) -> None:
    today = timezone.localdate()
    people = nearest_holders([title.holder], "evaluation.apply", today, but=by.person_id)
    url = reverse("titles:title-detail", args=[title.pk])
    found = people[title.holder.pk] | ({title.person_id} if title.person_id else set())
    tell_each((Message(pk, head, body, url) for pk in found), kind=kind)
