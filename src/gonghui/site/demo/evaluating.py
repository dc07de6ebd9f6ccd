"""Schemes of the demo, and the rounds by them: homes, teams, an industrial union's selection."""

from __future__ import annotations

from typing import Any

from gonghui.apps.evaluation import api as evaluation

from .lives import Lives
from .rounds import hold_rounds, judge_people

GRADES = {
    "freight": (("学习型标兵班组", 88), ("学习型优胜班组", 80), ("学习型班组", 60)),
    "machinery": (("标兵", 85), ("先进", 70), ("合格", 60)),
}


def draw_up(lives: Lives) -> None:
    """Begun from the shipped examples, which stay marked as examples."""
    orgs = lives.seed.orgs
    city = lives.actor(lives.seed.account_person("city"))
    home = evaluation.begin("home", orgs["city"], by=city)
    evaluation.issue(home, by=city)
    evaluation.draft_next(home, by=city)
    schemes: dict[str, Any] = {"city": home}
    for body, code in (("machinery", "team"), ("freight", "team"), ("commerce", "work")):
        by = lives.able("evaluation.write", body)
        schemes[body] = evaluation.begin(code, orgs[body], by=by)
        if body in GRADES:
            evaluation.grade(schemes[body], GRADES[body], by=by)
        evaluation.issue(schemes[body], by=by)
    hold_rounds(lives, schemes)


def weigh_people(lives: Lives) -> None:
    """People are judged once their hours, books and pairs are on record: sheets fill from them."""
    chair = lives.actor(lives.seed.account_person("zhou"))
    scheme = evaluation.begin("person", lives.seed.orgs["machinery"], by=chair)
    evaluation.issue(scheme, by=chair)
    judge_people(lives, scheme)
