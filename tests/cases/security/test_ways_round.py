"""Ways round four eyes, round a restricted case, and round what is written down of who read what."""

import dataclasses

import pytest
from django.test import Client
from django.urls import reverse

from cases.gates.checks import approval
from cases.gates.engine import Step
from cases.gates.schema import Requirement
from cases.models import Case
from cases.permissions import visible_to
from cases.selectors.evidence import opened_by
from cases.services.approving import approve
from cases.services.categorising import reassign
from cases.services.evidence import EvidenceDetails, receive_evidence
from cases.services.naming import name_staff, take_off
from cases.services.partners import refer_person
from cases.services.people import change_person, details_of
from cases.services.rearranging import merge_cases
from landlords.permissions import Refused, Role
from policies.selectors import policy_of
from tests.cases.evidence import files
from tests.cases.linking.world import told
from tests.factories.desk import desks
from tests.factories.world import Side
from timeline import clock
from timeline.models import Event
from timeline.services import record_access


@pytest.mark.usefixtures("db")
def test_nobody_gives_the_case_away_to_approve_it_and_takes_it_back() -> None:
    with desks() as opened:
        desk = opened("places-for-people")
        manager = desk.members["am"]
        desk.give_to("am")
        reassign(desk.case, owner=desk.members["csam"], reason="x", by=manager.actor())
        approve(desk.case, what="escalation", answer="yes", reason="x", by=manager.actor())
        reassign(desk.case, owner=manager, reason="x", by=manager.actor())
        case = Case.objects.get(pk=desk.case.pk)
        step = Step("x", case, policy_of(case.policy), manager.actor(), clock.now(), {})
        asked = Requirement(need="approval", of="escalation", text="x", clause="c", clause_id="c")
        assert not approval(step, asked).met


def test_whoever_is_taken_off_a_restricted_case_no_longer_opens_it(here: Side, client: Client) -> None:
    case, by = here.restricted_case, here.actor(Role.MANAGER)
    reassign(case, owner=here.members[Role.SPECIALIST], reason="x", by=by)
    reassign(case, owner=here.members[Role.MANAGER], reason="The respondent is her cousin", by=by)
    here.sign_in(client, Role.SPECIALIST)
    assert client.get(reverse("case", args=[case.reference])).status_code == 404


def test_a_safe_way_changed_elsewhere_is_on_the_restricted_case_too(here: Side) -> None:
    person, by = here.complainant, here.actor()
    change_person(here.case, person.pk, dataclasses.replace(details_of(person), safe_contact="email"), by=by)
    secret = told(here, "domestic_abuse", known=person, about="Dale")
    before = Event.objects.filter(case_id=secret.pk).count()
    person.refresh_from_db()
    change_person(here.case, person.pk, dataclasses.replace(details_of(person), safe_contact="any"), by=by)
    assert Event.objects.filter(case_id=secret.pk).count() == before + 1


def test_a_safeguarding_referral_they_agreed_to_is_read_by_as_few(here: Side, client: Client) -> None:
    refer_person(
        here.case,
        person_id=here.complainant.pk,
        agency="Children's or Adult Services",
        reason="The boy has bruises",
        consent="yes",
        basis_without_consent="safeguarding",
        by=here.actor(),
    )
    here.sign_in(client, Role.ADVISER)
    pages = [client.get(reverse(name, args=[here.case.reference])) for name in ("partners", "case")]
    assert [b"bruises" in page.content for page in pages] == [False, False]


def test_who_opened_evidence_is_still_known_after_a_merge(here: Side) -> None:
    other = told(here, "noise", who="Bushra")
    one = receive_evidence(
        landlord_id=here.landlord.pk,
        case=here.case,
        details=EvidenceDetails(),
        upload=files.upload(),
        by=here.actor(),
    )
    record_access(here.case.pk, by=here.actor(), purpose="download the original", opened=one.key)
    merge_cases(here.case, other, reason="x", by=here.actor(Role.MANAGER))
    one.refresh_from_db()
    assert [look.user_name for look in opened_by(one)] == ["Officer Larkspur"]


def test_a_manager_names_staff_on_a_restricted_case_and_takes_them_off_again(
    here: Side, client: Client
) -> None:
    case, specialist = here.restricted_case, here.members[Role.SPECIALIST]
    here.sign_in(client, Role.MANAGER)
    page = reverse("case-staff", args=[case.reference])
    here.restricted_case.named_staff.filter(membership=specialist).delete()
    client.post(page, {"who": f"on-{specialist.key}", "reason": "She knows the family"})
    assert visible_to(specialist.actor(), Case.objects.filter(pk=case.pk)).exists()
    assert last_verb(case) == "access_given"
    client.post(page, {"who": f"off-{specialist.key}", "reason": "The respondent is her cousin"})
    assert not visible_to(specialist.actor(), Case.objects.filter(pk=case.pk)).exists()
    assert last_verb(case) == "access_taken"


def test_naming_staff_is_refused_with_the_reason_and_changes_nothing(here: Side, client: Client) -> None:
    case, specialist = here.restricted_case, here.members[Role.SPECIALIST]
    had, events = set(case.named_staff.values_list("membership", flat=True)), Event.objects.count()
    here.sign_in(client, Role.MANAGER)
    page = reverse("case-staff", args=[case.reference])
    asked = client.post(page, {"who": f"on-{specialist.key}", "reason": " "})
    assert "Say why" in asked.content.decode()
    assert client.get(reverse("case-staff", args=[here.case.reference])).status_code == 404
    with pytest.raises(Refused, match="is not named on this case"):
        take_off(case, here.members[Role.ADVISER], reason="x", by=here.actor(Role.MANAGER))
    with pytest.raises(Refused, match="is not restricted"):
        name_staff(here.case, specialist, reason="x", by=here.actor(Role.MANAGER))
    with pytest.raises(Refused, match="you cannot say who may open"):
        name_staff(case, specialist, reason="x", by=here.actor(Role.OFFICER))
    assert set(case.named_staff.values_list("membership", flat=True)) == had
    assert Event.objects.count() == events


def last_verb(case: Case) -> str:
    return Event.objects.filter(case_id=case.pk).order_by("-id").values_list("verb", flat=True)[0]
