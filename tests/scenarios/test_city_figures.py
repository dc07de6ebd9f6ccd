"""The city's campaign at its end (003): how many units and workers it reached, sessions, times.

Nobody is asked: the figures are read from the register of teams and from who came.
"""

from __future__ import annotations

import io
import re
from datetime import date, datetime

import docx
import pytest
from django.urls import reverse

from gonghui.apps.plans.models import Target
from gonghui.core.orgs.models import Kind
from gonghui.core.reports.models import Cited
from tests.cast import Cast
from tests.factories.activities import ActivityFactory, SessionFactory
from tests.factories.attendance import AttendanceFactory
from tests.factories.organisation import OrgFactory, PersonFactory
from tests.factories.plans import ItemFactory, PlanFactory, TargetFactory
from tests.factories.signing import RegistrationFactory
from tests.factories.teams import EnlistmentFactory

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
YEAR_END = "2026-12-20T10:00:00+08:00"


@pytest.fixture
def campaign(cast: Cast, time_machine):
    """Three of four teams take part; two lectures, three people at one and two at the other."""
    time_machine.move_to(YEAR_END, tick=False)
    teams = [OrgFactory(parent=cast.branch, kind=Kind.TEAM, since=None) for _ in range(4)]
    for team in teams[:3]:
        EnlistmentFactory(org=team, since=date(2026, 3, 1))
    people = PersonFactory.create_batch(3, org=cast.branch)
    for day, came in (("2026-04-10", people), ("2026-09-10", people[:2])):
        start = datetime.fromisoformat(f"{day}T14:00+08:00")
        activity = ActivityFactory(org=cast.company, kind="lecture", state="filed", starts_at=start)
        session = SessionFactory(activity=activity, starts_at=start)
        for person in came:
            signed = RegistrationFactory(activity=activity, person=person)
            AttendanceFactory(session=session, registration=signed, in_at=start)
    plan = PlanFactory(
        org=cast.city, kind="campaign", state="running", title="职工学习创争活动方案"
    )
    for at, (text, value, unit) in enumerate(
        (
            ("50%以上的班组参加创建活动", 50, "%"),
            ("参加学习的职工不少于5人次", 5, "人次"),
            ("举办讲座不少于3场", 3, "场"),
        )
    ):
        item = ItemFactory(org=cast.city, plan=plan, text=text, position=at)
        TargetFactory(item=item, op=">=", value=value, unit=unit)
    return plan


def bind(cast: Cast, plan, text: str, code: str) -> None:
    target = Target.objects.get(item__plan=plan, item__text=text)
    said = {"target": target.pk, f"bind{target.pk}-code": code}
    answer = cast.client("carol").post(reverse("plans:item-bind", args=[target.item_id]), said)
    assert answer.status_code == 302


def test_campaign_ends_with_its_coverage(cast: Cast, campaign) -> None:
    carol = cast.client("carol")
    bind(cast, campaign, "50%以上的班组参加创建活动", "teams.share")
    bind(cast, campaign, "参加学习的职工不少于5人次", "participation.times")
    bind(cast, campaign, "举办讲座不少于3场", "activities.study")

    page = f"{reverse('reports:report')}?org={cast.city.pk}&sort=summary&period=2026"
    document = docx.Document(io.BytesIO(carol.post(page).content))
    rows = {
        row.cells[0].text: [re.sub(r"〔\d+〕", "", cell.text) for cell in row.cells[1:]]
        for table in document.tables
        for row in table.rows
    }

    assert rows["参加创建的班组比例"][0] == "75.0%"
    assert rows["举办的活动"][0] == "2次"
    assert rows["参加活动"][0] == "5人次"
    assert rows["参加活动的人"][0] == "3人"
    assert rows["50%以上的班组参加创建活动"] == ["50%以上", "75%", "150%", "达到"]
    assert rows["参加学习的职工不少于5人次"][3] == "达到"
    assert rows["举办讲座不少于3场"][1:] == ["2场", "67%", "落后"]


def test_every_figure_of_the_campaign_opens_to_its_records(cast: Cast, campaign) -> None:
    carol = cast.client("carol")
    page = f"{reverse('reports:report')}?org={cast.city.pk}&sort=summary&period=2026"
    carol.post(page)

    times = Cited.objects.get(indicator="participation.times", since=date(2026, 1, 1))
    code = f"{times.paper.code}-{times.number}"
    check = carol.get(reverse("reports:check"), {"code": code})
    records = carol.get(check.context["cited"].address)

    assert check.context["now"] == times.words == "5人次"
    assert records.context["page"].paginator.count == 5
    assert cast.client("dave").get(reverse("reports:check"), {"code": code}).status_code == 404
