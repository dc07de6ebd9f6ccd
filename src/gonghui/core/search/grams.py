"""Cuts texts and queries into the words of the index: single and double characters, word endings.

A Chinese text becomes its characters and its pairs of neighbours, because most queries have two
characters. A Latin word, a reading and its initials become all their endings, so that any part of
them is the beginning of one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from pypinyin import lazy_pinyin

LONGEST_QUERY = 64
MOST_TERMS = 6
MOST_PAIRS = 12  # more pairs of one query find nothing that these do not
ENDING = 16  # letters kept of an ending
READ = 24  # characters of a long title that can be found by their reading
MARK = "\u01c2"  # begins the index word that names a kind; no folded text contains it

_PARTS = re.compile(r"[^\W_]+")
_RUNS = re.compile(r"[0-9a-z]+|[^\x00-\x7f]+")


@dataclass(frozen=True, slots=True)
class Reading:
    """How a text is read: without tones, its initials, and where its syllables begin."""

    pinyin: str
    initials: str
    starts: tuple[int, ...]


def fold(text: str) -> str:
    """Full width, capitals and punctuation made equal; a blank stays between Latin words only."""
    plain = unicodedata.normalize("NFKC", text).casefold().replace(MARK, " ")
    folded = ""
    for part in _PARTS.findall(plain):
        needs_blank = folded and folded[-1].isascii() and part[0].isascii()
        folded += f" {part}" if needs_blank else part
    return folded


def terms_of(query: str) -> list[str]:
    """The runs of a query, each of which must be found; bounded, without repeats."""
    short = unicodedata.normalize("NFKC", query[: LONGEST_QUERY * 2])[:LONGEST_QUERY]
    runs = [run for word in short.split() for run in _RUNS.findall(fold(word))]
    return list(dict.fromkeys(runs))[:MOST_TERMS]


def read(text: str) -> Reading:
    """The reading of a text's beginning; Latin words are read as they are written."""
    syllables: list[str] = []
    firsts: list[str] = []
    for run in _RUNS.findall(fold(text)[:READ]):
        read_run = [run] if run.isascii() else lazy_pinyin(run)
        syllables += read_run
        firsts += [run] if run.isascii() else [syllable[:1] for syllable in read_run]
    return Reading("".join(syllables), "".join(firsts), _starts(syllables))


def read_as(text: str, pinyin: str, initials: str) -> Reading:
    """The reading somebody gave; where its syllables cannot be told, any letter may begin one."""
    pinyin, initials = (fold(said).replace(" ", "") for said in (pinyin, initials))
    syllables = [_read_character(character) for character in text]
    rest = "".join(syllables[1:])  # a surname is often read otherwise than its character
    if syllables and pinyin.endswith(rest):
        syllables[0] = pinyin[: len(pinyin) - len(rest)]
        return Reading(pinyin, initials, _starts(syllables))
    return Reading(pinyin, initials, tuple(range(len(pinyin))))


def kind_gram(kind: str) -> str:
    """The index word every card of a kind carries."""
    return MARK + kind.replace(".", "").replace("_", "")


def grams_of(kind: str, folded: str, reading: Reading) -> str:
    """The index words of a card, separated by blanks."""
    found = {kind_gram(kind)}
    for run in _RUNS.findall(folded):
        found.update(_endings(run) if run.isascii() else _characters_and_pairs(run))
    found.update(reading.pinyin[start : start + ENDING] for start in reading.starts)
    found.update(_endings(reading.initials))
    return " ".join(sorted(found - {""}))


def wanted_grams(terms: list[str]) -> tuple[list[str], list[str]]:
    """The index words a query asks for: whole ones, and beginnings of words."""
    whole: list[str] = []
    beginnings: list[str] = []
    for term in terms:
        if term.isascii():
            beginnings.append(term[:ENDING])
        elif len(term) == 1:
            whole.append(term)
        else:
            whole += [term[at : at + 2] for at in range(len(term) - 1)][:MOST_PAIRS]
    return list(dict.fromkeys(whole)), beginnings


def marked(text: str, terms: list[str]) -> list[tuple[str, bool]]:
    """The text in pieces, each with whether the query named it, by writing or by reading."""
    hits: set[int] = set()
    for term in terms:
        hits |= _found(text, term, fold) or (
            _found(text, term, _read_character) or _found(text, term, _first_letter)
            if term.isascii()
            else set()
        )
    pieces: list[tuple[str, bool]] = []
    for at, character in enumerate(text):
        if pieces and pieces[-1][1] == (at in hits):
            pieces[-1] = (pieces[-1][0] + character, at in hits)
        else:
            pieces.append((character, at in hits))
    return pieces


def _found(text: str, term: str, spell: Callable[[str], str]) -> set[int]:
    """The characters of a text that a term covers, once each is spelled in the given way."""
    owners = [at for at, character in enumerate(text) for _ in spell(character)]
    spelled = "".join(spell(character) for character in text)
    hits: set[int] = set()
    at = spelled.find(term)
    while at >= 0:
        hits.update(owners[at : at + len(term)])
        at = spelled.find(term, at + 1)
    return hits


@lru_cache(maxsize=20_000)
def _read_character(character: str) -> str:
    return "".join(lazy_pinyin(fold(character)))


def _first_letter(character: str) -> str:
    return _read_character(character)[:1]


def _starts(syllables: list[str]) -> tuple[int, ...]:
    starts, at = [], 0
    for syllable in syllables:
        starts.append(at)
        at += len(syllable)
    return tuple(starts)


def _endings(word: str) -> Iterator[str]:
    return (word[start : start + ENDING] for start in range(min(len(word), LONGEST_QUERY)))


def _characters_and_pairs(run: str) -> Iterator[str]:
    yield from run
    yield from (run[at : at + 2] for at in range(len(run) - 1))
