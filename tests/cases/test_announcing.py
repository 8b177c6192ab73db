"""The apps above hear of what happens on a case, in the same transaction."""

import pytest

from cases.models import Case, Incident
from cases.services import announcing
from cases.services.announcing import Happening, Listener
from cases.services.categorising import recategorise
from cases.services.joining import join_cases
from cases.services.people import Told
from cases.services.working import IncidentDetails, add_incident
from landlords.permissions import Role
from tests.factories.world import MONDAY, Side, report
from timeline.actors import Actor
from timeline.registry import Registry
from triage.facts import Facts
from triage.services import Submission, submit_report

Heard = list[tuple[int, Happening, str]]


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> Heard:
    told: Heard = []

    def listen(case: Case, happening: Happening, by: Actor) -> None:
        told.append((case.pk, happening, by.name))

    listeners: Registry[Listener] = Registry("case listener")
    listeners.register("test", listen)
    monkeypatch.setattr(announcing, "case_listeners", listeners)
    return told


def test_an_incident_is_announced(here: Side, heard: Heard) -> None:
    add_incident(here.case, IncidentDetails("Again", ["noise"]), by=here.actor())
    assert heard == [(here.case.pk, Happening.INCIDENT, "Officer Larkspur")]


def test_a_report_put_on_an_open_case_is_announced_and_a_first_report_is_not(
    here: Side, heard: Heard
) -> None:
    told = Submission(Facts(received_at=MONDAY, behaviours=("noise",)), "Again", reporter=Told(name="Beth"))
    submit_report(told, by=here.actor(), join=here.case)
    report(here, "noise")
    assert heard == [(here.case.pk, Happening.INCIDENT, "Officer Larkspur")]


def test_a_joined_case_is_announced_on_the_older(here: Side, heard: Heard) -> None:
    newer = report(here, "noise").case
    assert newer is not None
    join_cases(newer, here.case, reason="Same flat", by=here.actor())
    assert heard == [(here.case.pk, Happening.INCIDENT, "Officer Larkspur")]


def test_only_a_raised_level_is_announced(here: Side, heard: Heard) -> None:
    manager = here.actor(Role.MANAGER)
    recategorise(here.case, level="a", reason="Threats", by=manager)
    recategorise(here.case, level="b", reason="Calm again", by=manager)
    assert heard == [(here.case.pk, Happening.LEVEL_RAISED, manager.name)]


def test_a_listener_that_fails_undoes_the_step(here: Side, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(case: Case, happening: Happening, by: Actor) -> None:
        raise RuntimeError("no")

    listeners: Registry[Listener] = Registry("case listener")
    listeners.register("test", fail)
    monkeypatch.setattr(announcing, "case_listeners", listeners)
    before = Incident.objects.count()
    with pytest.raises(RuntimeError):
        add_incident(here.case, IncidentDetails("Again", ["noise"]), by=here.actor())
    assert Incident.objects.count() == before
