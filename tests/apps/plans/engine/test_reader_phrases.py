"""Every table of phrases: what the words of one node state, and what they do not."""

from __future__ import annotations

import pytest

from gonghui.apps.plans.engine import cadence, dates, figures
from gonghui.apps.plans.engine.numerals import fold, number_of, ordinal_of
from gonghui.apps.plans.engine.reader import read_text
from gonghui.apps.plans.engine.reading import Node


def node(words: str) -> Node:
    """The words as the one item of a plan."""
    (plan,) = read_text(f"某工会计划\n一、{words}\n二、其他").plans
    return plan.nodes[0]


MONTHS = [
    ("4、5月份：", (4, 5)),
    ("十月份举办", (10,)),
    ("9月底，招募", (9,)),
    ("10月初开展", (10,)),
    ("10月中旬开展", (10,)),
    ("3—5月份", (3, 4, 5)),
    ("3月至5月", (3, 4, 5)),
    ("三至五月", (3, 4, 5)),
    ("11、12月份", (11, 12)),
    ("十一、十二月份", (11, 12)),
    ("３月份", (3,)),
    ("3月、6月各一次检查", (3, 6)),
    ("11月-2月", (11, 12, 1, 2)),
    ("第一季度：", (1, 2, 3)),
    ("四季度", (10, 11, 12)),
    ("Q2 重点", (4, 5, 6)),
    ("上半年召开", (1, 2, 3, 4, 5, 6)),
    ("下半年召开", (7, 8, 9, 10, 11, 12)),
    ("3月15日举行", (3,)),
    ("二月二十日举行", (2,)),
    ("1月底前召开", ()),
    ("三月份结束", ()),
    ("每月召开", ()),
    ("每季度召开", ()),
    ("3个月内", ()),
    ("半年工作总结会议", ()),
    ("去年12月印发的办法", ()),
    ("本月", ()),
    ("近三个月", ()),
]


@pytest.mark.parametrize(("words", "months"), MONTHS)
def test_months(words, months):
    assert node(words).months == months


DUES = [
    ("1月底前召开", "01-31"),
    ("三月份结束", "03-31"),
    ("12月底", "12-31"),
    ("年底评选", "12-31"),
    ("年底前完成", "12-31"),
    ("2月底前", "02-28"),
    ("十二月底前", "12-31"),
    ("9月底，招募", "09-30"),
    ("5月15日前完成", "05-15"),
    ("3月15日举行", "03-15"),
    ("二月二十日举行", "02-20"),
    ("3月1日至10日", "03-10"),
    ("3月1日至4月20日", "04-20"),
    ("6月中旬前", "06-20"),
    ("6月下旬前", "06-30"),
    ("6月份前完成", "06-30"),
    ("6月前完成", "05-31"),
    ("8月完成", "08-31"),
    ("一季度末", "03-31"),
    ("三季度前", "09-30"),
    ("上半年完成建会", "06-30"),
    ("上半年前", "06-30"),
    ("五一前夕表彰", "04-30"),
    ("“五一”前夕，表彰", "04-30"),
    ("国庆节前走访", "09-30"),
    ("庆祝“三八”妇女节", "03-08"),
    ("纪念“三八国际妇女节”活动", "03-08"),
    ("开展“三·八”节庆祝活动", "03-08"),
    ("青年节活动", "05-04"),
    ("“五四”青年节演讲", "05-04"),
    ("元宵节猜灯谜", "lantern-festival"),
    ("重阳节活动", "double-ninth"),
    ("春节前夕走访", "spring-festival"),
    ("元旦、春节期间送温暖", "spring-festival"),
    ("中秋节慰问", "mid-autumn-festival"),
    ("端午节包粽子", "dragon-boat-festival"),
    ("清明节祭扫", "qingming-festival"),
    ("六一儿童节慰问", "06-01"),
    ("七一前后", "07-01"),
    ("教师节座谈", "09-10"),
    ("护士节表彰", "05-12"),
    ("国庆期间", "10-01"),
    ("3月举行初赛，11月30日前总结", "11-30"),
    ("节前慰问", None),
    ("迎春联欢", None),
    ("年终总结和表彰", None),
    ("推荐五一劳动奖章", None),
    ("五一奖章（奖状）的选树", None),
    ("三八红旗手评选", None),
    ("学习十一届三次全会精神", None),
    ("十一五工程", None),
    ("元旦、春节、五一、国庆等节日慰问", None),
    ("每月10日前报送", None),
    ("两节送温暖", None),
    ("7月份", None),
]


