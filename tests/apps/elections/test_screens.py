"""The pages of an election, opened as those who lead, count and approve it."""

from __future__ import annotations

import io
from datetime import date

import docx
import pytest

from gonghui.apps.elections.models import Candidate, Election, Office, Race
from gonghui.apps.elections.queries.papers import PAPERS
from tests.apps.elections.life import confirmed, convened, count, plan, settled
from tests.factories.elections import ElectionFactory, TermFactory
from tests.factories.organisation import PersonFactory
from tests.factories.regulations import StandardFactory

pytestmark = pytest.mark.slow


def text(response) -> str:
    return response.content.decode()


def words(response) -> str:
    paper = docx.Document(io.BytesIO(response.content))
    cells = [c.text for t in paper.tables for r in t.rows for c in r.cells]
    return "\n".join([p.text for p in paper.paragraphs] + cells)


def test_the_form_fills_in_the_next_term(cast):
    TermFactory(org=cast.company, number=3, years=3)

    page = cast.client("frank").get(f"/elections/election/new/?org={cast.company.pk}")

    filled = page.context["form"].initial
    assert (filled["org"], filled["number"], filled["years"]) == (cast.company.pk, 4, 3)
    said = {
        "org": f"#{cast.company.pk}", "kind": "term", "number": 9, "years": 5,
        "meeting": "delegates", "mode": "direct", "chair_by": "committee",
    }  # fmt: skip
    wrong = cast.client("frank").post("/elections/election/new/", said)
    assert (wrong.status_code, "这次应填第 4 届" in text(wrong)) == (422, True)
    assert (
        cast.client("frank").post("/elections/election/new/", said | {"number": 4}).status_code
        == 302
    )
    assert str(Election.objects.get()) == "安澜机械公司工会第4届换届选举"


def test_what_a_step_waits_for_stands_beside_it_for_who_may_take_it(cast, time_machine):
    time_machine.move_to("2026-03-09T10:00:00+08:00", tick=False)
    election, empty = plan(cast, chair=False), ElectionFactory(org=cast.company, number=9)
    Election.objects.filter(pk=election.pk).update(
        state="published", notice_from="2026-03-02", notice_until="2026-03-09"
    )
    at = f"/elections/election/{election.pk}/"

    officer = text(cast.client("frank").get(at))
    bare = text(cast.client("frank").get(f"/elections/election/{empty.pk}/"))
    time_machine.move_to("2026-03-10T10:00:00+08:00", tick=False)
    later = text(cast.client("frank").get(at))

    assert "公示到 2026-03-09 为止，大会须在公示期满后召开。" in officer
    assert f"{at}do/convene/" not in officer
    assert f"{at}do/convene/" in later
    assert "方案还没有列出选举项目和应选人数" in bare
    assert cast.client("mallory").get(at).status_code == 404


def test_every_small_form_leads_back_to_what_it_is_about(cast):
    election = ElectionFactory(org=cast.company)
    race = Race.objects.create(election=election, office=Office.MEMBER, seats=3)
    frank, race_page = cast.client("frank"), f"/elections/race/{race.pk}/"

    adding = text(frank.get(f"/elections/election/{election.pk}/race/"))
    naming = text(frank.get(f"{race_page}candidate/"))

    assert f'href="/elections/election/{election.pk}/">{election}</a>' in adding
    assert f'href="{race_page}">{race}</a>' in naming


