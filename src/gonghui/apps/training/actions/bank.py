"""Questions that come from Excel: each row checked as a question, held against the bank, kept."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from gonghui.core.access.actor import Actor
from gonghui.core.exchange.kinds import Finding, Mark, Order, Row, Values
from gonghui.core.exchange.models import Batch, Verdict
from gonghui.core.history.trail import record_many

from ..engine.marking import plain
from ..engine.questions import key_from, key_in_words, problem_of
from ..models import Answer, Exercise

OPTIONS = tuple(f"option{n}" for n in range(8))
KEPT = ("topic", "options", "key", "explanation")
COLUMNS = ("topic", *OPTIONS, "key", "explanation")


class BankClerk:
    """Puts the questions of a list into one body's bank; made anew for every job."""

    def __init__(self, batch: Batch, by: Actor) -> None:
        self.by, self.org = by, batch.org

    def prepare(self, row: Row) -> None:
        """A gap between options and a key that fits none are said of the row itself."""
        said = row.values
        if "answer" in said and "key" in said:
            facts = _facts(said)
            if problem := problem_of(said["answer"], facts["options"], facts["key"]):
                row.problems.append(problem)

    def marks(self, values: Values) -> list[Mark]:
        return [Mark("题目和题型", "|".join(_same(values)))]

    def judge(self, rows: Sequence[Row]) -> list[Finding]:
        known = self._known()
        return [_judged(row, known.get(_same(row.values))) for row in rows]

    def _known(self) -> dict[tuple[str, str], Exercise]:
        """The body's own bank; a list of questions is read in a few chunks."""
        rows = Exercise.objects.filter(org=self.org)
        return {(one.answer, plain(one.stem)): one for one in rows}

    def write(self, orders: Sequence[Order]) -> list[Any]:
        """New questions and changed ones; what was there goes with the way back."""
        made = [
            Exercise(org=self.org, answer=one.row.values["answer"], stem=one.row.values["stem"],
                     **_facts(one.row.values))
            for one in orders
            if one.target is None
        ]  # fmt: skip
        Exercise.objects.bulk_create(made)
        record_many(
            Exercise, {one.pk: {"stem": ["", str(one)]} for one in made}, "create", by=self.by
        )
        old = Exercise.objects.in_bulk([one.target for one in orders if one.target])
        before = {pk: _kept(one) for pk, one in old.items()}
        changes = {one.target: dict(one.changes) for one in orders if one.target}
        for pk, said in changes.items():
            _change(old[pk], said)
        Exercise.objects.bulk_update(old.values(), KEPT)
        record_many(Exercise, changes, "update", by=self.by)
        fresh = iter(made)
        return [
            [next(fresh).pk, None, None]
            if one.target is None
            else [one.target, before[one.target], _kept(old[one.target])]
            for one in orders
        ]

    def take_back(self, written: Sequence[Any]) -> list[str]:
        return [self._taken_back(*one) for one in written]

    def _taken_back(
        self, pk: int, before: dict[str, Any] | None, after: dict[str, Any] | None
    ) -> str:
        kept = Exercise.objects.filter(pk=pk).first()
        if kept is None:
            return "导入以后已经移走。"
        if before is None and kept.replies.exists():
            return "导入以后已经用在卷上，保留不动。"
        if before is None:
            kept.delete()
            return ""
        if _kept(kept) != after:
            return "导入以后又改过，保留不动。"
        for name, value in before.items():
            setattr(kept, name, value)
        kept.save(update_fields=list(KEPT))
        record_many(Exercise, {pk: {}}, "update", by=self.by)
        return ""


def _kept(one: Exercise) -> dict[str, Any]:
    return {name: getattr(one, name) for name in KEPT}


def _same(values: Values) -> tuple[str, str]:
    return values.get("answer", ""), plain(values.get("stem", ""))


def _facts(values: Values) -> dict[str, Any]:
    """A row's cells as a question keeps them; a question without options has none."""
    options = [values.get(name, "") for name in OPTIONS]
    while options and not options[-1]:
        options.pop()
    choice = values["answer"] in (Answer.SINGLE, Answer.MULTIPLE)
    return {
        "topic": values.get("topic", ""),
        "options": options if choice else [],
        "key": key_from(values["answer"], values.get("key", "")),
        "explanation": values.get("explanation", ""),
    }


def _cells(one: Exercise) -> Values:
    """A question as its row of the list."""
    options = dict(zip(OPTIONS, one.options, strict=False))
    key = key_in_words(one.answer, one.key, "|")
    return {"topic": one.topic, **options, "key": key, "explanation": one.explanation}


def _change(kept: Exercise, changes: dict[str, list[Any]]) -> None:
    """Cells that only together make a question change together, or none does."""
    after = {name: pair[1] for name, pair in changes.items()}
    facts = _facts(_cells(kept) | after | {"answer": kept.answer})
    if not problem_of(kept.answer, facts["options"], facts["key"]):
        for name in KEPT:
            setattr(kept, name, facts[name])


def _judged(row: Row, known: Exercise | None) -> Finding:
    if known is None:
        return Finding(Verdict.NEW)
    before, said = _cells(known), row.values
    changes = {
        name: [before.get(name, ""), said[name]]
        for name in COLUMNS
        if said.get(name) and said[name] != before.get(name, "") and _differs(name, known, said)
    }
    if not changes:
        return Finding(Verdict.SAME, ["题库里已经有，内容一样。"], known.pk)
    return Finding(Verdict.CHANGED, [], known.pk, changes)


def _differs(name: str, known: Exercise, said: Values) -> bool:
    """A key may be written in several ways and mean the same; a blank has no options."""
    if name == "key":
        return key_from(known.answer, said["key"]) != list(known.key)
    return name not in OPTIONS or known.answer in (Answer.SINGLE, Answer.MULTIPLE)
