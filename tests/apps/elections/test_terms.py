"""Terms: registered with their due day, extended as permitted; a chair's duties are done."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from gonghui.apps.elections.actions import terms
from gonghui.apps.elections.actions.seating import welcome_chair
from gonghui.apps.elections.models import ChairDuty, Term
from gonghui.core.files.store import attachments_of
from gonghui.core.history.trail import history_of
from gonghui.core.orgs.models import Org
from gonghui.kit.errors import DomainError
from tests.factories.elections import ChairDutyFactory, TermFactory
from tests.factories.organisation import OrgFactory, PostFactory

PAPER = {"approval": "安工〔2026〕3号", "approved_on": date(2026, 3, 1), "reason": "筹备未完成"}


def test_the_due_day_follows_from_the_length(cast):
    term = terms.register_term(
        cast.company, number=3, since=date(2024, 2, 29), years=5, by=cast.actor("frank")
    )

    assert (term.due_on, term.end) == (date(2029, 2, 28), date(2029, 2, 28))
    assert history_of(term)[0].verb == "create"


def test_a_term_is_three_or_five_years_and_above_only_five(cast):
    frank = cast.actor("frank")
    facts = {"number": 3, "since": date(2024, 3, 1)}

    assert terms.register_term(cast.company, years=3, by=frank, **facts)
    with pytest.raises(DomainError, match="任期 4 年不符合规定。标准：5、3 年"):
        terms.register_term(cast.branch, years=4, by=frank, **facts)
    with pytest.raises(DomainError, match="任期 3 年不符合规定"):
        terms.register_term(cast.city, years=3, by=cast.actor("carol"), **facts)


def test_one_term_runs_and_earlier_ones_are_entered_with_their_end(cast):
    frank = cast.actor("frank")
    terms.register_term(cast.company, number=3, since=date(2024, 3, 1), years=5, by=frank)

    with pytest.raises(DomainError, match="第 3 届还没有结束"):
        terms.register_term(cast.company, number=2, since=date(2019, 3, 1), years=5, by=frank)
    past = terms.register_term(
        cast.company,
        number=2,
        since=date(2019, 3, 1),
        years=5,
        ended_on=date(2024, 2, 29),
        by=frank,
    )
    assert past.ended_on == date(2024, 2, 29)
    with pytest.raises(DomainError, match="第 2 届已经登记过"):
        terms.register_term(
            cast.company,
            number=2,
            since=date(2014, 3, 1),
            years=5,
            by=frank,
            ended_on=date(2019, 1, 1),
        )


def test_no_day_lies_in_two_terms(cast):
    frank = cast.actor("frank")

    def enter(number, since, ended_on=None):
        facts = {"number": number, "since": since, "ended_on": ended_on, "years": 5, "by": frank}
        return terms.register_term(cast.company, **facts)

    running = enter(3, date(2024, 3, 1))
    with pytest.raises(DomainError, match="第 3 届从 2024-03-01 起到现在，与这一届的日期重叠"):
        enter(2, date(2019, 3, 1), date(2024, 3, 2))
    enter(2, date(2019, 3, 1), date(2024, 3, 1))  # the day of the election is told of both
    with pytest.raises(DomainError, match="第 2 届从 2019-03-01 到 2024-03-01，与这一届"):
        enter(1, date(2014, 3, 1), date(2019, 3, 2))
    with pytest.raises(DomainError, match="第 2 届"):
        terms.change_term(running, number=3, since=date(2024, 2, 29), years=5, by=frank)
    assert terms.change_term(running, number=3, since=date(2024, 3, 2), years=5, by=frank)


def test_a_committee_has_no_term_of_its_own(cast):
    body = OrgFactory(name="女工委", kind="committee", parent=cast.company)

    with pytest.raises(DomainError, match="不是工会"):
        terms.register_term(body, number=1, since=date(2024, 3, 1), years=5, by=cast.actor("frank"))


@pytest.mark.parametrize(
    ("until", "allowed"), [(date(2028, 11, 10), True), (date(2028, 11, 11), False)]
)
def test_an_extension_is_at_most_half_a_year(cast, until, allowed):
    term = TermFactory(org=cast.company)

    if allowed:
        assert terms.extend_term(term, until=until, by=cast.actor("carol"), **PAPER).end == until
    else:
        with pytest.raises(DomainError, match="最晚可以延到 2028-11-10。标准：6 个月"):
            terms.extend_term(term, until=until, by=cast.actor("carol"), **PAPER)


def test_an_extension_is_later_than_due_and_of_a_running_term(cast):
    term = TermFactory(org=cast.company)
    with pytest.raises(DomainError, match="须晚于应换届日期"):
        terms.extend_term(term, until=term.due_on, by=cast.actor("carol"), **PAPER)

    past = TermFactory(org=cast.company, number=2, ended_on=date(2024, 5, 9))
    with pytest.raises(DomainError, match="已经结束"):
        terms.extend_term(past, until=date(2028, 6, 1), by=cast.actor("carol"), **PAPER)


def test_what_is_due_by_a_day_counts_extensions(db):
    due = TermFactory(due_on=date(2026, 1, 1), since=date(2021, 1, 1))
    TermFactory(due_on=date(2026, 1, 1), since=date(2021, 1, 1), extended_to=date(2026, 6, 1))
    TermFactory(due_on=date(2026, 1, 2), since=date(2021, 1, 2))
    TermFactory(due_on=date(2025, 1, 1), since=date(2020, 1, 1), ended_on=date(2025, 1, 1))

    assert list(Term.objects.due_by(date(2026, 1, 1))) == [due]


def test_the_union_above_extends_from_the_page(cast):
    term = TermFactory(org=cast.company)
    url = f"/elections/term/{term.pk}/extend/"
    said = {
        "until": "2028-08-01",
        "approval": "安工〔2026〕3号",
        "approved_on": "2026-03-01",
        "reason": "筹备",
    }

    assert cast.client("frank").get(url).status_code == 404
    assert "批准延期" in cast.client("carol").get(f"/elections/term/{term.pk}/").content.decode()
    assert cast.client("carol").post(url, said | {"until": "2030-01-01"}).status_code == 422
    assert cast.client("carol").post(url, said).status_code == 302
    term.refresh_from_db()
    assert term.extended_to == date(2028, 8, 1)
    assert (
        "已批准延期"
        in cast.client("frank").get(f"/elections/term/?org={cast.company.pk}").content.decode()
    )


def test_a_term_is_entered_and_corrected_on_its_form(cast):
    frank = cast.client("frank")
    said = {
        "org": f"安澜机械公司工会 #{cast.company.pk}",
        "number": 3,
        "since": "2024-03-01",
        "years": 4,
    }

    wrong = frank.post("/elections/term/new/", said)
    assert wrong.status_code == 422
    assert "任期 4 年不符合规定" in wrong.content.decode()
    assert frank.post("/elections/term/new/", said | {"years": 5}).status_code == 302
    term = Term.objects.get()
    assert frank.post(f"/elections/term/{term.pk}/edit/", said | {"years": 3}).status_code == 302
    term.refresh_from_db()
    assert term.due_on == date(2027, 3, 1)


@pytest.mark.parametrize("state", ["", "late", "soon", "all"])
def test_the_list_tells_running_late_and_soon_apart(cast, state):
    TermFactory(org=cast.company, number=5, since=date(2020, 1, 1), due_on=date(2025, 1, 1))
    TermFactory(org=cast.branch, number=1, since=date(2010, 1, 1), due_on=date(2015, 1, 1),
                ended_on=date(2015, 1, 1))  # fmt: skip

    page = cast.client("frank").get(f"/elections/term/?state={state}&scope=below")

    shown = [row.record.number for row in page.context["table"].page]
    assert shown == {"": [5], "late": [5], "soon": [], "all": [5, 1]}[state]


@pytest.mark.parametrize(
    ("asked", "numbers"), [("", []), ("as_of=2026-03-01", [5]), ("as_of=2026-03-02", []),
                           ("state=all", [5])]
)  # fmt: skip
def test_no_term_runs_of_a_union_that_is_dissolved(cast, asked, numbers):
    TermFactory(org=cast.branch, number=5, since=date(2024, 1, 1), due_on=date(2029, 1, 1))
    Org.objects.filter(pk=cast.branch.pk).update(until=date(2026, 3, 1))

    page = cast.client("frank").get(f"/elections/term/?scope=below&{asked}")

    assert [row.record.number for row in page.context["table"].page] == numbers


@pytest.mark.parametrize(
    ("day", "state", "numbers"),
    [
        ("2012-06-30", "", [1]),
        ("2015-03-01", "", [1]),
        ("2015-03-02", "", [2]),
        ("2015-03-01", "late", [1]),
        ("2014-12-31", "late", []),
        ("2014-12-31", "soon", [1]),
        ("2012-06-30", "all", [1]),
        ("2009-12-31", "", []),
    ],
)
def test_the_list_tells_which_term_ran_on_a_day(cast, day, state, numbers):
    TermFactory(org=cast.company, number=2, since=date(2015, 3, 2), due_on=date(2020, 3, 2))
    TermFactory(org=cast.company, number=1, since=date(2010, 1, 1), due_on=date(2014, 12, 31),
                ended_on=date(2015, 3, 1))  # fmt: skip

    page = cast.client("frank").get(f"/elections/term/?as_of={day}&state={state}&scope=below")

    assert [row.record.number for row in page.context["table"].page] == numbers


def test_a_duty_is_done_with_its_day_and_papers(cast):
    post = PostFactory(person=cast.frank, title="主席")
    duty = ChairDutyFactory(post=post)
    url = f"/elections/chairduty/{duty.pk}/fulfil/"
    paper = SimpleUploadedFile("谈话记录.txt", "谈话要点".encode())

    done = cast.client("carol").post(
        url, {"done_on": "2026-03-02", "note": "市总主席谈话", "papers": paper}
    )

    assert done.status_code == 302
    duty = ChairDuty.objects.get()
    assert (duty.done_on, duty.note, duty.is_done) == (date(2026, 3, 2), "市总主席谈话", True)
    assert attachments_of(duty).count() == 1
    assert history_of(duty)[0].verb == "fulfil"
    assert cast.client("carol").get(url).status_code == 404
    with pytest.raises(DomainError, match="已经登记办完"):
        terms.fulfil_duty(duty, done_on=date(2026, 3, 3), note="", by=cast.actor("carol"))


@pytest.fixture
def chair(cast):
    return PostFactory(person=cast.bob, org=cast.company, title="主席", way="elected")


@pytest.mark.parametrize("who", ["frank", "carol"])
def test_a_chair_who_was_entered_is_owed_the_same(cast, chair, who):
    """The election was on paper: the union itself or the one above puts the chair on the list."""
    client, page = cast.client(who), f"/organisation/post/{chair.pk}/"
    assert "列入谈话和培训" in client.get(page).content.decode()

    client.post(f"/elections/post/{chair.pk}/duties/")

    owed = ChairDuty.objects.filter(post=chair).order_by("kind")
    assert [(one.kind, one.org, one.since) for one in owed] == [
        ("talk", cast.company, chair.since),
        ("training", cast.company, chair.since),
    ]
    shown = client.get(page).content.decode()
    assert "任前谈话" in shown
    assert "列入谈话和培训" not in shown
    client.post(f"/elections/post/{chair.pk}/duties/")
    assert owed.count() == 2


@pytest.mark.parametrize("who", ["alice", "grace", "dave", "mallory"])
def test_nobody_else_puts_a_chair_on_the_list(cast, chair, who):
    client = cast.client(who)

    assert client.post(f"/elections/post/{chair.pk}/duties/").status_code == 404
    assert "列入谈话和培训" not in client.get(f"/organisation/post/{chair.pk}/").content.decode()


@pytest.mark.parametrize(
    ("facts", "branch"),
    [
        ({"title": "副主席"}, False),
        ({"way": "acting"}, False),
        ({"until": date(2026, 1, 31)}, False),
        ({}, True),
    ],
)
def test_only_a_chair_in_office_is_owed_a_talk(cast, chair, facts, branch):
    chair.org = cast.branch if branch else chair.org
    for name, value in facts.items():
        setattr(chair, name, value)
    chair.save()

    with pytest.raises(DomainError, match="在任的工会主席"):
        welcome_chair(chair, by=cast.actor("frank"))

    assert not ChairDuty.objects.exists()


@pytest.mark.parametrize(("due", "words"), [(date(2028, 5, 10), "第 3 届"), (None, "登记届次")])
def test_the_union_says_which_term_it_is_in(cast, due, words):
    if due:
        TermFactory(org=cast.company, due_on=due)

    pages = {
        who: cast.client(who)
        .get(f"/organisation/org/{cast.company.pk}/?part=seats")
        .content.decode()
        for who in ("frank", "grace")
    }

    assert words in pages["frank"]
    assert ("第 3 届" in pages["grace"]) == bool(due)
    assert "登记届次" not in pages["grace"]
    branch = cast.client("frank").get(f"/organisation/org/{cast.branch.pk}/").content.decode()
    assert "登记届次" not in branch
