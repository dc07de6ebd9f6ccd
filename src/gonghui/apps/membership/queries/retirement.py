"""When somebody is to retire by the rule of gradual delay: a suggestion, the unit decides."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from gonghui.core.people.models import EmploymentStatus, Person, Sex
from gonghui.core.regulations.standards import Value, values_of
from gonghui.kit.deadlines import add_months, add_years

# Whether a woman retires as a cadre or as a worker is on no record: both are shown.
GROUPS = {Sex.MALE: ("men",), Sex.FEMALE: ("women_cadres", "women_workers")}
WORDS = {
    "men": "退休年月",
    "women_cadres": "退休年月（按女干部）",
    "women_workers": "退休年月（按女工人）",
}
PARTS = ("age", "step", "cap")


@dataclass(frozen=True)
class Retirement:
    """The month somebody reaches the age of retirement in, as one group of workers."""

    label: str
    month: date  # its first day
    doubtful: bool

    @property
    def words(self) -> str:
        doubt = "，待核实" if self.doubtful else ""
        return f"{self.month.year}年{self.month.month}月（推算{doubt}）"


def retirements_of(person: Person, day: date) -> list[Retirement]:
    """By birth and sex (domain §3.5); nothing of who has left, retired or is not told of."""
    groups = GROUPS.get(Sex(person.sex), ()) if person.sex else ()
    if person.birth_date is None or person.left_on or not groups:
        return []
    if person.work_status == EmploymentStatus.RETIRED:
        return []
    keys = [f"retirement_{part}_{group}" for group in groups for part in PARTS]
    values = values_of(keys, day=day)
    found = []
    for group in groups:
        held = [values[f"retirement_{part}_{group}"].at(person.org.path) for part in PARTS]
        known = [value for value in held if value is not None]
        if len(known) == len(PARTS):
            doubtful = any(value.is_doubtful for value in known)
            found.append(Retirement(WORDS[group], _month(person.birth_date, known), doubtful))
    return found


def _month(born: date, values: list[Value]) -> date:
    """Of who would have retired before the rule began, the old age; else a month more a step."""
    age, step, cap = (value.value for value in values)
    old = add_years(born, age).replace(day=1)
    begins = values[1].since
    if begins is None or old < begins:
        return old
    late = (old.year - begins.year) * 12 + old.month - begins.month + 1
    return add_months(old, min(cap, -(-late // step)))
