"""The stage on which evaluations are played, and the first union's members and sheet."""

from __future__ import annotations

import pytest

from gonghui.apps.evaluation.models import Contender
from gonghui.core.people.models import Person
from tests.cast import Cast
from tests.factories.organisation import PersonFactory

from .stage import MONDAY, Stage, make_stage, on


@pytest.fixture
def stage(cast: Cast):
    with on(MONDAY):
        yield make_stage(cast)


@pytest.fixture
def members(stage: Stage) -> list[Person]:
    """Six members of the first union: the rater there and five more."""
    PersonFactory.create_batch(5, org=stage.unions[0])
    return list(Person.objects.filter(org=stage.unions[0]).order_by("pk"))


@pytest.fixture
def sheet(stage: Stage, members: list[Person]) -> Contender:
    return stage.apply(stage.unions[0])
