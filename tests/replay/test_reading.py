"""A file that cannot be what happened is refused before anything happens, with everything that is wrong with it."""

import datetime
from pathlib import Path
from typing import Any

import pytest

from asbcases.replay.verbs import VERBS
from policies.calendars import calendar_for
from tests.factories.policies import load
from tests.replay.asking import answer, chronology, refused, run, told, write
from timeline.clock import clock_at

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _a_landlord_is_loaded() -> None:
    """Once parsed its policy is at hand for every test."""
    load("vivid")


CONTACT = told("contact", at="2026-01-06T10:00", outcome="spoke", **{"with": "A"})


@pytest.mark.parametrize(
    ("event", "path", "value", "message"),
    [
        (told(do="reprot"), "events[0].do", "reprot", "this verb is not known"),
        ({"at": "2026-01-05T10:00"}, "events[0].do", None, "the event does not say what happened"),
        (told(who="A"), "events[0].who", "A", "this key is not known here"),
        ({"do": "report"}, "events[0].at", None, "Field required"),
        (told(at="last Monday"), "events[0].at", "last Monday", "is not a date and time"),
        (told(at=20260105), "events[0].at", 20260105, "is not a date and time"),
        (told(at="2026-03-29T01:30"), "events[0].at", "2026-03-29T01:30",
         "does not exist: the clocks go forward from 1am to 2am that night"),
        (told(behaviours=["shouting"]), "events[0].behaviours", ["shouting"], None),
        (told(channel="pigeon"), "events[0].channel", "pigeon", None),
        (told(facts={"risk": True}), "events[0].facts.risk", True, "this key is not known here"),
        (told(facts={"hate_strands": ["envy"]}), "events[0].facts.hate_strands", ["envy"], None),
        (told(reporter={"kind": "lodger"}), "events[0].reporter.kind", "lodger", None),
        (told(respondent={"kind": "agency"}), "events[0].respondent.kind", "agency", None),
        (told(case=0), "events[0].case", 0, None),
        (told(by="caretaker"), "events[0].by", "caretaker", "nobody of that description works for this landlord"),
        (told(position="csam"), "events[0].position", "csam", "nobody of that description works for this landlord"),
        ("a note", "events[0]", "a note", "this is not an event"),
        (told("contact", outcome="chatted", **{"with": "A"}), "events[0].outcome", "chatted", None),
        (told("contact", outcome="spoke"), "events[0].with", None, "Field required"),
        (told("contact", outcome="spoke", **{"with": " "}), "events[0].with", " ", "this may not be empty"),
        (told("assess_risk", answers={}, confirmed_band="high"), "events[0].answers", {}, None),
        (told("assess_risk", answers={1: "daily"}, confirmed_band="huge"), "events[0].confirmed_band", "huge", None),
        (told("agree_plan", actions=[{"who": "police", "what": "visit"}]), "events[0].actions[0].who", "police", None),
        (told("notice", to="B", of="court"), "events[0]", None, "say how they were told: spoken or written"),
        (told("refer", to="Shelter", consent="maybe"), "events[0].consent", "maybe", None),
        (told("request", answer_by="2026-01-09T10:00"), "events[0].answer_by", "2026-01-09T10:00", None),
    ],
)  # fmt: skip
def test_an_event_that_is_wrong_is_named(
    tmp_path: Path, event: Any, path: str, value: Any, message: str | None
) -> None:
    (error,) = refused(write(tmp_path, chronology(event)))
    assert (error["file"], error["path"]) == ("chronology.yaml", path)
    if value is not None and not isinstance(value, list | dict):
        assert error["value"] == value
    if message is not None:
        assert error["message"] == message


def test_an_unknown_verb_is_answered_with_those_there_are(tmp_path: Path) -> None:
    (error,) = refused(write(tmp_path, chronology(told(do="reprot"))))
    assert error["expected"] == f"one of {', '.join(VERBS)}"
    _, (line,), status = run(write(tmp_path, chronology(told(do="reprot"))))
    start = "chronology.yaml: events[0].do: this verb is not known (found 'reprot'; expected one of report, "
    assert (line.startswith(start), status) == (True, 2)


def test_a_landlord_nobody_knows_is_answered_with_those_there_are(tmp_path: Path) -> None:
    (error,) = refused(write(tmp_path, chronology(told(), landlord="southmoor")))
    known = "one of believe, derby-homes, northmoor, places-for-people, plus-dane, vivid"
    assert (error["path"], error["value"], error["expected"]) == ("landlord", "southmoor", known)


