"""The named days of a union's year: how plans write them, and which day or festival they are."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Festival:
    """``due`` is ``MM-DD`` or a lunar festival's name; ``eve`` the day before it."""

    words: str
    due: str
    eve: str
    title: str


def _day(words: str, due: str, eve: str, title: str) -> Festival:
    return Festival(words, due, eve, title)


_Q = "[“\"‘']?"
_E = "[”\"’']?"

FESTIVALS: tuple[Festival, ...] = (
    _day("元旦(?:节)?|新年(?=联欢|晚会|团拜|游园|茶话)", "01-01", "12-31", "元旦"),
    _day("春节|(?:农历)?大年初一|新春佳节", "spring-festival", "spring-festival", "春节"),
    _day("元宵(?:佳)?节?|(?:农历)?正月十五", "lantern-festival", "lantern-festival", "元宵节"),
    _day(
        f"{_Q}三[·.、]?五{_E}学雷锋(?:纪念)?[日月]?|学雷锋(?:纪念)?日",
        "03-05",
        "03-04",
        "学雷锋纪念日",
    ),
    _day(
        f"{_Q}三[·.、]?八{_E}(?:国际)?(?:劳动)?(?:妇女)?节?{_E}|(?:国际)?(?:劳动)?妇女节|3[·.]8(?:妇女)?节?(?!\\d)",
        "03-08",
        "03-07",
        "三八妇女节",
    ),
    _day("(?:全民义务)?植树节", "03-12", "03-11", "植树节"),
    _day("清明节?", "qingming-festival", "qingming-festival", "清明节"),
    _day("(?:世界)?读书日", "04-23", "04-22", "世界读书日"),
    _day(
        "(?:世界)?职业病防治日|(?:世界)?安全生产与健康日", "04-28", "04-27", "世界安全生产与健康日"
    ),
    _day(
        f"{_Q}五[·.、]?一{_E}(?:国际)?(?:劳动)?(?:节|小长假)?{_E}|(?:国际)?劳动节|5[·.]1(?:国际)?(?:劳动)?节?(?!\\d)",
        "05-01",
        "04-30",
        "五一劳动节",
    ),
    _day(
        f"{_Q}五[·.、]?四{_E}(?:青年)?节?{_E}|青年节|5[·.]4青年节", "05-04", "05-03", "五四青年节"
    ),
    _day("(?:国际)?护士节", "05-12", "05-11", "护士节"),
    _day("端午(?:佳)?节?", "dragon-boat-festival", "dragon-boat-festival", "端午节"),
    _day(
        f"{_Q}六[·.、]?一{_E}(?:国际)?(?:儿童)?节?{_E}|(?:国际)?儿童节|6[·.]1(?:国际)?儿童节",
        "06-01",
        "05-31",
        "六一儿童节",
    ),
    _day(
        f"{_Q}七[·.、]?一{_E}(?:建党)?(?:节|纪念日)?{_E}|建党(?:节|日)|党的生日",
        "07-01",
        "06-30",
        "七一建党节",
    ),
    _day(f"{_Q}八[·.、]?一{_E}(?:建军)?节?{_E}|建军节", "08-01", "07-31", "八一建军节"),
    _day("七夕节?", "double-seventh", "double-seventh", "七夕节"),
    _day("教师节", "09-10", "09-09", "教师节"),
    _day("中秋(?:佳)?节?", "mid-autumn-festival", "mid-autumn-festival", "中秋节"),
    _day("“十一”|国庆(?:佳)?节?", "10-01", "09-30", "国庆节"),
    _day("重阳(?:佳)?节?|(?:老人|敬老|老年)节", "double-ninth", "double-ninth", "重阳节"),
    _day("记者节", "11-08", "11-07", "记者节"),
    _day("(?:全国)?消防(?:宣传)?(?:安全)?日|119消防日", "11-09", "11-08", "消防宣传日"),
    _day("(?:国家)?宪法(?:宣传)?日", "12-04", "12-03", "国家宪法日"),
    _day("腊八节?|(?:农历)?腊月初八", "laba-festival", "laba-festival", "腊八节"),
    _day("冬至节?", "winter-solstice", "winter-solstice", "冬至"),
    _day("除夕(?:夜)?", "new-years-eve", "new-years-eve", "除夕"),
)
TITLES = {f.due: f.title for f in FESTIVALS}

