"""What is to be noticed, for a person at a place: a few lines for the home page, counts by unit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db import models
from django.db.models import Count, Q
from django.db.models.functions import Length, Substr
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from gonghui.core.access.actor import Actor
from gonghui.core.orgs.models import STEP, Org
from gonghui.core.screens.place import Place
from gonghui.kit.prepared import prepared

from .checking import Check, checks
from .models import WORST_FIRST, CheckRun, Finding, Severity
from .rules import FINDING_RULES

NAMED = 3  # unions called by name; the rest are counted


@dataclass(frozen=True)
class Notice:
    """One line of 要留意: the matter, the rule behind it, and where it is put right."""

    text: str
    why: str
    action: str
    url: str
    severity: str
    count: int


def pressing(actor: Actor, place: Place) -> models.QuerySet[Finding]:
    """What is still so at the place and nobody answers for, worst first."""
    rows = FINDING_RULES["view"].narrow(Finding.objects.pressing(timezone.localdate()), actor)
    return place.narrow(rows, "org")


def notices_of(actor: Actor, place: Place, *, most: int = 4) -> list[Notice]:
    """A line for each check that found something, worst first, and one for all the rest.

    One finding alone is told in full; so many lines cost so many queries and one.
    """
    if not actor.can("watch.view"):
        return []
    rows: Any = SimpleLazyObject(lambda: pressing(actor, place))

    def asked() -> models.QuerySet[Any, dict[str, Any]]:
        found: models.QuerySet[Any, dict[str, Any]] = (
            rows.order_by().values("check_code", "rank", "severity").annotate(count=Count("pk"))
        )
        return found

    found = prepared(("pressing", actor.key, place.key, timezone.localdate()), asked)
    lines = sorted(found, key=lambda line: (line["rank"], -line["count"]))
    known = [line for line in lines if line["check_code"] in checks]
    told = [_notice(line, rows) for line in known[:most]]
    rest = sum(line["count"] for line in known[most:])
    return [*told, _rest(rest, known[most]["severity"])] if rest else told


def _rest(count: int, severity: str) -> Notice:
    words = "其他检查发现的，轻一些的问题"
    address = reverse("watch:finding-list")
    return Notice(f"另有 {count} 处要留意", words, "看全部", address, severity, count)


def _notice(line: Mapping[str, Any], rows: models.QuerySet[Finding]) -> Notice:
    check = checks[line["check_code"]]
    same = rows.filter(check_code=check.code, rank=line["rank"]).select_related("org")
    first = list(same[:NAMED])
    if line["count"] == 1:
        address = reverse("watch:finding-detail", args=[first[0].pk])
        text = f"{first[0].org}：{first[0].sentence}"
        return Notice(text, rule_words(check), "看一看", address, line["severity"], 1)
    names = "、".join(dict.fromkeys(str(one.org) for one in first))
    more = "等" if line["count"] > len(first) else ""
    address = f"{reverse('watch:finding-list')}?{urlencode({'check': check.code})}"
    text = f"{line['count']} 处{check.title}"
    return Notice(text, f"{names}{more}", "看名单", address, line["severity"], line["count"])


def rule_words(check: Check) -> str:
    """The rule behind a check in one line."""
    return check.basis or check.advice


@dataclass(frozen=True)
class UnitCount:
    """How many findings a unit below has in its whole subtree, by severity."""

    org: Org
    block: int
    warn: int
    info: int
    url: str

    @property
    def total(self) -> int:
        return self.block + self.warn + self.info


def counts_below(actor: Actor, place: Place) -> list[UnitCount]:
    """The bodies directly below the place with what is pressing in each; two queries."""
    if place.org is None:
        return []
    width = len(place.org.path) + STEP
    rows = pressing(actor, Place(place.org, below=True, actor=actor))
    rows = rows.annotate(length=Length("org__path")).filter(length__gte=width)
    per = rows.annotate(unit=Substr("org__path", 1, width)).values("unit", "severity")
    found: dict[str, dict[str, int]] = {}
    for line in per.annotate(count=Count("pk")).order_by():
        found.setdefault(line["unit"], {})[line["severity"]] = line["count"]
    orgs = Org.objects.filter(path__in=list(found))
    units = [_unit_count(org, found[org.path]) for org in orgs]
    return sorted(units, key=lambda one: (-one.block, -one.warn, -one.info, one.org.path))


def _unit_count(org: Org, found: dict[str, int]) -> UnitCount:
    block, warn, info = (found.get(severity, 0) for severity in WORST_FIRST)
    url = f"{reverse('watch:finding-list')}?{urlencode({'org': org.pk, 'scope': 'below'})}"
    return UnitCount(org, block, warn, info, url)


@dataclass(frozen=True)
class CheckLine:
    """A check as it stands at a place: when it ran, what it found there, what it needs."""

    check: Check
    run: CheckRun | None
    found: int
    url: str

    @property
    def severity(self) -> str:
        return str(Severity(self.check.severity).label)


def check_lines(actor: Actor, place: Place) -> Iterator[CheckLine]:
    """Every check there is, with its count at the place."""
    counts = pressing(actor, place).values("check_code").annotate(count=Count("pk")).order_by()
    found = {line["check_code"]: line["count"] for line in counts}
    runs = {run.code: run for run in CheckRun.objects.all()}
    for check in checks:
        address = f"{reverse('watch:finding-list')}?{urlencode({'check': check.code})}"
        yield CheckLine(check, runs.get(check.code), found.get(check.code, 0), address)


def earlier(finding: Finding) -> models.QuerySet[Finding]:
    """The same matter as it was found before and went away."""
    same = Q(check_code=finding.check_code, org=finding.org_id)
    same &= Q(about=finding.about, part=finding.part)
    return Finding.objects.filter(same).exclude(pk=finding.pk).order_by("-first_seen")


def as_of(day: date, finding: Finding) -> str:
    """Whether it is answered for, still so, or gone, in a word."""
    if finding.gone_on:
        return "已消除"
    if finding.acknowledged_at and (finding.until is None or finding.until > day):
        return "已认领"
    return "到期再看" if finding.acknowledged_at else "未认领"
