"""Assessing, acting and consenting: what is kept, which clocks follow, and that a refusal changes nothing."""

import datetime
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from cases.choices import PartyRole
from cases.models import Case, Deadline, Person
from cases.services.categorising import recategorise
from cases.services.people import add_party
from cases.services.working import IncidentDetails, add_incident
from landlords.permissions import Refused, Role
from riskmatrix.engine import Answered
from riskmatrix.findings import prompts_of
from riskmatrix.models import Assessment, Consent
from riskmatrix.selectors import band_of, consents_of, newest_assessments, newest_of
from riskmatrix.services import act_on_high, assess_risk, record_consent, remind_to_reassess, withdraw_consent
from tests.factories.world import MONDAY, NOON, Side, World
from tests.riskmatrix.answering import HIGH, LOWEST, MEDIUM, answers
from timeline.clock import clock_at
from timeline.models import Event
from timeline.scope import landlord_scope

DAY = datetime.timedelta(days=1)


@pytest.fixture
def there(world: World) -> Iterator[Side]:
    """Inside the scope of the other landlord, Derby Homes."""
    with transaction.atomic(), landlord_scope(world.there.landlord.pk):
        yield world.there


def assess(side: Side, told: Any = LOWEST, band: str = "low", **more: Any) -> Assessment:
    options = {"person_id": side.complainant.pk, "by": side.actor(), **more}
    given = told if any(isinstance(one, Answered) for one in told.values()) else answers(told)
    return assess_risk(side.case, answers=given, confirmed_band=band, **options)


def clocks(case: Case, *kinds: str) -> list[tuple[str, str, str]]:
    """Kind, state and London due day of the clocks, oldest first."""
    found = Deadline.objects.filter(case=case, kind__in=kinds).order_by("pk")
    return [(one.kind, one.state, f"{one.due_at:%a %d %b}" if one.due_at else "no date") for one in found]


def everything() -> tuple[Any, ...]:
    return (
        Assessment.objects.count(),
        Consent.objects.count(),
        Event.objects.count(),
        sorted(Deadline.objects.values_list("pk", "state", "due_at")),
        sorted(Case.objects.values_list("pk", "status", "level")),
    )


def refused(case: Side, **call: Any) -> list[str]:
    """The reasons, after making sure that nothing at all has changed."""
    before = everything()
    with pytest.raises(Refused) as refusal, transaction.atomic():
        assess(case, **call)
    assert everything() == before
    return [str(reason) for reason in refusal.value.reasons]


def test_an_assessment_keeps_the_answers_and_what_they_were_scored_with(here: Side) -> None:
    given = {**answers(MEDIUM), 6: Answered(("yes",), text="Police, 24 December", consent=True)}
    found = assess(here, given, "medium", occasion="After the threat")
    kept = Assessment.objects.get()
    assert kept == found
    assert (kept.score, kept.most, kept.mode, kept.medium_from, kept.high_from) == (18, 51, "sum", 18, 26)
    assert (kept.instrument, kept.instrument_version, kept.complete) == ("pfp-ram-2024", 1, True)
    assert (kept.computed_band, kept.confirmed_band, kept.judgement) == ("medium", "medium", "")
    assert (kept.occasion, kept.assessed_at, kept.recorded_at, kept.recorded_by) == (
        "After the threat",
        NOON,
        NOON,
        "Officer Larkspur",
    )
    assert kept.answers["6"] == {
        "chosen": ["yes"],
        "declined": False,
        "text": "Police, 24 December",
        "consent": True,
    }
    assert sorted(kept.answers, key=int) == [str(number) for number in range(1, 15)]


def test_the_timeline_tells_score_and_band_and_keeps_the_words_apart(here: Side) -> None:
    assess(here, LOWEST, "high", judgement="He has a key to her flat")
    event = Event.objects.filter(case_id=here.case.pk, verb="risk_assessed").get()
    assert event.payload == {
        "person_id": here.complainant.pk,
        "score": 0,
        "most": 51,
        "band": "high",
        "computed": "low",
        "complete": True,
    }
    assert event.words.text == "He has a key to her flat"


