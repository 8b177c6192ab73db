"""What is written once stays on the case it was written on, and counts on the one it was joined to."""

import datetime
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cases.gates.schema import ApprovalRule, ApprovalsSection
from cases.models import Approval, Case, Rearrangement
from cases.selectors.joined import with_joined, written
from cases.services.approving import approve, give_notice, look_at_approval, set_aside, why_not
from cases.services.closing import closing_stands
from cases.services.deciding import record_decision, to_record
from cases.services.people import Told
from cases.services.rearranging import merge_cases
from cases.services.undoing import undo
from landlords.permissions import Refused, Role
from tests.cases.pages import words
from tests.factories.desk import Desk, OpenDesk, desks, later
from tests.factories.world import MONDAY, World
from timeline.actors import system
from timeline.clock import clock_at
from timeline.scope import landlord_scope
from triage.facts import Facts
from triage.services import Submission, submit_report

YES = {"answer": "yes", "reason": "Nothing else has helped"}


@pytest.fixture(name="open_desk")
def _open_desk(db: None) -> Iterator[OpenDesk]:
    with desks() as opened:
        yield opened


@pytest.fixture
def pfp(open_desk: OpenDesk) -> Desk:
    return open_desk("places-for-people")


def another(desk: Desk) -> Case:
    """Somebody else complains about the same man."""
    facts = {"behaviours": ("noise",), "channel": "telephone", "reporter": "tenant", "respondent": "tenant"}
    submission = Submission(
        Facts.model_validate({**facts, "received_at": MONDAY}),
        description="Me too",
        reporter=Told(name="Beth Ashdown", phone="07700 900456"),
        respondent=Told(name="Dale Larkspur", address="18 Larkspur Court"),
    )
    case = submit_report(submission, by=system("Tests")).case
    assert case is not None
    return case


def merge(desk: Desk, source: Case) -> Rearrangement:
    with clock_at(later(hours=1)):
        return merge_cases(source, desk.case, reason="The same man", by=desk.actor())


def legal(desk: Desk, key: str = "legal_decision") -> ApprovalRule:
    rule = desk.policy.section(ApprovalsSection).rule(key)
    assert rule is not None
    return rule


def missing(desk: Desk, at: datetime.datetime) -> list[str]:
    case = Case.objects.select_related("team", "policy").get(pk=desk.case.pk)
    with clock_at(at):
        return [one.need for one in look_at_approval(case, legal(desk), by=desk.actor("am")).unmet]


def test_an_approval_counts_while_the_cases_are_one(pfp: Desk) -> None:
    source = another(pfp)
    approve(source, what="escalation", by=pfp.actor("am"), **YES)
    assert missing(pfp, later(minutes=30)) == ["conference", "approval"]
    merged = merge(pfp, source)
    assert missing(pfp, later(hours=2)) == ["conference"]
    with clock_at(later(hours=3)):
        undo(merged, reason="Two men after all", by=pfp.actor())
    assert missing(pfp, later(hours=4)) == ["conference", "approval"]
    assert Approval.objects.get().case_id == source.pk


def test_a_later_no_on_the_case_itself_takes_back_the_yes_of_the_other(pfp: Desk) -> None:
    source = another(pfp)
    approve(source, what="escalation", by=pfp.actor("am"), **YES)
    merge(pfp, source)
    with clock_at(later(hours=2)):
        approve(pfp.case, what="escalation", answer="no", reason="It is quiet now", by=pfp.actor("am"))
    assert missing(pfp, later(hours=3)) == ["conference", "approval"]


def test_four_eyes_hold_across_both(pfp: Desk) -> None:
    source = another(pfp)
    told: dict[str, Any] = {
        "key": "proportionality_assessment",
        "answer": "Legal action is proportionate",
        "reason": "Impact",
    }
    record_decision(source, by=pfp.actor("tem"), **told)
    rule = legal(pfp, "proportionality_approval")
    before = why_not(pfp.case, rule, by=pfp.actor("tem"))
    merge(pfp, source)
    after = why_not(Case.objects.get(pk=pfp.case.pk), rule, by=pfp.actor("tem"))
    assert len(after) == len(before) + 1
    assert "Four eyes: you recorded" in after[-1]
    with clock_at(later(hours=2)), pytest.raises(Refused):
        approve(pfp.case, what=rule.key, by=pfp.actor("tem"), **YES)
    assert Approval.objects.count() == 0


