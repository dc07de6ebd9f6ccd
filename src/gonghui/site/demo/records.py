"""Birth dates, ID numbers and mobiles of the invented people; the numbers are of no real county."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from gonghui.core.people.models import Education, Identity, Particulars, Person
from gonghui.kit.identity import id_check

from .people import DemoPerson

COUNTY = "119999"  # a code the standard gives to no county
YOUNGEST = 23
BATCH = 500
SCHOOLING = (Education.E20, Education.E30, Education.E20, Education.E60, Education.E10)


def born(one: DemoPerson, today: date) -> date:
    """Somebody who joined years ago is at least so much older than a beginner."""
    year = today.year - YOUNGEST - one.years - one.serial % 9
    return date(year, 1, 1) + timedelta(days=one.serial * 37 % 365)


def number_of(one: DemoPerson, today: date) -> str:
    """A number whose check digit fits and whose last but one says the sex."""
    order = one.serial * 2 % 998 + (1 if one.sex == "male" else 0)
    first = f"{COUNTY}{born(one, today):%Y%m%d}{order:03}"
    return first + id_check(first)


def identify(known: Iterable[tuple[DemoPerson, Person]], today: date) -> None:
    """Put everybody's number and mobile on record, sealed, and how they were schooled."""
    pairs = list(known)
    Identity.objects.bulk_create(
        [
            Identity(person=person, number=number_of(one, today), mobile=one.mobile)
            for one, person in pairs
        ],
        batch_size=BATCH,
    )
    Particulars.objects.bulk_create(
        [
            Particulars(person=person, education=SCHOOLING[one.serial % len(SCHOOLING)])
            for one, person in pairs
        ],
        batch_size=BATCH,
    )
