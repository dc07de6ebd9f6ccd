"""A rule's audience and what an item counts, in words; slogans of one name."""

from __future__ import annotations

from django.db.models import QuerySet

from gonghui.core.access.actor import Actor
from gonghui.core.credits.kinds import kinds
from gonghui.core.credits.models import Credit
from gonghui.core.orgs.models import Kind
from gonghui.core.people.models import Employment

from ..models import Measure, Slogan, StudyItem, StudyRule
from ..rules import SLOGAN_RULES


def audience_words(rule: StudyRule) -> list[str]:
    """Every condition a person has to meet."""
    said = [f"{rule.org}及全部下级的{rule.get_who_display()}"]
    if rule.kinds:
        said.append("在" + "、".join(Kind(one).label for one in rule.kinds) + "里")
    if rule.employments:
        said.append("用工形式是" + "、".join(Employment(one).label for one in rule.employments))
    if rule.titles:
        said.append("职务是" + "、".join(rule.titles))
    if rule.from_month:
        said.append(f"入职满 {rule.from_month} 个月起")
    if rule.to_month:
        said.append(f"入职满 {rule.to_month} 个月止")
    return said


def counted_words(item: StudyItem) -> str:
    """读书、报刊阅读，按次数; only some roles and categories where it says so."""
    said = "、".join(kinds[one].label for one in item.kinds if one in kinds)
    if item.measure == Measure.TIMES:
        said += "，按次数"
    if item.roles:
        said += "，身份是" + "、".join(str(Credit.Role(one).label) for one in item.roles)
    if item.categories:
        said += "，分类是" + "、".join(item.categories)
    return said


def versions_of(rule: StudyRule) -> list[StudyRule]:
    """A rule with the versions before and after it, the first one first; two queries a version."""
    rows = [rule]
    while rows[0].replaces is not None:
        rows.insert(0, rows[0].replaces)
    while (later := StudyRule.objects.filter(replaces=rows[-1]).first()) is not None:
        rows.append(later)
    return rows


def namesakes(slogan: Slogan, actor: Actor) -> QuerySet[Slogan]:
    """The same name as others mean it, as far as the actor may read it."""
    rows = SLOGAN_RULES["view"].narrow(Slogan.objects.filter(name=slogan.name), actor)
    return rows.exclude(pk=slogan.pk)