@pytest.mark.parametrize(("words", "due"), DUES)
def test_last_days(words, due):
    assert node(words).due == due


EVERY = [
    ("每星期举办一期,每月四期", ["week:1-1"]),
    ("每周一次的班组学习", ["week:1-1"]),
    ("每周一下午学习", ["week:1-1"]),
    ("每周二、四下午练球", ["week:1-1"]),
    ("每月不少于两次", ["month:2-2"]),
    ("每一月撰写一到两篇教育笔记", ["month:1-2"]),
    ("每月活动1—2次", ["month:1-2"]),
    ("每月开展一两次", ["month:1-2"]),
    ("每个月召开1次例会", ["month:1-1"]),
    ("每季度一次", ["quarter:1-1"]),
    ("每季度至少召开2次", ["quarter:2-2"]),
    ("每半年检查一次", ["halfyear:1-1"]),
    ("每学期学习一本教育专著,撰写一篇学习心得", ["term:1-1"]),
    ("每年力争办几件实事", ["year:1-1"]),
    ("每年举办两届", ["year:2-2"]),
    ("一年一度的评选", ["year:1-1"]),
    ("每两年举办一届运动会", ["2years:1-1"]),
    ("两年一度的表彰", ["2years:1-1"]),
    ("每2年一次", ["2years:1-1"]),
    ("隔年举行", ["2years:1-1"]),
    ("每三年换届", ["3years:1-1"]),
    ("每两周一次", ["2weeks:1-1"]),
    ("每天锻炼一小时", ["day:1-1"]),
    ("每学期一本书;每一月一到两篇笔记;每周参加学习", ["term:1-1", "month:1-2", "week:1-1"]),
    ("每个职工一本书", []),
    ("每位教师", []),
    ("定期召开会议", []),
    ("经常深入基层", []),
    ("自去年年初开始", []),
    ("一年来", []),
    ("一年内过好五关", []),
    ("逐年增加", []),
    ("每次学习", []),
]


@pytest.mark.parametrize(("words", "expected"), EVERY)
def test_cadence(words, expected):
    found = [f"{e.unit}:{e.min}-{e.max}" for e in node(words).every]
    assert found == expected


TARGETS = [
    ("确保50%以上的班组参加", [">=50%"]),
    ("比例争超90%", [">90%"]),
    ("其中本科学历达30%以上", [">=30%"]),
    ("函件达到200万件以上", [">=2000000件"]),
    ("完成流转额1200万元以上", [">=12000000元"]),
    ("招募十来名新成员", ["~10名"]),
    ("设立20余个专业", [">20个"]),
    ("参加一项以上适合自己的活动", [">=1项"]),
    ("入会率不低于95%", [">=95%"]),
    ("入会率达到95%", [">=95%"]),
    ("满意率达到百分之九十以上", [">=90%"]),
    ("参与率100%", ["=100%"]),
    ("费用控制在5万元以内", ["<=50000元"]),
    ("不超过3.5万元", ["<=35000元"]),
    ("培训职工不少于1,200人次", [">=1200人次"]),
    ("至少走访20户", [">=20户"]),
    ("举办培训3期", ["=3期"]),
    ("举办培训班两期", ["=2期"]),
    ("慰问困难职工50户", ["=50户"]),
    ("发展会员约300名", ["~300名"]),
    ("新增会员300人左右", ["~300人"]),
    ("征集作品200多件", [">200件"]),
    ("评选先进5—8名", [">=5名", "<=8名"]),
    ("学习不少于４０学时", [">=40学时"]),
    ("开展活动4次以上", [">=4次"]),
    ("突破1亿元", [">100000000元"]),
    ("全年创造效益100万元", ["=1000000元"]),
    ("宣讲不少于12场次", [">=12场次"]),
    ("满意率不低于九成", [">=90%"]),
    ("九成新的设备", []),
    ("成立三个小组", []),
    ("召开一次座谈会", []),
    ("举办一期讲座", []),
    ("举办首届运动会", []),
    ("第四届银联大赛", []),
    ("一届五次全委会", []),
    ("做第三套广播体操", []),
    ("认真学习五项修炼", []),
    ("抓好三大载体", []),
    ("在商贸、金融两个行业建立联谊会", []),
    ("刚才有5个单位汇报", []),
    ("去年培训职工500人次", []),
    ("我们召开座谈会10余次了", []),
    ("对于三年以上的教师", []),
    ("40岁以上的职工", []),
    ("班组长以上的干部", []),
    ("贯彻党发〔2024〕14号文件", []),
    ("每月不少于两次", []),
    ("3月15日前报送", []),
    ("2023年会员达到500人", []),
]


