"""Who is told of a pair, of a lesson to confirm, of a journey they were chosen for."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils import timezone

from gonghui.core.access.actor import Actor
from gonghui.core.access.officers import nearest_holders
from gonghui.core.flow.events import on
from gonghui.core.notices.inbox import Message, kinds, tell_all, tell_each
from gonghui.core.people.models import Person

from .actions.pairs import other_of
from .models import Going, Lesson, Outcome, Pair, Recognition

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


@on("mentoring.lesson", "drop")
def tell_dropped(lesson: Lesson, *, by: Actor, **said: Any) -> None:
    """Whoever wrote it hears that the other did not confirm it."""
    if by.person is not None and by.person.pk != lesson.by_id:
        words = f"{by.person}认为不是这样，已去掉；请商量后重新记。"
        _tell(lesson.pair, (lesson.by,), f"带教记录没有确认：{lesson.what}", words)


@on("mentoring.going", "wish")
def tell_wish(going: Going, *, by: Actor, **said: Any) -> None:
    """Who chooses for the body that offers it."""
    org, day = going.org, timezone.localdate()
    found = nearest_holders([org], "learning.write", day, but=going.person_id)
    url = reverse("mentoring:offer-detail", args=[going.offer_id])
    title = f"{going.person}报名外出学习：{going.offer}"
    tell_all(found[org.pk], kind="mentoring", title=title, body=going.wish, url=url)


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


@on("mentoring.recognition", "recognise")
def tell_recognised(recognition: Recognition, *, by: Actor, **said: Any) -> None:
    kind, url = recognition.get_kind_display(), _door(recognition)
    title = f"{recognition.org}认定您为{recognition.year} 年“{kind}”"
    tell_each([Message(recognition.person_id, title, recognition.evidence, url)], kind="mentoring")


@on("mentoring.recognition", "revoke")
def tell_revoked(recognition: Recognition, *, by: Actor, reason: str, **said: Any) -> None:
    title = f"已撤销认定：{recognition.year} 年“{recognition.get_kind_display()}”"
    words, url = f"原因：{reason}", _door(recognition)
    tell_each([Message(recognition.person_id, title, words, url)], kind="mentoring")


def _door(recognition: Recognition) -> str:
    return reverse("mentoring:recognition-detail", args=[recognition.pk])


def _tell(pair: Pair, people: list[Person] | tuple[Person, ...], title: str, body: str) -> None:
    url = reverse("mentoring:my-pair", args=[pair.pk])
    tell_each([Message(one.pk, title, body, url) for one in people], kind="mentoring")
