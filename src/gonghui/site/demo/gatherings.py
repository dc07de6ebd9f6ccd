"""A year of activities of 安澜市 as data: who holds what when, and how it ended."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Gathering:
    """One activity; ``when`` is a day of the year, or so many days from the demo's day.

    ``seats`` is 0 without a limit, ``wish`` how many of a hundred people want to come; ``left`` is
    what the record still lacks.
    """

    body: str
    kind: str
    title: str
    theme: str
    when: tuple[int, int] | int
    hour: int
    hours: int
    place: str
    seats: int
    wish: int
    programme: str = ""
    left: str = ""
    off: str = ""
    occasion: str = ""


_TABLE = Path(__file__).with_name("gatherings.txt").read_text("utf-8")


def _gathering(line: str) -> Gathering:
    cells = [cell.strip() for cell in line.split("|")]
    cells += [""] * (13 - len(cells))
    body, kind, title, theme, when, span, place, seats, wish, programme, left, off, festival = (
        cells[:13]
    )
    hour, hours = span.split("+")
    month, dash, day = when.partition("-") if not when.startswith("-") else (when, "", "")
    return Gathering(
        body, kind, title, theme,
        (int(month), int(day)) if dash else int(when),
        int(hour), int(hours), place, int(seats), int(wish),
        programme.replace("；", "\n"), left, off, festival,
    )  # fmt: skip


GATHERINGS = tuple(
    _gathering(line) for line in _TABLE.splitlines() if line and not line.startswith("#")
)

# What was gained, by kind of gathering, and what those who came said of it.
GAINS = {
    "sport": "各队都坚持到最后，班组之间熟悉了不少；建议明年增加老职工项目。",
    "gala": "节目都由职工自编自演，现场气氛热烈；灯光和音响还要提前试。",
    "lecture": "听讲的职工提了十多个问题，讲稿已放进职工书屋。",
    "training": "参训人员都完成了练习，反映财务部分最有用。",
    "study": "对照案例查出本岗位隐患，已列入整改清单。",
    "visit": "走到每一户，记下了需要帮助的事项，交生活保障委员会跟进。",
    "volunteer": "服务对象满意，社区希望固定下来每月一次。",
    "health": "检查结果已密封发到本人，异常的提醒复查。",
}
PLAIN_GAINS = "按议程完成，参加的人普遍满意，经验已整理留给下一次。"
REMARKS = ("时间安排得好。", "希望再多办几次。", "座位有点挤。", "讲得清楚，听得懂。", "收获不小。")
