"""What a site or a scanner added to a plan: recognised, set aside, listed, never lost."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from .numerals import fold
from .paragraphs import Para

# Whole lines. All patterns are matched against the folded line without blanks around it.
_LINES = tuple(
    re.compile(p)
    for p in (
        r"(?:首页|主页|当前位置|您的位置|你的位置|所在位置)\s*[>:»›/].*",
        r"欢迎(?:来到|光临|访问).{0,20}(?:网|库|站|吧).{0,10}",
        r"(?:浏览记录|简介|文档简介|资源描述|立即下载|免费下载|全文阅读|展开全文|收藏|举报)",
        r"(?:ID|id)\s*:\s*\d{4,}",
        r"(?:大小|文件大小)\s*:\s*[\d.]+\s*[KMG]?B.*",
        r"(?:页数|字数)\s*:\s*\d+\s*[页字]?",
        r"(?:格式|类型)\s*:\s*\.?(?:docx?|pdf|txt|wps)",
        r"(?:时间|日期)\s*:\s*(?:19|20)\d\d[-/.]\d{1,2}[-/.]\d{1,2}.{0,60}",
        r"(?:发布|更新|上传)(?:时间|日期)\s*:\s*(?:19|20)\d\d.{0,60}",
        r".{0,60}(?:我要投稿|点击下载|免费在线阅读|由会员上传|扫码关注|扫描二维码|长按识别).{0,60}",
        r"(?:来源|文章来源|作者|编辑|责任编辑|浏览|点击|下载|上传者|标签|热度)\s*:"
        r".{0,30}(?:网|次|\d{2,}|站|小编|admin|佚名)",
        r"开篇\s*:.*(?:范文|写作|客服|素材).*",
        r".{0,12}小编.{0,80}(?:整理|收集|分享|带来|搜集|推荐|精心).{0,120}",
        r"(?:以下是|下面是|本文是|这里是).{0,60}(?:为大家|给大家|范文).{0,120}",
        r".{0,40}(?:欢迎阅读|希望对(?:大家|您|你)有所?帮助|供大家参考|欢迎借鉴|欢迎参考).{0,30}",
        r"[【\[]?(?:声明|免责声明|版权声明)[】\]]?\s*:?.*(?:本站|网络|版权|侵权).*",
        r"(?:此|本)(?:文档|资料).{0,12}(?:收益|来自|来源|下载|版权).{0,40}",
        r"(?:将本文的word文档|下载).{0,60}(?:doc|docx|word|Word|WORD|pdf|PDF)\S{0,4}(?:格式|文档|版).{0,40}",
        r"点击(?:此处|这里)?(?:查看|下载|进入).{0,40}",
        r"(?:查看|阅读)?更多.{0,24}(?:范文|文章|>>|请点击|请关注|请访问).{0,24}",
        r"(?:上一篇|下一篇|上一页|下一页|返回顶部|返回首页|返回目录|打印本页|关闭窗口)\s*:?.{0,60}",
        r".{0,20}(?:https?://|www\.)\S+.{0,20}",
        r"(?:-|--|·)\s*\d{1,4}\s*(?:-|--|·)",
        r"第\s*\d{1,4}\s*页(?:\s*[,/]?\s*共\s*\d{1,4}\s*页)?",
        r"\d{1,4}\s*/\s*\d{1,4}(?:\s*页)?",
        r"(?:Page|PAGE|page)\s*\d{1,4}(?:\s*of\s*\d{1,4})?",
        r"(?:Word版本|word版|可编辑|精品文档|欢迎下载|可复制|精选范文)[\s.,、-]*.{0,12}",
    )
)
# From such a line on the site shows other texts: all short lines that follow are its own.
_TEASERS = re.compile(
    r"[【\[(].{1,30}[】\])]\s*的?相关(?:文章|范文|阅读|推荐).{0,4}"
    r"|相关(?:范文|文章|阅读|推荐|文档|热搜)(?:推荐|精选|列表)?\s*:?"
    r"|(?:看过|看了|阅读了?|浏览了?|喜欢|关注)[《“\"'].{1,40}[》”\"']?的?(?:人|网友|用户|读者)?还(?:看了?|关注|喜欢|会看|浏览了?)\s*:?"
    r"|(?:更多|其他|有关).{0,20}(?:的)?(?:精彩|热门|优秀|相关)(?:文章|范文|内容)(?:推荐)?\s*:?"
    r"|(?:猜你喜欢|你可能(?:还)?(?:喜欢|感兴趣)|您可能(?:还)?(?:喜欢|感兴趣)|推荐阅读|延伸阅读|热门文章|最新文章|为您推荐|大家都在看)\s*:?"
)
# Pieces within a line.
_SPANS = re.compile(
    r"文秘\s*114.{0,25}?的\s*114\s*!"
    r"|本文章?共\s*\d+\s*页[,，]当前在?第\s*\d+\s*页(?:(?:\[\d+\])+\S{0,6}?页|上)?"
    r"|[((]?(?:本文|本资料|文章)(?:来自|来源于?|转自|出自)[:：]?\S{0,20}?(?:网|库|站|com|cn)[))]?"
    r"|https?://[\w./?=&%-]+|www\.[\w./?=&%-]+"
)
_MARKDOWN = re.compile(r"\s*(#{1,6})\s+(?=\S)")
_LONE = re.compile(r"\d{1,3}")
_NUMBERED = re.compile(r"(\d{1,3})、")
_PLAN = re.compile(r"[一1]、|第.{1,3}篇|.{0,30}篇\s*[\d一二三四五六七八九十]{1,3}$")


def set_aside(paras: Sequence[Para]) -> tuple[list[Para], list[str]]:
    """The paragraphs without furniture, and the furniture in order."""
    kept: list[Para] = []
    aside: list[str] = []
    teasers = False
    for para in paras:
        words = fold(para.text).strip()
        if para.table or not words:
            kept.append(para)
            continue
        mark = _MARKDOWN.match(para.text)
        if mark and not para.label:
            aside.append(mark[1])
            para = replace(para, text=para.text[mark.end() :], heading=len(mark[1]))
            words = fold(para.text).strip()
        teasers = _still_teasers(teasers, words)
        if teasers or _is_furniture(para, words):
            aside.append(para.whole.strip())
            continue
        kept.append(_without_spans(para, aside))
    return _without_page_numbers(_without_lone_numbers(kept, aside), aside), aside


def _without_lone_numbers(paras: list[Para], aside: list[str]) -> list[Para]:
    """Lines that are a number alone, counting pages; in a table a cell a line they count rows."""
    lone = [p for p in paras if not p.table and _LONE.fullmatch(fold(p.whole).strip())]
    numbers = [int(fold(p.whole).strip()) for p in lone]
    if not lone or any(p.whole.strip() in ("序号", "编号") for p in paras):
        return paras
    if any(later != earlier + 1 for earlier, later in pairwise(numbers)):
        return paras
    full = [p for p in paras if not p.is_empty]
    if len(lone) == 1 and (lone[0] is not full[-1] or len(full) < 3):
        return paras
    aside += [p.whole.strip() for p in lone]
    pages = {id(p) for p in lone}
    return [p for p in paras if id(p) not in pages]


def _still_teasers(teasers: bool, words: str) -> bool:
    if _TEASERS.fullmatch(words):
        return True
    return teasers and len(words) <= 60 and words[-1] not in "。;" and not _PLAN.match(words)


def _is_furniture(para: Para, words: str) -> bool:
    return para.label == "" and any(p.fullmatch(words) for p in _LINES)


def _without_spans(para: Para, aside: list[str]) -> Para:
    rest = para.text
    for match in _SPANS.finditer(para.text):
        aside.append(match[0])
        rest = rest.replace(match[0], "", 1)
    return para if rest == para.text else para.but(rest)


def _without_page_numbers(paras: list[Para], aside: list[str]) -> list[Para]:
    """A scan site cuts a text into numbered pages; the numbers stand where sentences are torn.

    They are told from real items by what surrounds them: nearly every line of the text carries
    the next one, and at least twice a number breaks a sentence or stands before another number.
    """
    full = [p for p in paras if p.text.strip()]
    numbers = [_NUMBERED.match(fold(p.text).lstrip()) for p in full]
    places = [i for i, m in enumerate(numbers) if m]
    series = [int(m[1]) for m in numbers if m]
    if len(series) < 3 or series != list(range(1, len(series) + 1)):
        return paras
    if len(series) < 0.8 * len(full) or _breaks(full, places) < 2:
        return paras
    pages = {id(full[i]) for i in places}
    return [_without_number(p, aside) if id(p) in pages else p for p in paras]


def _breaks(full: list[Para], places: list[int]) -> int:
    count = 0
    for place in places:
        rest = _NUMBERED.sub("", fold(full[place].text).lstrip(), count=1)
        before = fold(full[place - 1].text).rstrip() if place else "。"
        torn = bool(before) and before[-1] not in "。;:!?”" and len(before) > 60
        count += torn or rest[:1] in ",。;、" or bool(re.match(r"[一二三四五六七八九十]、", rest))
    return count


def _without_number(para: Para, aside: list[str]) -> Para:
    lead = len(para.text) - len(para.text.lstrip())
    cut = fold(para.text).index("、", lead) + 1
    aside.append(para.text[lead:cut])
    return para.but(para.text[cut:])
