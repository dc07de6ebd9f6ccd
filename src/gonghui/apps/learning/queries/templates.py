"""The study rules shipped as copies to begin from; what their paper leaves out stays empty."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.forms.models import model_to_dict

from ..models import StudyRule

FILE = Path(__file__).parents[1] / "templates.json"
RULE_FIELDS = (
    "title", "basis", "who", "kinds", "employments", "titles", "from_month", "to_month", "excuses",
    "part_time", "by_workdays", "rounding", "remind_days", "leader_days",
)  # fmt: skip
ITEM_FIELDS = (
    "label", "kinds", "roles", "categories", "measure", "least", "most", "every", "months", "carry",
    "in_terms",
)  # fmt: skip


@lru_cache
def templates() -> tuple[dict[str, Any], ...]:
    """What is shipped, in the order it is offered."""
    return tuple(json.loads(FILE.read_text("utf-8")))


def template(key: str) -> dict[str, Any] | None:
    return next((one for one in templates() if one["key"] == key), None)


def initial_of(one: dict[str, Any]) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """What the form begins with: the rule's fields and those of each item."""
    return {name: one[name] for name in RULE_FIELDS if name in one}, list(one["items"])


def copy_of(rule: StudyRule) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """A rule of one's own or from above as a beginning, without its days."""
    items = [model_to_dict(item, ITEM_FIELDS) for item in rule.items.all()]  # type: ignore[attr-defined]  # the reverse name
    return model_to_dict(rule, RULE_FIELDS), items
