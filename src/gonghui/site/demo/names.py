"""Invented Chinese personal names, drawn from our own tables by a seeded generator."""

from random import Random

# The commonest surnames stand several times, so that a crowd looks like a crowd.
_SURNAMES = (
    "王李张刘陈杨赵黄周吴" * 4
    + "徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧" * 2
    + "程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆"
    + "郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜"
    + "倪严牛温芦季俞章鲁葛伍韦申尤毕聂丛焦向柳邢骆岳"
)

# Three generations name their children differently: born before 1976, before 1992, after.
_GIVEN = {
    "male": (
        "建国 建军 国强 志强 志刚 德明 永康 福生 长林 树林 春生 卫东 卫民 国华 国庆 文斌 "
        "庆丰 大勇 海山 金龙 玉柱 宝成 学文 学武 耀宗 明德 广田 立新 新民 援朝 铁柱 根生 "
        "世昌 万里",
        "伟 勇 军 磊 涛 超 强 斌 鹏 杰 海涛 晓东 志鹏 建平 文涛 立军 春雷 海波 永刚 振华 "
        "少华 国栋 晓峰 长江 宏伟 大伟 志远 俊峰 向阳 劲松 一鸣 正平 光明 克勤 守义 家栋",
        "浩然 宇航 子轩 俊杰 博文 泽宇 明轩 天佑 嘉豪 志豪 子涵 一凡 文博 晨阳 鸿涛 思远 "
        "睿 昊 翔 凯 锐 景行 知行 书恒 云帆 少坤 立诚 凌峰 承志 远航 星宇 亦凡 启明 若飞",
    ),
    "female": (
        "秀英 桂兰 玉兰 淑珍 桂英 秀兰 凤英 玉梅 春梅 秀珍 惠芳 淑华 美玲 桂芳 玉华 素芬 "
        "月娥 爱华 爱萍 金凤 翠兰 巧云 银花 彩霞 腊梅 冬梅 秋菊 瑞芳 玉珍 素琴 丽华 红梅",
        "敏 静 丽 娟 艳 芳 霞 燕 玲 慧 红 丽娜 晓燕 海燕 春燕 艳丽 志红 文静 雪梅 丽萍 "
        "晓敏 小红 亚楠 婷婷 莉莉 晓丽 建红 素梅 永红 桂琴 秋霞 晓云 雅琴 卫红 凤霞 向红",
        "欣怡 雨桐 诗涵 梦瑶 思琪 佳怡 雅婷 梓萱 可欣 婧 悦 琳 倩 雪 颖 晓萌 若曦 心怡 "
        "语嫣 静怡 慧敏 依婷 昕悦 清扬 初晴 雨薇 安然 子衿 念慈 晚晴 知夏 沐阳 芷若 书瑶",
    ),
}


def person_name(rng: Random, sex: str, born: int) -> str:
    """A full name fitting the sex ("male" or "female") and the year of birth."""
    generation = (born >= 1976) + (born >= 1992)
    return rng.choice(_SURNAMES) + rng.choice(_GIVEN[sex][generation].split())