_NAMED = re.compile("|".join(f"(?P<f{i}>{f.words})" for i, f in enumerate(FESTIVALS)))
# What makes of a named day something else: a prize, a title, a meeting, a plan, a place.
_NOT_A_DAY = re.compile(
    r"[”\"’]?(?:劳动)?(?:奖章|奖状|奖|红旗|先锋|巾帼|标兵|勋章|路|村|村镇|精神|表彰奖|口号|广场|制|五|届|月|运动(?!会)|指示|规划|时期)"
)
_TIME = re.compile(
    r"(?:节日?)?[”\"’]?(?:、[^,。;]{2,6})?(?P<t>前夕|前后|前|期间|当天|当日|之际|来临|到来|将至|假期|以前|之前)"
)
_ACTIVITY = re.compile(
    r"[”\"’]?(?:节|节日)?[^,。;:!?“”]{0,10}?(?:活动|慰问|联欢|晚会|座谈|表彰|庆祝|纪念|游园|团拜|演讲|征文|"
    r"比赛|竞赛|走访|看望|探望|上门|家访|红歌|歌会|歌咏|合唱|朗诵|诵读|党课|志愿|义诊|灯谜|大会|登山|踏青|赏月|送温暖|送清凉|茶话会|文艺|演出|汇演|会演|运动会|趣味|展览|祭扫|讲座|健步走|主题|系列|福利|年货|拔河|文化|体检|关爱|趣味)"
)
_HELD = re.compile(
    r"(?:庆祝|纪念|喜迎|迎接|迎|欢度|欢庆|庆|举办|开展|过好|做好|抓好|结合|围绕|利用|以|在)[^,。;]{0,8}$"
)


@dataclass(frozen=True, slots=True)
class NamedDay:
    """A named day in a text; ``due`` is empty where the words only hint at it."""

    start: int
    end: int
    due: str


def named_days(text: str) -> list[NamedDay]:
    """Festivals that something is held for or by, in the order of the text (already folded)."""
    found = []
    for match in _NAMED.finditer(text):
        festival = FESTIVALS[int(str(match.lastgroup)[1:])]
        if _is_bare_number(match, text) or _NOT_A_DAY.match(text, match.end()):
            continue
        time = _TIME.match(text, match.end())
        if time:
            due = festival.eve if time["t"] in ("前夕", "前", "以前", "之前") else festival.due
            found.append(NamedDay(match.start(), time.end(), due))
        elif _something_is_held(match, text) and not _is_past_occasion(match, text):
            found.append(NamedDay(match.start(), match.end(), festival.due))
    return _without_enumerations(found, text)


def begins_with_named_day(text: str) -> bool:
    """``春节前夕,`` ``重阳节:``"""
    match = _NAMED.match(text)
    if match is None:
        return False
    end = match.end()
    return _TIME.match(text, end) is not None or text[end : end + 1] in (",", ":")


def _is_bare_number(match: re.Match[str], text: str) -> bool:
    """``三八`` within ``二三八``, ``十一`` of ``十一届`` or ``五一`` of ``十五一`` are no days."""
    before = text[match.start() - 1 : match.start()]
    after = text[match.end() : match.end() + 1]
    words = match[0].strip("“”\"'‘’")
    if len(words) > 2 or "节" in words:
        return False
    numeral = "一二三四五六七八九十百千第"
    return words[0] in numeral and (
        before in tuple(numeral) or after in tuple(numeral + "个年次号是要项种类")
    )


def _something_is_held(match: re.Match[str], text: str) -> bool:
    """A day called a festival is one; a bare 三八 or 七一 wants something held for it."""
    if re.search("[节日夕旦]|国庆|中秋|端午|重阳|元宵|正月|腊月", match[0]):
        return True
    before = text[max(0, match.start() - 14) : match.start()]
    return bool(_HELD.search(before) or _ACTIVITY.match(text, match.end()))


def _is_past_occasion(match: re.Match[str], text: str) -> bool:
    """``在“庆祝××年元旦…晚会”上``: an evening that was, quoted by its name."""
    start = text.rfind("“", 0, match.start() + 1)
    end = text.find("”", match.end())
    if start < 1 or end < 0 or "”" in text[start : match.start()]:
        return False
    return text[start - 1] == "在" and text[end + 1 : end + 2] in ("上", "中")


def _without_enumerations(found: list[NamedDay], text: str) -> list[NamedDay]:
    """``元旦、春节、五一、国庆等节日`` names four days and therefore none; two are the later."""
    kept: list[NamedDay] = []
    run: list[NamedDay] = []
    for day in found:
        if run and re.fullmatch(r"[、,和及与“”\"]{0,3}", text[run[-1].end : day.start]):
            run.append(day)
            continue
        kept += _one_of(run)
        run = [day]
    return kept + _one_of(run)


def _one_of(run: list[NamedDay]) -> list[NamedDay]:
    if len(run) < 3:
        return run[-1:]
    return [NamedDay(run[0].start, run[-1].end, "")]
