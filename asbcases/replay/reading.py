"""From a YAML file to a chronology, or to every error in it at once."""

import datetime
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import Field, ValidationError

from asbcases.replay.verbs import VERBS
from asbcases.replay.verbs.base import Event, Moment, Name
from policies.management.answering import BadInput
from policies.parsing import InvalidPolicy, PolicyError, errors_of, read_content
from policies.sections import Part
from policies.working_time import utc_text
from timeline import clock


class _File(Part):
    landlord: Name
    events: list[Any] = Field(min_length=1)
    until: Moment | None = None


@dataclass(frozen=True)
class Chronology:
    """What happened at one landlord, in time order. ``until`` is when the account ends, at or after the last event."""

    file: str
    landlord: str
    events: tuple[Event, ...]
    until: datetime.datetime


def read_chronology(path: Path) -> Chronology:
    """Raises BadInput with everything that is wrong with the file."""
    try:
        content = read_content(path)
    except InvalidPolicy as error:
        raise BadInput(error.errors) from error
    if not isinstance(content, dict):
        message = "the file is empty or not a mapping"
        raise BadInput([PolicyError(path.name, "", content, "landlord, events and until", message)])
    try:
        read = _File.model_validate(content)
    except ValidationError as error:
        raise BadInput([*errors_of(error, path.name), *_event_errors(path.name, content)]) from error
    events, errors = _events(path.name, read.events)
    errors += _out_of_order(path.name, events)
    errors += _until_errors(path.name, events, read.until)
    if errors:
        raise BadInput(errors)
    found = tuple(event for event in events if event is not None)
    return Chronology(path.name, read.landlord, found, read.until or found[-1].at)


def _event_errors(file: str, content: dict[Any, Any]) -> list[PolicyError]:
    """Those of the events too, where the rest of the file is wrong already."""
    events = content.get("events")
    return _events(file, events)[1] if isinstance(events, list) else []


def _events(file: str, items: list[Any]) -> tuple[list[Event | None], list[PolicyError]]:
    """Each event, None in the place of one that is wrong."""
    events: list[Event | None] = []
    errors: list[PolicyError] = []
    for number, item in enumerate(items):
        try:
            events.append(_event(file, number, item))
        except BadInput as error:
            errors += error.errors
            events.append(None)
    return events, errors


def _event(file: str, number: int, item: Any) -> Event:
    place = f"events[{number}]"
    if not isinstance(item, dict):
        expected = "a mapping with at, do and the keys of the verb"
        raise BadInput([PolicyError(file, place, item, expected, "this is not an event")])
    verb = VERBS.get(item["do"]) if isinstance(item.get("do"), str) else None
    if verb is None:
        message = "this verb is not known" if "do" in item else "the event does not say what happened"
        raise BadInput(
            [PolicyError(file, f"{place}.do", item.get("do"), f"one of {', '.join(VERBS)}", message)]
        )
    try:
        return verb.model_validate(item)
    except ValidationError as error:
        raise BadInput(errors_of(error, file, ("events", number))) from error


def _out_of_order(file: str, events: list[Event | None]) -> list[PolicyError]:
    errors: list[PolicyError] = []
    latest: datetime.datetime | None = None
    for number, event in enumerate(events):
        if event is None:
            continue
        if latest is not None and event.at < latest:
            path, expected = f"events[{number}].at", f"a time from {utc_text(latest)} on"
            errors.append(
                PolicyError(file, path, utc_text(event.at), expected, "the events are not in time order")
            )
        latest = max(latest or event.at, event.at)
    return errors


def _until_errors(
    file: str, events: list[Event | None], until: datetime.datetime | None
) -> list[PolicyError]:
    """Time has to have passed: a chronology tells what happened, not what will."""
    last = max((event.at for event in events if event is not None), default=None)
    end, path = (until, "until") if until is not None else (last, f"events[{len(events) - 1}].at")
    if end is None:
        return []
    value = utc_text(end)
    if last is not None and end < last:
        expected = f"a time from {utc_text(last)} on"
        return [PolicyError(file, path, value, expected, "the account ends before its last event")]
    if end > clock.now():
        expected = f"a time up to now, {utc_text(clock.now())}"
        return [PolicyError(file, path, value, expected, "this is in the future")]
    return []
