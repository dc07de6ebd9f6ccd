"""The kinds of credit; whoever gives a new kind registers it."""

from __future__ import annotations

from dataclasses import dataclass

from gonghui.kit.registry import Registry

from .models import Unit


@dataclass(frozen=True)
class Kind:
    """What is earned, and in which unit it is counted."""

    code: str
    label: str
    unit: Unit = Unit.HOUR


kinds: Registry[Kind] = Registry("kinds of credit")

for _kind in (
    Kind("learning", "学习培训"),
    Kind("service", "志愿服务"),
    Kind("activity", "文体及其他活动"),
):
    kinds.add(_kind.code, _kind)


def kind_choices() -> list[tuple[str, str]]:
    """Code and label of every kind, as a form's choices."""
    return [(kind.code, kind.label) for kind in kinds]
