"""Who is told of a round: those who may apply, the raters drawn, whose sheet was sent back."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils import timezone

from gonghui.core.access.actor import Actor
from gonghui.core.access.officers import nearest_holders
from gonghui.core.flow.events import on
from gonghui.core.notices.inbox import Message, tell_each

from .models import Contender, Objection, Review, Round


@on("evaluation.round", "rate")
def tell_raters(round_: Round, *, by: Actor, **said: Any) -> None:
    drawn = Review.objects.filter(contender__round=round_).order_by()
    people = set(drawn.values_list("rater__person", flat=True))
    body = "请打开评估表和材料，给每一项打分。互评结束以前，谁也看不到别人的分。"
    _tell(people, "assigned", f"请互评：{round_}", body, reverse("evaluation:my-reviews"))


@on("evaluation.round", "rater")
def tell_new_raters(round_: Round, *, by: Actor, people: Iterable[int], **said: Any) -> None:
    body = "抽签以前，与参评单位有亲属、原单位等关系的，请先声明回避。"
    _tell(people, "assigned", f"请担任互评评委：{round_}", body, reverse("evaluation:my-reviews"))


@on("evaluation.round", "decline")
def tell_who_stands_in(round_: Round, *, by: Actor, people: Iterable[int], **said: Any) -> None:
    body = "有评委声明回避，换由您来评。请打开评估表和材料，给每一项打分。"
    _tell(people, "assigned", f"请互评：{round_}", body, reverse("evaluation:my-reviews"))


@on("evaluation.round", "fill")
def tell_who_was_drawn_later(
    round_: Round, *, by: Actor, people: Iterable[int], **said: Any
) -> None:
    body = "有的参评对象缺评委，补抽到您。与它有亲属、原单位等关系的，请先声明回避，不要打分。"
    _tell(people, "assigned", f"请互评：{round_}", body, reverse("evaluation:my-reviews"))


@on("evaluation.contender", "send_back")
def tell_of_return(contender: Contender, *, by: Actor, reason: str, **said: Any) -> None:
    url = reverse("evaluation:contender-detail", args=[contender.pk])
    people = _officers(contender, "evaluation.apply", by)
    people |= {contender.person_id} if contender.person_id else set()
    _tell(people, "returned", f"评估表退回修改：{contender}", f"原因：{reason}", url)


@on("evaluation.objection", "uphold")
@on("evaluation.objection", "dismiss")
def tell_who_objected(objection: Objection, *, by: Actor, answer: str, **said: Any) -> None:
    url = reverse("evaluation:objection-detail", args=[objection.pk])
    people = [objection.person_id] if objection.person_id else []
    _tell(people, "approved", f"异议已答复：{objection.round}", answer, url)


def _officers(contender: Contender, capability: str, by: Actor) -> set[int]:
    me = by.person.pk if by.person else None
    today = timezone.localdate()
    return nearest_holders([contender.org], capability, today, but=me)[contender.org.pk]


def _tell(people: Iterable[int], kind: str, title: str, body: str, url: str) -> None:
    tell_each((Message(pk, title, body, url) for pk in people), kind=kind)