def test_races_and_candidates_are_kept_from_the_pages(cast):
    frank = cast.client("frank")
    election = ElectionFactory(org=cast.company)
    person = PersonFactory(name="候选甲", org=cast.branch)

    assert (
        frank.post(
            f"/elections/election/{election.pk}/race/", {"office": "member", "seats": 3}
        ).status_code
        == 302
    )
    race = Race.objects.get()
    stands = {"person": "候选甲", "declared_on": "2026-02-20", "duty": "车间主任"}
    assert frank.post(f"/elections/race/{race.pk}/candidate/", stands).status_code == 302
    twice = frank.post(f"/elections/race/{race.pk}/candidate/", stands)
    assert (twice.status_code, "已在这个选举项目" in text(twice)) == (422, True)
    candidate = Candidate.objects.get()
    assert (
        frank.post(
            f"/elections/candidate/{candidate.pk}/edit/", {"duty": "主任", "position": 1}
        ).status_code
        == 302
    )
    candidate.refresh_from_db()
    assert (candidate.person, candidate.duty, candidate.declared_on) == (person, "主任", None)
    page = text(frank.get(f"/elections/race/{race.pk}/"))
    assert "近亲属声明待填" in page
    assert "名单按姓氏笔画为序" in page
    frank.post(f"/elections/candidate/{candidate.pk}/withdraw/")
    assert Candidate.objects.count() == 0
    assert frank.post(f"/elections/race/{race.pk}/edit/", {"seats": 5}).status_code == 302
    frank.post(f"/elections/race/{race.pk}/drop/")
    assert Race.objects.count() == 0


def test_strangers_find_no_race(cast):
    race = plan(cast).races.first()
    candidate = race.candidates.first()

    for name in ("dave", "mallory"):
        client = cast.client(name)
        assert client.get(f"/elections/race/{race.pk}/").status_code == 404
        assert client.get(f"/elections/race/{race.pk}/candidate/").status_code == 404
        assert client.post(f"/elections/candidate/{candidate.pk}/withdraw/").status_code == 404
        assert client.get(f"/elections/race/{race.pk}/tally/").status_code == 404
    assert cast.client("grace").get(f"/elections/race/{race.pk}/candidate/").status_code == 404


def test_a_teller_does_not_see_what_the_other_entered(cast):
    race = convened(cast, plan(cast, chair=False)).races.get()
    first, second = cast.client("frank"), cast.client("carol")
    keys = [f"votes_{c.pk}" for c in race.candidates.order_by("pk")]
    said = {"issued": 45, "returned": 45, "invalid": 2} | dict(zip(keys, (41, 31, 13), strict=True))

    assert first.post(f"/elections/race/{race.pk}/tally/", said).status_code == 302

    page = text(second.get(f"/elections/race/{race.pk}/"))
    assert "还差 1 个人录入；方兰已录入" in page
    form = text(second.get(f"/elections/race/{race.pk}/tally/"))
    assert all(figure not in page + form for figure in (">41<", ">31<", 'value="41"', 'value="31"'))
    second.post(f"/elections/race/{race.pk}/tally/", said | {keys[0]: 40})
    assert "两个人录入的不一致：候选0的得票" in text(second.get(f"/elections/race/{race.pk}/"))
    second.post(f"/elections/race/{race.pk}/recount/")
    for client in (first, second):
        client.post(f"/elections/race/{race.pk}/tally/", said)
    agreed = text(second.get(f"/elections/race/{race.pk}/"))
    assert "<dd>45</dd>" in agreed
    assert "应选 2 人，已全部选出" in agreed
    assert "标准：二分之一（《工会基层组织选举工作条例》" in agreed


def test_seats_nobody_won_are_repeated_or_waived_from_the_page(cast):
    race = convened(cast, plan(cast, chair=False)).races.get()
    count(cast, race, [40, 25, 10])
    frank = cast.client("frank")

    page = text(frank.get(f"/elections/race/{race.pk}/"))
    assert "还有 1 个名额没有选出" in page
    again = frank.post(f"/elections/race/{race.pk}/repeat/")
    repeat = Race.objects.get(again=race)
    assert again.url == f"/elections/race/{repeat.pk}/"
    count(cast, repeat, [20, 20])
    frank.post(f"/elections/race/{repeat.pk}/waive/", {"waiver": "大会多数同意"})
    repeat.refresh_from_db()
    assert (repeat.waived, repeat.waiver) == (1, "大会多数同意")
    refused = frank.post(f"/elections/race/{repeat.pk}/repeat/", follow=True)
    assert "已经选满" in text(refused)


