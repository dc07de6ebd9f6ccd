"""A monthly form of the demo: the city asks its units, some have filed it, others are late."""

from __future__ import annotations

from datetime import timedelta

from gonghui.apps.statistics import api as statistics
from gonghui.core.indicators.counting import months_to
from gonghui.kit.dates import Period

from .lives import Lives

# Union → what it was asked by its people and what it answered; in our own words, nobody's figures.
SAID = {
    "machinery": (14, 12, "本月集中收集了一次班组意见"),
    "freight": (6, 6, "装卸队轮休安排调整"),
}
UNITS = ("organs", "machinery", "freight")


def file_forms(lives: Lives) -> None:
    """Last month's form: one locked, one to be approved, one not handed in; a yearly draft too."""
    orgs = lives.seed.orgs
    city = lives.actor(lives.seed.account_person("city"))
    form = statistics.begin("M01", orgs["city"], by=city)
    statistics.issue(form, by=city)
    statistics.begin("T02", orgs["city"], by=city)
    first = months_to(lives.today, 2)[0].start
    month = Period.of_month(first.year, first.month)
    due = max(month.end + timedelta(days=5), lives.today + timedelta(days=2))
    made = statistics.send(form, [orgs[key] for key in UNITS], month, due_on=due, by=city)
    for key, (asked, answered, words) in SAID.items():
        none = dict.fromkeys(statistics.blanks(made, orgs[key]), 0)
        statistics.enter(made, orgs[key], none | {"D1": asked, "D2": answered}, by=city)
        statistics.explain(made, orgs[key], words, by=city)
        statistics.take(made, orgs[key], "confirm", by=city)
    statistics.take(made, orgs["freight"], "approve", by=city)
