"""The code by which a reader is known at the desk: shown on their phone, good for some minutes."""

from __future__ import annotations

from datetime import timedelta

from django.core.signing import BadSignature, SignatureExpired, TimestampSigner

from gonghui.core.people.models import Person
from gonghui.kit.errors import DomainError

GOOD_FOR = timedelta(minutes=15)
_SALT = "reading.card"


def card_of(person: Person) -> str:
    """A code that names the person and the minute; a copy of it soon is worth nothing."""
    return TimestampSigner(salt=_SALT).sign(str(person.pk))


def looks_like_card(said: str) -> bool:
    return said.count(":") == 2


def reader_by(code: str) -> Person:
    """Whose code it is; refused in words where it is forged, too old or of somebody who left."""
    try:
        pk = TimestampSigner(salt=_SALT).unsign(code.strip(), max_age=GOOD_FOR)
    except SignatureExpired as error:
        raise DomainError("这个借书码已经过期，请读者刷新手机上的借书码再扫。") from error
    except BadSignature as error:
        raise DomainError("这不是借书码，请扫读者手机上的借书码，或者按姓名找人。") from error
    found = Person.objects.active().select_related("org").filter(pk=int(pk)).first()
    if found is None:
        raise DomainError("这位读者已经离开，不能借书。")
    return found
