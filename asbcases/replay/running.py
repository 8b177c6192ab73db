"""Living a chronology through: real services, a set clock, one transaction that is always rolled back."""

import datetime
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction

from asbcases.replay.noticing import silence
from asbcases.replay.outcome import Answer, Turned, answer_of, turned_down
from asbcases.replay.reading import Chronology
from asbcases.replay.setting import landlord_of, stage_for
from asbcases.replay.stage import Stage
from cases.models import Case
from cases.sweep import settle
from landlords.permissions import Refused
from policies.calendars import OutsideCalendar
from policies.management.answering import BadInput
from policies.parsing import PolicyError
from policies.working_time import utc_text
from timeline.clock import clock_at
from timeline.scope import landlord_scope
from triage.services import InvalidReport


def replay(chronology: Chronology) -> Answer:
    """What the landlord's policy required of what happened. Leaves nothing in the database.

    Raises BadInput where the landlord, somebody who acts, or a year is not known.
    """
    with transaction.atomic():
        answer = _live_through(chronology)
        transaction.set_rollback(True)
    return answer


def _live_through(chronology: Chronology) -> Answer:
    with clock_at(chronology.events[0].at):
        landlord = landlord_of(chronology)
    with landlord_scope(landlord.pk):
        with clock_at(chronology.events[0].at):
            stage = stage_for(chronology, landlord)
        refused = [
            one for number in range(len(chronology.events)) for one in _next(stage, chronology, number)
        ]
        with clock_at(chronology.until), _within_the_calendar(chronology, "until", chronology.until):
            _catch_up(stage)
            return answer_of(stage, refused)


def _next(stage: Stage, chronology: Chronology, number: int) -> Iterator[Turned]:
    """Let one event happen, after what fell due before it; yields it where it was refused."""
    event = stage.begin(number, chronology.events[number])
    with clock_at(event.at), _within_the_calendar(chronology, f"events[{number}].at", event.at):
        _catch_up(stage)
        try:
            with transaction.atomic():
                event.happen(stage)
        except (Refused, InvalidReport) as refused:
            yield turned_down(number, event, refused)


def _catch_up(stage: Stage) -> None:
    """Find what fell due, and what came up, since the event before."""
    settle(stage.cases)
    for case in Case.objects.filter(pk__in=stage.cases).order_by("pk"):
        stage.notice(silence(case))


@contextmanager
def _within_the_calendar(chronology: Chronology, path: str, at: datetime.datetime) -> Iterator[None]:
    """Raises BadInput where a date would have to be counted past the calendar's last year."""
    try:
        yield
    except OutsideCalendar as error:
        expected = f"a time from {error.calendar.first} to {error.calendar.horizon}"
        raise BadInput([PolicyError(chronology.file, path, utc_text(at), expected, str(error))]) from error
