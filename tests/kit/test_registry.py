"""The one registry class, and finding what apps plug in."""

from __future__ import annotations

import sys

import pytest

from gonghui.kit.registry import Registry, discover


def test_registry_keeps_the_order_and_answers_by_name():
    registry: Registry[int] = Registry("numbers")

    registry.add("two", 2)
    registry.add("one", 1)

    assert list(registry) == [2, 1]
    assert list(registry.items()) == [("two", 2), ("one", 1)]
    assert registry["one"] == 1
    assert "one" in registry
    assert "three" not in registry
    assert len(registry) == 2


def test_registry_refuses_a_second_thing_under_one_name():
    registry: Registry[int] = Registry("numbers")
    registry.add("one", 1)

    with pytest.raises(ValueError, match="numbers: 'one' is registered twice"):
        registry.add("one", 11)


def test_discover_imports_the_module_of_every_app_that_has_it():
    discover("rules")

    assert "gonghui.apps.organisation.rules" in sys.modules


def test_discover_passes_over_a_module_no_app_has():
    discover("no_app_has_this")
