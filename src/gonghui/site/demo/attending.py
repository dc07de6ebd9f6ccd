"""Plays the year of activities: announced, signed up for, attended and recorded by the doors."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any
from uuid import UUID

from django.utils import timezone

from gonghui.core.activities.actions.activities import Sitting, plan_activity
from gonghui.core.activities.flow import LIFE
from gonghui.core.activities.models import Activity
from gonghui.core.attendance.actions.checking import Note, take_notes
from gonghui.core.people.models import Person, Post
from gonghui.core.records.actions.recording import give_feedback, keep_record
from gonghui.core.signing.actions.signing import Signing, sign_up
from gonghui.core.signing.models import Registration

from .afterwards import carry, contribute
from .asking import NOTICES, QUESTIONS, TEAMS, put_questions, send_teams, sign_each
from .gatherings import GAINS, GATHERINGS, PLAIN_GAINS, REMARKS, Gathering
from .lives import Lives
from .rooms import furnish, partners_of, put_papers, rooms_at

MOST = 30  # people on one list: a demo is to be read, not counted
LOOKED_AT = 400  # people asked whether they want to come
COME = 88  # of a hundred who signed up
NOTICE = timedelta(days=20)  # further ahead than this nothing is announced yet


def attend(lives: Lives) -> None:
    """Every gathering up to the demo's day; a day that has no such date is left out."""
    furnish(lives)
    for gathering in GATHERINGS:
        _Played(lives, gathering).play()


class _Played:
    """One gathering and the officer who holds it."""

    def __init__(self, lives: Lives, gathering: Gathering) -> None:
        self.lives, self.gathering = lives, gathering
        self.org = lives.seed.orgs[gathering.body]
        self.officer = lives.able("activities.write", gathering.body)
        self.rng = Random(gathering.title)  # noqa: S311 — invented people, nothing secret
        self.starts_at = self._moment()
        self.ends_at = self.starts_at + timedelta(hours=gathering.hours)

    def _moment(self) -> datetime:
        when, today = self.gathering.when, self.lives.today
        day = today + timedelta(days=when) if isinstance(when, int) else date(today.year, *when)
        return timezone.make_aware(datetime.combine(day, time(self.gathering.hour)))

    def play(self) -> None:
        now = timezone.make_aware(datetime.combine(self.lives.today, time(12)))
        activity = self._plan()
        put_papers(activity, self.officer)
        if self.starts_at > now + NOTICE:
            return
        self._step(activity, "announce")
        if self.gathering.off:
            self._step(activity, "postpone", reason=self.gathering.off)
            return
        if self.gathering.wish:
            put_questions(activity, self.officer)
            self._step(activity, "open")
            if activity.title in TEAMS:
                send_teams(activity, self.officer)
            self._sign(activity)
        if self.starts_at <= now:
            self._hold(activity, now)

    def _plan(self) -> Activity:
        said = self.gathering
        rooms = rooms_at(self.org, said.place)
        return plan_activity(
            self.org,
            by=self.officer,
            sittings=[Sitting(self.starts_at, self.ends_at, resources=rooms)],
            kind=said.kind,
            title=said.title,
            theme=said.theme,
            occasion=said.occasion,
            place=said.place,
            programme=said.programme,
            organiser=self.officer.person,
            capacity=said.seats or None,
            consent=NOTICES.get(said.title, ""),
            **partners_of(self.lives, said.title),
        )

    def _step(self, activity: Activity, name: str, **answers: Any) -> None:
        LIFE.perform(activity, name, by=self.officer, **answers)

    def _sign(self, activity: Activity) -> None:
        """Who wants to come, in the order in which they pressed."""
        people = self._members()
        wanted = [one for one in people if self.rng.randrange(100) < self.gathering.wish]
        most = min(MOST, activity.capacity + 5) if activity.capacity else MOST
        if activity.consent or activity.title in QUESTIONS:
            sign_each(self.lives, activity, wanted[:most], self.officer)
            return
        sign_up(activity, [Signing(one) for one in wanted[:most]], by=self.officer)

    def _members(self) -> list[Person]:
        """Those it is for: who belongs to an association, else everybody below."""
        posts = Post.objects.held(self.lives.today).filter(org=self.org)
        if self.org.kind == "association" and posts.exists():
            own = Person.objects.active().filter(org=self.org).select_related("org")
            found = [post.person for post in posts.select_related("person__org")]
            found += [one for one in own.order_by("pk") if one not in found]
        else:
            below = Person.objects.active().filter(org__path__gte=self.org.path)
            found = list(
                below.filter(org__path__lt=self.org.path + "~").select_related("org")[:400]
            )
        self.rng.shuffle(found)
        return found

    def _hold(self, activity: Activity, now: datetime) -> None:
        if self.ends_at > now:
            self._mark(activity, now, share=40)
            return
        self._step(activity, "hold")
        lacks = self.gathering.left
        came = [] if "出勤" in lacks else self._mark(activity, now, share=COME)
        if "活动收获" in lacks:
            return
        gains = GAINS.get(activity.kind, PLAIN_GAINS)
        keep_record(activity, minutes=self.gathering.programme, gains=gains, by=self.officer)
        if came:
            contribute(activity, came, by=self.officer)
            carry(activity, self.lives.seed, by=self.officer)
            self._opine(came)
            self._step(activity, "record")
            if self.ends_at < now - timedelta(days=60):
                self._step(activity, "file")

    def _mark(self, activity: Activity, now: datetime, share: int) -> list[Registration]:
        """Most come in time, some late, a few excuse themselves."""
        session = activity.sessions.get()
        signed = activity.registrations.filter(status="signed").select_related("person__org")
        notes, came = [], []
        for one in signed:
            dice = self.rng.randrange(100)
            late = self.rng.randrange(100) < 7
            at = self.starts_at + timedelta(minutes=20 if late else -self.rng.randrange(1, 20))
            number = UUID(int=self.rng.getrandbits(128))
            if dice < share:
                notes.append(Note(number, "in", min(at, now), registration=one.pk))
                came.append(one)
            elif dice > 96:
                notes.append(
                    Note(number, "excuse", min(at, now), registration=one.pk, reason="出差")
                )
        take_notes(session, notes, by=self.officer)
        return came

    def _opine(self, came: list[Registration]) -> None:
        for one in came[::6]:
            words = self.rng.choice(REMARKS) if self.rng.randrange(2) else ""
            stars = self.rng.choice((5, 5, 4, 4, 3))
            give_feedback(one, stars=stars, words=words, by=self.lives.actor(one.person))  # type: ignore[arg-type]  # the demo has no guests
