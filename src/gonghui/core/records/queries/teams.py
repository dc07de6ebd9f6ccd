"""How the teams of an activity stand: the ranks of their people, counted as its organiser chose."""

from __future__ import annotations

from typing import Any

from gonghui.core.activities.models import Activity
from gonghui.core.orgs.models import STEP, Org
from gonghui.core.signing.models import Registration

from ..engine.teams import Placing, Standing, standings
from ..models import Contribution, Scoring


def scoring_of(activity: Activity) -> Scoring:
    """As it is kept; an empty one where the organiser chose none."""
    return Scoring.objects.filter(activity=activity).first() or Scoring(activity=activity)


def team_table(activity: Activity) -> list[Standing]:
    """The teams by their points; nothing where the organiser gives none for ranks."""
    scoring = scoring_of(activity)
    if not scoring.points:
        return []
    together = set(scoring.together.values_list("pk", flat=True))
    rows = Contribution.objects.filter(activity=activity, rank__isnull=False).select_related(
        "quota", "registration__org", "registration__delegation__org"
    )
    results: list[Any] = list(rows.order_by("quota", "rank", "pk"))
    teams = _Teams(activity, [one.registration for one in results])
    placings = [
        Placing(
            teams.of(one.registration),
            str(one.quota),
            one.rank,
            together=one.quota_id in together,
            number=one.quota_id,
        )
        for one in results
    ]
    return standings(placings, scoring.points, times=scoring.times)


class _Teams:
    """For which team somebody competed.

    The delegation they came with; else that of the nearest unit above theirs; else the unit right
    below the body that holds the activity, or their own where it stands elsewhere.
    """

    def __init__(self, activity: Activity, people: list[Registration]) -> None:
        self.depth = len(activity.org.path) + STEP
        self.host = activity.org.path
        rows = activity.delegations.select_related("org")
        self.delegations = {one.org.path: str(one.org) for one in rows}
        units = {self._unit(one.org.path) for one in people}
        self.units = {one.path: str(one) for one in Org.objects.filter(path__in=units)}

    def of(self, one: Registration) -> str:
        if one.delegation is not None:
            return str(one.delegation.org)
        above = [path for path in self.delegations if one.org.path.startswith(path)]
        if above:
            return self.delegations[max(above, key=len)]
        return self.units.get(self._unit(one.org.path), str(one.org))

    def _unit(self, path: str) -> str:
        return path[: self.depth] if path.startswith(self.host) else path