@pytest.mark.parametrize("name", list(PAPERS))
def test_every_paper_is_a_sample_filled_from_the_record(cast, name):
    election = plan(cast, planned_on=date(2026, 3, 20))
    facts = {"resume": "2001 年参加工作", "duty": "机修车间主任"}
    election.races.get(office="member").candidates.filter(person__name="候选0").update(**facts)
    confirmed(cast, election)

    said = words(cast.client("frank").get(f"/elections/election/{election.pk}/paper/{name}/"))

    assert "示例模板" in said
    assert {
        "request": "委员 2 名、主席 1 名" in said and "党委会纪要〔2026〕2号" in said,
        "permission": "安工〔2026〕5号" in said,
        "resumes": "候选0（委员、主席候选人）" in said
        and said.count("2001 年参加工作") == said.count("机修车间主任") == 1,
        "names": "2026-02-20 已声明" in said and "名单按姓名拼音为序" in said,
        "notice": "2026 年 3 月 2 日至2026 年 3 月 9 日" in said and "联系电话：（待填）" in said,
        "method": "达到应到会人数的三分之二以上" in said and "安工〔2026〕5号" in said,
        "ballots": "主席选票（应选 1 名）" in said and "候选2" in said,
        "counted": "录入人\n方兰、鲍博" in said and "有效票\n45" in said,
        "result": "应到会 50 人，实到会 45 人" in said and "当选" in said,
        "approval": "候选0" in said and "安工〔2026〕9号" in said,
    }[name]


def paper(cast, election, name, who="frank") -> str:
    return words(cast.client(who).get(f"/elections/election/{election.pk}/paper/{name}/"))


def test_the_rules_of_the_vote_cite_what_the_union_is_held_to(cast):
    election = plan(cast, chair_by="committee")
    StandardFactory(key="election_quorum", org=cast.city, value="4/5", document="选举工作细则")

    said = paper(cast, election, "method")

    assert (
        "达到应到会人数的五分之四以上，方可选举。由委员会选举的，应到会是当选的全体委员。" in said
    )
    assert "可以进行选举的到会比例\n五分之四\n《选举工作细则》\n本级规定" in said
    assert "候选人名单公示\n5 个工作日\n《工会基层组织选举工作条例》" in said
    assert "待核实" in said
    assert "委员\n2\n3\n1\n会员代表大会\n候选人名单" in said
    assert "主席\n1\n1\n0\n委员会选举\n当选的委员" in said
    assert "上级批复（（待填））" in said
    assert "自（待填）至（待填）" in said


def test_the_rules_of_a_primary_say_who_stood_in_it(cast):
    election = plan(cast, chair=False, mode="primary")

    assert "预选 （待填），正式 3\n（待填）" in paper(cast, election, "method")
    election.races.update(stood=4)
    assert "预选 4，正式 3\n2" in paper(cast, election, "method")


def test_the_tellers_sheet_tells_no_count_before_both_agree(cast):
    election = convened(cast, plan(cast))
    member = election.races.get(office=Office.MEMBER)
    assert "「委员」还差 2 个人录入计票。" in paper(cast, election, "counted")

    count(cast, member, [44, 33, 11], tellers=("frank",))
    count(cast, member, [44, 32, 11], tellers=("bob",))
    said = paper(cast, election, "counted")

    assert "「委员」两个人录入的不一致：候选1的得票。请重新计票。" in said
    assert not {"44", "33", "32", "方兰、鲍博"} & set(said.split("\n"))


def test_the_tellers_sheet_says_what_follows_for_each(cast):
    election = convened(cast, plan(cast, chair=False))
    count(cast, election.races.get(), [26, 36, 26])

    said = paper(cast, election, "counted")

    assert "候选1\n36\n当选\n候选0\n26\n票数相等，再次投票" in said
    assert "「委员」还有名额没有选出" in said
    assert "成文日期（待填）" in said


def test_what_came_of_a_meeting_is_offered_once_it_met(cast):
    election = plan(cast)
    page = text(cast.client("frank").get(f"/elections/election/{election.pk}/"))
    assert ("/paper/ballots/" in page, "/paper/counted/" in page) == (True, False)

    convened(cast, election)
    page = text(cast.client("frank").get(f"/elections/election/{election.pk}/"))
    assert "/paper/counted/" in page
    stranger = cast.client("mallory").get(f"/elections/election/{election.pk}/paper/counted/")
    assert stranger.status_code == 404