def test_events_stand_in_time_order(tmp_path: Path) -> None:
    late = told("contact", at="2026-01-05T09:59", outcome="spoke", **{"with": "A"})
    (error,) = refused(write(tmp_path, chronology(told(), late)))
    found = (error["path"], error["value"], error["expected"], error["message"])
    expected = "a time from 2026-01-05T10:00:00Z on"
    assert found == ("events[1].at", "2026-01-05T09:59:00Z", expected, "the events are not in time order")


def test_two_events_may_be_at_the_same_time(tmp_path: Path) -> None:
    same = CONTACT | {"at": "2026-01-05T10:00"}
    assert answer(write(tmp_path, chronology(told(), same)))["refused"] == []


@pytest.mark.parametrize(
    ("until", "message"),
    [
        ("2026-01-05T09:00", "the account ends before its last event"),
        ("2026-01-07T12:00:01", "this is in the future"),
        ("soon", "is not a date and time"),
    ],
)
def test_an_account_ends_after_its_events_and_not_in_the_future(
    tmp_path: Path, until: str, message: str
) -> None:
    with clock_at(datetime.datetime(2026, 1, 7, 12, tzinfo=datetime.UTC)):
        (error,) = refused(write(tmp_path, chronology(told(), until=until)))
    assert (error["path"], error["message"]) == ("until", message)


def test_an_event_in_the_future_is_named_where_nothing_says_when_it_ends(tmp_path: Path) -> None:
    with clock_at(datetime.datetime(2026, 1, 6, 9, tzinfo=datetime.UTC)):
        (error,) = refused(write(tmp_path, chronology(told(), CONTACT)))
    assert (error["path"], error["message"]) == ("events[1].at", "this is in the future")


def test_without_an_end_it_is_the_last_event(tmp_path: Path) -> None:
    assert answer(write(tmp_path, chronology(told(), CONTACT)))["until"] == "2026-01-06T10:00:00Z"


def test_past_the_calendar_nothing_is_counted(tmp_path: Path) -> None:
    (error,) = refused(write(tmp_path, chronology(told(at="1999-12-31T10:00"))))
    calendar = calendar_for("england_and_wales")
    expected = f"a time from {calendar.first} to {calendar.horizon}"
    found = (error["path"], error["value"], error["expected"])
    assert found == ("events[0].at", "1999-12-31T10:00:00Z", expected)


@pytest.mark.parametrize(
    ("text", "path", "message"),
    [
        ("", "", "the file is empty or not a mapping"),
        ("- a\n- b\n", "", "the file is empty or not a mapping"),
        ("landlord: vivid\nevents: []\n", "events", None),
        ("landlord: vivid\nevents: {}\n", "events", None),
        ("landlord: vivid\nlandlord: believe\n", "", None),
        ("landlord: [", "", None),
    ],
)
def test_a_file_that_is_no_chronology(tmp_path: Path, text: str, path: str, message: str | None) -> None:
    (error,) = refused(write(tmp_path, text))
    assert error["path"] == path
    assert message in (None, error["message"])


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    (error,) = refused(tmp_path / "nothing.yaml")
    assert (error["file"], error["message"]) == (str(tmp_path / "nothing.yaml"), "No such file or directory")


def test_everything_that_is_wrong_is_told_at_once(tmp_path: Path) -> None:
    events = [told(do="x"), told(who="A"), told(at="2026-01-04T10:00"), told(at="2026-01-03T10:00")]
    errors = refused(write(tmp_path, {"events": events, "ends": 1}))
    assert [error["path"] for error in errors] == ["landlord", "ends", "events[0].do", "events[1].who"]
    errors = refused(write(tmp_path, chronology(*events, until="2026-01-02T10:00")))
    assert [error["path"] for error in errors] == ["events[0].do", "events[1].who", "events[3].at", "until"]


@pytest.mark.parametrize(
    ("at", "instant"),
    [
        ("2026-01-05T10:00", "2026-01-05T10:00:00Z"),
        ("2026-07-06T10:00", "2026-07-06T09:00:00Z"),
        ("2026-07-06T10:00Z", "2026-07-06T10:00:00Z"),
        ("2026-07-06T10:00:30+02:00", "2026-07-06T08:00:30Z"),
        ("2026-07-06", "2026-07-05T23:00:00Z"),
        ("2026-10-25T01:30", "2026-10-25T00:30:00Z"),
    ],
)
def test_times_without_an_offset_are_local(tmp_path: Path, at: str, instant: str) -> None:
    text = (
        f"landlord: vivid\nevents:\n  - {{at: {at}, do: report, behaviours: noise, reporter: {{name: A}}}}\n"
    )
    assert answer(write(tmp_path, text))["until"] == instant
