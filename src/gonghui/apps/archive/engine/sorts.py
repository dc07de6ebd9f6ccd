"""The sorts of piece in an archive: what each asks, what it earns, who confirms it."""

from __future__ import annotations

from dataclasses import dataclass, field

# What a person may be asked beside title and day; a sort names those it wants.
ASKED = ("isbn", "author", "grade", "outside", "since", "amount", "text")


@dataclass(frozen=True)
class Sort:
    """A sort of piece; ``credit`` and ``role`` say what it earns, ``labels`` what its fields mean.

    ``confirmed``: it counts once the union has confirmed it; otherwise it counts when written.
    ``proof``: it cannot be handed in without a paper or a photo.
    """

    code: str
    label: str
    credit: str
    asks: tuple[str, ...]
    labels: dict[str, str] = field(default_factory=dict)
    needs: tuple[str, ...] = ()
    confirmed: bool = False
    proof: bool = False
    role: str = "own"
    private: bool = False  # what is thought over at home is shown to nobody unless its writer says
    verb: str = "记一笔"

    def asked_as(self, name: str, otherwise: str) -> str:
        return self.labels.get(name, otherwise)


SORTS: dict[str, Sort] = {
    sort.code: sort
    for sort in (
        Sort(
            "book", "读书", "book", ("isbn", "author", "text"),
            {"title": "书名", "on": "读完日期", "text": "读后一句"}, verb="记一本书",
        ),
        Sort(
            "reflection", "学习心得", "reflection", ("text",),
            {"title": "题目", "on": "日期", "text": "正文"}, needs=("text",), private=True,
            verb="写心得",
        ),
        Sort(
            "note", "学习笔记", "note", ("text",),
            {"title": "题目", "on": "日期", "text": "正文"}, private=True, verb="记笔记",
        ),
        Sort(
            "periodical", "报刊阅读", "periodical", ("amount", "text"),
            {"title": "报刊名称", "on": "日期", "amount": "次数", "text": "读到什么"},
            verb="记报刊阅读",
        ),
        Sort(
            "course", "参加培训", "course", ("author", "outside", "since", "amount", "text"),
            {"title": "课程", "author": "主办单位", "since": "开始日期", "on": "结束日期",
             "amount": "学时", "text": "内容"},
            needs=("author", "amount"), confirmed=True, proof=True, role="attended",
            verb="报培训学时",
        ),
        Sort(
            "teaching", "授课", "course", ("author", "amount", "text"),
            {"title": "讲题", "author": "讲给谁", "on": "授课日期", "amount": "学时",
             "text": "内容"},
            needs=("author", "amount"), confirmed=True, role="taught", verb="报授课",
        ),
        Sort(
            "paper", "论文与成果", "paper", ("author", "grade", "text"),
            {"title": "题目", "author": "发表或出版处", "grade": "级别", "on": "发表日期",
             "text": "内容提要"},
            needs=("author",), confirmed=True, proof=True, verb="报论文与成果",
        ),
        Sort(
            "degree", "学历进修", "degree", ("author", "grade", "since"),
            {"title": "专业", "author": "院校", "grade": "学历层次", "since": "入学日期",
             "on": "毕业日期"},
            needs=("author", "grade"), confirmed=True, proof=True, verb="报学历进修",
        ),
        Sort(
            "certificate", "证书与技能等级", "certificate", ("author", "grade"),
            {"title": "证书名称", "author": "发证单位", "grade": "等级", "on": "发证日期"},
            needs=("author",), confirmed=True, proof=True, verb="报证书",
        ),
        Sort(
            "contest", "竞赛成绩", "contest", ("author", "grade"),
            {"title": "竞赛名称", "author": "主办单位", "grade": "名次或成绩", "on": "比赛日期"},
            needs=("grade",), confirmed=True, proof=True, verb="报竞赛成绩",
        ),
        Sort(
            "improvement", "改进创新", "improvement", ("text",),
            {"title": "改进项目", "on": "完成日期", "text": "改了什么，前后怎样"},
            needs=("text",), confirmed=True, proof=True, verb="报改进创新",
        ),
        Sort(
            "skill", "绝技绝活", "skill", ("text",),
            {"title": "名称", "on": "日期", "text": "绝在哪里"},
            needs=("text",), confirmed=True, proof=True, verb="报绝技绝活",
        ),
        Sort(
            "award", "荣誉", "award", ("author", "grade"),
            {"title": "荣誉名称", "author": "授予单位", "grade": "级别", "on": "授予日期"},
            needs=("author",), confirmed=True, proof=True, verb="报荣誉",
        ),
    )
}  # fmt: skip

AT_ONCE = tuple(sort.code for sort in SORTS.values() if not sort.confirmed)
CONFIRMED = tuple(sort.code for sort in SORTS.values() if sort.confirmed)
CHOICES = [(sort.code, sort.label) for sort in SORTS.values()]