def test_a_complete_assessment_meets_the_duty_and_starts_the_next_reminder(here: Side) -> None:
    assess(here)
    assert clocks(here.case, "risk_assessment", "risk_review", "risk_action") == [
        ("risk_assessment", "met", "no date"),
        ("risk_review", "running", "Mon 14 Dec"),
    ]
    review = Deadline.objects.get(kind="risk_review")
    assert (review.basis, review.met_by) == ("reminder", "risk_assessment_completed")
    assert (
        review.why == "the document does not speak of assessing again; 28 days, and 14 at high risk, are ours"
    )


def test_an_assessment_with_a_question_left_out_is_kept_and_meets_nothing(here: Side) -> None:
    told = {number: value for number, value in LOWEST.items() if number != 14}
    assert assess(here, told).complete is False
    assert clocks(here.case, "risk_assessment", "risk_review") == [("risk_assessment", "running", "no date")]


def test_asked_and_declined_is_asked(here: Side) -> None:
    assert assess(here, dict.fromkeys(LOWEST, "declined")).complete is True
    assert clocks(here.case, "risk_assessment") == [("risk_assessment", "met", "no date")]


def test_high_is_reviewed_sooner_and_waits_for_somebody_to_act(here: Side) -> None:
    assess(here, HIGH, "high")
    assert clocks(here.case, "risk_review", "risk_action") == [
        ("risk_review", "running", "Mon 30 Nov"),
        ("risk_action", "running", "Tue 17 Nov"),
    ]
    assert Deadline.objects.get(kind="risk_action").basis == "reminder"


def test_the_next_assessment_meets_the_reminder_and_starts_another(here: Side) -> None:
    assess(here)
    with clock_at(NOON + 7 * DAY):
        assess(here)
    assert clocks(here.case, "risk_review") == [
        ("risk_review", "met", "Mon 14 Dec"),
        ("risk_review", "running", "Mon 21 Dec"),
    ]


def test_one_recorded_late_changes_no_clock_of_a_newer_one(here: Side) -> None:
    assess(here, MEDIUM, "medium")
    before = clocks(here.case, "risk_review", "risk_action", "risk_assessment")
    assess(here, HIGH, "high", assessed_at=MONDAY)
    assert clocks(here.case, "risk_review", "risk_action", "risk_assessment") == before
    assert band_of(here.case, here.complainant.pk) == "medium"
    assert newest_assessments(here.case)[here.complainant.pk].score == 18


def test_duties_follow_the_confirmed_band_not_the_score(here: Side) -> None:
    assess(here, HIGH, "low", judgement="All of it was years ago; she is at ease")
    assert clocks(here.case, "risk_action") == []
    assert band_of(here.case, here.complainant.pk) == "low"


def test_bands_of_an_old_assessment_stay_as_they_were(here: Side) -> None:
    old = assess(here, MEDIUM, "medium")
    Assessment.objects.filter(pk=old.pk).update(medium_from=10, high_from=15)
    with clock_at(NOON + DAY):
        assess(here, MEDIUM, "medium")
    found = Assessment.objects.order_by("pk").values_list("medium_from", "high_from", "confirmed_band")
    assert list(found) == [(10, 15, "medium"), (18, 26, "medium")]


def test_another_band_without_a_reason_is_refused(here: Side) -> None:
    assert refused(here, told=MEDIUM, band="high") == [
        "The score is 18, which suggests Medium. Say why you judge the risk as High."
    ]


@pytest.mark.parametrize("band", ["", "severe"])
def test_a_band_has_to_be_confirmed(here: Side, band: str) -> None:
    assert refused(here, band=band) == ["Confirm the band: low, medium or high."]


def test_everything_that_is_wrong_is_told_at_once(here: Side) -> None:
    assert refused(
        here,
        told={1: Answered(("hourly",)), 7: Answered(("you", "none"))},
        person_id=0,
        assessed_at=NOON + DAY,
    ) == [
        "Question 1: choose one of its answers.",
        "Question 7: “none” cannot go with another answer.",
        "Choose a complainant of this case: risk is assessed for each of them.",
        "The assessment cannot be in the future.",
    ]


