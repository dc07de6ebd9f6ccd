"""The screens of growing: the city's page, a book lent, a test on the phone, goals and pairs."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from gonghui.core.credits.models import Unit
from tests.factories.credits import CreditFactory
from tests.factories.goals import GoalFactory, GrowthPlanFactory, PromiseFactory, StepFactory
from tests.factories.mentoring import LessonFactory, PairFactory
from tests.factories.reading import BookFactory, BookroomFactory, CopyFactory
from tests.factories.training import (
    CourseFactory,
    ExerciseFactory,
    LearnerFactory,
    QuizFactory,
    QuizPartFactory,
)

from .conftest import PHONE


def test_citys_page_opens_its_numbers(enter, cast):
    CreditFactory(person=cast.alice, org=cast.branch, kind="course", unit=Unit.CLASS_HOUR,
                  amount=Decimal(24))  # fmt: skip
    CreditFactory(person=cast.bob, org=cast.company, kind="reflection", unit=Unit.PIECE,
                  amount=Decimal(1))  # fmt: skip
    carol = enter("carol", to="/movement/")
    carol.look("movement")
    carol.page.locator("#units").get_by_role("link", name="24", exact=True).click()
    carol.sees("书法讲座")
    carol.look("records")


def test_book_is_lent_and_comes_back(enter, cast):
    room = BookroomFactory(org=cast.company, name="职工书屋", keeper=cast.frank)
    CopyFactory(book=BookFactory(bookroom=room, title="机械制图"), number=7)
    alice = enter("alice", to="/reading/my/")
    alice.look("find")
    alice.follow("《机械制图》")
    alice.follow("出示借书码")
    alice.look("card")

    frank = enter("frank", to=f"/reading/bookroom/{room.pk}/desk/")
    frank.fill_in("读者", "没有这个人")
    frank.fill_in("书", "7")
    frank.expected = (422,)
    frank.press("借出")
    frank.look("not-found")
    frank.fill_in("读者", "艾丽")
    frank.press("借出")
    frank.sees("《机械制图》")
    frank.look("lent")
    alice.open("/reading/my/loans/")
    alice.sees("到期")
    alice.look("loans")
    frank.fill_in("登录号", "7")
    frank.press("收回", inside="#return")
    frank.sees("没有在借的书")
    alice.open("/reading/my/loans/")
    alice.button("读完了，记入学习档案：《机械制图》").click()
    alice.sees("已记入学习档案")


@pytest.mark.parametrize("size", [PHONE], ids=["phone"])
def test_test_is_taken_on_the_phone(enter, cast):
    ExerciseFactory(org=cast.company, stem="发现着火先做什么？", options=["切断电源", "继续干活"])
    quiz = QuizFactory(org=cast.company, minutes=20, pass_points=5, state="open")
    QuizPartFactory(quiz=quiz)
    alice = enter("alice", to=f"/training/my/quiz/{quiz.pk}/")
    alice.look("before")
    alice.press("开始答题")
    alice.page.get_by_label("切断电源").check()
    alice.look("question")
    alice.press("答完了")
    alice.sees("全部答完了")
    alice.look("answered")
    alice.page.on("dialog", lambda dialog: dialog.accept())
    alice.press("交卷")
    if alice.page.locator("dialog[open]").count():
        alice.press("交卷", inside="dialog[open]")
    alice.headed("成绩")
    expect(alice.page.locator(".figures")).to_contain_text("5")
    alice.look("result")


def test_goals_pairs_and_classes(enter, cast):
    today = timezone.localdate()
    vision = GoalFactory(org=cast.branch, sort="vision", title="人人有绝活")
    goal = GoalFactory(org=cast.branch, person=cast.alice, serves=vision, title="考取高级工")
    StepFactory(goal=goal, title="学完理论教材")
    plan = GrowthPlanFactory(person=cast.alice, year=today.year)
    PromiseFactory(plan=plan)
    pair = PairFactory(org=cast.company, mentor=cast.bob, apprentice=cast.alice, state="running",
                       since=today - timedelta(days=30), until=today + timedelta(days=300),
                       mentor_agreed_at=timezone.now())  # fmt: skip
    LessonFactory(pair=pair, on=today)
    course = CourseFactory(org=cast.company)
    LearnerFactory(course=course, person=cast.alice)
    alice, frank = enter("alice"), enter("frank")
    for address, name in (
        ("/goals/mine/", "goals"),
        (f"/mentoring/my/pair/{pair.pk}/", "pair"),
        (f"/training/my/course/{course.pk}/", "class"),
    ):
        alice.open(address)
        alice.look(name)
    for address, name in (
        ("/goals/alignment/", "alignment"),
        (f"/goals/growthplan/{plan.pk}/", "growing"),
        (f"/mentoring/pair/{pair.pk}/", "pair-kept"),
        (f"/training/course/{course.pk}/", "class-kept"),
        ("/archive/piece/?scope=below", "archive"),
        ("/learning/hire/", "hired"),
    ):
        frank.open(address)
        frank.look(name)
