"""The list of safeguarding concerns: what makes one, whether anybody acted, and who may see which."""

import datetime

import pytest
from django.test import Client
from django.urls import reverse

from cases.models import Case, CaseAccess, Decision, Referral, Sharing
from cases.selectors.safeguarding import Concern, Standing, Wanted, concerns
from cases.services.working import add_note
from landlords.permissions import Refused, Role
from tests.cases.pages import words
from tests.factories.world import NOON, Side, World, report
from timeline.clock import clock_at

AN_HOUR = datetime.timedelta(hours=1)


def note(here: Side, case: Case | None = None, kind: str = "safeguarding") -> None:
    add_note(case or here.case, text="A child has bruises", kind=kind, by=here.actor(Role.MANAGER))


def found(
    here: Side, role: str = Role.MANAGER, standing: Standing = Standing.OPEN, team: str = ""
) -> list[Concern]:
    return concerns(Wanted(standing, team), by=here.actor(role)).rows


def act(here: Side, kind: str) -> None:
    """Something is done about it, an hour after noon; put down directly, without its gates."""
    at = NOON + AN_HOUR
    on = {"landlord_id": here.landlord.pk, "case": here.case, "recorded_by": "Officer Larkspur"}
    if kind == "referral":
        basis = {"consent": "not_asked", "basis_without_consent": "safeguarding"}
        Referral.objects.create(**on, **basis, person=here.complainant, agency="Social care", made_at=at)
    elif kind == "sharing":
        Sharing.objects.create(
            **on, agency="Social care", permission="no", basis="safeguarding", shared_at=at
        )
    else:
        decided = {"decided_at": at, "decided_by": on.pop("recorded_by")}
        Decision.objects.create(**on, **decided, key="safeguarding", question="?", answer=kind, reason="x")


@pytest.mark.parametrize("kind", ["safeguarding", "child_protection"])
def test_a_note_is_a_concern_until_something_is_done(here: Side, kind: str) -> None:
    assert found(here) == []
    note(here, kind=kind)
    (concern,) = found(here)
    assert (concern.case, concern.first.by, concern.first.at, concern.last_done, concern.waiting) == (
        here.case,
        "Manager Larkspur",
        NOON,
        None,
        True,
    )


@pytest.mark.parametrize(
    ("kind", "what"),
    [
        ("referral", "Referred to Social care"),
        ("sharing", "Told Social care"),
        ("A concern, reported", "A concern, reported"),
    ],
)
def test_what_was_done_about_it(here: Side, kind: str, what: str) -> None:
    note(here)
    act(here, kind)
    (concern,) = found(here)
    assert concern.last_done is not None
    assert (concern.last_done.what, concern.last_done.by, concern.waiting) == (
        what,
        "Officer Larkspur",
        False,
    )
    with clock_at(NOON + 2 * AN_HOUR):
        note(here)
        assert [one.waiting for one in found(here)] == [True]


@pytest.mark.parametrize(
    ("answer", "listed"), [("No", 0), ("No concern", 0), ("Yes: shared", 1), ("Not yet known", 1)]
)
def test_the_policys_question_answered_otherwise_than_no(here: Side, answer: str, listed: int) -> None:
    act(here, answer)
    assert len(found(here)) == listed


def test_an_ordinary_note_or_referral_is_none(here: Side) -> None:
    note(here, kind="visit")
    act(here, "referral")
    Referral.objects.update(consent="yes", basis_without_consent="")
    assert found(here) == []


def test_those_nobody_acted_on_come_first_and_can_be_asked_for(here: Side, client: Client) -> None:
    note(here)
    act(here, "referral")
    other = report(here, "noise").case
    assert other is not None
    with clock_at(NOON + 2 * AN_HOUR):
        note(here, other)
    assert [one.case for one in found(here)] == [other, here.case]
    assert [one.case for one in found(here, standing=Standing.WAITING)] == [other]
    page = words(here.sign_in(client).get(reverse("safeguarding-concerns"), {"standing": "waiting"}))
    assert "1 case with a concern; on 1 of them nothing is on record since the newest note." in page
    assert "Mon 16 Nov 2026 Safeguarding · Manager Larkspur Nothing yet" in page


def test_open_closed_and_by_team(here: Side) -> None:
    note(here)
    team = here.case.team.key
    assert [one.case for one in found(here, team=team)] == [here.case]
    assert found(here, team="another") == []
    Case.objects.filter(pk=here.case.pk).update(status="closed")
    assert found(here) == []
    for standing in (Standing.CLOSED, Standing.ANY):
        assert [(one.case, one.waiting) for one in found(here, standing=standing)] == [(here.case, False)]


def test_what_was_written_on_a_joined_case_counts_where_the_work_goes_on(here: Side) -> None:
    other = report(here, "noise").case
    assert other is not None
    note(here, other)
    Case.objects.filter(pk=other.pk).update(status="joined", joined_to=here.case)
    for standing in (Standing.OPEN, Standing.ANY):
        assert [one.case for one in found(here, standing=standing)] == [here.case]


def test_a_restricted_case_is_listed_for_those_named_on_it(here: Side, client: Client) -> None:
    note(here, here.restricted_case)
    assert [one.case for one in found(here, Role.MANAGER)] == [here.restricted_case]
    assert found(here, Role.OFFICER) == []
    page = here.sign_in(client, Role.OFFICER).get(reverse("safeguarding-concerns"), {"standing": "any"})
    assert here.restricted_case.reference not in page.content.decode()
    officer = here.members[Role.OFFICER]
    CaseAccess.objects.create(
        landlord_id=here.landlord.pk,
        case=here.restricted_case,
        membership=officer,
        given_at=NOON,
    )
    assert [one.case for one in found(here, Role.OFFICER)] == [here.restricted_case]


def test_it_is_not_for_everybody(here: Side, client: Client) -> None:
    note(here)
    with pytest.raises(Refused):
        found(here, Role.ADVISER)
    link = "Safeguarding concerns"
    for role, told in ((Role.OFFICER, True), (Role.AUDITOR, True), (Role.ADVISER, False)):
        cases = words(here.sign_in(client, role).get(reverse("cases")))
        assert (link in cases) is told, role


def test_another_landlord_has_none_of_it(world: World, here: Side, client: Client) -> None:
    note(here)
    page = words(world.there.sign_in(client, Role.MANAGER).get(reverse("safeguarding-concerns")))
    assert "0 cases with a concern. " in page
    assert "No such concern is on record." in page


def test_a_constant_number_of_queries(here: Side, django_assert_num_queries: object) -> None:
    note(here)
    asked = django_assert_num_queries
    with asked(5):  # type: ignore[operator]
        found(here)
    for _ in range(2):
        case = report(here, "noise").case
        assert case is not None
        note(here, case)
    with asked(5):  # type: ignore[operator]
        assert len(found(here)) == 3
