"""Every rule says the same thing wherever it is asked: lists, objects and row flags agree."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps
from django.db.models import Model

import gonghui
from gonghui.core.flow.life import flows
from gonghui.core.screens.screens import registry
from gonghui.core.search.sources import sources
from gonghui.kit.rules import Rule, with_rights
from tests.conformance.rows import row

SOURCE = Path(gonghui.__file__).parent


def tables() -> dict[type[Model], dict[str, Rule]]:
    """Model → its rules, of every ``<MODEL>_RULES`` in a ``rules.py``."""
    models = {m.__name__.upper(): m for m in apps.get_models() if "gonghui" in m.__module__}
    found = {}
    for path in sorted(SOURCE.glob("*/*/rules.py")):
        module = import_module(
            "gonghui." + ".".join(path.relative_to(SOURCE).with_suffix("").parts)
        )
        for name, table in vars(module).items():
            if name.endswith("_RULES"):
                found[models[name.removesuffix("_RULES")]] = table
    return found


TABLES = tables()
RULES = [
    pytest.param(model, rule, id=f"{model._meta.label_lower}.{action}")
    for model, table in TABLES.items()
    for action, rule in table.items()
] + [
    pytest.param(flow.model, step.guard, id=f"{label}.do.{step.name}")
    for label, flow in flows.items()
    for step in flow.transitions
]


@pytest.mark.parametrize(("model", "rule"), RULES)
def test_rule_gives_one_answer_three_ways(cast, model, rule):
    label = model._meta.label_lower
    for org in (cast.branch, cast.company, cast.other_company):
        row(label, cast, org)
    rows = model._base_manager.all()

    for name in cast.names:
        actor = cast.actor(name)
        narrowed = sorted(one.pk for one in rule.narrow(rows, actor))
        flagged = sorted(o.pk for o in with_rights(rows, actor, {"x": rule}) if o.may_x)
        allowed = sorted(one.pk for one in rows if rule.allows(actor, one))

        assert narrowed == allowed == flagged, name


@pytest.mark.parametrize("model", TABLES, ids=lambda model: model._meta.label_lower)
def test_model_with_rules_says_who_sees_changes_and_places_it(model):
    assert {"view", "edit", "place"} <= set(TABLES[model])


@pytest.mark.parametrize("label", [label for label, _ in registry.items()])
def test_screens_use_the_rules_of_their_app(label):
    screens = registry[label]

    assert screens.rules is TABLES[screens.model]


@pytest.mark.parametrize("kind", [source.kind for source in sources])
def test_search_finds_what_the_screens_show_and_nothing_else(kind):
    source = sources[kind]

    assert source.rule is TABLES[source.model]["view"]