def test_something_has_to_be_asked(here: Side) -> None:
    assert refused(here, told={2: Answered(text="Not today")}) == [
        "Ask at least one question before you save."
    ]


def test_only_complainants_are_assessed(here: Side) -> None:
    respondent = here.case.parties.get(role="respondent").person_id
    assert refused(here, person_id=respondent) == [
        "Choose a complainant of this case: risk is assessed for each of them."
    ]


def test_more_than_a_day_late_needs_a_reason(here: Side) -> None:
    with clock_at(NOON + 2 * DAY):
        at: dict[str, Any] = {"assessed_at": NOON}
        assert refused(here, **at) == ["This was more than a day ago. Say why it is recorded late."]
        assess(here, late_reason="Written on paper at her kitchen table", **at)
    assert clocks(here.case, "risk_assessment") == [("risk_assessment", "met", "no date")]
    event = Event.objects.get(verb="risk_assessed")
    assert (event.occurred_at, event.words.text) == (NOON, "Written on paper at her kitchen table")


@pytest.mark.parametrize("role", [Role.ADVISER, Role.AUDITOR, Role.ADMINISTRATOR])
def test_a_role_that_may_not_assess_changes_nothing(here: Side, role: str) -> None:
    assert len(refused(here, by=here.actor(role))) == 1


def test_a_closed_case_is_not_assessed(here: Side) -> None:
    _close(here)
    assert refused(here) == ["This case is closed. Reopen it first."]


def test_each_complainant_has_their_own_risk(here: Side) -> None:
    other = Person.objects.create(
        landlord_id=here.landlord.pk, name="Idris Vaughan-Pemberton", name_key="idris vaughan pemberton"
    )
    add_party(here.case, other, PartyRole.COMPLAINANT)
    assess(here, HIGH, "high")
    assess(here, person_id=other.pk)
    assert {key: one.confirmed_band for key, one in newest_assessments(here.case).items()} == {
        here.complainant.pk: "high",
        other.pk: "low",
    }
    assert newest_of(here.case, 0) is None


def test_another_landlords_person_is_nobody_here(world: World, here: Side) -> None:
    assert refused(here, person_id=world.there.complainant.pk) == [
        "Choose a complainant of this case: risk is assessed for each of them."
    ]


def test_derby_shares_medium_and_high_and_owes_it_once_until_the_risk_rises(there: Side) -> None:
    assess(there, MEDIUM, "medium")
    share = Deadline.objects.get(kind="partner_share")
    assert (share.basis, share.clause, share.clause_id, share.due_at) == ("promise", "3.5", "DH-017", None)
    with clock_at(NOON + DAY):
        assess(there, MEDIUM, "medium")
    assert clocks(there.case, "partner_share") == [("partner_share", "running", "no date")]
    Deadline.objects.filter(pk=share.pk).update(state="met", met_at=NOON + DAY)
    with clock_at(NOON + 2 * DAY):
        assess(there, MEDIUM, "medium")
    assert clocks(there.case, "partner_share") == [("partner_share", "met", "no date")]
    with clock_at(NOON + 3 * DAY):
        assess(there, HIGH, "high")
    assert [state for _kind, state, _due in clocks(there.case, "partner_share")] == ["met", "running"]


def test_low_risk_is_not_shared(there: Side) -> None:
    assess(there)
    assert clocks(there.case, "partner_share", "risk_action") == []


def test_an_incident_brings_the_next_assessment_forward_but_never_back(here: Side) -> None:
    assess(here)
    with clock_at(NOON + DAY):
        add_incident(here.case, IncidentDetails("Shouting again", ["noise"]), by=here.actor())
        assert clocks(here.case, "risk_review") == [
            ("risk_review", "withdrawn", "Mon 14 Dec"),
            ("risk_review", "running", "Wed 18 Nov"),
        ]
    with clock_at(NOON + 2 * DAY):
        add_incident(here.case, IncidentDetails("And again", ["noise"]), by=here.actor())
        assert remind_to_reassess(here.case, why="the plan has changed", by=here.actor()) == []
    review = Deadline.objects.get(kind="risk_review", state="running")
    assert review.why == "brought forward because something new has happened; the time is ours"
    assert Event.objects.filter(verb="risk_to_look_at_again").count() == 1


