"""From a report to a case file: who may see it, what waits, what joins."""

import datetime

import pytest
from django.db import ProgrammingError, transaction

from cases.models import Case, Incident, Report
from cases.permissions import visible_to
from cases.search import found_ids, index_case
from cases.services.joining import join_cases
from cases.services.people import Told
from landlords.permissions import Refused, Role
from tests.factories.world import MONDAY, NOON, Side, World, report
from timeline.actors import system
from timeline.models import Event, EventText
from timeline.scope import landlord_scope
from triage.facts import Facts
from triage.models import Proposal
from triage.services import InvalidReport, Submission, decide_report, submit_report

DAY = datetime.timedelta(days=1)


def test_domestic_abuse_restricts_a_case_from_creation(here: Side) -> None:
    assert (here.restricted_case.restricted, here.restricted_case.domestic_abuse) == (True, True)
    sees = {
        role: visible_to(here.actor(role), Case.objects.filter(pk=here.restricted_case.pk)).exists()
        for role in Role.values
    }
    assert sees == {
        "adviser": False,
        "officer": False,
        "specialist": False,
        "manager": True,
        "auditor": False,
        "administrator": False,
    }


def test_a_report_sent_away_waits_and_nothing_is_promised(here: Side) -> None:
    clocks = here.proposal.report.deadlines.values_list("kind", "basis", "state")
    assert list(clocks) == [("triage_decision", "reminder", "running")]
    assert not Incident.objects.filter(report=here.proposal.report).exists()
    assert here.proposal.route == "out_of_scope"


def test_a_decision_to_open_runs_the_clocks_from_receipt(here: Side) -> None:
    case = decide_report(here.proposal, route="asb", reason="He is visiting our tenant", by=here.actor())
    assert case is not None
    assert (case.route, case.level) == ("asb", "b")
    assert case.deadlines.get(kind="initial_contact").start_at == MONDAY
    reminder = here.proposal.report.deadlines.get(kind="triage_decision")
    assert (reminder.state, reminder.met_at) == ("met", NOON)


def test_a_decision_to_send_away_needs_a_reason_and_is_made_once(here: Side) -> None:
    with pytest.raises(Refused):
        decide_report(here.proposal, route="out_of_scope", reason=" ", by=here.actor())
    assert Proposal.objects.get().decided_at is None
    assert decide_report(here.proposal, route="out_of_scope", reason="Not ours", by=here.actor()) is None
    with pytest.raises(Refused):
        decide_report(here.proposal, route="asb", reason="Changed my mind", by=here.actor())
    assert Proposal.objects.get().decided_route == "out_of_scope"


def test_a_report_is_immutable(here: Side) -> None:
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        Report.objects.filter(pk=here.submitted.report.pk).update(description="something else")
    assert Report.objects.get(pk=here.submitted.report.pk).description == "It happened again Larkspur"


def test_names_and_words_find_the_case_and_only_in_its_own_landlord(world: World) -> None:
    for side, other in ((world.here, world.there), (world.there, world.here)):
        with transaction.atomic(), landlord_scope(side.landlord.pk):
            assert set(found_ids(f"amina {side.canary[:4]}")) == {side.case.pk, side.restricted_case.pk}
            assert found_ids(other.canary) == []
            assert found_ids(side.case.reference) == [side.case.pk]


@pytest.mark.parametrize(
    ("reference", "place", "typed"),
    [
        ("VV-7E0YE-48V1Z", "Here", "VV-7E0YE-48V1Z"),
        ("VV-64821-CVJ3C", "Here", "vv64821cvj3c"),
        ("VV-64821-22E2E", "Here", "64821"),
        ("VV-AAAAA-AAAAA", "Flats 12-14 Example Way", "14 example"),
        ("VV-AAAAA-AAAAA", "anne-marie@example.org", "marie@example.org"),
        ("VV-AAAAA-AAAAA", "3/7 Example Way", "7 example"),
    ],
)
def test_numbers_after_a_sign_are_found(here: Side, reference: str, place: str, typed: str) -> None:
    Case.objects.filter(pk=here.case.pk).update(reference=reference, place=place)
    index_case(here.case)
    assert found_ids(typed) == [here.case.pk]


@pytest.mark.parametrize("words", ["'", "zq & zx | !zc", ":*", "\\", "(((", "' OR 1=1 --", "💥", "x" * 5000])
def test_search_survives_anything_typed(here: Side, words: str) -> None:
    assert found_ids(words) == []


def test_joining_moves_the_report_with_its_own_clock(here: Side) -> None:
    second = report(here, "noise")
    assert second.case is not None
    older = join_cases(second.case, here.case, reason="Same flat", by=here.actor())
    assert older == here.case
    assert Case.objects.get(pk=second.case.pk).status == "joined"
    clocks = older.deadlines.filter(kind="initial_contact").values_list("report__reference", flat=True)
    assert sorted(clocks) == sorted([here.submitted.report.reference, second.report.reference])
    assert Incident.objects.filter(case=older).count() == 2


def test_personal_words_stay_out_of_the_chain(here: Side) -> None:
    for event in Event.objects.filter(case_id__isnull=False):
        assert here.canary not in str(event.payload)
    texts = EventText.objects.filter(event__case_id=here.case.pk).values_list("text", flat=True)
    assert list(texts) == ["It happened again Larkspur"]


@pytest.mark.parametrize(
    ("field", "facts", "changes"),
    [
        ("received_at", {"received_at": NOON + DAY}, {}),
        ("received_at", {"received_at": NOON - 400 * DAY}, {}),
        ("late_entry_reason", {"received_at": NOON - DAY}, {}),
        ("occurred_at", {}, {"occurred_at": NOON + DAY}),
        ("description", {}, {"description": "x" * 10_001}),
        ("description", {"behaviours": ()}, {"description": " "}),
        ("reporter", {"anonymous": True}, {"reporter": Told(name="Amina")}),
    ],
)
def test_a_report_that_cannot_be_kept_says_why_and_keeps_nothing(
    here: Side, field: str, facts: dict[str, object], changes: dict[str, object]
) -> None:
    before = (Report.objects.count(), Case.objects.count(), Event.objects.count())
    told = Facts.model_validate({"received_at": NOON, "behaviours": ("noise",), **facts})
    submission = Submission(told, **{"description": "Loud", **changes})  # type: ignore[arg-type]
    with pytest.raises(InvalidReport) as refused:
        submit_report(submission, by=system("Tests"))
    assert [mistake.field for mistake in refused.value.mistakes] == [field]
    assert (Report.objects.count(), Case.objects.count(), Event.objects.count()) == before
