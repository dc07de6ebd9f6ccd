"""The member signs in alone, by the door's code, and near the place where that is asked."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.utils import timezone

from gonghui.core.access.actor import Actor
from gonghui.core.activities.models import Session
from gonghui.core.signing.models import Registration
from gonghui.kit.errors import DomainError

from ..engine import codes
from ..engine.nearby import Spot, metres_between
from ..models import Mark
from ..queries.doors import WORKED
from .checking import Hand, Note, take_one


def check_in(session: Session, *, by: Actor, number: UUID, position: Spot | None = None) -> Mark:
    """The member signs in at the session that the code on the screen or the poster opened.

    The position is compared where the session asks for one, and kept nowhere.
    """
    mine = Registration.objects.filter(
        activity=session.activity_id, person=by.person, status=Registration.Status.SIGNED
    ).first()
    if mine is None:
        raise DomainError("您没有报名这个活动，请到签到处现场报名。")
    _check_position(session, position)
    note = Note(number, Mark.Act.IN, timezone.now(), Mark.Way.SELF, registration=mine.pk)
    return take_one(session, note, Hand(by))


def _check_position(session: Session, position: Spot | None) -> None:
    if session.latitude is None or session.longitude is None or session.radius is None:
        return
    if position is None:
        raise DomainError("这一场要在现场签到：请允许手机提供位置，或到签到处请组织者签到。")
    place = Spot(float(session.latitude), float(session.longitude))
    if metres_between(place, position) > session.radius:
        raise DomainError(
            f"您不在签到地点 {session.radius} 米以内。确实在现场的，请到签到处请组织者签到。"
        )


def session_by(code: str) -> Session:
    """The session a code from the door opens now; a bad code is refused with a sentence."""
    try:
        session = Session.objects.select_related("activity").get(pk=codes.session_of(code))
        codes.check(code, bytes(session.secret), _own_doors(session), timezone.localtime())
    except Session.DoesNotExist:
        raise DomainError("没有这一场活动，请扫现场屏幕或海报上的码。") from None
    except codes.BadCode as bad:
        raise DomainError(bad.sentence) from None
    if session.activity.state not in WORKED:
        state = session.activity.get_state_display()
        raise DomainError(f"这个活动现在是“{state}”，不能签到。有疑问请联系组织者。")
    return session


def _own_doors(session: Session) -> codes.Window:
    """When members sign in by themselves."""
    return codes.doors(
        timezone.localtime(session.starts_at),
        timezone.localtime(session.ends_at),
        early=timedelta(minutes=session.doors_before),
        late=timedelta(minutes=session.doors_after),
    )
