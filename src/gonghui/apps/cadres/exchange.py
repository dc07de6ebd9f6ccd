"""The columns with which rules, entitlements and ratings are written out."""

from __future__ import annotations

from gonghui.core.screens.exports import Column, Export

from .models import Rating

REGULATIONS = Export(
    (
        Column("名称", lambda one: one.title, 32),
        Column("类别", lambda one: one.get_subject_display()),
        Column("制定的工会", lambda one: one.org.name, 32),
        Column("现行版本", lambda one: one.in_force, 18),
    )
)

ENTITLEMENTS = Export(
    (
        Column("干部", lambda one: one.person.name),
        Column("所在组织", lambda one: one.org.name, 32),
        Column("类别", lambda one: one.get_kind_display()),
        Column("待遇", lambda one: one.what, 32),
        Column("依据", lambda one: one.basis, 24),
        Column("应落实日期", lambda one: one.due_on),
        Column("已落实日期", lambda one: one.done_on),
    )
)


def _points(rating: Rating) -> str:
    scores = rating.scores.all()  # type: ignore[attr-defined]  # our own related name
    return "；".join(f"{one.get_ability_display()} {one.points} 分" for one in scores)


RATINGS = Export(
    (
        Column("干部", lambda one: one.person.name),
        Column("所在组织", lambda one: one.org.name, 32),
        Column("能力模板", lambda one: one.get_profile_display(), 16),
        Column("评定日期", lambda one: one.on),
        Column("评定人", lambda one: one.by.name if one.by else ""),
        Column("各项分值", _points, 60),
        Column("评语", lambda one: one.note, 40),
    )
)

OFFICE_TIMES = Export(
    (
        Column("委员", lambda one: one.person.name),
        Column("工会", lambda one: one.org.name, 32),
        Column("日期", lambda one: one.on),
        Column("占用工作日", lambda one: one.days, 12),
        Column("事由", lambda one: one.matter, 32),
    )
)
