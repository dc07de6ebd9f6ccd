"""The demo city's data is sound: whole, unique, in our own words, and the same every time."""

import os
import re
import unicodedata
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest

from gonghui.core.orgs.models import BELOW, Kind
from gonghui.site.demo.city import BODIES, BODY, below
from gonghui.site.demo.passing import PASSED_DOWN
from gonghui.site.demo.people import SHOWCASE, holder, people, posts, showcase_serials
from gonghui.site.demo.plans import PLAN, PLANS, TEXTS
from gonghui.site.demo.progress import TaskFacts, actual, story, turn_done

TODAY = date(2026, 11, 21)
MARK = re.compile(
    r"(?:^|(?<=[：；。]))(?:[一二三四五六七八九十]+[、是要]|（[一二三四五六七八九十]+）|\d{1,2}[、.）)]|（\d{1,2}）|[⒈-⒛①-⑳⑴-⒇]|\d{1,2}月：|——|第.阶段)",
    re.M,
)
RUN = 12

# Official names and titles of law anybody writes the same way; they are nobody's sentence.
PROPER_NAMES = ("创建学习型组织争做知识型职工",)


def _founding_documents() -> list[Path]:
    beside = Path(__file__).resolve().parents[3] / "shared"
    folder = Path(os.environ.get("GONGHUI_SHARED", beside)) / "plans" / "documents"
    return sorted(folder.glob("*.txt"))


def _plain(text: str) -> str:
    """Letters and digits alone, proper names taken out."""
    text = re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text))
    for name in PROPER_NAMES:
        text = text.replace(name, "|")
    return text


def test_bodies_are_unique_and_stand_where_they_may() -> None:
    assert len({body.key for body in BODIES}) == len(BODIES)
    assert [body.key for body in BODIES if body.parent is None] == ["city"]
    for body in BODIES:
        if body.parent:
            assert Kind(body.kind) in BELOW[Kind(BODY[body.parent].kind)], body
        assert body.second is None or (body.second in BODY and body.second != body.parent)


def test_the_company_has_its_workshops_teams_and_committees() -> None:
    kinds = [body.kind for body in below("machinery")]

    assert kinds.count("team") == 23
    assert kinds.count("branch") == 4
    assert kinds.count("association") == 5
    assert kinds.count("committee") == 6
    assert sum(body.people for body in below("machinery")) == 412


def test_about_fifteen_hundred_people_are_told_apart() -> None:
    everybody = people()

    assert 1450 <= len(everybody) <= 1550
    assert len({person.mobile for person in everybody}) == len(everybody)
    assert [person.serial for person in everybody] == list(range(1, len(everybody) + 1))
    assert all(re.fullmatch(r"1[3-9]\d{9}", person.mobile) for person in everybody)
    assert all(re.fullmatch(r"[一-鿿]{2,3}", person.name) for person in everybody)
    assert {person.sex for person in everybody} == {"female", "male"}
    assert {person.employment for person in everybody} == {
        "permanent", "contract", "hired", "dispatched", "agency", "other",
    }  # fmt: skip
    assert all(person.body in BODY for person in everybody)


def test_people_are_the_same_every_time() -> None:
    before = people()
    people.cache_clear()

    assert people() == before


def test_every_union_has_a_chair_and_every_team_a_leader() -> None:
    held = {(post.body, post.title) for post in posts()}

    for body in BODIES:
        head = {"branch": "分会主席", "team": "班组长"}.get(body.kind, "主席")
        if body.kind in {"federation", "industry", "joint", "grassroots", "branch", "team"}:
            assert (body.key, head) in held, body


def test_nobody_holds_one_post_twice_and_womens_heads_are_women() -> None:
    everybody = people()

    assert len(set(posts())) == len(posts())
    heads = [post for post in posts() if post.title == "女工主任"]
    assert len(heads) > 20
    assert {everybody[post.serial - 1].sex for post in heads} == {"female"}


def test_showcase_people_are_who_they_say() -> None:
    everybody = people()

    assert set(showcase_serials()) == {one.username for one in SHOWCASE}
    for one in SHOWCASE:
        person = everybody[showcase_serials()[one.username] - 1]
        assert (person.name, person.sex, person.body) == (one.name, one.sex, one.home)
        if one.post:
            assert holder(*one.post) == person.serial


