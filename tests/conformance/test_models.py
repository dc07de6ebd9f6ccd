"""Every model: a factory, a sentence, a name for people, an order, a body or a reason."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db.models import ForeignKey, Model

from gonghui.core.orgs.models import Org
from tests.conformance.exemptions import check
from tests.factories import factories, factory_of

MODELS = [m for m in apps.get_models() if m.__module__.startswith("gonghui.")]

# A model without a body of its own says whose body it answers with, or why it has none.
HAS_NO_ORG = {
    "orgs.Org": "it is the body",
    "people.Account": "of its person",
    "exchange.Chunk": "of its batch",
    "people.Identity": "of its person",
    "people.Particulars": "of its person",
    "people.Consent": "of its person",
    "people.Reveal": "of its person",
    "people.Correction": "of its person",
    "access.Role": "shared by all unions of an installation",
    "feeds.Feed": "of its person",
    "history.Entry": "of the record it tells of, and by whom",
    "files.Attachment": "of the record it is attached to",
    "regulations.CalendarYear": "the same for all unions",
    "regulations.Holiday": "of its year",
    "watch.CheckRun": "one for all unions",
    "indicators.Family": "one for all unions",
    "notices.Notice": "of its person",
    "notices.Letter": "of its notice",
    "notices.Tick": "of the machine",
    "screens.SavedView": "of its person",
    "cadres.RegulationVersion": "of its regulation",
    "cadres.Score": "of its rating",
    "elections.Race": "of its election",
    "elections.Step": "of its election",
    "elections.Candidate": "of its race",
    "elections.Tally": "of its race",
    "elections.Vote": "of its tally",
    "organisation.SurveyNote": "of its prospect",
    "organisation.Exchange": "of its contact",
    "activities.Session": "of its activity",
    "activities.Booking": "of its session",
    "signing.Question": "of its activity",
    "signing.Terms": "of its activity",
    "signing.Choice": "of its registration",
    "records.Record": "of its activity",
    "records.Contribution": "of its activity",
    "records.Feedback": "of its registration",
    "records.Photo": "of its activity",
    "records.Scoring": "of its activity",
    "attendance.Mark": "of its session",
    "attendance.Attendance": "of its session",
    "membership.NotSame": "of the two people it tells apart",
    "teams.PlanStep": "of its plan",
    "teams.ShiftStudy": "of its activity",
    "goals.Step": "of its goal",
    "goals.Promise": "of its plan",
    "mentoring.Milestone": "of its scheme",
    "mentoring.Lesson": "of its pair",
    "mentoring.Passage": "of its pair",
    "mentoring.Tier": "of its ladder",
    "reading.Copy": "of its book",
    "volunteering.Shift": "of its session",
    "evaluation.Criterion": "of its scheme",
    "evaluation.Band": "of its scheme",
    "evaluation.SheetLine": "of its contender",
    "evaluation.Rater": "of its round",
    "evaluation.Review": "of its contender",
    "evaluation.BallotCount": "of its line",
    "evaluation.Poll": "of its contender",
    "evaluation.Voter": "of its poll",
    "evaluation.Tally": "of its poll",
    "evaluation.Opinion": "of its line",
    "statistics.Cell": "of its form",
    "statistics.Relation": "of its form",
    "statistics.Amount": "of its filing",
    "learning.StudyItem": "of its rule",
    "learning.Leave": "of its person",
    "learning.PartTime": "of its person",
    "learning.Hire": "of its person",
    "archive.Thanks": "of its piece",
    "archive.Comment": "of its piece",
    "training.Learner": "of its course",
    "training.Outcome": "of its learner",
    "training.QuizPart": "of its quiz",
    "training.Squad": "of its quiz",
    "training.Attempt": "of its quiz",
    "training.Reply": "of its attempt",
    "plans.UpperDocument": "of its plan",
    "plans.Draft": "of its plan",
    "plans.Edit": "of its draft",
    "plans.Target": "of its item",
    "plans.Occurrence": "of its item",
    "plans.Progress": "of its item",
    "plans.Reading": "of its target",
}
named = pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)


def test_every_model_has_a_factory():
    missing = [model._meta.label for model in MODELS if model not in factories()]

    check(missing, {}, "add a factory in tests/factories")


@named
def test_factory_makes_a_row_with_a_name(db, model):
    made = factory_of(model)()

    assert type(made).__str__ is not Model.__str__
    assert str(made).strip()


@named
def test_model_is_described_and_ordered(model):
    sentence = (model.__doc__ or "").split("\n\n")[0].strip()

    assert sentence.endswith(".")
    assert not sentence.startswith(f"{model.__name__}(")
    assert model._meta.ordering
    assert str(model._meta.verbose_name) != model._meta.model_name, "a Chinese name"


def test_every_model_has_a_body_or_a_reason():
    without = [
        model._meta.label
        for model in MODELS
        if not any(
            isinstance(field, ForeignKey) and field.related_model is Org and field.name == "org"
            for field in model._meta.fields
        )
    ]

    check(without, HAS_NO_ORG, "a model without its org")


def test_every_constraint_of_a_model_people_fill_in_has_a_name():
    nameless = [m._meta.label for m in MODELS for c in m._meta.constraints if not c.name]

    assert nameless == []
