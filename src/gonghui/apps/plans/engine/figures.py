"""Targets a text sets, with comparison and unit, and the places where a figure was scrubbed."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from .numerals import CHINESE, number_of
from .reading import Target

_CN = f"[{CHINESE}]+"
_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|" + _CN
_UNIT = (
    "个百分点|人次|户次|场次|课时|学时|小时|分钟|平方米|公里|"
    "%|‰|成(?![立员绩果为本都家就效品交功新])|人|名|位|户|家|个|件|册|本|篇|场|次|期|项|条|份|台|套|元|支|批|对|门|幅|封|首|部|种|所|处|间|"
    "座|辆|吨|例|起|分|天|块|面|张|则|只|届|对|组|类|堂|节|讲|轮|面|面锦旗|盏|棵|株|斤|公斤|桶|床|箱|枚|盒"
)
_LESS = "≤|<=|不超过|不多于|不高于|不得超过|至多|最多|控制在|压缩到|降至|降到"
_BELOW = "低于|少于|小于|<"
_MORE = ">|超过|超出|突破|高于|大于|多于|逾|超"
_AT_LEAST = "≥|>=|不少于|不低于|不得少于|不得低于|至少|不小于|不下于|最少|不下"
_REACH = (
    "达到|达|实现|提高到|提升到|提升至|提高至|增加到|增至|增长到|升至|扩大到|保持在|稳定在|力争|确保|"
    "保证|完成"
)
_ABOUT = "大约|约|近|将近|接近|左右"
_FIGURE = re.compile(
    rf"(?P<pre>{_AT_LEAST}|{_LESS}|{_BELOW}|{_MORE}|{_REACH}|{_ABOUT})?(?:了|到|为|在|约)?\s?"
    rf"(?:百分之(?P<cnp>{_CN}|\d+(?:\.\d+)?)"
    rf"|(?P<n>{_NUMBER})\s?(?P<m1>[余多来])?(?P<big>[万亿]|千万|百万)?(?P<m2>[余多来])?"
    rf"(?:\s?(?:-{{1,2}}|~|至|到)\s?(?P<n2>\d+(?:\.\d+)?|{_CN})(?P<big2>万)?(?=\s?(?:{_UNIT})))?"
    rf"\s?(?P<unit>(?:{_UNIT}))?)"
    rf"(?P<post>\(?(?:及|\(含\)|含)?以上|以内|之内|以下|左右|上下)?"
)
_BIG = {"万": 10**4, "亿": 10**8, "千万": 10**7, "百万": 10**6}
_POST = {"以上": ">=", "以内": "<=", "之内": "<=", "以下": "<=", "左右": "~", "上下": "~"}
# Units that qualify people or measure time: 三年以上的教师, 省级以上, 40岁以下 set no target.
_QUALIFIES = re.compile(
    r"\s?(?:年|岁|级|届|周年|个月|月|日|周|号|点|时|楼|层|度|星|线|代|世纪|以来|大|把手)"
)
_SIZED = re.compile(r"(?:的)?(?:企业|单位|非公|规模|班组|车间|公司|工会)")  # 百人以上企业
_DO = (
    "举办|开展|组织|召开|培训|慰问|发展|新建|建立|建成|建设|创建|评选|评出|表彰|培育|培养|选树|选拔|资助|救助|走访|"
    "全年|年内|宣讲|更新|编排|拍摄|制作|授课|完成|征集|撰写|发表|出版|编印|编发|制作|帮扶|打造|投入|筹集|募集|安排|吸收|新增|配备|购置|购买|发放|报送|推荐|"
    "命名|拍摄|刊发|上报|签订|创造|创效|创收|节支|降耗|提出?|成立|组建|增至|其中|产值|效益|节约|捐助|结对|联系|覆盖|入会率?|率|额|量|比例|面|参与|参加|参训|疗休养|休养|体检|印发|推出|设立|增加|招募|招收|不少|达标|学习|悬挂|张贴"
)
_DOES = re.compile(rf"(?:{_DO})[^,。;:!?]{{0,20}}$")
_COUNTED = re.compile(
    "人次|户次|场次|人|名|户|元|场|次|期|篇|册|件|家|份|条|小时|学时|课时|本|支|对|例|批"
)
_HARMS = ("起", "件", "例", "次", "人", "人次")  # 重伤事故 0 起
# 表彰先进集体10个，先进个人20名；办班2期，共120人次: what a figure hands on to the next.
_GOES_ON = re.compile(
    r"[,、]?(?:和|及|以及|共|共计|合计|约)?(?!其中|每|第|为期|历时|用时|时间|前|后)[\u4e00-\u9fff]{0,10}"
)
_CLAUSE_END = re.compile(r"[,、。;]|和|及|以及|$")
_SLOGAN = re.compile(r"[“\"‘]")
_EARLIER = re.compile(rf"({_AT_LEAST}|{_LESS})[^\d,。;:!?]{{1,8}}$")
_PAST = re.compile(
    r"了(?!解|然|望)|已(?:经)?(?!知)|曾|(?<![较比与同])(?:去年|上年|上一年|往年)|近[几两三二四五]年|[一几多两]年来|以来|截至|目前|现有|"
    r"据统计|(?<!全年)(?<!年内)(?<!年内,)累计|刚才|前一段|过去|共(?:有|举办|培训|收到|召开|慰问|发放)|仅|此前|分别为|全年实现"
)
_FUTURE = re.compile(
    r"要|将|力争|争取|争|确保|计划|拟|预计|目标|准备|必须|应|达到|不少于|不低于|完成"
)
_OLD_YEAR = re.compile(r"((?:19|20)\d\d)年")
_SENTENCE = re.compile(r"[^。;!?\n]*[。;!?\n]?")

_NUM = "0-9〇一二两三四五六七八九十百千万亿几数余多来半"
_AFTER_NUMBER = rf"(?<![{_NUM}.每各这那哪某整单逐首其该另上下前后此本同第哪])"
# A hole of blanks before a measure word (走访困难职工　　户) that begins no other word.
_MEASURE = (
    "人次|户次|课时|学时|小时|分钟|万元|元(?!旦|宵)|户(?!外|口|主)|名(?!单|称|誉|师|额)|人(?!员|大|民|事|才|力|选|社)"
    "|位(?!置|于)|家(?!庭|访|属|长|园)|个|件|册|篇|次(?!日|月)|场(?!地|所|馆|次)|期(?!间|末|中|初|满)|项(?!目)"
    "|条(?!件|例)|份|台(?!账)|套|支(?!部|持|出|队|付)|批(?!评|准|示)|门(?!户|票|卫)|部(?!门|署|分|长)|种|所(?!有|属|以|在)"
    "|处(?!理|室|长|分)|间|组(?!织|长|员|建)|届|届次|课(?!程|题)|堂|讲(?!座|话|师|述|解)|天(?!气)|岁|分(?!会|工|析|管|类)|月(?!度|报)|日(?!常|程)"
)
BLANKS = re.compile(
    rf"(?<=[\u4e00-\u9fff])(?<![{_NUM}])[^\S\n]{{2,}}(?:{_MEASURE}|[%％])(?!\s*[单员])"
    r"|(?:19|20)(?:[xX×]{2}|_{2,}|\*\*|\s?[\-]{2}(?=年)|\s{1,3}(?=年))"
    r"|(?<![A-Za-z])[xX×]{2,}(?=\s?(?:年|月|日|届|号|期|人|名|元|万|个|次|%|户|场|家|项))"
    r"|(?<=--)×{2,}|_{2,}|(?<![\d.〇一二三四五六七八九十])(?<!\d\s)[%％]"
    r"|“\s*”|《\s*》|(?<![\d一-龥])\(\s+\)|(?<=[一-龥])\(\s+\)"
    rf"|(?<![{_NUM}年本当上下每各同整逐按个满半])月\s?日"
    rf"|(?<![{_NUM}每今明去本当全逐半同])年\s?月"
    rf"|{_AFTER_NUMBER}(?<![三五八1个])个(?=[省市县区厅局单代基工会职劳困项活先优分车班小部党支企行])(?!人|性|体|别|案|税|中|头|子|股|私)"
    rf"|(?<![{_NUM}.上成过逾近超])万(?=元|名|人(?![^,。;]{{0,6}}率|计|均|大|次?长跑|签名)|件|余|户|册)"
    r"|(?:^|(?<=[。,;:!?、\s]))名(?=[\u4e00-\u9fff]{1,6}(?:代表|同志|职工|会员|干部|劳模|教师|员工))"
    r"|(?<=有)名(?=劳模|职工|会员|干部|党员|教师|员工)"
    r"|(?<=劳模|奖章|职工|会员|党员|干部|工人|员工)人(?=[,。;已、])"
    rf"|(?<![{_NUM}\])）〕编文字信账型符口称代序旗外])号(?=文件|精神|文(?!化))"
    rf"|(?<![{_NUM}每这那此事文案条邮软硬零物信要邮])件(?=实事|好事)"
    r"|第(?=届|次全|期(?!间))"
)


def targets(
    text: str, planned: bool = False, years: Collection[int] = (), looks_back: bool = False
) -> list[Target]:
    """Targets of a folded text in order.

    ``planned`` says that even a done thing is still ahead, ``looks_back`` that nothing is.
    """
    found: list[Target] = []
    for sentence in _SENTENCE.finditer(text):
        if sentence[0]:
            past = looks_back or (not planned and _is_past(sentence[0], years))
            found += _in_sentence(sentence[0], sentence.start(), past)
    return found


def blanks(text: str) -> list[tuple[int, int]]:
    """Where a figure or a name of a folded text was scrubbed."""
    return [m.span() for m in BLANKS.finditer(text)]


def without(found: Sequence[Target], spans: Sequence[tuple[int, int]]) -> list[Target]:
    """Targets whose figure is not already the count of a rhythm or part of a date."""
    return [t for t in found if not any(a < t.end and t.start < b for a, b in spans)]


def _is_past(sentence: str, years: Collection[int]) -> bool:
    said = {int(y) for y in _OLD_YEAR.findall(sentence)}
    if years and any(y < min(years) for y in said):
        return True
    others = said if len(years) < 2 else said - set(years)
    return bool(_PAST.search(sentence)) or (bool(others) and not _FUTURE.search(sentence))


def _in_sentence(sentence: str, offset: int, past: bool) -> list[Target]:
    found: list[Target] = []
    counted = -1  # where the last figure of something to be done ended
    for match in _FIGURE.finditer(sentence):
        if past and not (_promises(sentence, match) or _is_this_year(sentence, match)):
            continue
        goes_on = counted >= 0 and _goes_on(match, sentence, counted)
        found += _target(match, sentence, offset, goes_on=goes_on)
        if goes_on or (_is_counted(match) and _does(match, sentence)):
            counted = match.end()
    return found


def _is_counted(match: re.Match[str]) -> bool:
    return bool(match["n"]) and match["n"][0].isdigit() and bool(match["unit"])


def _goes_on(match: re.Match[str], sentence: str, counted: int) -> bool:
    """A thing and its figure straight behind another, up to the end of their clause."""
    between = _GOES_ON.fullmatch(sentence[counted : match.start()])
    return bool(between and _is_counted(match) and _CLAUSE_END.match(sentence, match.end()))


def _is_this_year(sentence: str, match: re.Match[str]) -> bool:
    """``今年…开办了…20余个专业``: a bound reached this year still binds it."""
    said = sentence.startswith(("今年", "本年度", "本学期")) and "已" not in sentence
    return said and _comparison(match) is not None


def _promises(sentence: str, match: re.Match[str]) -> bool:
    """In a sentence with a look back, only a clause that promises sets a target."""
    start = max(sentence.rfind(p, 0, match.start()) for p in ",:;、")
    clause = sentence[start + 1 : match.end()]
    return bool(re.search(r"力争|争取|确保|争超|计划|拟|今年要|将", clause)) and "了" not in clause


def _target(match: re.Match[str], sentence: str, offset: int, *, goes_on: bool) -> list[Target]:
    if match["cnp"]:
        value, unit = _value(match["cnp"], None), "%"
    else:
        value, unit = _value(match["n"], match["big"]), match["unit"] or ""
        if unit == "成" and value is not None:
            value, unit = value * 10, "%"  # 九成 is 90%
    if value is None or not unit or _is_no_figure(match, sentence, unit):
        return []
    op = _comparison(match) or _said_before(match, sentence)
    if op is None and not _is_plain_target(match, sentence, value, unit, goes_on=goes_on):
        return []
    start, end = offset + match.start(), offset + match.end()
    if match["n2"]:
        high = _value(match["n2"], match["big2"] or match["big"])
        low = value * _BIG["万"] if match["big2"] and not match["big"] else value
        pair = [Target(">=", low, unit, start, end)]
        return pair if high is None else [*pair, Target("<=", high, unit, start, end)]
    return [Target(op or "=", value, unit, start, end)]


def _value(words: str, big: str | None) -> int | float | None:
    plain = words.replace(",", "")
    value = float(plain) if re.fullmatch(r"\d+(?:\.\d+)?", plain) else number_of(plain)
    if value is None:
        return None
    value = round(value * _BIG.get(big or "", 1), 6)
    return int(value) if value == int(value) else value


def _is_no_figure(match: re.Match[str], sentence: str, unit: str) -> bool:
    """Ordinals, document numbers, qualifications of people and tails of other numbers."""
    begin = match.start("cnp") - 3 if match["cnp"] else match.start("n")
    before = sentence[max(0, begin - 1) : begin]
    if before in tuple("第-~./〔[号届每同统唯之") or (before.isascii() and before.isalnum()):
        return True
    if unit in ("个", "分", "天", "届", "位") and _QUALIFIES.match(sentence, match.end("unit")):
        return True
    if unit == "人" and match["post"] and _SIZED.match(sentence, match.end()):
        return True
    after = sentence[match.end() : match.end() + 1]
    return unit == "个" and after in tuple("人性体别月")


def _comparison(match: re.Match[str]) -> str | None:
    pre, post = match["pre"] or "", match["post"] or ""
    for words, op in ((_AT_LEAST, ">="), (_LESS, "<="), (_BELOW, "<"), (_MORE, ">")):
        if pre in words.split("|") and pre:
            return op
    for word, op in _POST.items():
        if post.endswith(word):
            return op
    if match["unit"] or match["cnp"]:
        soft = (match["n"] and (match["m1"] or match["m2"])) or ""
        if soft:
            return "~" if soft == "来" else ">"
    if pre in ("约", "大约", "近", "将近", "接近"):
        return "~"
    return ">=" if pre in _REACH.split("|") and pre and _is_share(match) else None


def _said_before(match: re.Match[str], sentence: str) -> str | None:
    """``至少走访20户``: the word of comparison stands before the verb."""
    if match["n"] is None or match["n2"]:
        return None
    said = _EARLIER.search(sentence[max(0, match.start() - 16) : match.start()])
    if said is None:
        return None
    return ">=" if said[1] in _AT_LEAST.split("|") else "<="


def _is_share(match: re.Match[str]) -> bool:
    return bool(match["cnp"]) or match["unit"] in ("%", "‰") or bool(match["big"])


def _does(match: re.Match[str], sentence: str) -> bool:
    return bool(_DOES.search(sentence[: match.start() + len(match["pre"] or "")]))


def _is_plain_target(
    match: re.Match[str], sentence: str, value: float, unit: str, *, goes_on: bool
) -> bool:
    """``慰问困难职工50户``: a figure without comparison counts after a word of doing.

    A single occasion sets none, and Chinese numerals before 个, 项 … belong to slogans.
    """
    if unit in ("%", "‰"):
        return True
    if value == 0:
        return match["n"] == "0" and unit in _HARMS
    if (value < 2 and not match["n2"]) or not (goes_on or _does(match, sentence)):
        return False
    if match["n"] and match["n"][0].isdigit():
        return not _SLOGAN.match(sentence, match.start() - 1)
    return bool(_COUNTED.fullmatch(unit)) and sentence[match.start() - 1 : match.start()] != "“"
