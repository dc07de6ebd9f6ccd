"""Opens bookrooms in the demo city, with a catalogue, loans, a turn for a book and a circle."""

from __future__ import annotations

from datetime import timedelta

from gonghui.apps.reading import api
from gonghui.core.people.models import Person

from .lives import Lives

# ISBN where we are sure of it | title | author | publisher | year | subject | copies
BOOKS = (
    ("9787020002207", "红楼梦", "曹雪芹", "人民文学出版社", "文学", 3),
    ("9787020024759", "围城", "钱锺书", "人民文学出版社", "文学", 2),
    ("9787536692930", "三体", "刘慈欣", "重庆出版社", "文学", 2),
    ("9787506365437", "活着", "余华", "作家出版社", "文学", 3),
    ("", "平凡的世界", "路遥", "", "文学", 2),
    ("", "第五项修炼", "彼得·圣吉", "", "管理", 4),
    ("", "钢铁是怎样炼成的", "奥斯特洛夫斯基", "", "文学", 2),
    ("", "机械制图", "", "", "技术", 5),
    ("", "数控车工实用手册", "", "", "技术", 4),
    ("", "焊工一本通", "", "", "技术", 3),
    ("", "质量管理小组活动指南", "", "", "管理", 2),
    ("", "劳动法律知识问答", "", "", "法律", 3),
    ("", "中国通史", "", "", "历史", 1),
    ("", "家庭急救常识", "", "", "生活", 2),
    ("", "孩子，你慢慢来", "龙应台", "", "生活", 1),
)


def open_bookrooms(lives: Lives) -> None:
    """The machinery company's bookroom with a life of its own, and a station at the school."""
    org, by = lives.seed.orgs["machinery"], lives.able("learning.write", "machinery")
    room = api.open_room(
        org, by=by, name="机械公司职工书屋", place="办公楼一层",
        hours="工作日 11:30–13:30、17:00–20:00",
        keeper=lives.seed.account_person("officer"), area=86, seats=30, periodicals=24,
        terminals=2, open_days=250, open_hours=27, has_rules=True, level="city",
    )  # fmt: skip
    since = lives.today - timedelta(days=400)
    books = {}
    for isbn, title, author, publisher, subject, copies in BOOKS:
        facts = {"isbn": isbn, "author": author, "publisher": publisher, "subject": subject}
        books[title] = api.add_book(room, by=by, copies=copies, on=since, title=title, **facts)
    _lend(lives, books)
    _station(lives)


def _lend(lives: Lives, books: dict[str, api.Book]) -> None:
    """What the member has and had, what the team has, and one book for which somebody waits."""
    keeper = lives.actor(lives.seed.account_person("officer"))
    member = lives.seed.account_person("member")
    team = list(Person.objects.active().filter(org=member.org).exclude(pk=member.pk)[:6])

    def borrow(title: str, reader: Person, days: int) -> api.Loan:
        day = lives.today - timedelta(days=days)
        return api.lend(api.any_copy(books[title], reader), reader, by=keeper, day=day)

    for title, days, back in (("活着", 80, 60), ("质量管理小组活动指南", 50, 30), ("围城", 28, 3)):
        loan = borrow(title, member, days)
        loan = api.give_back(loan, by=keeper, day=lives.today - timedelta(days=back))
        if title == "活着":
            api.finish_reading(loan, by=lives.actor(member), day=loan.returned_on or lives.today)
    borrow("第五项修炼", member, 27)
    for at, reader in enumerate(team):
        title = ("数控车工实用手册", "三体", "焊工一本通", "红楼梦", "中国通史", "机械制图")[at]
        borrow(title, reader, 40 - at * 5)
    api.reserve(books["中国通史"], member, by=lives.actor(member))


def _station(lives: Lives) -> None:
    """What nobody has counted at the school stays empty."""
    org, by = lives.seed.orgs["school"], lives.able("learning.write", "school")
    room = api.open_room(
        org,
        by=by,
        name="教工阅览室",
        kind="station",
        place="图书馆二层",
        hours="周一至周五 8:00–17:30",
    )
    for title, author, subject in (
        ("给教师的建议", "苏霍姆林斯基", "教育"),
        ("陶行知教育文集", "陶行知", "教育"),
        ("静悄悄的革命", "佐藤学", "教育"),
    ):
        facts = {"title": title, "author": author, "subject": subject}
        api.add_book(room, by=by, copies=3, on=lives.today - timedelta(days=200), **facts)
    circle = api.keep_circle(
        org, by=by, title="青年教师读书会", books="给教师的建议", bookroom=room,
        since=lives.today - timedelta(days=60), words="每月读一章，轮流领读，读后写一篇心得。",
    )  # fmt: skip
    api.plan_meeting(circle, by=by)
