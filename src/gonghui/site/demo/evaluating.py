"""Schemes of the demo: the city's home of workers in two versions, a company's teams."""

from __future__ import annotations

from gonghui.apps.evaluation import api as evaluation

from .lives import Lives


def draw_up(lives: Lives) -> None:
    """Begun from the shipped examples, which stay marked as examples."""
    orgs = lives.seed.orgs
    city = lives.actor(lives.seed.account_person("city"))
    home = evaluation.begin("home", orgs["city"], by=city)
    evaluation.issue(home, by=city)
    evaluation.draft_next(home, by=city)
    chair = lives.actor(lives.seed.account_person("zhou"))
    teams = evaluation.begin("team", orgs["machinery"], by=chair)
    evaluation.issue(teams, by=chair)
    evaluation.begin("person", orgs["machinery"], by=chair)
