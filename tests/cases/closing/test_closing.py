"""Closing: what is queued, what a reopened case needs anew, two officers at once, and what the policy file may say."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection, transaction

from cases.gates.engine import GateRefused
from cases.gates.schema import ClosingSection
from cases.models import Mailing, Person
from cases.services.closing import close_case, closing_stands, reopen_case
from cases.services.mailing import mark_mailing_sent
from cases.services.people import Told
from landlords.models import Landlord
from landlords.permissions import Refused, Role
from policies.problems import Problem
from tests.factories.policies import load, policy_file
from tests.factories.stage import A_DAY, BY, Stage, set_gates_aside, staged
from tests.factories.world import MONDAY, NOON, Side, World
from timeline.clock import clock_at
from timeline.models import Event, EventText
from timeline.scope import landlord_scope
from triage.facts import Facts
from triage.services import Submission, submit_report

AGREED = {"complainant_agrees": True}


@pytest.fixture
def derby(world: World) -> Iterator[Side]:
    with transaction.atomic(), landlord_scope(world.there.landlord.pk):
        yield world.there


def stage(side: Side) -> Stage:
    return Stage(side.case, [side.complainant])


def test_the_letter_says_why_how_to_come_back_and_what_next(derby: Side) -> None:
    stage(derby).speak(0)
    close_case(derby.case, ground="resolved", reason="It has stopped. ", details=AGREED, by=derby.actor())
    letter, survey = Mailing.objects.order_by("pk")
    assert letter.words == (
        f"Dear Amina Foxglove,\nYour report {derby.submitted.report.reference}\n\n"
        "We have closed your case.\n\n"
        "Why we have closed it: It has stopped.\n\n"
        "If it happens again, or anything else happens, please tell us: telephone 020 7946 0202 "
        "(Monday to Friday, 8.30am to 5pm) or e-mail asb@derby-homes.example. If somebody is in danger, ring 999.\n\n"
        "You can ask for an ASB case review if you feel that your concerns were not dealt with. Derby City Council "
        "runs these reviews, and we will help you to ask for one. derbyhomes.org, saferderbyshire.gov.uk and "
        "derby.gov.uk tell you how.\n\n"
        "If you are unhappy with our service, you can make a complaint to us.\n\n"
        "Derby Homes"
    )
    assert derby.case.reference not in letter.words + survey.words
    assert [(one.kind, one.clause, one.sent_at) for one in (letter, survey)] == [
        ("closing_letter", "17.3", None),
        ("survey", "3.11", None),
    ]
    assert survey.words.endswith("You can answer by telephone, e-mail or post, as you prefer.")
    assert Event.objects.filter(verb="mailing_queued").count() == 2


def test_every_complainant_has_to_be_reached_and_has_a_letter(derby: Side) -> None:
    case = stage(derby)
    case.people.append(_joined(derby, Told(name="Idris Foxglove", phone="07700 900124")))
    case.speak(0)
    with pytest.raises(GateRefused) as refused:
        close_case(derby.case, ground="resolved", reason="Over", details=AGREED, by=BY)
    assert [(one.clause, one.words) for one in refused.value.unmet] == [("17.2", "Idris Foxglove")]
    case.attempt(0, person=1)
    close_case(derby.case, ground="resolved", reason="Over", details=AGREED, by=BY)
    names = list(Mailing.objects.order_by("pk").values_list("person__name", "kind"))
    assert names == [
        (name, kind) for name in ("Amina Foxglove", "Idris Foxglove") for kind in ("closing_letter", "survey")
    ]


def _joined(side: Side, told: Told) -> Person:
    facts = Facts(
        received_at=MONDAY, behaviours=("noise",), channel="telephone", reporter="tenant", respondent="tenant"
    )
    submitted = submit_report(
        Submission(facts, description="Loud", reporter=told, late_entry_reason="Away"), by=BY, join=side.case
    )
    assert submitted.report.reporter is not None
    return submitted.report.reporter


def test_what_was_answered_is_on_the_file(derby: Side) -> None:
    stage(derby).speak(0)
    close_case(derby.case, ground="resolved", reason="Over", details=AGREED, by=derby.actor())
    closed = Event.objects.get(verb="case_closed")
    label = "The situation has been resolved and the complainant is in agreement with case closure"
    assert closed.payload == {"ground": label, "key": "resolved"}
    assert EventText.objects.get(event=closed).text == "Over\nDoes the complainant want the case closed? Yes"


def test_a_reopened_case_needs_everything_said_anew(derby: Side) -> None:
    stage(derby).speak(0)
    close_case(derby.case, ground="resolved", reason="Over", details=AGREED, by=BY)
    with clock_at(NOON + A_DAY):
        reopen_case(stage(derby).fresh(), reason="Again", by=BY)
        with pytest.raises(GateRefused) as refused:
            close_case(stage(derby).fresh(), ground="resolved", reason="Over", details=AGREED, by=BY)
        assert [one.clause for one in refused.value.unmet] == ["17.2"]
    stage(derby).speak(2)
    with clock_at(MONDAY + 2 * A_DAY):
        close_case(stage(derby).fresh(), ground="resolved", reason="Over", details=AGREED, by=BY)
    assert stage(derby).fresh().status == "closed"


def test_gates_set_aside_let_it_close_but_a_ground_and_a_reason_stay(derby: Side) -> None:
    set_gates_aside(derby.case)
    with pytest.raises(GateRefused) as refused:
        close_case(derby.case, ground="", reason=" ", by=BY)
    assert [one.need for one in refused.value.unmet] == ["ground", "reason"]
    assert [one.waived for one in closing_stands(derby.case, by=BY).met] == [True]
    close_case(derby.case, ground="resolved", reason="Over", by=BY)
    assert stage(derby).fresh().status == "closed"


def test_a_restricted_case_needs_the_same(derby: Side) -> None:
    with pytest.raises(GateRefused) as refused:
        close_case(derby.restricted_case, ground="resolved", reason="Over", details=AGREED, by=BY)
    assert [one.clause for one in refused.value.unmet] == ["17.2"]
    assert not Mailing.objects.exists()


def test_only_those_who_may_close_close(derby: Side) -> None:
    with pytest.raises(Refused):
        close_case(derby.case, ground="resolved", reason="Over", by=derby.actor(Role.ADVISER))
    assert stage(derby).fresh().status == "new"


def test_a_letter_is_not_sent_in_an_unsafe_way(derby: Side) -> None:
    person = derby.complainant
    person.safe_contact = "call"
    person.save(update_fields=["safe_contact"])
    set_gates_aside(derby.case)
    close_case(derby.case, ground="resolved", reason="Over", by=BY)
    mailing = Mailing.objects.order_by("pk")[0]
    with pytest.raises(Refused) as refused:
        mark_mailing_sent(mailing, how="letter", sent_at=NOON, by=BY)
    assert refused.value.reasons == [
        "Our safety rule: Amina Foxglove is written to only in the way that is safe for them (call only)."
    ]
    assert not Mailing.objects.filter(sent_at__isnull=False).exists()
    mark_mailing_sent(mailing, how="letter", sent_at=NOON, asked_this_way=True, by=BY)
    assert Mailing.objects.get(sent_at=NOON).sent_how == "letter"


@pytest.mark.django_db(transaction=True)
def test_of_two_officers_closing_at_once_one_closes() -> None:
    load("vivid")
    landlord = Landlord.objects.get(key="vivid")
    with transaction.atomic(), landlord_scope(landlord.pk):
        case = staged(landlord).case

    def close(ground: str) -> list[str]:
        try:
            with clock_at(NOON), transaction.atomic(), landlord_scope(landlord.pk):
                close_case(case, ground=ground, reason="Over", by=BY)
        except Refused as refused:
            return list(refused.reasons)
        finally:
            connection.close()
        return []

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(close, ["resolved", "nothing_more"])) == [[], ["This case is not open."]]
    with transaction.atomic(), landlord_scope(landlord.pk):
        assert Event.objects.filter(verb="case_closed").count() == 1
        assert Mailing.objects.count() == 2


def problems(**closing: Any) -> list[Problem]:
    policy = policy_file("derby-homes").policy
    return list(ClosingSection.model_validate({"closing": closing}).problems(policy))


SOURCE = {"clause": "17.1"}


def test_a_file_that_asks_what_no_question_asks_is_refused() -> None:
    needs: list[Any] = [{"need": "detail", "of": "agreed", "text": "Not agreed", **SOURCE}]
    ground = {"key": "done", "label": "Done", "needs": needs, **SOURCE}
    assert problems(grounds=[ground]) == [
        Problem("closing.grounds[0].needs[0]", "agreed", "none listed", "no question asks this")
    ]
    when = {"details": {"agreed": False}}
    needs = [{"need": "told_of_closing", "text": "Not told", "when": when, **SOURCE}]
    questions = [{"key": "resolved", "text": "Is it resolved?"}]
    assert problems(needs=needs, questions=questions) == [
        Problem("closing.needs[0]", "agreed", "resolved", "no question asks this")
    ]


def test_a_ground_a_question_or_a_need_that_cannot_be_is_refused() -> None:
    ground = {"key": "done", "label": "Done", **SOURCE}
    question = {"key": "agreed", "text": "Agreed?"}
    found = problems(
        grounds=[ground, ground],
        questions=[question, question],
        needs=[{"need": "moonlight", "text": "No moon", **SOURCE}],
    )
    assert [(one.path, one.value, one.message) for one in found] == [
        ("closing.grounds[1].key", "done", "this is listed twice"),
        ("closing.questions[1].key", "agreed", "this is listed twice"),
        ("closing.needs[0].need", "moonlight", "nothing checks this need"),
    ]
