"""Who is told of a pair, of a lesson to confirm, of a journey they were chosen for."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from gonghui.core.access.actor import Actor
from gonghui.core.flow.events import on
from gonghui.core.notices.inbox import Message, kinds, tell_each
from gonghui.core.people.models import Person

from .actions.pairs import other_of
from .models import Going, Lesson, Outcome, Pair

kinds.add("mentoring", "师带徒")


@on("mentoring.pair", "propose")
def ask_both(pair: Pair, *, by: Actor, **said: Any) -> None:
    """Each is asked on their phone whether they agree."""
    words = f"{pair.mentor}带{pair.apprentice}，{pair.field}。请看过协议再同意。"
    _tell(pair, (pair.mentor, pair.apprentice), "请您同意师徒结对", words)


@on("mentoring.pair", "mentor_agree_too")
@on("mentoring.pair", "apprentice_agree_too")
def tell_agreed(pair: Pair, *, by: Actor, **said: Any) -> None:
    _tell(pair, (pair.mentor, pair.apprentice), f"师徒结对已签约：{pair}", pair.field)


@on("mentoring.pair", "decline")
@on("mentoring.pair", "end")
def tell_ended(pair: Pair, *, by: Actor, reason: str, **said: Any) -> None:
    others = [one for one in (pair.mentor, pair.apprentice) if one != by.person]
    _tell(pair, others, f"师徒结对没有继续：{pair}", f"原因：{reason}")


@on("mentoring.pair", "graduate")
def tell_graduated(pair: Pair, *, by: Actor, **said: Any) -> None:
    words = f"{pair.get_grade_display()}。{pair.verdict}"
    _tell(pair, (pair.mentor, pair.apprentice), f"{pair.apprentice}出师", words)


@on("mentoring.lesson", "write")
def ask_to_confirm(lesson: Lesson, *, by: Actor, **said: Any) -> None:
    other = other_of(lesson.pair, lesson.by)
    title = f"请确认带教记录：{lesson.what}"
    _tell(lesson.pair, (other,), title, f"{lesson.by}写的，{lesson.on:%Y-%m-%d}。")


@on("mentoring.going", "answer")
def tell_chosen(going: Going, *, by: Actor, before: dict[str, Any], **said: Any) -> None:
    """Chosen, or in the end not: whoever wished hears of it."""
    if before.get("outcome") == going.get_outcome_display():
        return
    if going.outcome in (Outcome.CHOSEN, Outcome.NOT):
        words = "选派您参加" if going.outcome == Outcome.CHOSEN else "这次没有成行"
        url = reverse("mentoring:my-study")
        message = Message(going.person_id, f"{words}：{going.offer}", going.offer.place, url)
        tell_each([message], kind="mentoring")


def _tell(pair: Pair, people: list[Person] | tuple[Person, ...], title: str, body: str) -> None:
    url = reverse("mentoring:my-pair", args=[pair.pk])
    tell_each([Message(one.pk, title, body, url) for one in people], kind="mentoring")
