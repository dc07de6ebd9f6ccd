"""What the reader suggests and never decides: owner, area, kind, what continues what."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .drafts import Draft
from .numerals import fold

_WHO = r"[\u4e00-\u9fffA-Za-z0-9、和及与“”()]{2,24}?"
_OWNERS = (
    re.compile(
        r"(?:责任(?:部门|单位|人)|负责人|牵头(?:部门|单位|人)?|主办(?:单位|部门)?|承办(?:单位|部门)?|责任领导|负责)\s?:\s?(?P<who>[^,。;:!?()\t\n]{2,30})"
    ),
    re.compile(
        rf"(?:^|[,。;:(、])\s?由(?P<who>{_WHO})(?:具体|全面|共同|统一|全权|总)?(?:负责|负总责|牵头|承办|主办|组织实施)"
    ),
    re.compile(rf"由(?P<who>{_WHO})(?:具体|全面|共同|统一|总)?(?:负责|负总责|牵头|承办|主办)"),
    re.compile(
        r"(?:^|[,。;:(])\s?(?P<who>[\u4e00-\u9fff、]{2,16}?)(?:牵头|负总责|总负责|具体负责|负责落实|负责组织|负责实施)"
    ),
    re.compile(r"\((?P<who>[\u4e00-\u9fff、]{2,16}?)(?:负责|牵头)\)"),
)
_NO_OWNER = re.compile(
    r".*(?:上级|谁|专人|各自|认真|切实|高度|分工|层层|逐级|行政负责|并|要|能|自我).*"
)

_AREA_WORDS: tuple[tuple[str, str], ...] = (
    ("竞赛", "竞赛|比武|练兵|大赛|安康杯|工人先锋号|建功立业|立功"),
    (
        "建议创新",
        "合理化建议|金点子|技术革新|技术创新|发明创造|五小|技协|创新工作室|创新成果|小改小革",
    ),
    ("评优", "评选|评优|表彰|劳模|劳动模范|先进|奖章|奖状|标兵|优秀|创先争优|评先"),
    (
        "关爱帮扶",
        "慰问|走访|困难职工|困难会员|困难教|送温暖|帮扶|助学|互助|送清凉|救助|关爱|体检|疗休养|疗养|女职工|女工|生日|医疗|探望|看望|济困",
    ),
    (
        "民主管理",
        "职代会|教代会|职工代表大会|民主管理|厂务公开|政务公开|校务公开|企务公开|班务公开|集体合同|平等协商|集体协商|工资协商|民主监督|提案|劳动争议|调解|维权|劳动法律|劳动保护",
    ),
    ("经费", "经费|经审|财务|预算|审计|会费|决算|收缴"),
    ("宣传", "宣传|信息工作|简报|通讯|板报|橱窗|网站|公众号|报道|博客|信息员|平台"),
    ("统计", "统计|调查研究|调研|报表|台账|摸底"),
    (
        "组织会员",
        "组建工会|建会|入会|会员发展|发展会员|换届|选举|组织建设|会员档案|工会小组|职工之家|建家|小家|基层组织|工会干部|招新|组织机构",
    ),
    ("学习创争", "学习型|创争|读书|学习|培训|知识型|书屋|讲座|教育|素质|书香|阅读"),
    (
        "活动",
        "运动会|比赛|文体|活动|联欢|晚会|文艺|健身|球|演讲|征文|摄影|节|郊游|趣味|(?<!行业)协会|联谊|演出|歌",
    ),
)
_AREAS = tuple((area, re.compile(words)) for area, words in _AREA_WORDS)

_STEPS = (
    "筹建",
    "筹备",
    "筹办",
    "筹划",
    "策划",
    "准备",
    "制定",
    "启动",
    "建立",
    "建成",
    "建设",
    "举办",
    "开展",
    "组织",
    "完善",
    "落实",
    "利用",
    "运用",
    "巩固",
    "总结",
    "公布",
)
_LEAD = re.compile(
    rf"(?P<more>继续|持续|进一步|深入)*(?P<step>{'|'.join(_STEPS)})?(?:好|实|所有|本|对)?(?P<rest>[^,。;:!?\n]*)"
)
_EARLY = ("筹建", "筹备", "筹办", "筹划", "策划", "准备", "启动", "制定", "建立")
_GOAL = re.compile(
    r"指导思想|总体(?:要求|思路|目标)|工作目标|目标任务|创建目标|主要目标|主要指标|工作指标|工作思路|基本原则|方针"
)
_VERBS = (
    "开展|举办|组织|召开|建立|完善|加强|做好|落实|推进|抓好|参与|参加|实施|慰问|培训|评选|表彰|制定|利用|继续|"
    "提高|深入|走访|看望|探望|发放|征集|收集|登记|更新|整理|启动|商定|签订|检查|报送|上报|安排|办理|指导|督促|公布"
)
_ACTS = re.compile(_VERBS)
_DOES = re.compile(
    rf"{_VERBS}|认真|配合|充分|严格|广泛|大力|积极|策划|筹|完成|健全|坚持|办好|搞好|发挥|畅通|要|将|拟|活动|"
    r"工作|通报|答复|比武|演练|竞赛"
)
# What a heading calls its items when none of them is to be done, and how a definition speaks.
_SAYINGS = re.compile(
    r"[^,。;:!?\n]{0,16}(?:理念|意义|重要性|必要性|原则|标准|条件|内涵|特点|愿景|口号)(?:[:。\n]|$)"
)
_FAULTS = re.compile(
    r"[^,。;:!?\n]{0,10}(?:存在|主要)的?(?:主要|突出|一些)?(?:问题|不足|差距|短板)[^,。;:!?\n]{0,6}(?:[:。\n]|$)"
)
_DEFINES = re.compile(
    r"是指|指的是|是[^,。;:!?]{2,40}(?:具体体现|必然要求|需要|基础|前提|保证|保障|核心|灵魂|第一要务)(?:[,。;]|$)"
    r"|自(?:印发|发布|公布)之日起(?:施行|执行|实施)|负责解释|由[^,。;]{2,14}解释"
)


def owner_of(draft: Draft, text: str) -> tuple[str, int, int] | None:
    """The owner the words name and where; a column's owner stands outside the text."""
    if draft.columns.get("owner"):
        return draft.columns["owner"], 0, 0
    folded = fold(text)
    for pattern in _OWNERS:
        match = pattern.search(folded)
        if match and not _NO_OWNER.fullmatch(match["who"]):
            return text[match.start("who") : match.end("who")].strip(), *match.span("who")
    return None


