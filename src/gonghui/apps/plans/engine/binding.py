"""Which figure of the records a promise may mean, by its words: a table, not a judgement.

The officer confirms; a promise no line fits is written down month by month instead.
"""

from __future__ import annotations

import re

from .figures import targets
from .reading import Target

CUTS = "，,；;。：:"
TELLING = 9  # signs: a shorter clause such as 年内新建6家 says what only with the one before it

# Units of a plan's text that mean the unit of an indicator.
SAME_UNITS: dict[str, tuple[str, ...]] = {
    "人": ("人", "名", "位"),
    "次": ("次", "场", "场次", "堂", "讲", "期"),
    "期": ("期", "次", "个", "班"),
    "%": ("%", "％"),
    "个": ("个", "家"),
    "家": ("家", "个"),
    "本": ("本", "册"),
    "项": ("项", "个", "件"),
    "件": ("件", "个", "项"),
    "对": ("对",),
    "学时": ("学时", "课时"),
    "学时/人": ("学时", "课时"),
    "本/人": ("本", "册"),
    "条": ("条", "篇", "则", "幅"),
    "份": ("份", "张"),
    "篇": ("篇", "份"),
}

# What everybody shall have is no sum of all, and no average says it of each.
EACH = re.compile(r"每人|人人|人手|每[名位]|每个(人|职工|会员|干部|员工|教职?工)")
MEAN = re.compile(r"人均|平均每")

# Words of the item → the indicator; the first line whose words and unit fit is suggested.
SUGGESTED: tuple[tuple[str, str], ...] = (
    (r"参训率|培训面|培训率|培训覆盖", "site.training_share"),
    (r"培训.{0,6}合格率|结业率", "training.pass_rate"),
    (r"再就业率", "training.employed_rate"),
    (r"班组.{0,12}(参加|参与|创建|开展)|(参加|参与|创建).{0,12}班组", "teams.share"),
    # Of women or migrants alone there is no rate, and that of all would mislead.
    (r"(?<!女职工)(?<!农民工)(?<!派遣工)(?:入会率|组织率)", "membership.rate"),
    (r"(评家|职工之家|建家).{0,8}满意[率度]", "evaluation.home_share"),
    (r"(会员|职工).{0,12}满意[率度]", "evaluation.content_share"),
    (r"女职工.{0,6}(比例|占比)|女会员.{0,4}(比例|占比)", "membership.women_share"),
    (r"法人资格", "organisation.legal_share"),
    (r"(活动|会员|职工).{0,6}(参与率|参加率|参加面|参与面|参与度)", "participation.share"),
    (r"任务.{0,4}完成率", "plans.done_share"),
    (r"按期完成率|按时完成率", "plans.in_time_share"),
    (r"待遇.{0,4}落实", "cadres.entitlements_share"),
    (r"简报", "communication.briefs"),
    (r"经验材料|典型经验|经验(文章|交流材料)", "communication.experiences"),
    (
        r"(报送|上报|编发|采写|刊发|发布|宣传).{0,6}信息|信息.{0,6}(报送|采用)|稿件",
        "communication.news",
    ),
    (r"宣传单|宣传页|传单|宣传资料|宣传材料", "communication.leaflets"),
    (r"横幅|条幅|标语", "communication.banners"),
    (r"模范职工之家", "titles.model_homes"),
    (r"合格职工之家", "titles.homes"),
    (r"学习型班组", "titles.learning_teams"),
    (r"学习型(组织|单位|企业|机关|工会|学校)", "titles.learning"),
    (r"知识型职工", "titles.learners"),
    (r"(评选|推荐|选树|表彰|命名).{0,8}(劳动模范|劳模)", "honours.model_granted"),
    (r"脱困", "care.overcome"),
    (r"发展会员|新增会员|新发展.{0,4}会员|吸收.{0,4}(会员|入会)", "membership.joined"),
    (r"农民工.{0,6}(会员|入会)", "membership.migrants"),
    (r"新就业形态", "membership.gig"),
    (r"会员", "membership.members"),
    (r"新建.{0,6}(工会|分会)|组建.{0,6}工会|工会.{0,4}组建|建会", "organisation.founded"),
    (r"志愿服务.{0,10}(小时|时长)|服务时长", "volunteering.hours"),
    (r"志愿者", "volunteering.people"),
    (r"志愿服务", "volunteering.held"),
    (r"培训班|(举办|开办|组织).{0,10}培训", "training.courses"),
    (r"培训", "training.people"),
    (r"培训|轮训", "training.times"),
    (r"学时|课时", "site.hours_each"),
    (r"读书|阅读|读.{0,3}本", "site.books_each"),
    (r"学时|课时", "site.hours"),
    (r"心得|体会", "archive.reflections"),
    (r"笔记", "archive.notes"),
    (r"读书活动|读书会", "activities.study"),
    (r"读书|读.{0,3}本", "archive.books"),
    (r"藏书|图书", "reading.books"),
    (r"书屋", "reading.rooms"),
    (r"拜师|师徒|师带徒|结对", "mentoring.pairs"),
    (r"班前|班后", "teams.studies"),
    (r"改善课题|课题", "teams.released"),
    (r"座谈", "activities.forums"),
    (r"走访|慰问", "activities.visits"),
    (r"比赛|竞赛|比武|运动会", "activities.contests"),
    (r"文体|文艺|联欢|健身", "activities.culture"),
    (r"讲座|学习", "activities.study"),
    (r"协会", "activities.associations"),
    (r"会议|例会|全委会", "activities.meetings"),
    (r"参加.{0,10}人次|参与.{0,10}人次", "participation.times"),
    (r"活动", "activities.held"),
)


def fits(unit: str, counted: str) -> bool:
    """Whether a promise in one unit can be measured in another's."""
    return unit in SAME_UNITS.get(counted, (counted,))


def suggested(text: str, unit: str, countable: dict[str, str]) -> str:
    """The code of the indicator the words mean; empty where no line of the table fits.

    A mean is measured by a mean alone, and what each shall have by none.
    """
    if EACH.search(text):
        return ""
    is_mean = MEAN.search(text) is not None
    for words, code in SUGGESTED:
        counted = countable.get(code)
        if counted is None or counted.endswith("/人") is not is_mean:
            continue
        if fits(unit, counted) and re.search(words, text):
            return code
    return ""


def clause(text: str, op: str, value: float, unit: str) -> str:
    """The clause a figure stands in, with the one before it where it stands alone; else it all."""
    for found in targets(text, planned=True):
        if _is_same(found, op, value, unit):
            start = max(text.rfind(sign, 0, found.start) for sign in CUTS)
            ends = [at for sign in CUTS if (at := text.find(sign, found.end)) >= 0]
            own = text[start + 1 : min(ends, default=len(text))]
            if len(own) >= TELLING or start < 0:
                return own
            return text[max(text.rfind(sign, 0, start) for sign in CUTS) + 1 : found.end]
    return text


def written(text: str, op: str, value: float, unit: str) -> str:
    """The promise exactly as the text words it, such as 不少于22期; empty where it is not found."""
    for found in targets(text, planned=True):
        if _is_same(found, op, value, unit):
            return text[found.start : found.end].strip()
    return ""


def _is_same(found: Target, op: str, value: float, unit: str) -> bool:
    return found.op == op and float(found.value) == value and (found.unit or "") == unit
