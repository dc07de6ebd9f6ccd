"""What is to be noticed, for a person at a place: a few lines for the home page, counts by unit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db import models
from django.db.models import Count, F, Q, Window
from django.db.models.functions import Length, RowNumber, Substr
from django.urls import reverse
from django.utils import timezone

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

    One finding alone is told in full; however many lines there are, they cost one query.
    """
    if not actor.can("watch.view"):
        return []
    key = ("pressing", actor.key, place.key, timezone.localdate())
    groups: dict[tuple[str, int], list[dict[str, Any]]] = {}
    for one in prepared(key, lambda: _first_named(pressing(actor, place))):
        groups.setdefault((one["check_code"], one["rank"]), []).append(one)
    lines = sorted(groups.values(), key=lambda same: (same[0]["rank"], -same[0]["count"]))
    known = [same for same in lines if same[0]["check_code"] in checks]
    told = [_notice(same) for same in known[:most]]
    rest = sum(same[0]["count"] for same in known[most:])
    return [*told, _rest(rest, known[most][0]["severity"])] if rest else told


def _first_named(rows: models.QuerySet[Finding]) -> models.QuerySet[Any, dict[str, Any]]:
    """The first findings of each check and weight, each with how many there are in all."""
    kinds: Any = {"partition_by": [F("check_code"), F("rank")]}
    worst_first: Any = Finding._meta.ordering
    place = Window(RowNumber(), order_by=worst_first, **kinds)
    chosen = rows.annotate(place=place, count=Window(Count("pk"), **kinds))
    found: models.QuerySet[Any, dict[str, Any]] = (
        chosen.filter(place__lte=NAMED)
        .order_by("place")
        .values("pk", "check_code", "rank", "severity", "sentence", "count", *_ORG)
    )
    return found


_ORG = ("org__name", "org__short_name")


def _rest(count: int, severity: str) -> Notice:
    words = "其他检查发现的，轻一些的问题"
    address = reverse("watch:finding-list")
    return Notice(f"另有 {count} 处要留意", words, "看全部", address, severity, count)


def _notice(same: Sequence[Mapping[str, Any]]) -> Notice:
    first, count = same[0], same[0]["count"]
    check = checks[first["check_code"]]
    orgs = [str(Org(name=one["org__name"], short_name=one["org__short_name"])) for one in same]
    if count == 1:
        address = reverse("watch:finding-detail", args=[first["pk"]])
        text = f"{orgs[0]}：{first['sentence']}"
        return Notice(text, rule_words(check), "看一看", address, first["severity"], 1)
    names = "、".join(dict.fromkeys(orgs))
    more = "等" if count > len(same) else ""
    address = f"{reverse('watch:finding-list')}?{urlencode({'check': check.code})}"
    text = f"{count} 处{check.title}"
    return Notice(text, f"{names}{more}", "看名单", address, first["severity"], count)


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