def area_of(text: str) -> str | None:
    """The area whose words come first and most; None where nothing speaks for one."""
    head = fold(text)[:160]
    best: tuple[float, str] | None = None
    for order, (area, pattern) in enumerate(_AREAS):
        hits = [m.start() for m in pattern.finditer(head)]
        if not hits:
            continue
        weight = sum(3.0 if at < 24 else 1.0 for at in hits[:4]) - order * 0.01
        weight *= 0.55 if area in ("活动", "学习创争") else 1.0
        if best is None or weight > best[0]:
            best = (weight, area)
    return best[1] if best else None


def kind_of(draft: Draft, text: str, *, is_timed: bool, is_counted: bool) -> str:
    """section, goal, measure, task or note, from the place in the tree and the words.

    A numbered line of a plan is meant to be done unless it clearly is a saying; a paragraph
    without a number only where it states a time, a figure or what is done.
    """
    if draft.role in ("intro", "closing", "look", "signature") or _tells_no_work(draft):
        return "note"
    if draft.children:
        return "measure" if _says_much(text) and draft.parent is not None else "section"
    if draft.looks_back:
        return "note"
    if not is_timed and any(_GOAL.search(fold(above.text)[:24]) for above in draft.line):
        return "goal"
    if is_timed or is_counted or draft.columns or _ACTS.match(fold(text)):
        return "task"
    if _is_saying(draft):
        return "note"
    return "task" if draft.marker or _DOES.search(fold(text)[:120]) else "note"


def _tells_no_work(draft: Draft) -> bool:
    """An enclosure, or a fault that is looked back on: they lie below 附件: and 存在的不足."""
    return draft.children == 0 and any(
        above.encloses or _FAULTS.match(fold(above.text)) for above in draft.line[1:]
    )


def _is_saying(draft: Draft) -> bool:
    """A definition, or an item below a heading of them: 创建理念, 建家标准."""
    own = _DEFINES.search(fold(draft.text)[:80])
    return bool(own) or any(_SAYINGS.match(fold(above.text)) for above in draft.line)


def _says_much(text: str) -> bool:
    return len(text) > 60


def continuations(texts: Sequence[str]) -> list[int | None]:
    """For each text the index of the earlier one it continues (筹建 → 建立 → 利用, 继续 …)."""
    found: list[int | None] = []
    subjects = [_subject(t) for t in texts]
    for index, (continues, step, subject) in enumerate(subjects):
        found.append(None)
        if len(subject) < 4 or not (continues or step):
            continue
        for earlier in range(index - 1, -1, -1):
            _, before, other = subjects[earlier]
            if _is_same(subject, other) and (continues or before in _EARLY or before == step):
                found[index] = earlier
                break
    return found


def _subject(text: str) -> tuple[bool, str, str]:
    match = _LEAD.match(fold(text).strip())
    if not match:
        return False, "", ""
    return bool(match["more"]), match["step"] or "", match["rest"].strip()[:40]


def _is_same(subject: str, other: str) -> bool:
    """One subject is the other's beginning, or they share a long common run of words."""
    if len(other) < 4:
        return False
    short, long = sorted((subject, other), key=len)
    if long.startswith(short[: max(4, len(short) - 4)]):
        return True
    same = 0
    while same < len(short) and short[same] == long[same]:
        same += 1
    return same >= 6