def test_nobody_assessed_has_nothing_to_bring_forward(here: Side) -> None:
    before = everything()
    assert remind_to_reassess(here.case, why="the case is to close", by=here.actor()) == []
    assert everything() == before


def test_a_level_raised_brings_it_forward_except_where_the_risk_is_high(here: Side) -> None:
    assess(here, MEDIUM, "medium")
    recategorise(here.case, level="a", reason="Threats", by=here.actor())
    running = [due for _kind, state, due in clocks(here.case, "risk_review") if state == "running"]
    assert running == ["Tue 17 Nov"]


def test_a_level_raised_at_high_risk_leaves_the_reminders(here: Side) -> None:
    assess(here, HIGH, "high")
    before = clocks(here.case, "risk_review", "risk_action")
    recategorise(here.case, level="a", reason="Threats", by=here.actor())
    assert clocks(here.case, "risk_review", "risk_action") == before


def test_acting_is_kept_and_ends_the_waiting(here: Side) -> None:
    assessment = assess(here, HIGH, "high")
    done = act_on_high(assessment, words="Speak weekly; police told", by=here.actor())
    assert (done.acted_at, done.acted_by, done.acted_words) == (
        NOON,
        "Officer Larkspur",
        "Speak weekly; police told",
    )
    assert clocks(here.case, "risk_action") == [("risk_action", "met", "Tue 17 Nov")]
    assert here.case.level == Case.objects.get(pk=here.case.pk).level


def not_acted(assessment: Assessment, by: Any, words: str = "Speak weekly", **more: Any) -> list[str]:
    before = everything()
    with pytest.raises(Refused) as refusal, transaction.atomic():
        act_on_high(assessment, words=words, by=by, **more)
    assert everything() == before
    return [str(reason) for reason in refusal.value.reasons]


def test_acting_needs_words_and_something_that_waits(here: Side) -> None:
    assessment = assess(here, HIGH, "high")
    assert not_acted(assessment, here.actor(), " ") == ["Say what is done about the risk, or why nothing is."]
    assert len(not_acted(assessment, here.actor(Role.AUDITOR))) == 1
    act_on_high(assessment, words="Speak weekly", by=here.actor())
    assert not_acted(assessment, here.actor()) == ["Nothing waits to be decided about this assessment."]


def test_only_the_newest_assessment_is_acted_on(here: Side) -> None:
    old = assess(here, HIGH, "high")
    with clock_at(NOON + DAY):
        assess(here)
        assert not_acted(old, here.actor()) == [
            "There is a newer assessment. Say what is done about that one."
        ]
    assert clocks(here.case, "risk_action") == [("risk_action", "withdrawn", "Tue 17 Nov")]


def test_derby_asks_whether_high_risk_raises_the_case(there: Side) -> None:
    assessment = assess(there, HIGH, "high")
    assert Case.objects.get(pk=there.case.pk).level == "cat-2"
    assert not_acted(assessment, there.actor()) == ["Say whether the level of the case is raised."]
    act_on_high(assessment, words="A person may be in danger", raise_level=True, by=there.actor())
    case = Case.objects.get(pk=there.case.pk)
    assert case.level == "cat-1"
    assert (
        case.categorisations.order_by("pk").values_list("reason", flat=True)[1] == "A person may be in danger"
    )
    assert clocks(case, "partner_share", "risk_action") == [
        ("risk_action", "met", "Tue 17 Nov"),
        ("partner_share", "running", "no date"),
    ]
    assert Event.objects.filter(verb="level_kept").count() == 0


def test_derby_keeps_the_level_only_with_a_named_persons_reason(there: Side) -> None:
    assessment = assess(there, HIGH, "high")
    act_on_high(assessment, words="He has moved away", raise_level=False, by=there.actor())
    assert Case.objects.get(pk=there.case.pk).level == "cat-2"
    event = Event.objects.get(verb="level_kept")
    assert (event.actor_name, event.words.text) == ("Officer Foxglove", "He has moved away")
    assert event.payload["clause"] == "5.16"


