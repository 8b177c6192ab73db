"""Every ground of every landlord, both ways: with all that it needs a case closes; with any one thing left out it is
refused with that thing's clause, and nothing changes."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import transaction

from cases.gates.engine import GateRefused
from cases.gates.schema import ClosingSection
from cases.models import Deadline, Mailing
from cases.services.closing import Ending, close_case, closing_rules, look_at_closing
from cases.services.evidence import EvidenceDetails, receive_evidence, review_evidence
from landlords.models import Landlord
from tests.factories.policies import load, policy_file
from tests.factories.stage import A_DAY, BY, Stage, staged
from tests.factories.world import MONDAY
from timeline.clock import clock_at
from timeline.models import Event
from timeline.scope import landlord_scope

Acts = dict[str, list[str]]
"""What is done or answered, and the clauses that refuse where it alone is left out."""

PFP_WRITTEN: Acts = {
    "speak": ["PFP-115"],
    "understands=She said so": ["PFP-115"],
    "action_taken=Two visits": ["PFP-116"],
    "assessed_again=Not needed": ["PFP-112"],
}
PFP_ALWAYS: Acts = {**PFP_WRITTEN, "matter_resolved=yes": ["PFP-111"]}
PD_TOLD: Acts = {"speak": ["PD-118"], "objections=None": ["PD-119"]}
DH_AGREED: Acts = {"speak": ["DH-108"], "complainant_agrees=yes": ["DH-110"]}
DH_AGAINST: Acts = {
    "speak": ["DH-108", "DH-110"],
    "complainant_agrees=no": ["DH-110"],
    "reasons_explained=yes": ["DH-110"],
    "everything_done=yes": ["DH-110"],
}
WRITTEN: list[tuple[str, str, Acts]] = [
    ("places-for-people", "reduced", PFP_ALWAYS),
    ("places-for-people", "exhausted", PFP_ALWAYS),
    ("places-for-people", "at_request", {**PFP_ALWAYS, "complainant_asked=yes": ["PFP-044"]}),
    ("places-for-people", "resolved", {**PFP_ALWAYS, "matter_resolved=yes": ["PFP-111", "PFP-113"]}),
    (
        "places-for-people",
        "reduced",
        {**PFP_WRITTEN, "matter_resolved=no": ["PFP-111"], "advice from csam": ["PFP-114"]},
    ),
    ("plus-dane", "everything_done", PD_TOLD),
    ("plus-dane", "resolved", PD_TOLD),
    ("plus-dane", "not_asb", {**PD_TOLD, "investigated=yes": ["PD-121"]}),
    ("plus-dane", "insufficient_evidence", PD_TOLD),
    ("plus-dane", "not_worked_with_us", {**PD_TOLD, "asked": ["PD-123"]}),
    ("plus-dane", "lack_of_contact", {"tried twice": ["PD-033"], "told in writing": ["PD-118"]}),
    (
        "plus-dane",
        "police_not_engaged",
        {**PD_TOLD, "criminal=yes": ["PD-104"], "police_refusal=Would not ring": ["PD-104"]},
    ),
    ("derby-homes", "insufficient_evidence", DH_AGREED),
    ("derby-homes", "insufficient_evidence", DH_AGAINST),
    ("derby-homes", "resolved", {**DH_AGREED, "complainant_agrees=yes": ["DH-106"]}),
    ("derby-homes", "impact_reduced", DH_AGREED),
    ("derby-homes", "impact_reduced", DH_AGAINST),
    ("derby-homes", "no_contact", {"tried twice": ["DH-108", "DH-109"]}),
    ("derby-homes", "no_response", {"asked": ["DH-112"], "tried twice": ["DH-108"]}),
    (
        "derby-homes",
        "everything_done",
        {
            "speak": ["DH-108", "DH-110"],
            "reasons_explained=yes": ["DH-110"],
            "everything_done=yes": ["DH-110"],
        },
    ),
    ("believe", "resolved", {"speak": ["BH-108"], "complainant_agrees=yes": ["BH-104"]}),
    ("believe", "everything_done", {"speak": ["BH-108"], "everything_done=yes": ["BH-105"]}),
    ("believe", "quiet", {"tried two ways": ["BH-108", "BH-108"]}),
    ("vivid", "resolved", {}),
    ("vivid", "reduced", {}),
    ("vivid", "nothing_more", {}),
    ("vivid", "at_request", {}),
    ("vivid", "no_contact", {}),
    ("vivid", "not_ours", {}),
    ("northmoor", "resolved", {"speak": ["7.2"], "complainant_agrees=yes": ["7.1"]}),
    ("northmoor", "everything_done", {"speak": ["7.2"]}),
    ("northmoor", "at_request", {"speak": ["7.2"]}),
    ("northmoor", "no_contact", {"tried thrice two ways": ["7.1"]}),
]
LATER = MONDAY + 40 * A_DAY
CASES = [pytest.param(*one, id="-".join(one[:2])) for one in WRITTEN]
LEFT_OUT = [
    pytest.param(landlord, ground, acts, act, id=f"{landlord}-{ground}-without-{act}")
    for landlord, ground, acts in WRITTEN
    for act in acts
]


@contextmanager
def stage_of(landlord: str, *, anonymous: bool = False) -> Iterator[Stage]:
    load(landlord)
    found = Landlord.objects.get(key=landlord)
    with transaction.atomic(), landlord_scope(found.pk):
        yield staged(found, anonymous=anonymous)


def do(stage: Stage, acts: list[str]) -> dict[str, bool | str]:
    """Everything recorded, and the answers to give with closing."""
    answers: dict[str, bool | str] = {}
    for act in acts:
        key, equals, value = act.partition("=")
        if equals:
            answers[key] = {"yes": True, "no": False}.get(value, value)
        else:
            _record(stage, act)
    return answers


def _record(stage: Stage, act: str) -> None:
    if act == "speak":
        stage.speak()
    elif act == "asked":
        stage.ask()
    elif act == "told in writing":
        stage.tell_in_writing()
    elif act == "advice from csam":
        stage.advise("csam")
    else:
        ways = {
            "tried twice": ["telephone", "telephone"],
            "tried two ways": ["telephone", "visit"],
            "tried thrice two ways": ["telephone", "telephone", "letter"],
        }[act]
        for days, means in enumerate(ways, 2):
            stage.attempt(days, means)


@pytest.mark.django_db
@pytest.mark.parametrize(("landlord", "ground", "acts"), CASES)
def test_with_all_it_needs_a_case_closes(landlord: str, ground: str, acts: Acts) -> None:
    with stage_of(landlord) as stage:
        answers = do(stage, list(acts))
        with clock_at(LATER):
            close_case(stage.fresh(), ground=ground, reason="It is over", details=answers, by=BY)
        assert (stage.fresh().status, stage.fresh().closing_ground) == ("closed", ground)


@pytest.mark.django_db
@pytest.mark.parametrize(("landlord", "ground", "acts", "missing"), LEFT_OUT)
def test_without_any_one_of_them_it_is_refused_and_nothing_changes(
    landlord: str, ground: str, acts: Acts, missing: str
) -> None:
    with stage_of(landlord) as stage:
        answers = do(stage, [act for act in acts if act != missing])
        before = (stage.fresh().status, Event.objects.count(), _running())
        with clock_at(LATER), pytest.raises(GateRefused) as refused:
            close_case(stage.fresh(), ground=ground, reason="It is over", details=answers, by=BY)
        assert [one.clause_id or one.clause for one in refused.value.unmet] == acts[missing]
        assert (stage.fresh().status, Event.objects.count(), _running()) == before
        assert Mailing.objects.count() == 0


def _running() -> int:
    return Deadline.objects.filter(state="running").count()


@pytest.mark.parametrize(
    "landlord", ["plus-dane", "derby-homes", "believe", "places-for-people", "vivid", "northmoor"]
)
def test_every_ground_of_the_file_is_in_the_table(landlord: str) -> None:
    closing = policy_file(landlord).policy.section(ClosingSection).closing
    tested = dict.fromkeys(ground for one, ground, _acts in WRITTEN if one == landlord)
    assert sorted(tested) == sorted(ground.key for ground in closing.grounds)


@pytest.mark.django_db
def test_believe_counts_the_quiet_days_to_the_end_of_the_28th() -> None:
    with stage_of("believe") as stage:
        stage.attempt(1)
        stage.attempt(2, "visit")
        for days, closes in ((28, False), (29, True)):
            with clock_at(MONDAY + days * A_DAY):
                if closes:
                    close_case(stage.fresh(), ground="quiet", reason="Quiet", by=BY)
                    continue
                with pytest.raises(GateRefused) as refused:
                    close_case(stage.fresh(), ground="quiet", reason="Quiet", by=BY)
                assert [one.clause for one in refused.value.unmet] == ["14.3"]
        assert stage.fresh().status == "closed"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("landlord", "ground", "answers"),
    [
        ("plus-dane", "everything_done", {}),
        ("derby-homes", "insufficient_evidence", {}),
        ("believe", "everything_done", {"everything_done": True}),
        ("places-for-people", "reduced", {"assessed_again": "Nobody to ask", "matter_resolved": True}),
        ("vivid", "nothing_more", {}),
        ("northmoor", "everything_done", {}),
    ],
)
def test_where_nobody_gave_a_name_a_case_can_still_be_closed(
    landlord: str, ground: str, answers: dict[str, bool | str]
) -> None:
    with stage_of(landlord, anonymous=True) as stage:
        assert stage.people == []
        with clock_at(LATER):
            close_case(stage.fresh(), ground=ground, reason="It is over", details=answers, by=BY)
        assert stage.fresh().status == "closed"
        assert Mailing.objects.count() == 0


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("landlord", "ground"),
    [("plus-dane", "lack_of_contact"), ("derby-homes", "no_contact"), ("northmoor", "no_contact")],
)
def test_silence_of_somebody_we_never_knew_is_no_ground(landlord: str, ground: str) -> None:
    with stage_of(landlord, anonymous=True) as stage, clock_at(LATER):
        with pytest.raises(GateRefused) as refused:
            close_case(stage.fresh(), ground=ground, reason="Silent", by=BY)
        assert refused.value.unmet[0].need == "attempts"
        assert stage.fresh().status == "new"


@pytest.mark.django_db
def test_a_number_of_ours_only_reminds() -> None:
    """“Several” (Derby 17.2) is more than one; that it means three is our reading."""
    with stage_of("derby-homes") as stage:
        stage.attempt(1)
        stage.attempt(2)
        with clock_at(LATER):
            close_case(stage.fresh(), ground="no_contact", reason="Silent", by=BY)
        assert stage.fresh().status == "closed"


@pytest.mark.django_db
def test_plus_dane_lacks_evidence_only_once_every_recording_was_listened_to() -> None:
    with stage_of("plus-dane") as stage:
        answers = do(stage, list(PD_TOLD))
        with clock_at(MONDAY + A_DAY):
            said = EvidenceDetails(kind="recording", title="Bass at night", where_kept="Noise App")
            heard = receive_evidence(
                landlord_id=stage.case.landlord_id, case=stage.fresh(), details=said, upload=None, by=BY
            )
        with clock_at(LATER):
            ending: Any = {
                "ground": "insufficient_evidence",
                "reason": "Nothing proves it",
                "details": answers,
            }
            with pytest.raises(GateRefused) as refused:
                close_case(stage.fresh(), **ending, by=BY)
            assert [one.clause_id for one in refused.value.unmet] == ["PD-086"]
            assert stage.fresh().status != "closed"
            review_evidence(heard, finding="Nothing can be heard", by=BY)
            close_case(stage.fresh(), **ending, by=BY)
        assert stage.fresh().closing_ground == "insufficient_evidence"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("needs_of_them", "reminded"), [("", ["PD-064", "PD-076"]), ("Offered a support worker", ["PD-076"])]
)
def test_plus_dane_is_reminded_of_the_perpetrators_needs(needs_of_them: str, reminded: list[str]) -> None:
    with stage_of("plus-dane") as stage, clock_at(LATER):
        details = {"perpetrator_needs": needs_of_them} if needs_of_them else {}
        looked = look_at_closing(stage.fresh(), Ending("resolved", "It stopped", details), by=BY)
        assert [one.clause_id for one in looked.reminders] == reminded


@pytest.mark.django_db
def test_a_case_that_is_not_anti_social_behaviour_closes_on_our_own_grounds() -> None:
    with stage_of("places-for-people") as stage:
        asb = closing_rules(stage.fresh())
        case = stage.fresh()
        case.route, case.level = "good_neighbourhood", ""
        assert [ground.key for ground in closing_rules(case).grounds] == [
            "resolved",
            "nothing_more",
            "at_request",
            "no_contact",
            "not_ours",
        ]
        assert [ground.key for ground in asb.grounds] == ["reduced", "exhausted", "at_request", "resolved"]
