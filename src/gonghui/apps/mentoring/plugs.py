"""What mentoring adds to the core: its kind of credit and a card on the member's study page."""

from __future__ import annotations

from datetime import date

from django.urls import reverse

from gonghui.core.access.actor import Actor
from gonghui.core.credits.kinds import Kind, kinds
from gonghui.core.credits.models import Unit
from gonghui.core.people.own import Detail, own_details
from gonghui.core.screens.sockets import Card, Line, study_cards

from .models import Lesson, Offer, Pair, Passage
from .queries.grown import grown_of
from .queries.pairs import lessons_to_confirm, open_pairs_of

kinds.add("mentoring", Kind("mentoring", "师带徒", Unit.ITEM))


def _card(actor: Actor, day: date) -> Card | None:
    """The pairs somebody is in now, and what waits for their word."""
    if actor.person is None:
        return None
    pairs = list(open_pairs_of(actor.person))
    if not pairs:
        return _brought_on(actor, day)
    waiting = lessons_to_confirm(actor.person).count()
    lines = tuple(_line(one) for one in pairs)
    asked = (Line("待您确认的带教记录", f"{waiting} 条", reverse("mentoring:my-pairs"), "wait"),)
    return Card(
        "师带徒", reverse("mentoring:my-pairs"), "写记录", lines=lines + (asked if waiting else ()),
        order=40,
    )  # fmt: skip


def _brought_on(actor: Actor, day: date) -> Card | None:
    """The way to one's tier, recognitions and abilities where there is no pair to speak of."""
    if actor.person is None or not grown_of(actor.person, actor, day):
        return None
    words = "您的层次、认定和能力评定在这里。"
    return Card("培养成长", reverse("mentoring:my-pairs"), "看一看", words, order=40)


def _line(pair: Pair) -> Line:
    url = reverse("mentoring:my-pair", args=[pair.pk])
    return Line(f"{pair}：{pair.field}", pair.get_state_display(), url, pair.state_tone)


def _away(actor: Actor, day: date) -> Card | None:
    """Study away that is open to the person, or to which they are going."""
    if actor.person is None:
        return None
    above = actor.person.org.ancestor_paths()
    offers = list(Offer.objects.filter(org__path__in=above, until__gte=day).order_by("since")[:3])
    if not offers:
        return None
    lines = tuple(
        Line(
            f"{one}（{one.place}）",
            f"{one.since.month}月{one.since.day}日",
            reverse("mentoring:my-offer", args=[one.pk]),
        )
        for one in offers
    )
    return Card("外出学习", reverse("mentoring:my-study"), "去报名", lines=lines, order=45)


study_cards.add("mentoring", _card)
study_cards.add("mentoring.away", _away)
for _model in (Lesson, Passage):
    own_details.add(_model._meta.label_lower, Detail(_model, "pair"))