@pytest.mark.parametrize("name", ["request", "approval"])
def test_who_fills_a_vacancy_serves_out_the_term(cast, name):
    election = confirmed(cast, plan(cast, kind="by_election"))

    said = words(cast.client("frank").get(f"/elections/election/{election.pk}/paper/{name}/"))

    assert "到本届届满为止" in said
    assert "5 年" not in said


@pytest.mark.parametrize("name", ["names", "notice"])
def test_the_lists_before_the_meeting_hold_no_repeat(cast, name):
    race = convened(cast, plan(cast, chair=False)).races.get()
    count(cast, race, [40, 25, 10])
    cast.client("frank").post(f"/elections/race/{race.pk}/repeat/")

    page = cast.client("frank").get(f"/elections/election/{race.election_id}/paper/{name}/")

    assert "另行选举" not in words(page)


def test_a_paper_of_what_has_not_happened_leaves_it_blank(cast):
    election = ElectionFactory(org=cast.company)

    said = words(cast.client("frank").get(f"/elections/election/{election.pk}/paper/request/"))

    assert "成文日期（待填）" in said
    assert "选举项目和名额：（待填）" in said
    assert (
        cast.client("frank").get(f"/elections/election/{election.pk}/paper/none/").status_code
        == 404
    )
    assert (
        cast.client("dave").get(f"/elections/election/{election.pk}/paper/request/").status_code
        == 404
    )


def test_the_page_says_who_holds_it_and_what_agrees(cast):
    election = settled(cast, plan(cast))
    frank = cast.client("frank")
    frank.post(f"/elections/election/{election.pk}/do/report/", {"on": "2026-03-21"})

    page = text(frank.get(f"/elections/election/{election.pk}/"))

    assert "等「安澜市总工会」批复" in page
    assert "应到 50 人，实到 45 人" in page
    assert "公示 5 个工作日" in page


def test_the_whole_life_goes_by_the_buttons(cast):
    frank, carol = cast.client("frank"), cast.client("carol")
    election = plan(cast, chair=False)
    at = f"/elections/election/{election.pk}/do"
    frank.post(f"{at}/agree/", {"on": "2026-02-01"})
    frank.post(f"{at}/submit/", {"on": "2026-02-03"})
    assert "批复文号" in text(carol.get(f"{at}/permit/"))
    assert carol.post(f"{at}/permit/", {"on": "2026-02-10"}).status_code == 422
    carol.post(f"{at}/permit/", {"on": "2026-02-10", "paper": "安工〔2026〕5号"})
    frank.post(f"{at}/nominate/", {"on": "2026-03-01"})
    frank.post(f"{at}/publish/", {"notice_from": "2026-03-02", "notice_until": "2026-03-09"})
    assert "公示到 2026-03-09" in text(frank.get(f"{at}/convene/"))
    frank.post(f"{at}/convene/", {"on": "2026-03-20", "should_attend": 50, "present": 45})
    uncounted = text(frank.get(f"/elections/election/{election.pk}/"))
    assert ("还差 2 个人录入计票" in uncounted, f"{at}/settle/" in uncounted) == (True, False)
    count(cast, election.races.get(office=Office.MEMBER), [40, 35, 10])
    frank.post(f"{at}/settle/")
    frank.post(f"{at}/report/", {"on": "2026-03-21"})
    carol.post(f"{at}/confirm/", {"on": "2026-03-25", "paper": "安工〔2026〕9号"})
    frank.post(f"{at}/archive/", {"on": "2026-04-01"})

    election.refresh_from_db()
    assert election.state == "archived"
    assert "换届选举" in text(frank.get(f"/elections/term/{election.term_id}/"))
    listed = text(frank.get(f"/elections/election/?state=archived&org={cast.company.pk}"))
    assert str(election) in listed
    open_ones = text(frank.get(f"/elections/election/?state=open&org={cast.company.pk}"))
    assert str(election) not in open_ones