def test_the_newest_decision_of_either_is_the_one_on_record(pfp: Desk) -> None:
    source = another(pfp)
    rule = to_record(pfp.case)[0].rule
    told: dict[str, Any] = {
        "key": rule.key,
        "answer": rule.answers[0] if rule.answers else "Yes",
        "reason": "So it is",
    }
    made = record_decision(source, by=pfp.actor("am"), **told)
    latest = {one.rule.key: one.latest for one in to_record(pfp.case)}
    assert latest[rule.key] is None
    merge(pfp, source)
    latest = {one.rule.key: one.latest for one in to_record(Case.objects.get(pk=pfp.case.pk))}
    assert latest[rule.key] == made


def test_a_notice_counts(open_desk: OpenDesk) -> None:
    desk = open_desk("plus-dane")
    source = another(desk)
    given: dict[str, Any] = {
        "of": "closing",
        "how": "written",
        "given_at": later(),
        "summary": "Letter",
        "by": desk.actor(),
    }
    give_notice(source, person_id=source.parties.get(role="complainant").person_id, **given)
    assert written(desk.case, "notices") == []
    merge(desk, source)
    target = Case.objects.get(pk=desk.case.pk)
    assert [one.case_id for one in written(target, "notices")] == [source.pk]
    assert with_joined(target) == [target.pk, source.pk]


def test_gates_set_aside_on_one_case_stay_shut_on_the_other(pfp: Desk) -> None:
    source = another(pfp)
    aside = {"reasons": "Urgent", "why_proportionate": "Somebody could be hurt"}
    set_aside(source, step="close", by=pfp.actor("am"), **aside)
    merge(pfp, source)
    with clock_at(later(hours=2)):
        stands = closing_stands(Case.objects.get(pk=pfp.case.pk), by=pfp.actor())
    assert [one.waived for one in stands.met if one.waived] == []


def test_pages_say_where_it_was_written(pfp: Desk, client: Client) -> None:
    source = another(pfp)
    rule = to_record(source)[0].rule
    answer = rule.answers[0] if rule.answers else "Yes"
    approve(source, what="escalation", by=pfp.actor("am"), **YES)
    record_decision(source, key=rule.key, answer=answer, reason="So it is", by=pfp.actor("am"))
    merge(pfp, source)
    pfp.sign_in(client)
    told = f"on {source.reference} before it was joined"
    with clock_at(later(hours=2)):
        for name, keys in (("case", ()), ("approvals", ()), ("record-decision", (rule.key,))):
            address = reverse(name, args=[pfp.case.reference, *keys])
            assert words(client.get(address, {"decisions": "1"})).count(told) == 1, name
        own = words(client.get(reverse("approvals", args=[source.reference])))
    assert "before it was joined" not in own


def test_the_pages_ask_as_often_for_many_joined_records_as_for_few(pfp: Desk, client: Client) -> None:
    source = another(pfp)
    approve(source, what="escalation", by=pfp.actor("am"), **YES)
    merge(pfp, source)
    pfp.sign_in(client)

    def queries(name: str) -> int:
        with clock_at(later(hours=2)), CaptureQueriesContext(connection) as captured:
            client.get(reverse(name, args=[pfp.case.reference]))
        return len(captured)

    names = ("case", "tools", "approvals")
    few = [queries(name) for name in names]
    for number in range(3):
        Approval.objects.create(
            landlord=pfp.landlord,
            case=source,
            what="escalation",
            answer="yes",
            reason="Again",
            decided_at=later(minutes=number),
            decided_by="am Larkspur",
        )
    assert [queries(name) for name in names] == few


def test_another_landlord_reads_none_of_it(world: World) -> None:
    here, there = world.here, world.there
    with landlord_scope(here.landlord.pk):
        rule = to_record(here.case)[0].rule
        answer = rule.answers[0] if rule.answers else "Yes"
        record_decision(here.case, key=rule.key, answer=answer, reason="x", by=here.actor(Role.MANAGER))
        assert [one.answer for one in written(here.case, "decisions")] == [answer]
        assert with_joined(here.case) == [here.case.pk]
    with landlord_scope(there.landlord.pk):
        assert (written(here.case, "approvals"), written(here.case, "decisions")) == ([], [])