def test_changing_the_level_changes_no_band(there: Side) -> None:
    assess(there, MEDIUM, "medium")
    recategorise(there.case, level="cat-1", reason="Threats", by=there.actor())
    assert band_of(there.case, there.complainant.pk) == "medium"


def test_a_yes_to_question_8_prompts_and_never_sets_hate(here: Side) -> None:
    assessment = assess(here, {**LOWEST, 8: "yes"})
    keys = [prompt.key for prompt in prompts_of(assessment, here.case, None)]
    assert keys == ["support_referral", "victim_support_worker", "hate_policy"]
    assert Case.objects.get(pk=here.case.pk).hate is False
    here.case.hate = True
    assert [one.key for one in prompts_of(assessment, here.case, None)] == keys[:2]


def test_consent_for_each_agency_and_its_taking_back(here: Side) -> None:
    person = here.complainant.pk
    consent = record_consent(here.case, person_id=person, agency=" Police ", agreed=True, by=here.actor())
    record_consent(here.case, person_id=person, agency="Victim Support", agreed=False, by=here.actor())
    withdraw_consent(consent, by=here.actor())
    found = consents_of(here.case)[person]
    assert [(one.agency, one.agreed, one.withdrawn_at, one.withdrawn_by) for one in found] == [
        ("Police", True, NOON, "Officer Larkspur"),
        ("Victim Support", False, None, ""),
    ]
    verbs = Event.objects.filter(subject_type="consent").order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["consent_given", "consent_refused", "consent_withdrawn"]


def test_consents_are_kept_with_the_assessment_or_not_at_all(here: Side) -> None:
    assess(here, consents={"Police": True, "Victim Support": False})
    found = [(one.agency, one.agreed) for one in consents_of(here.case)[here.complainant.pk]]
    assert found == [("Police", True), ("Victim Support", False)]
    assert refused(here, consents={" ": True}) == ["Say which agency this is about."]


def test_a_later_answer_stands_and_the_earlier_one_is_kept(here: Side) -> None:
    for agreed in (True, False):
        record_consent(
            here.case, person_id=here.complainant.pk, agency="Police", agreed=agreed, by=here.actor()
        )
    assert [one.agreed for one in consents_of(here.case)[here.complainant.pk]] == [False]
    assert Consent.objects.count() == 2


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"agency": " "}, "Say which agency this is about."),
        ({"agency": "x" * 101}, "The name of the agency must be 100 characters or fewer."),
        ({"person_id": 0}, "Choose a complainant of this case."),
    ],
)
def test_consent_that_cannot_be_kept(here: Side, change: dict[str, Any], reason: str) -> None:
    before = everything()
    call = {
        "person_id": here.complainant.pk,
        "agency": "Police",
        "agreed": True,
        "by": here.actor(),
        **change,
    }
    with pytest.raises(Refused) as refusal, transaction.atomic():
        record_consent(here.case, **call)
    assert refusal.value.reasons == [reason]
    assert everything() == before


def test_what_was_refused_or_taken_back_cannot_be_taken_back(here: Side) -> None:
    no = record_consent(
        here.case, person_id=here.complainant.pk, agency="Police", agreed=False, by=here.actor()
    )
    before = everything()
    for by in (here.actor(), here.actor(Role.AUDITOR)):
        with pytest.raises(Refused), transaction.atomic():
            withdraw_consent(no, by=by)
    assert everything() == before


def test_consent_can_be_taken_back_when_the_case_is_closed(here: Side) -> None:
    consent = record_consent(
        here.case, person_id=here.complainant.pk, agency="Police", agreed=True, by=here.actor()
    )
    _close(here)
    assert withdraw_consent(consent, by=here.actor()).withdrawn_at == NOON


def _close(side: Side) -> None:
    """As a closed case stands; how it is closed is tested elsewhere."""
    case = Case.objects.get(pk=side.case.pk)
    case.close()
    case.save()
