"""Numbers of people and bodies: whether they can be right, what they say, how they are masked."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
ID_CHECKS = "10X98765432"
PROVINCES = frozenset(
    ["11", "12", "13", "14", "15", "21", "22", "23", "31", "32", "33", "34", "35", "36", "37",
     "41", "42", "43", "44", "45", "46", "50", "51", "52", "53", "54", "61", "62", "63", "64",
     "65", "71", "81", "82", "83"]
)  # fmt: skip
FIRST_YEAR = 1900

CODE_LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
CODE_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
CODE_LENGTH = 18
# GB 32100: the body that registers (8 is the unions' own), then the kind of what is registered.
GRASSROOTS_UNION, OTHER_UNION = "81", "89"

_ID = re.compile(r"\d{17}[\dX]")
_OLD_ID = re.compile(r"\d{15}")
_MOBILE = re.compile(r"1[3-9]\d{9}")
_DOCUMENT = re.compile(r"[A-Z0-9()/-]{5,30}")


@dataclass(frozen=True)
class IdReading:
    """What an ID number says of its holder; ``sex`` is ``male`` or ``female``."""

    number: str
    region: str
    birth_date: date
    sex: str


def tidy(text: str) -> str:
    """A number as it is kept: half width, capital, without blanks and marks around it."""
    if text.isascii() and text.isalnum():  # nearly always: nothing to take away
        return text.upper()
    return re.sub(r"[\s\u200b\ufeff'’]", "", unicodedata.normalize("NFKC", text)).upper()


def id_check(first: str) -> str:
    """The last character of an ID number from its first seventeen digits (GB 11643)."""
    total = sum(int(digit) * weight for digit, weight in zip(first, ID_WEIGHTS, strict=True))
    return ID_CHECKS[total % 11]


def lengthened(old: str) -> str:
    """The number of eighteen characters that a number of fifteen has become."""
    first = old[:6] + "19" + old[6:]
    return first + id_check(first)


def read_id(text: str, *, today: date) -> IdReading:
    """Read an ID number of eighteen or fifteen characters; what is wrong is a ``ValueError``."""
    number = tidy(text)
    if _OLD_ID.fullmatch(number):
        number = lengthened(number)
    if not _ID.fullmatch(number):
        raise ValueError("身份证号应为 18 位，前 17 位是数字，最后一位是数字或 X。")
    # A foreigner's permanent residence card of the new kind begins with 9 and has no province.
    if number[0] != "9" and number[:2] not in PROVINCES:
        raise ValueError(f"身份证号的前两位「{number[:2]}」不是省份代码，请核对。")
    born = _birth_date(number[6:14], today)
    if id_check(number[:17]) != number[17]:
        raise ValueError("身份证号的最后一位（校验码）不对，可能有一位填错了，请核对。")
    return IdReading(number, number[:6], born, "male" if int(number[16]) % 2 else "female")


def _birth_date(digits: str, today: date) -> date:
    try:
        born = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        raise ValueError("身份证号里的出生日期不存在，请核对第 7 至 14 位。") from None
    if born.year < FIRST_YEAR or born > today:
        raise ValueError("身份证号里的出生日期不可能，请核对第 7 至 14 位。")
    return born


def looks_like_id(text: str) -> bool:
    """Whether a text has the shape of an ID number and the check digit fits."""
    number = tidy(text)
    return bool(_ID.fullmatch(number)) and id_check(number[:17]) == number[17]


def document_problem(text: str) -> str:
    """What is wrong with a number that has no check digit, such as a passport's; or nothing."""
    if _DOCUMENT.fullmatch(tidy(text)):
        return ""
    return "证件号码应为 5 至 30 位字母或数字，请核对。"


def mobile_problem(text: str) -> str:
    """What is wrong with a mobile number, or nothing."""
    return "" if _MOBILE.fullmatch(tidy(text)) else "手机号应为 11 位数字，以 13 至 19 开头。"


def card_problem(text: str) -> str:
    """What is wrong with the number of a bank card (Luhn), or nothing."""
    number = tidy(text).replace("-", "")
    if not re.fullmatch(r"\d{12,19}", number):
        return "银行卡号应为 12 至 19 位数字。"
    return "" if luhn(number) else "银行卡号的校验位不对，可能有一位填错了，请核对。"


def luhn(number: str) -> bool:
    """Whether the last digit fits the others."""
    doubled = [int(digit) * 2 for digit in number[-2::-2]]
    return (sum(map(int, number[-1::-2])) + sum(sum(divmod(d, 10)) for d in doubled)) % 10 == 0


def code_check(first: str) -> str:
    """The last character of a unified social credit code from its first seventeen (GB 32100)."""
    values = (CODE_LETTERS.index(letter) for letter in first)
    total = sum(value * weight for value, weight in zip(values, CODE_WEIGHTS, strict=True))
    return CODE_LETTERS[(31 - total % 31) % 31]


def code_problem(text: str) -> str:
    """What is wrong with a unified social credit code, or nothing."""
    code = tidy(text)
    if len(code) != CODE_LENGTH or any(letter not in CODE_LETTERS for letter in code):
        return "统一社会信用代码应为 18 位数字和大写字母，其中没有 I、O、S、V、Z。"
    if code_check(code[:17]) != code[17]:
        return "统一社会信用代码的最后一位（校验码）不对，可能有一位填错了，请核对。"
    return ""


def union_code_problem(text: str, *, is_grassroots: bool) -> str:
    """What is wrong with a union's code: 81 begins a grassroots union's, 89 any other organ's."""
    problem = code_problem(text)
    begins = GRASSROOTS_UNION if is_grassroots else OTHER_UNION
    if problem or tidy(text).startswith(begins):
        return problem
    whose = "基层工会" if is_grassroots else "其他工会机构"
    return f"{whose}的统一社会信用代码以 {begins} 开头，请核对是否填成了单位的代码。"


def mask_number(text: str) -> str:
    """``110105********002X``; a shorter document shows its last two characters only."""
    if len(text) >= CODE_LENGTH:
        return text[:6] + "*" * (len(text) - 10) + text[-4:]
    return "*" * (len(text) - 2) + text[-2:]


def mask_mobile(text: str) -> str:
    """``138****5678``."""
    return text[:3] + "*" * max(len(text) - 7, 1) + text[-4:] if len(text) > 7 else "*" * len(text)


def mask_card(text: str) -> str:
    """``**** 1234``."""
    return f"**** {text[-4:]}" if len(text) > 4 else "*" * len(text)