@pytest.mark.parametrize(("words", "expected"), TARGETS)
def test_targets(words, expected):
    assert [f"{t.op}{t.value}{t.unit}" for t in node(words).targets] == expected


BLANK = [
    "走访困难职工　　户",
    "安排读书沙龙  场",
    "培训　　人，合格率达到　　%",
    "于　　月底前",
    "共有个代表团报名",
    "做好20xx年工作",
    "20__年计划",
    "××年的任务",
    "20××—20××年",
    "省直个厅局参加",
    "月日召开会议",
    "捐款万元",
    "省直单位的万名职工",
    "贯彻省政府号文件",
    "广泛开展“”活动",
    "名劳模代表欢聚一堂",
    "办好工作件实事之一",
    "入会率达到%以上",
    "参加人数____人",
]
WHOLE = [
    "工　　作　　人　　员",
    "组织部　　部长",
    "职工　家",
    "一季度　　项目",
    "工会　　名单",
    "办几件实事",
    "共有3个代表团",
    "每个职工和各个单位",
    "一个目标，两个重点，多个平台",
    "个人愿景与个性化",
    "有名的劳模",
    "数万元资金、上万名职工",
    "通过职代会等多种**管理形式",
    "本月底前",
    "三个代表’’重要思想",
    "工会〔2026〕5号文件",
    "每年每月",
    "职工人数",
    "参保率达到 98 %",
]


@pytest.mark.parametrize("words", BLANK)
def test_a_scrubbed_figure_is_blank(words):
    assert node(words).blank


@pytest.mark.parametrize("words", WHOLE)
def test_whole_words_are_not_blank(words):
    assert not node(words).blank


def test_vague_words_stay_words():
    assert node("定期检查，经常走访，适时召开，及时总结").when == ("定期", "经常", "适时", "及时")


OWNERS = [
    ("由生产部牵头，全员参加", "生产部"),
    ("此项工作由办公室负责", "办公室"),
    ("宣传部牵头，分会配合", "宣传部"),
    ("举办比武（技术部负责）", "技术部"),
    ("开展普查，责任部门：组织部", "组织部"),
    ("各级工会要认真负责", None),
    ("做好工作", None),
]


@pytest.mark.parametrize(("words", "owner"), OWNERS)
def test_owner_is_suggested(words, owner):
    assert node(words).owner == owner


AREAS = [
    ("开展“安康杯”劳动竞赛", "竞赛"),
    ("征集合理化建议和金点子", "建议创新"),
    ("做好劳动模范推荐评选", "评优"),
    ("走访慰问困难职工", "关爱帮扶"),
    ("召开职代会，推进厂务公开", "民主管理"),
    ("规范经费收缴与审查", "经费"),
    ("办好宣传橱窗和简报", "宣传"),
    ("开展调查研究，填报报表", "统计"),
    ("发展会员，组建工会小组", "组织会员"),
    ("开展读书学习和培训", "学习创争"),
    ("举办运动会和歌咏比赛", "活动"),
    ("其他", None),
]


@pytest.mark.parametrize(("words", "area"), AREAS)
def test_area_is_suggested(words, area):
    assert node(words).area == area


@pytest.mark.parametrize(
    ("words", "number"),
    [("十", 10), ("十二", 12), ("二十", 20), ("一百二十", 120), ("两千", 2000), ("三万", 30000),
     ("12", 12), ("二〇二六", 2026), ("几", None), ("", None)],
)  # fmt: skip
def test_numerals(words, number):
    assert number_of(words) == number


@pytest.mark.parametrize(
    ("sign", "place"), [("③", 3), ("⑶", 3), ("⒊", 3), ("㈢", 3), ("Ⅲ", 3), ("c", 3)]
)
def test_ordinal_signs(sign, place):
    assert ordinal_of(sign) == place


def test_folding_keeps_every_character_in_its_place():
    text = "（一）每月１—２次；Ａ．“好”　。⒈①"
    assert len(fold(text)) == len(text)
    assert fold(text).startswith("(一)每月1-2次;A.")


def test_marks_point_at_the_words():
    words = "每月一次例会，年底前慰问困难职工50户"
    found = node(words)
    marked = {kind: found.text[start:end] for start, end, kind in found.marks}
    assert marked == {"cadence": "每月一次", "date": "年底前", "target": "50户"}


def test_phrase_machines_take_folded_text_alone():
    assert dates.moments("无") == []
    assert cadence.rhythms("") == []
    assert figures.targets("") == []
    assert figures.blanks("") == []
