"""Consents, who looked at whom, corrections, and what would go with a person's name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import models
from django.utils import timezone

from gonghui.core.history.privacy import looked_at
from gonghui.core.people.consents import ConsentText, consent_texts
from gonghui.core.people.models import (
    Account,
    Consent,
    Correction,
    Identity,
    Membership,
    Particulars,
    Person,
    Reveal,
    Scope,
)
from gonghui.core.regulations.standards import standard

from ..models import Application
from .record import label_of

RETENTION = "retention_days"


@dataclass(frozen=True)
class Asked:
    """One scope as a person sees it: the text, and whether they agreed to this version of it."""

    text: ConsentText
    given: Consent | None

    @property
    def is_given(self) -> bool:
        return self.given is not None and self.given.text_hash == self.text.digest


def consents_of(person: Person) -> list[Asked]:
    """What a person is asked to agree to."""
    rows = Consent.objects.standing().select_related("seen_by")
    standing = {one.scope: one for one in rows.filter(person=person)}
    return [Asked(text, standing.get(scope)) for scope, text in consent_texts().items()]


def has_withdrawn(person: Person) -> bool:
    """Whether a person took back what the whole record rests on, and did not give it again."""
    rows = Consent.objects.filter(person=person, scope=Scope.RECORD)
    return rows.exists() and not rows.standing().exists()  # type: ignore[attr-defined]  # its own queryset


def looks_at(person: Person) -> models.QuerySet[Reveal]:
    """Who looked at what of a person, newest first; also while they were on record twice."""
    own = models.Q(person=person) | models.Q(person__merged_into=person)
    return Reveal.objects.filter(own).select_related("by__org")


def corrections_of(person: Person) -> models.QuerySet[Correction]:
    """What a person asked to have corrected, newest first."""
    return Correction.objects.filter(person=person)


def name_of(name: str) -> str:
    """A field in words; one the product has dropped, its name."""
    try:
        return label_of(name)
    except KeyError:
        return looked_at.get(name, name)


@dataclass(frozen=True)
class Removal:
    """What goes and what stays when a person's record is anonymised, and what still forbids it."""

    goes: list[str]
    stays: list[str]
    forbidden: str
    since: date | None


def removal_of(person: Person, today: date | None = None) -> Removal:
    """Look ahead at anonymising a person; nothing is changed."""
    today = today or timezone.localdate()
    forbidden, since = _forbidden(person, today)
    return Removal(_goes(person), _stays(person), forbidden, since)


def _forbidden(person: Person, today: date) -> tuple[str, date | None]:
    if person.anonymised_at:
        return "资料已经注销。", None
    if person.left_on is None or person.left_on > today:
        return "此人还在会，办理离开或退会以后才能注销资料。", None
    if has_withdrawn(person):
        return "", person.left_on
    days = standard(RETENTION, org=person.org, day=today)
    if days is None:
        return "还没有规定离开后资料保存多久。请先在「标准」里规定保存期限。", None
    since = person.left_on + timedelta(days=int(days.value))
    if since > today:
        return f"按规定保存到 {since:%Y-%m-%d}（{days.words}），到期后才能注销。", since
    return "", since


def _goes(person: Person) -> list[str]:
    found = [
        "姓名（改为「已注销人员」），包括称号、封存的年度档案、本人各项记录的原因和备注、"
        "别的记录的历史和发给别人的通知里的",
        "历史里的号码",
        "封存的年度档案的原件（PDF）、报名时填写的同行人和回答",
    ]
    if duplicates := Person.objects.filter(merged_into=person).count():
        found.append(f"并入这条记录的重复记录（{duplicates} 条）里的同样内容；合并从此不能撤回")
    identity = Identity.objects.filter(person=person).first()
    if identity:
        found += [
            label_of(n)
            for n in ("number", "mobile", "bank_card", "marital")
            if getattr(identity, n)
        ]
    if person.birth_date:
        found.append("出生的月和日")
    if Account.objects.filter(person=person).exists():
        found.append("登录账号")
    if Application.objects.filter(person=person).exclude(words="").exists():
        found.append("入会申请里写的话")
    if Correction.objects.filter(person=person).exists():
        found.append("更正申请的内容和理由；还没有答复的随之撤回")
    held: Any = Particulars.objects.filter(person=person).first()
    found += [label_of(n) for n in TRACES if getattr(person, n, "") or getattr(held, n, "")]
    return found


# Facts that point to one person; the others only count.
TRACES = (
    "employer",
    "department",
    "position",
    "former_unit",
    "duty",
    "domicile",
    "residence",
    "card_no",
)


def _stays(person: Person) -> list[str]:
    spans = Membership.objects.filter(person=person).count()
    found = ["性别", "出生年份", "用工形式", "就业状况", f"会籍的起止和所在组织（{spans} 段）"]
    held = Particulars.objects.filter(person=person).first()
    kept = ("education", "politics", "ethnicity", "household", "skill", "title_level")
    return found + [label_of(n) for n in kept if held and getattr(held, n)]


# What is no copy of the record but a document of the union (个人信息保护法 §47; decision 0036).
DOCUMENTS = (
    "参加证明、结业证书、称号证书和封存的年度档案：按编号仍可核对真假，不再显示姓名；"
    "纸上和本人手里的文件不受影响。",
    "已经印发、归档的文件，例如请示、批复、公示、简报、结果报告，以及各项记录的附件：其中的姓名"
    "按档案和会计档案的保管期限保留，不在这里改写。",
    "导入时的原名单：加密保存，只用于撤销和核对。",
    "本人写的学习文章和心得：署名改为「已注销人员」。",
)
