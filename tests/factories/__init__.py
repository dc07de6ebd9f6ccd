"""Dull factories: one for each model of ours, found by ``factory_of``."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pathlib import Path

import factory
from django.db import models


@cache
def factories() -> dict[type[models.Model], type[factory.django.DjangoModelFactory]]:
    """Model → factory, of every module beside this one."""
    found = {}
    for path in sorted(Path(__file__).parent.glob("[a-z]*.py")):
        for thing in vars(import_module(f"{__name__}.{path.stem}")).values():
            if isinstance(thing, type) and issubclass(thing, factory.django.DjangoModelFactory):
                model = thing._meta.get_model_class()
                if model is not None:
                    found.setdefault(model, thing)
    return found


def factory_of(model: type[models.Model]) -> type[factory.django.DjangoModelFactory]:
    return factories()[model]
