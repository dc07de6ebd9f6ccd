"""Posts and terms: an election from due to seated, and what is noticed until it is put right."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from gonghui.apps.elections.models import ChairDuty, Election, Term
from gonghui.core.access.models import Role
from gonghui.core.people.models import Person, Post
from gonghui.core.watch.models import Finding
from gonghui.core.watch.refreshing import refresh
from gonghui.kit.deadlines import add_years
from tests.factories.elections import TermFactory
from tests.factories.organisation import AccountFactory, GrantFactory, PersonFactory, PostFactory

from .visitor import Visitor

STAND = ("甘霖", "方兰", "林峰", "沈月")
VOTES = (38, 40, 33, 20)
# Long ago enough for five workdays of notice, whatever holidays lie between.
NOTICE, NOTICE_ENDS, MEETING = 60, 35, 30


def ago(days: int) -> date:
    return timezone.localdate() - timedelta(days=days)


@pytest.fixture
def late(cast) -> Term:
    """The third term of the company's union was due forty days ago; 方兰 was its chair."""
    since = add_years(ago(40), -5)
    term = TermFactory(org=cast.company, number=3, since=since, due_on=ago(40))
    PostFactory(person=cast.frank, org=cast.company, title="委员", since=since)
    PostFactory(person=cast.grace, org=cast.company, title="主席", since=since)
    refresh(["R-447"])
    return term


@pytest.fixture
def second_teller(cast) -> Person:
    """艾琳 keeps elections at the company too."""
    person = PersonFactory(name="艾琳", org=cast.company)
    GrantFactory(person=person, role=Role.objects.get(name="工会主席"), org=cast.company)
    AccountFactory(username="irene", person=person, mobile=None)
    for name in STAND[:1] + STAND[2:]:
        PersonFactory(name=name, org=cast.company)
    return person


def answer(officer: Visitor, step: str, **said: str) -> None:
    """Take a step of the election through its dialog."""
    officer.follow(step)
    dialog = officer.page.locator("#fetched-dialog")
    for label, words in said.items():
        dialog.get_by_label(label).fill(words)
    dialog.get_by_role("button", name=step).click()
    expect(dialog).to_be_hidden()


def draw_up(officer: Visitor, term: Term) -> Election:
    """From the overdue term to a plan with who stands for what."""
    officer.follow("开始换届")
    officer.headed("新建")
    officer.page.get_by_label("会议形式").select_option(label="会员大会")
    officer.page.get_by_label("主席产生").select_option(label="大会直接选举")
    officer.look("planning")
    officer.press("保存")
    officer.headed("第4届换届选举")
    for office, seats, names in (("委员", 3, STAND), ("主席", 1, STAND[1:2])):
        officer.follow("列入项目")
        officer.page.get_by_label("选举项目").select_option(label=office)
        officer.fill_in("应选人数", str(seats))
        officer.press("保存")
        officer.follow(f"{office}，应选 {seats} 人")
        for name in names:
            officer.follow("加候选人")
            officer.fill_in("候选人", name)
            officer.fill_in("声明日期", ago(80).isoformat())
            officer.press("保存")
            officer.sees(name)
        officer.look(f"stand-{seats}")
        officer.follow("选举")
    return Election.objects.get()


def until_the_meeting(officer: Visitor, upper: Visitor, election: Election) -> None:
    at = f"/elections/election/{election.pk}/"
    officer.open(at)
    officer.look("plan")
    answer(officer, "党组织同意", 日期=ago(79).isoformat(), 文号或会议="党委会纪要〔2026〕2号")
    answer(officer, "报请上级", 日期=ago(78).isoformat())
    upper.open(at)
    answer(upper, "批复同意", 日期=ago(70).isoformat(), 批复文号="安工〔2026〕5号")
    officer.open(at)
    answer(officer, "候选人审查通过", 日期=ago(65).isoformat())
    answer(officer, "公示", 公示自=ago(NOTICE).isoformat(), 公示至=ago(NOTICE_ENDS).isoformat())
    officer.follow("召开大会")
    officer.look("convening")
    officer.open(at)
    answer(officer, "召开大会", 大会日期=ago(MEETING).isoformat(), 应到会="50", 实到会="45")
    officer.look("convened")


def count(teller: Visitor, election: Election) -> None:
    """One teller enters both counts from the paper."""
    for race in election.races.order_by("pk"):
        teller.open(f"/elections/race/{race.pk}/")
        teller.follow("录入计票")
        for label, number in (("发出票", 45), ("收回票", 45), ("废票", 1)):
            teller.fill_in(label, str(number))
        votes = dict(zip(STAND, VOTES, strict=True))
        for candidate in race.candidates.select_related("person"):
            name = str(candidate.person)
            teller.fill_in(f"{name} 赞成票", str(votes[name]))
        teller.look(f"count-{race.office}")
        teller.press("保存")
        teller.look(f"counted-{race.office}")


def test_election_from_due_to_seated(enter, cast, late, second_teller):
    officer, upper = enter("frank", to=f"/elections/term/{late.pk}/"), enter("carol")
    officer.look("term")
    election = draw_up(officer, late)
    until_the_meeting(officer, upper, election)

    count(officer, election)
    count(enter("irene"), election)
    at = f"/elections/election/{election.pk}/"
    officer.open(at)
    officer.look("agreed")
    officer.follow("宣布结果")
    officer.press("宣布结果", inside="#fetched-dialog")
    officer.sees("批复后将就任")
    answer(officer, "结果报批", 日期=ago(28).isoformat())
    officer.look("reported")
    upper.open(at)
    upper.look("to-confirm")
    answer(upper, "批复结果", 日期=ago(20).isoformat(), 批复文号="安工〔2026〕9号")
    upper.sees("已批复就任")
    officer.open(at)
    officer.look("seated")

    officer.open("/elections/chairduty/")
    officer.sees("任前谈话")
    officer.look("owed")
    seated = {(str(post.person), post.title) for post in Post.objects.filter(until=None)}
    assert seated == {("甘霖", "委员"), ("林峰", "委员"), ("方兰", "主席")}
    assert ChairDuty.objects.filter(person=cast.frank, done_on=None).count() == 2
    assert not Finding.objects.filter(check_code="R-447", gone_on=None).exists()


def test_finding_from_raised_to_gone(enter, cast):
    officer, upper = enter("frank", to="/elections/term/new/"), enter("carol")
    officer.fill_in("届次", "3")
    officer.fill_in("自", add_years(ago(40), -5).isoformat())
    officer.fill_in("任期（年）", "5")
    officer.look("register")
    officer.press("保存")
    term = Term.objects.get()

    officer.open("/")
    officer.sees("还没有换届", inside="#notable")
    officer.look("desk")
    officer.open("/watch/finding/?check=R-447")
    officer.look("findings")
    found = Finding.objects.get(check_code="R-447")
    officer.open(f"/watch/finding/{found.pk}/")
    officer.look("finding")

    upper.open(f"/elections/term/{term.pk}/")
    upper.follow("批准延期")
    upper.fill_in("延期至", (timezone.localdate() + timedelta(days=60)).isoformat())
    upper.fill_in("批复文号", "安工〔2026〕12号")
    upper.fill_in("延期原因", "公司正在改制")
    upper.look("extending")
    upper.press("批准延期")
    upper.sees("安工〔2026〕12号")

    officer.open(f"/watch/finding/{found.pk}/")
    officer.sees("消除日期")
    officer.look("gone")
    officer.open("/")
    expect(officer.page.locator("#notable")).not_to_contain_text("还没有换届")
    found.refresh_from_db()
    assert found.gone_on == timezone.localdate()
