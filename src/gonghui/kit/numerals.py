"""Writes a number the way a Word numbering format does; a format unknown here comes out decimal."""

from __future__ import annotations

from collections.abc import Callable

LARGEST = 32_767  # Word's own limit, and the end of a very long Roman number
DIGITS = "零一二三四五六七八九"
LEGAL = "零壹贰叁肆伍陆柒捌玖"
ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l")),
    *((40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)


def write(number: int, style: str) -> str:
    """The number in a Word ``numFmt``; ``none`` writes nothing."""
    if not 0 <= number <= LARGEST:
        return str(number)
    return STYLES.get(style, str)(number)


def _chinese(number: int, digits: str = DIGITS, steps: str = "十百千") -> str:
    """In words: 十二, 二十, 一百零五, 一万零三."""
    if number >= 10_000:
        rest = number % 10_000
        gap = digits[0] if 0 < rest < 1000 else ""
        head = _chinese(number // 10_000, digits, steps) + "万" + gap
        return head + (_chinese(rest, digits, steps) if rest else "")
    words = ""
    figures = str(number)
    for place, figure in enumerate(figures):
        power = len(figures) - place - 1
        if figure != "0":
            words += digits[int(figure)] + (steps[power - 1] if power else "")
        elif figures[place + 1 :].strip("0") and not words.endswith(digits[0]):
            words += digits[0]
    return words or digits[0]


def _counting(number: int) -> str:
    words = _chinese(number)
    return words[1:] if 10 <= number < 20 else words


def _legal(number: int) -> str:
    return _chinese(number, LEGAL, "拾佰仟")


def _one_by_one(number: int) -> str:
    return "".join("〇一二三四五六七八九"[int(figure)] for figure in str(number))


def _roman(number: int) -> str:
    words = ""
    for value, sign in ROMAN:
        words += sign * (number // value)
        number %= value
    return words


def _letters(number: int) -> str:
    """a … z, aa, bb …: Word doubles the letter instead of counting on."""
    times, place = divmod(number - 1, 26)
    return chr(ord("a") + place) * min(times + 1, 30) if number else ""


def _from(first: str, count: int) -> Callable[[int], str]:
    """Consecutive characters from ``first`` for 1 … count, decimal beyond."""
    return lambda number: chr(ord(first) + number - 1) if 1 <= number <= count else str(number)


def _cycle(signs: str) -> Callable[[int], str]:
    return lambda number: signs[(number - 1) % len(signs)] if number else ""


def _full_width(number: int) -> str:
    return "".join(chr(ord(figure) - ord("0") + ord("０")) for figure in str(number))


def _ordinal(number: int) -> str:
    teen = 10 <= number % 100 < 20
    return f"{number}{'th' if teen else {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th')}"


STYLES: dict[str, Callable[[int], str]] = {
    "none": lambda number: "",
    "decimalZero": lambda number: f"{number:02d}",
    "upperRoman": lambda number: _roman(number).upper(),
    "lowerRoman": _roman,
    "upperLetter": lambda number: _letters(number).upper(),
    "lowerLetter": _letters,
    "ordinal": _ordinal,
    "numberInDash": lambda number: f"- {number} -",
    **dict.fromkeys(("decimalFullWidth", "decimalFullWidth2"), _full_width),
    **dict.fromkeys(("decimalEnclosedCircle", "decimalEnclosedCircleChinese"), _from("①", 20)),
    "decimalEnclosedParen": _from("⑴", 20),
    "decimalEnclosedFullstop": _from("⒈", 20),
    "ideographEnclosedCircle": _from("㊀", 10),
    "ideographParenthesized": _from("㈠", 10),
    "ideographTraditional": _cycle("甲乙丙丁戊己庚辛壬癸"),
    "ideographZodiac": _cycle("子丑寅卯辰巳午未申酉戌亥"),
    **dict.fromkeys(("ideographDigital", "japaneseDigitalTenThousand"), _one_by_one),
    **dict.fromkeys(("chineseLegalSimplified", "ideographLegalTraditional"), _legal),
    **dict.fromkeys(
        (
            *("chineseCounting", "chineseCountingThousand", "japaneseCounting"),
            *("taiwaneseCounting", "taiwaneseCountingThousand"),
        ),
        _counting,
    ),
}
