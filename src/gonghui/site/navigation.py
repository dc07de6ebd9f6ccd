"""The officer's own words on the left and the member's tabs below; only what one may use."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from gonghui.core.access.actor import Actor
from gonghui.kit.addresses import address


@dataclass(frozen=True)
class Entry:
    """One word of the menu; shown to whoever holds one of the capabilities, or to all if none."""

    label: str
    name: str  # of the address
    capabilities: tuple[str, ...] = ()
    count: str = ""  # which of the counts stands behind it
    icon: str = ""


PLANS = ("plans.view", "plans.write", "plans.review")
EVALUATES = ("evaluation.view", "evaluation.write", "evaluation.apply")
ISSUES = ("communication.view", "communication.write")
FILES = ("statistics.view", "statistics.write", "statistics.review")

ALWAYS_OPEN = ("", "计划")  # what one comes for each day

DESK: tuple[tuple[str, tuple[Entry, ...]], ...] = (
    (
        "",
        (
            Entry("工作台", "home"),
            Entry("要留意", "watch:finding-list", ("watch.view",)),
            # Who works from the desk learns and takes part too, and has no portal's tabs.
            Entry("我的学习", "study"),
            Entry("我的活动", "signing:portal-list"),
        ),
    ),
    (
        "计划",
        (
            Entry("工作计划", "plans:plan-list", PLANS),
            Entry("我的任务", "plans:my-tasks", count="tasks"),
            Entry("逾期", "plans:overdue", PLANS),
            Entry("上级下达", "plans:directive-list", PLANS, "directives"),
            Entry("日历", "plans:calendar", PLANS),
        ),
    ),
    (
        "学习创争",
        (
            Entry("创争一览", "movement", ("learning.view",)),
            Entry("学习制度", "learning:studyrule-list", ("learning.view", "learning.write")),
            Entry("谁还差", "learning:standing", ("learning.view",)),
            Entry("愿景与目标", "goals:goal-list", ("learning.view", "learning.write")),
            Entry("目标对齐", "goals:alignment", ("learning.view",)),
            Entry("成长计划", "goals:growthplan-list", ("learning.view", "learning.write")),
            Entry("学习档案", "archive:piece-list", ("learning.view", "learning.write")),
            Entry("共享园地", "archive:space", ("learning.view", "learning.write")),
            Entry("请假登记", "learning:leave-list", ("learning.write",)),
            Entry("学期学年", "learning:season-list", ("learning.view", "learning.write")),
            Entry("数字提法", "learning:slogan-list", ("learning.view", "learning.write")),
        ),
    ),
    (
        "学习型班组",
        (
            Entry("学习型班组", "teams:boards", ("learning.view", "learning.write")),
            Entry("推进情况", "teams:rollout", ("learning.view",)),
            Entry("参加登记", "teams:enlistment-list", ("learning.write",)),
            Entry("班组学习计划", "teams:studyplan-list", ("learning.view", "learning.write")),
            Entry("改善课题", "teams:topic-list", ("learning.view", "learning.write")),
            Entry("四个机制", "teams:evidence-list", ("learning.view", "learning.write")),
            Entry("班组教员", "teams:instructor-list", ("learning.view", "learning.write")),
            Entry("激励", "teams:incentive-list", ("learning.view", "learning.write")),
        ),
    ),
    (
        "培训",
        (
            Entry("培训计划", "training:plan", ("learning.view", "learning.write")),
            Entry("培训需求", "training:demand-list", ("learning.view", "learning.write")),
            Entry("培训项目", "training:programme-list", ("learning.view", "learning.write")),
            Entry("培训班", "training:course-list", ("learning.view", "learning.write")),
            Entry("题库", "training:exercise-list", ("learning.write",)),
            Entry("测验竞赛", "training:quiz-list", ("learning.view", "learning.write")),
        ),
    ),
    (
        "师带徒与书屋",
        (
            Entry("师带徒", "mentoring:pair-list", ("learning.view", "learning.write")),
            Entry("分层培养", "mentoring:ladder-list", ("learning.view", "learning.write")),
            Entry("学历目标", "mentoring:degreetarget-list", ("learning.view", "learning.write")),
            Entry("外出学习", "mentoring:offer-list", ("learning.view", "learning.write")),
            Entry("四型职工", "mentoring:recognition-list", ("learning.view", "learning.write")),
            Entry("职工书屋", "reading:bookroom-list", ("learning.view", "learning.write")),
            Entry("借阅", "reading:loan-list", ("learning.write",)),
            Entry("读书会", "reading:circle-list", ("learning.view", "learning.write")),
        ),
    ),
    (
        "活动",
        (
            Entry("活动", "activities:activity-list", ("activities.view", "activities.write")),
            Entry("活动日历", "agenda:calendar", ("activities.view", "activities.write")),
            Entry("系列活动", "activities:series-list", ("activities.view", "activities.write")),
            Entry("参加情况", "participation:shares", ("activities.view",)),
            Entry("学时记录", "records:credit-list", ("activities.view", "activities.write")),
            Entry("场地设备", "activities:resource-list", ("activities.write",)),
            Entry("服务需求", "volunteering:need-list", ("activities.write",)),
            Entry("合作单位", "volunteering:partner-list", ("activities.write",)),
            Entry("志愿者", "volunteering:roll", ("activities.write",)),
        ),
    ),
    (
        "工会",
        (
            Entry("组织", "organisation:tree", ("organisation.view",)),
            Entry("任职", "organisation:post-list", ("people.view",)),
            Entry("未建会单位", "organisation:prospect-list", ("organisation.view",)),
            Entry("协会评估", "organisation:associationreview-list", ("organisation.view",)),
            Entry("对外联系", "organisation:contact-list", ("organisation.view",)),
        ),
    ),
    (
        "会员",
        (
            Entry("人员", "membership:person-list", ("people.view",)),
            Entry("入会申请", "membership:application-list", ("people.view",)),
            Entry("会籍转接", "membership:transfer-list", ("people.view",)),
            Entry("会员统计", "membership:counts", ("people.view",)),
            Entry("生日", "membership:birthdays", ("people.view",)),
            Entry("荣誉", "honours:honour-list", ("people.view",)),
            Entry("困难职工", "care:hardship-list", ("care.view",)),
            Entry("解除合同通知", "care:dismissal-list", ("people.view",)),
            Entry("更正申请", "membership:correction-list", ("people.write",)),
            Entry("重复人员", "membership:duplicates", ("people.write",)),
            Entry("查看记录", "membership:reveal-list", ("people.audit",)),
        ),
    ),
    (
        "换届",
        (
            Entry("届次", "elections:term-list", ("elections.view",)),
            Entry("换届选举", "elections:election-list", ("elections.view",)),
            Entry("主席离任", "elections:departure-list", ("elections.view",)),
            Entry("新任主席", "elections:chairduty-list", ("elections.view",)),
        ),
    ),
    (
        "制度与干部",
        (
            Entry("规章制度", "cadres:regulation-list", ("organisation.view",)),
            Entry("干部待遇", "cadres:entitlement-list", ("cadres.view",)),
            Entry("能力评定", "cadres:rating-list", ("cadres.view",)),
            Entry("占用工作时间", "cadres:officetime-list", ("cadres.view",)),
            Entry("干部三个一", "cadres:three-ones", ("cadres.view",)),
        ),
    ),
    (
        "评优",
        (
            Entry("评估轮次", "evaluation:round-list", EVALUATES),
            Entry("参评对象", "evaluation:contender-list", EVALUATES),
            Entry("称号", "titles:title-list", EVALUATES),
            Entry("公示异议", "evaluation:objection-list", ("evaluation.write",)),
            Entry("评估方案", "evaluation:scheme-list", EVALUATES),
        ),
    ),
    (
        "宣传",
        (
            Entry("工会简报", "communication:issued"),
            Entry("简报信息", "communication:publication-list", ISSUES),
        ),
    ),
    (
        "统计",
        (
            Entry("指标", "indicators:page", ("indicators.view",)),
            Entry("报告", "reports:report", ("indicators.view",)),
            Entry("单位比较", "reports:compare", ("indicators.view",)),
            Entry("核对数字", "reports:check", ("indicators.view",)),
            Entry("大屏", "reports:wall", ("indicators.view",)),
            Entry("报表填报", "statistics:filing-list", FILES),
            Entry("报表下发", "statistics:collection-list", FILES),
            Entry("报表表式", "statistics:form-list", FILES),
        ),
    ),
    (
        "设置",
        (
            Entry("授权", "backoffice:grant-list", ("access.grant",)),
            Entry("角色", "backoffice:role-list", ("access.grant", "access.shape")),
            Entry("标准", "backoffice:standards", ("organisation.view", "regulations.set")),
            Entry("历史", "backoffice:entry-list", ("history.view",)),
            Entry("后台任务", "jobs:job-list"),
        ),
    ),
)

MEMBER = (
    Entry("首页", "home", count="tasks", icon="home"),
    Entry("学习", "study", icon="book"),
    Entry("活动", "signing:portal-list", icon="calendar"),
    Entry("通知", "inbox:list", icon="bell"),
    Entry("我的", "usersessions_list", icon="user"),
)


@dataclass(frozen=True)
class Shown:
    """An entry as it is drawn."""

    label: str
    url: str
    icon: str
    count: int
    current: bool


@dataclass(frozen=True)
class Group:
    """Words of the menu under one heading; opened by itself where one of them is where one is."""

    label: str
    entries: list[Shown]
    is_open: bool = True

    @property
    def count(self) -> int:
        """What waits behind the words of a closed group."""
        return sum(entry.count for entry in self.entries)


def is_officer(actor: Actor) -> bool:
    """Whoever holds any capability works from the desk; a member has the portal."""
    return bool(actor.spans)


def navigation(actor: Actor, path: str, counts: Mapping[str, int]) -> list[Group]:
    """The menu on the left, as far as the actor may use it."""
    if not is_officer(actor):
        return [Group("", tabs(path, counts))]
    open_to = [(label, [e for e in entries if _may(actor, e)]) for label, entries in DESK]
    here = _current([e for _, entries in open_to for e in entries], path)
    groups = [
        Group(label, shown, label in ALWAYS_OPEN or any(one.current for one in shown))
        for label, entries in open_to
        if (shown := [_shown(e, here, counts) for e in entries])
    ]
    return groups


def tabs(path: str, counts: Mapping[str, int]) -> list[Shown]:
    """The member's bottom bar."""
    here = _current(MEMBER, path)
    return [_shown(entry, here, counts) for entry in MEMBER]


def _may(actor: Actor, entry: Entry) -> bool:
    return not entry.capabilities or any(actor.can(name) for name in entry.capabilities)


def _shown(entry: Entry, here: str, counts: Mapping[str, int]) -> Shown:
    count = counts.get(entry.count, 0)
    return Shown(entry.label, address(entry.name), entry.icon, count, entry.name == here)


def _current(entries: Iterable[Entry], path: str) -> str:
    """The entry below whose address the page lies, the longest winning; home only itself."""
    found = [(url, e.name) for e in entries if path.startswith(url := address(e.name))]
    return max(((url, name) for url, name in found if url != "/" or path == "/"), default=("", ""))[
        1
    ]
