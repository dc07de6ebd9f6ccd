"""The ways out of the house a notice may take; each says whether it is set up here."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from django.conf import settings
from django.core.mail import EmailMessage

from gonghui.core.people.models import Account
from gonghui.kit.registry import Registry

from .models import Letter

DUMMY = "django.core.mail.backends.dummy.EmailBackend"


@dataclass(frozen=True)
class Channel:
    """``addresses`` maps people to where they are reached; ``send`` raises when it fails."""

    label: str
    is_configured: Callable[[], bool]
    addresses: Callable[[Collection[int]], Mapping[int, str]]
    send: Callable[[Letter], None]


def _email_is_configured() -> bool:
    return settings.EMAIL_BACKEND != DUMMY


def _email_addresses(people: Collection[int]) -> Mapping[int, str]:
    held = Account.objects.filter(person__in=people, is_active=True).exclude(email="")
    return dict(held.values_list("person_id", "email"))


def _send_email(letter: Letter) -> None:
    notice = letter.notice
    door = f"{settings.SITE_ADDRESS.rstrip('/')}{notice.url}" if notice.url else ""
    EmailMessage(
        # A line break in a subject would begin another header.
        subject=" ".join(notice.title.split()),
        body="\n\n".join(part for part in (notice.title, notice.body, door) if part),
        to=[letter.address],
        # The same letter sent twice, after a crash, can be known by its number.
        headers={"X-Gonghui-Letter": str(letter.pk)},
    ).send()


channels: Registry[Channel] = Registry("channels")
channels.add("email", Channel("电子邮件", _email_is_configured, _email_addresses, _send_email))
