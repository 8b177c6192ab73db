"""The timeline of a case in words: one entry for each event, under the day it happened."""

import datetime
from collections import defaultdict
from itertools import groupby
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from cases.choices import ContactMeans, ContactOutcome, PartyRole
from cases.models import Mailing
from cases.selectors.file import History
from policies.wording import clock as clock_words
from policies.wording import long_date, short_date
from policies.working_time import LONDON
from timeline import clock
from timeline.models import Event
from timeline.verbs import Mark, verbs

Entry = dict[str, Any]
KINDS: dict[Mark, str] = {
    "reporter": "reporter",
    "staff": "staff",
    "attempt": "attempt",
    "miss": "missed",
    "safety": "safety",
}


def days_of(history: History) -> list[Entry]:
    """Days, newest first, each with its entries."""
    days = groupby(history.events, key=lambda event: event.occurred_at.astimezone(LONDON).date())
    return [
        {"label": _day(day), "entries": [_entry(event, history.names) for event in events]}
        for day, events in days
    ]


def entry_title(event: Event, names: dict[int, str]) -> str:
    """The verb's label with what its payload holds, keys of ours put into words."""
    return capfirst(verbs[event.verb].label.format_map(_told(event, names)))


def _told(event: Event, names: dict[int, str]) -> dict[str, Any]:
    told: dict[str, Any] = defaultdict(lambda: _("not recorded"), event.payload)
    told["person"] = names.get(event.payload.get("person_id", 0), _("somebody no longer on file"))
    for key, choices in (("outcome", ContactOutcome), ("kind", Mailing.Kind), ("role", PartyRole)):
        if event.payload.get(key) in choices.values:
            told[key] = str(choices(event.payload[key]).label)
    return told


def _entry(event: Event, names: dict[int, str]) -> Entry:
    local = event.occurred_at.astimezone(LONDON)
    return {
        "kind": _kind(event),
        "title": entry_title(event, names),
        "time": clock_words(local.time()),
        "who": _who(event),
        "late": _late(event),
        "text": event.words.text if hasattr(event, "words") else "",
    }


def _kind(event: Event) -> str:
    kind = KINDS[verbs[event.verb].mark]
    return "system" if kind == "staff" and event.actor_user_id is None else kind


def _who(event: Event) -> str:
    means = event.payload.get("means")
    if means in ContactMeans.values:
        return f"{ContactMeans(means).label} · {event.actor_name}"
    return event.actor_name


def _late(event: Event) -> str:
    """Said where somebody wrote down on another day what happened; our own clock is never late."""
    happened, written = (
        moment.astimezone(LONDON).date() for moment in (event.occurred_at, event.recorded_at)
    )
    if happened == written or verbs[event.verb].mark == "miss":
        return ""
    return _("recorded late, %(day)s") % {"day": short_date(written, with_year=written.year != happened.year)}


def _day(day: datetime.date) -> str:
    return long_date(day, with_year=day.year != clock.now().astimezone(LONDON).year)