def test_every_plan_file_is_listed_and_belongs_to_a_body() -> None:
    assert {plan.file for plan in PLANS} == {path.name for path in TEXTS.glob("*.txt")}
    assert len(PLAN) == len(PLANS) >= 11
    assert all(plan.body in BODY for plan in PLANS)
    assert {plan.state for plan in PLANS} == {"running", "draft", "submitted", "returned", "closed"}
    for plan in PLANS:
        assert all(body in BODY for _, body in plan.owned_by), plan.key


@pytest.mark.parametrize("plan", PLANS, ids=lambda plan: plan.key)
def test_plan_is_of_the_demos_year_and_of_a_fair_size(plan) -> None:
    text = plan.text(2031)

    assert "{" not in text
    assert plan.titled(2031) == text.splitlines()[0]
    assert str(2031 - plan.back) in text
    small = plan.body in {"archive", "casting"} or plan.key == "machinery-winter"
    large = plan.key in {"machinery-annual", "city-annual"}
    low, high = (25, 75) if large else (9, 60) if small else (12, 60)
    assert low <= len(MARK.findall(text)) <= high
    for words, _ in plan.owned_by:
        assert words in text


def test_what_is_passed_down_is_found_in_the_upper_plan_and_goes_down() -> None:
    for passed in PASSED_DOWN:
        plan = PLAN[passed.plan]
        assert passed.words_of_item in plan.text(2026)
        reach = {body.key for body in below(plan.body)}
        reach |= {body.key for body in BODIES if body.second in reach}
        assert {unit for unit, _ in passed.units} <= reach - {plan.body}


def test_no_sentence_comes_from_the_founding_documents() -> None:
    documents = _founding_documents()
    if not documents:
        pytest.skip("the founding documents are not beside this copy")
    source = _plain("|".join(path.read_text(encoding="utf-8") for path in documents))
    runs = {source[at : at + RUN] for at in range(len(source) - RUN + 1)}

    for path in TEXTS.glob("*.txt"):
        text = _plain(path.read_text(encoding="utf-8"))
        shared = {text[at : at + RUN] for at in range(len(text) - RUN + 1)} & runs
        assert not shared, path.name


def _facts(number: int, due: date | None) -> TaskFacts:
    starts = due.replace(day=1) if due else None
    return TaskFacts(f"t{number}", "care", starts, due, date(2026, 1, 1), date(2026, 12, 31))


def test_a_year_looks_lived_in() -> None:
    past = [story(_facts(n, date(2026, 6, 1 + n % 28)), TODAY, 84) for n in range(400)]
    states = {state: sum(one.state == state for one in past) for state in
              ("done", "doing", "put_off", "dropped")}  # fmt: skip

    assert sum(states.values()) == 400
    assert 310 <= states["done"] <= 360
    assert min(states.values()) >= 5
    for one in past:
        assert all(day <= TODAY for day, _ in one.notes)
        assert all(a <= b for (a, _), (b, _) in pairwise(one.notes))
        assert bool(one.reason) == (one.state in {"put_off", "dropped"})
        assert (one.put_off_to is not None) == (one.state == "put_off")
        assert one.put_off_to is None or one.put_off_to > TODAY
    assert len({words for one in past for _, words in one.notes}) > 100


def test_the_future_is_not_done_yet() -> None:
    ahead = [story(_facts(n, date(2026, 12, 1 + n % 28)), TODAY, 84) for n in range(50)]

    assert {one.state for one in ahead} == {"not_started"}
    assert turn_done("t", 48, TODAY + timedelta(days=2), TODAY, 84) is None


def test_an_undated_task_tells_only_of_days_that_were() -> None:
    told = [story(_facts(n, None), TODAY, 84) for n in range(200)]

    assert {one.state for one in told} == {"done", "doing", "not_started"}
    assert all(date(2026, 1, 1) <= day <= TODAY for one in told for day, _ in one.notes)
    new_year = [story(_facts(n, None), date(2026, 1, 5), 84) for n in range(20)]
    assert {one.state for one in new_year} == {"not_started"}


def test_actual_figures_keep_their_comparison_when_a_task_is_done() -> None:
    for number in range(60):
        most = actual(f"a{number}", "<=", Decimal(30), "天", 1)
        share = actual(f"b{number}", ">=", Decimal(95), "%", 1)
        count = actual(f"c{number}", ">=", Decimal(200), "件", 1)
        half = actual(f"d{number}", ">=", Decimal(200), "件", 0.5)

        assert 0 <= most <= 30
        assert 95 <= share <= 100
        assert count >= 200
        assert 60 <= half < 200
        assert actual(f"e{number}", ">=", Decimal(200), "件", 0) is None
