"""What the upper unions of the demo passed down: which task, to whom, with what answer."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class PassedDown:
    """A task of an upper plan sent to units below; days are counted from the demo's today."""

    plan: str
    words_of_item: str  # words by which the task is found in the upper plan
    words: str
    sent_ago: int
    due_in: int
    units: tuple[tuple[str, str], ...]  # body → sent, accepted, reported, returned or finished


PASSED_DOWN = (
    PassedDown(
        "city-annual", "全市职工合唱展演",
        "请组织一支不少于二十人的合唱队参加展演，排练照片和参演名单一并报来。", 96, -25,
        (("machinery", "finished"), ("energy", "finished"), ("commerce", "reported"),
         ("organs", "finished"), ("education", "accepted"), ("freight", "reported")),
    ),
    PassedDown(
        "city-annual", "每月编发一期《安澜工运》",
        "请把本单位上月的工会动态和月报表报到市总工会办公室。", 16, -2,
        (("machinery", "accepted"), ("energy", "reported"), ("commerce", "finished"),
         ("organs", "reported"), ("county", "sent"), ("freight", "accepted")),
    ),
    PassedDown(
        "city-annual", "元旦春节期间开展送温暖",
        "请摸清本单位困难职工，名单公示后连同慰问安排报市总工会权益保障部。", 1, 29,
        (("machinery", "sent"), ("energy", "accepted"), ("commerce", "sent"),
         ("organs", "accepted"), ("county", "sent"), ("education", "sent"), ("freight", "sent")),
    ),
    PassedDown(
        "city-annual", "困难职工档案每半年核实",
        "请逐户核实困难职工档案，脱困的及时移出，新增的补齐证明材料。", 1, 29,
        (("machinery", "sent"), ("energy", "sent"), ("organs", "accepted"), ("county", "sent")),
    ),
    PassedDown(
        "city-annual", "抽查区县和产业工会合同履行",
        "请先自查集体合同履行情况，列出未履行条款和整改期限。", 20, 9,
        (("energy", "reported"), ("commerce", "returned"), ("county", "accepted"),
         ("district", "sent")),
    ),
    PassedDown(
        "city-learning", "知识型职工标兵",
        "请推荐学习型班组和知识型职工标兵，每名人选附事迹材料一千字以内。", 40, 19,
        (("machinery", "accepted"), ("energy", "accepted"), ("commerce", "reported"),
         ("organs", "sent"), ("education", "accepted"), ("freight", "reported")),
    ),
    PassedDown(
        "energy-annual", "跨企业技术沙龙",
        "本月沙龙由各单位轮流承办，请确定题目、主讲人和参加人数。", 12, 7,
        (("gas", "accepted"), ("chem", "reported"), ("thermal", "sent")),
    ),
    PassedDown(
        "commerce-annual", "星级窗口标准",
        "请按星级标准自评并推荐窗口，附服务数据和顾客评价。", 30, 12,
        (("post", "reported"), ("store", "accepted"), ("bank", "finished"), ("market", "sent")),
    ),
    PassedDown(
        "water-annual", "劳动安全检查，每季度一次",
        "请完成本季度泵房、闸门和加氯间自查，隐患清单连同照片上报。", 15, 10,
        (("water-supply", "finished"), ("water-river", "reported"), ("water-pump", "accepted"),
         ("water-survey", "sent"), ("water-sewage", "accepted")),
    ),
)  # fmt: skip

REPORTS = (
    "已按要求完成，参加{n}人，照片和签到表另附，请审阅。",
    "本单位共涉及{n}人，名单公示无异议，现将材料报上。",
    "组织了{n}次，收到意见{m}条，已答复完毕，现报送情况说明。",
    "自查发现问题{m}处，当场整改，{n}名职工代表参加了检查，报告如上。",
    "推荐材料{m}份，经委员会讨论通过，现予上报。",
)
RETURNED_BECAUSE = "缺少未履行条款的整改期限，请补上后再报。"
REMINDER_FOR = "sent"
