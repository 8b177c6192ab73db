"""What belongs to one case cannot be reached through another that the same person may open."""

from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from actionplans.models import ToolUse
from cases.models import Case, Evidence, Party, Person
from cases.models.evidence import EvidenceKind
from landlords.permissions import Role
from riskmatrix.services import assess_risk
from tests.actionplans.plan.plans import agree, ours, support, theirs
from tests.cases.linking.world import told
from tests.cases.pages import send
from tests.factories.world import NOON, Side
from tests.riskmatrix.answering import LOWEST, answers
from timeline.models import Event


@dataclass
class Other:
    """An open case beside the side's own, with one of everything on it."""

    case: Case
    person: Person
    keys: dict[str, Any]


@pytest.fixture
def other(here: Side) -> Other:
    case = told(here, "noise", who="Bushra", about="Morgan")
    person = case.parties.get(role="complainant").person
    plan = agree(here, ours(here), theirs(), support(here), case=case, person_id=person.pk)
    assessment = assess_risk(
        case, person_id=person.pk, answers=answers(LOWEST), confirmed_band="low", by=here.actor()
    )
    use = ToolUse.objects.create(
        landlord_id=here.landlord.pk,
        case=case,
        tool="warning",
        label="Warning",
        used_at=NOON,
        recorded_at=NOON,
    )
    diary = Evidence.objects.create(
        landlord_id=here.landlord.pk, case=case, kind=EvidenceKind.DIARY, title="Hers", received_at=NOON
    )
    keys = {
        "change-person": person.key,
        "agree-plan": person.key,
        "assess-risk": person.key,
        "risk-consent": person.key,
        "send-plan": plan.key,
        "finish-action": plan.actions.all()[0].key,
        "drop-action": plan.actions.all()[0].key,
        "give-action": plan.actions.all()[0].key,
        "act-on-risk": assessment.key,
        "end-tool": use.key,
        "record-duty": case.deadlines.all()[0].key,
        "evidence-piece": diary.key,
        "review-evidence": diary.key,
        "evidence-court": diary.key,
    }
    return Other(case, person, keys)


def test_a_key_from_another_case_opens_nothing(here: Side, other: Other, client: Client) -> None:
    here.sign_in(client, Role.MANAGER)
    before = Event.objects.count()
    own = {
        name: client.get(reverse(name, args=[other.case.reference, key])) for name, key in other.keys.items()
    }
    through = {name: reverse(name, args=[here.case.reference, key]) for name, key in other.keys.items()}
    codes = {
        name: (client.get(url).status_code, client.post(url, {"reason": "x"}).status_code)
        for name, url in through.items()
    }
    assert {name: answer.status_code for name, answer in own.items()} == dict.fromkeys(other.keys, 200)
    assert {name for name, pair in codes.items() if not {*pair} <= {404, 405}} == set()
    assert Event.objects.count() == before


PEOPLE = {
    "record-contact": "person",
    "ask-of-person": "person",
    "refer-person": "person",
    "share-information": "person",
    "explain-case-review": "person",
    "apply-case-review": "person",
    "add-evidence": "person",
    "add-party": "who",
}


@pytest.mark.parametrize(("name", "field"), PEOPLE.items())
def test_somebody_from_another_case_is_nobody_here(
    here: Side, other: Other, client: Client, name: str, field: str
) -> None:
    here.sign_in(client, Role.MANAGER)
    url, before = reverse(name, args=[here.case.reference]), Event.objects.count()
    told = {}
    for person in (other.person, here.complainant):
        response = send(client, url, **{field: str(person.key)})
        told[person.pk] = field in response.context["form"].errors
    assert told == {other.person.pk: True, here.complainant.pk: False}
    assert Event.objects.count() == before
    assert Party.objects.filter(case=here.case, person=other.person).count() == 0
