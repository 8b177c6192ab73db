"""The need ``evidence_reviewed``, and what the five policies and the invented one say of evidence."""

import datetime

import pytest

from actionplans.tools.schema import ToolsSection
from cases.evidence.schema import EvidenceSection
from cases.gates.engine import Answer, Step, case_gates
from cases.gates.schema import ClosingSection, Requirement
from cases.models import Case, Evidence
from cases.services.evidence import EvidenceDetails, receive_evidence, review_evidence
from landlords.permissions import Role
from policies.parsing import InvalidPolicy, parse_policy
from policies.selectors import policy_of
from tests.cases.evidence import files
from tests.factories.policies import policy_file
from tests.factories.world import NOON, Side
from timeline.clock import clock_at

HOUR = datetime.timedelta(hours=1)
LANDLORDS = ("plus-dane", "derby-homes", "believe", "places-for-people", "vivid", "northmoor")


def answer(here: Side, of: str = "recordings", at: datetime.datetime = NOON) -> Answer:
    need = Requirement(
        need="evidence_reviewed", of=of, text="Every recording has been listened to", clause="14"
    )
    step = Step("close", here.case, policy_of(here.case.policy), here.actor(), at)
    return case_gates["evidence_reviewed"](step, need)


def receive(here: Side, name: str, content: bytes = b"", **details: str) -> Evidence:
    upload = files.upload(name, content) if content else None
    said = EvidenceDetails(**details)  # type: ignore[arg-type]
    return receive_evidence(
        landlord_id=here.landlord.pk, case=here.case, details=said, upload=upload, by=here.actor()
    )


def test_with_nothing_to_look_at_it_is_met(here: Side) -> None:
    assert answer(here) == Answer(True, "", "evidence")


def test_it_names_what_is_not_yet_heard_and_a_finding_meets_it(here: Side) -> None:
    first = receive(here, "first.wav", files.WAV)
    second = receive(here, "", kind="recording", title="In the app", where_kept="Noise App")
    assert answer(here) == Answer(False, "Not yet: “first”, “In the app”.", "evidence")
    review_evidence(first, finding="Bass", by=here.actor())
    assert answer(here) == Answer(False, "Not yet: “In the app”.", "evidence")
    review_evidence(second, finding="Nothing can be heard", by=here.actor())
    assert answer(here) == Answer(True, "", "evidence")


def heard_by_the_officer(here: Side, at: datetime.datetime = NOON) -> Answer:
    need = Requirement(
        need="evidence_reviewed", of="recordings", value="case_officer", text="Listened to", clause="14"
    )
    step = Step("close", Case.objects.get(pk=here.case.pk), policy_of(here.case.policy), here.actor(), at)
    return case_gates["evidence_reviewed"](step, need)


def test_where_the_officer_of_the_case_has_to_listen_a_colleague_does_not_do(here: Side) -> None:
    """Plus Dane, section 14: the officer investigating the case listens to all of them."""
    one = receive(here, "first.wav", files.WAV)
    Case.objects.filter(pk=here.case.pk).update(owner=here.members[Role.SPECIALIST])
    officer = here.members[Role.SPECIALIST].user.name
    review_evidence(one, finding="Bass", by=here.actor())
    assert heard_by_the_officer(here) == Answer(False, f"Not yet by {officer}: “first”.", "evidence")
    review_evidence(one, finding="Bass until two", by=here.actor(Role.SPECIALIST))
    assert heard_by_the_officer(here) == Answer(True, "", "evidence")


def test_while_nobody_has_the_case_anybody_may_have_listened(here: Side) -> None:
    one = receive(here, "first.wav", files.WAV)
    Case.objects.filter(pk=here.case.pk).update(owner=None)
    assert heard_by_the_officer(here) == Answer(False, "Not yet: “first”.", "evidence")
    review_evidence(one, finding="Bass", by=here.actor())
    assert heard_by_the_officer(here) == Answer(True, "", "evidence")


def test_plus_dane_asks_the_officer_of_the_case_before_closing_and_before_court() -> None:
    policy = policy_file("plus-dane").policy
    ground = policy.section(ClosingSection).closing.ground("insufficient_evidence")
    assert ground is not None
    court = policy.section(ToolsSection).tools.legal.needs
    asked = [one for one in (*ground.needs, *court) if one.need == "evidence_reviewed"]
    assert [(one.of, one.value, one.clause_id, one.refuses) for one in asked] == [
        ("recordings", "case_officer", "PD-086", True),
        ("recordings", "case_officer", "PD-086", False),
    ]


def test_recordings_are_what_can_be_heard_whatever_it_was_filed_as(here: Side) -> None:
    receive(here, "kitchen.jpg", files.picture())
    assert answer(here).met
    assert answer(here, of="everything") == Answer(False, "Not yet: “kitchen”.", "evidence")
    receive(here, "voice.ogg", files.OGG, kind="message")
    assert answer(here) == Answer(False, "Not yet: “voice”.", "evidence")


def test_what_came_after_the_step_does_not_count(here: Side) -> None:
    one = receive(here, "first.wav", files.WAV)
    assert answer(here, at=NOON - HOUR).met
    with clock_at(NOON + HOUR):
        review_evidence(one, finding="Bass", by=here.actor())
    assert not answer(here, at=NOON).met
    assert answer(here, at=NOON + HOUR).met


def test_more_than_five_are_counted(here: Side) -> None:
    for number in range(7):
        receive(here, "", kind="recording", title=f"{number}", where_kept="Noise App")
    assert answer(here).words == "Not yet: “0”, “1”, “2”, “3”, “4”, 2 more."


@pytest.mark.parametrize("key", LANDLORDS)
def test_every_policy_file_says_where_its_rules_of_evidence_come_from(key: str) -> None:
    rules = policy_file(key).policy.section(EvidenceSection).evidence
    for rule in (rules.review, rules.court, rules.inbox, *rules.storing):
        assert bool(rule.clause_id) is not rule.interpretation


def test_plus_danes_officer_listens_to_every_recording() -> None:
    review = policy_file("plus-dane").policy.section(EvidenceSection).evidence.review
    assert (review.of, review.by_case_officer, review.clause_id) == ("recordings", True, "PD-086")


def test_places_for_people_tell_whoever_gives_evidence_that_it_may_be_used_in_court() -> None:
    court = policy_file("places-for-people").policy.section(EvidenceSection).evidence.court
    assert (court.clause, court.clause_id, court.interpretation) == ("6.7", "PFP-094", False)


def test_a_file_that_says_nothing_of_evidence_has_our_reminders() -> None:
    content = {key: part for key, part in policy_file("vivid").content.items() if key != "evidence"}
    rules = parse_policy(content, "vivid.yaml").section(EvidenceSection).evidence
    assert [rule.interpretation for rule in (rules.review, rules.court, rules.inbox)] == [True, True, True]
    assert (rules.review.of, str(rules.inbox.dated), rules.diary) == (
        "everything",
        "end_of_next_working_day",
        None,
    )


def test_the_inbox_needs_a_rule_that_gives_a_date() -> None:
    content = policy_file("vivid").content
    inbox = {"rule": "no_time_stated", "interpretation": True, "why": "It does not say."}
    with pytest.raises(InvalidPolicy) as invalid:
        parse_policy(content | {"evidence": {"inbox": inbox}}, "vivid.yaml")
    assert [(one.path, one.value) for one in invalid.value.errors] == [
        ("evidence.inbox.rule", "no_time_stated")
    ]
