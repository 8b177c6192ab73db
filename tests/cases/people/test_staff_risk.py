"""Take care: who is told of a risk to staff, where it came from, and how it ends."""

import datetime

import pytest
from django.test import Client
from django.urls import reverse

from actionplans.tools.schema import ToolsSection
from cases.choices import PartyRole
from cases.models import Case, Party, Person, StaffRisk
from cases.selectors import possible_matches
from cases.selectors.file import CaseFile, visible_case
from cases.selectors.listing import Wanted, list_cases
from cases.services.people import add_party
from cases.services.staff_risk import (
    Care,
    keep_marks,
    keep_staff_risk,
    record_staff_risk,
    withdraw_staff_risk,
)
from landlords.permissions import Refused, Role
from tests.cases.pages import address, errors, send, words
from tests.factories.world import Side, World, report
from timeline.clock import clock_at
from timeline.models import Event, EventText

DOG = "Large dog, not tied up. Visit in twos."
IN_SPRING = datetime.date(2027, 3, 1)
A_YEAR_ON = datetime.datetime(2027, 11, 1, 12, tzinfo=datetime.UTC)


def respondent(case: Case) -> Person:
    return Party.objects.get(case=case, role="respondent").person


def mark(here: Side, case: Case | None = None, *, everywhere: bool = True) -> StaffRisk:
    case = case or here.case
    care = Care(DOG, IN_SPRING, everywhere=everywhere)
    return record_staff_risk(case, respondent(case).pk, care, by=here.actor(Role.MANAGER))


def told(here: Side, case: Case, role: str = Role.MANAGER) -> list[tuple[str, str, str]]:
    file = CaseFile(visible_case(case.reference, by=here.actor(role)))
    return [(one.name, one.known, one.recorded_by) for one in file.take_care]


def same_person_on(here: Side, case: Case) -> Case:
    """The respondent of the world's case is the one of this case too."""
    case.parties.filter(role="respondent").delete()
    add_party(case, respondent(here.case), PartyRole.RESPONDENT)
    return case


def verbs_of(case: Case) -> list[str]:
    events = Event.objects.filter(case_id=case.pk, verb__startswith="staff_risk").order_by("id")
    return list(events.values_list("verb", flat=True))


def test_it_stands_at_the_head_of_the_case_and_everywhere_a_visit_is_thought_of(
    here: Side, client: Client
) -> None:
    mark(here)
    here.sign_in(client)
    line = f"Take care: risk to staff Dale Larkspur: {DOG} Since Mon 16 Nov 2026, Manager Larkspur."
    again = "To be looked at again on Mon 1 Mar 2027."
    for name in ("case", "record-contact"):
        assert f"{line} {again}" in words(client.get(address(name, here))), name
    assert "Take care: risk to staff" in words(client.get(address("tools", here)))
    tool = CaseFile(here.case).policy.section(ToolsSection).tools.each[0].key
    assert f"{line} {again}" in words(client.get(address("use-tool", here, tool)))
    assert f"Take care: risk to staff {DOG}" in words(client.get(address("people", here)))


def test_lists_and_matches_carry_it(here: Side, client: Client) -> None:
    mark(here)
    by = here.actor()
    assert [row.take_care for row in list_cases(Wanted(), by=by).rows] == [True]
    assert [row.case for row in list_cases(Wanted(flag="take_care"), by=by).rows] == [here.case]
    matches = possible_matches(respondent_name="", respondent_address="18 Larkspur Court", place="", by=by)
    assert [match.take_care for match in matches] == ["", DOG]
    found = words(here.sign_in(client).get(reverse("cases")))
    assert found.count("Take care: risk to staff") == 1


def test_an_adviser_is_told_while_somebody_rings(here: Side, client: Client) -> None:
    mark(here)
    here.sign_in(client, Role.ADVISER)
    typed = {"respondent_address": "18 Larkspur Court", "respondent_name": "Dale Larkspur"}
    found = words(
        client.post(reverse("log-report"), typed, headers={"HX-Request": "true", "HX-Target": "matches"})
    )
    assert f"Take care: risk to staff {DOG} Why it is shown:" in found


def test_somebody_reported_anew_of_the_same_name_at_the_same_home(here: Side, client: Client) -> None:
    """Each report without a known person makes one: staff at the same door are told all the same."""
    risk = mark(here)
    other = report(here, "noise").case
    assert other is not None
    assert told(here, other) == [("Dale Larkspur", DOG, "")]
    page = words(here.sign_in(client, Role.MANAGER).get(reverse("people", args=[other.reference])))
    assert "Known of somebody of the same name at the same home." in page
    url = reverse("look-at-risk-again", args=[other.reference, risk.key])
    assert client.get(url).status_code == 404
    Person.objects.filter(parts__case=other, parts__role="respondent").update(address="2 Elsewhere Road")
    assert told(here, other) == []


def test_what_a_restricted_case_keeps_is_told_on_no_other(here: Side, client: Client) -> None:
    restricted = same_person_on(here, here.restricted_case)
    mark(here, restricted, everywhere=False)
    assert told(here, restricted) == [("Dale Larkspur", DOG, "Manager Larkspur")]
    assert told(here, here.case) == []
    assert [row.take_care for row in list_cases(Wanted(), by=here.actor()).rows] == [False]
    here.sign_in(client)
    for name in ("case", "people"):
        assert DOG not in client.get(address(name, here)).content.decode(), name
    assert verbs_of(here.case) == []


def test_what_a_restricted_case_shares_looks_like_any_other_mark(here: Side, client: Client) -> None:
    """Neither who recorded it nor where: that would tell of the restricted case."""
    restricted = same_person_on(here, here.restricted_case)
    mark(here, restricted)
    assert told(here, here.case) == [("Dale Larkspur", DOG, "")]
    ordinary = report(here, "noise").case
    assert ordinary is not None
    same_person_on(here, ordinary)
    mark(here, ordinary)
    assert told(here, here.case) == [("Dale Larkspur", DOG, "")] * 2
    page = here.sign_in(client).get(address("people", here)).content.decode()
    assert (page.count(DOG) > 0, "Manager Larkspur" in page, restricted.reference in page) == (
        True,
        False,
        False,
    )
    assert verbs_of(here.case) == []


def test_what_is_written_on_a_restricted_case_is_not_told_where_a_mark_came_from(here: Side) -> None:
    restricted = same_person_on(here, here.restricted_case)
    risk = mark(here)
    by = here.actor(Role.MANAGER)
    with pytest.raises(Refused, match="Look at it there: this one is restricted"):
        withdraw_staff_risk(restricted, risk, reason="Her refuge says so", by=by)
    assert (told(here, here.case)[0][1], verbs_of(here.case)) == (DOG, ["staff_risk_recorded"])


def test_it_is_looked_at_again_and_withdrawn_and_stays_on_record(here: Side, client: Client) -> None:
    risk = mark(here)
    url = address("look-at-risk-again", here, risk.key)
    here.sign_in(client)
    kept = send(client, url, holds="yes", reason="Seen last week", review_on="2027-06-01")
    assert kept.headers["Location"] == address("people", here)
    assert StaffRisk.objects.get().review_on == datetime.date(2027, 6, 1)
    send(client, url, holds="no", reason="The dog has gone")
    gone = StaffRisk.objects.get()
    assert (gone.known, gone.withdrawn_by, gone.withdrawn_reason) == (
        DOG,
        "Officer Larkspur",
        "The dog has gone",
    )
    assert told(here, here.case) == []
    assert f"Risk to staff, withdrawn {DOG} Mon 16 Nov 2026 to Mon 16 Nov 2026. The dog has gone" in words(
        client.get(address("people", here))
    )
    assert verbs_of(here.case) == ["staff_risk_recorded", "staff_risk_kept", "staff_risk_withdrawn"]
    texts = EventText.objects.filter(event__verb__startswith="staff_risk").order_by("event")
    assert list(texts.values_list("text", flat=True)) == [DOG, "Seen last week", "The dog has gone"]
    assert client.get(url).status_code == 404


def test_a_passed_day_is_said(here: Side, client: Client) -> None:
    mark(here)
    here.sign_in(client)
    with clock_at(A_YEAR_ON):
        assert "Was to be looked at again on Mon 1 Mar 2027." in words(client.get(address("case", here)))


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"known": ""}, "Say what is known, and what to do"),
        ({"review_on": ""}, "Enter the day to look at it again"),
        ({"review_on": "2026-11-16"}, "The day to look again must be after today and within a year."),
        ({"review_on": "2027-11-18"}, "The day to look again must be after today and within a year."),
    ],
)
def test_what_cannot_be_recorded(here: Side, client: Client, typed: dict[str, str], message: str) -> None:
    url = address("mark-staff-risk", here, respondent(here.case).key)
    here.sign_in(client)
    response = send(client, url, **{"known": DOG, "review_on": "2027-03-01", **typed})
    assert errors(response) == [message]
    assert (StaffRisk.objects.count(), verbs_of(here.case)) == (0, [])


def test_on_a_restricted_case_it_is_asked_whether_others_may_be_told(here: Side, client: Client) -> None:
    restricted = here.restricted_case
    url = reverse("mark-staff-risk", args=[restricted.reference, respondent(restricted).key])
    here.sign_in(client, Role.MANAGER)
    typed = {"known": DOG, "review_on": "2027-03-01"}
    assert errors(send(client, url, **typed)) == ["Choose whether their other cases show it"]
    assert StaffRisk.objects.count() == 0
    send(client, url, **typed, everywhere="no")
    assert StaffRisk.objects.get().everywhere is False


def test_staying_needs_a_day_and_either_needs_a_reason(here: Side, client: Client) -> None:
    url = address("look-at-risk-again", here, mark(here).key)
    here.sign_in(client)
    assert errors(send(client, url, holds="yes", reason="Seen")) == ["Enter the day to look at it again"]
    assert errors(send(client, url, holds="no")) == ["Say why"]
    assert (StaffRisk.objects.get().withdrawn_at, verbs_of(here.case)) == (None, ["staff_risk_recorded"])


@pytest.mark.parametrize("role", [Role.ADVISER, Role.AUDITOR])
def test_others_read_it_and_do_not_change_it(here: Side, client: Client, role: Role) -> None:
    risk = mark(here)
    by = here.actor(role)
    with pytest.raises(Refused):
        record_staff_risk(here.case, respondent(here.case).pk, Care("x", IN_SPRING), by=by)
    with pytest.raises(Refused):
        keep_staff_risk(here.case, risk, reason="x", review_on=IN_SPRING, by=by)
    with pytest.raises(Refused):
        withdraw_staff_risk(here.case, risk, reason="x", by=by)
    assert (StaffRisk.objects.count(), verbs_of(here.case)) == (1, ["staff_risk_recorded"])
    page = words(here.sign_in(client, role).get(address("people", here)))
    assert (DOG in page, "Look at it again" in page, "Record a risk to staff" in page) == (True, False, False)


def test_a_mark_outlives_its_case_and_can_still_be_withdrawn(here: Side) -> None:
    risk = mark(here)
    Case.objects.filter(pk=here.case.pk).update(status="closed")
    withdraw_staff_risk(here.case, risk, reason="The dog has gone", by=here.actor())
    assert told(here, here.case) == []


def test_it_goes_with_somebody_whose_case_is_merged(here: Side) -> None:
    restricted = here.restricted_case
    mark(here, restricted, everywhere=False)
    into = report(here, "domestic_abuse").case
    assert into is not None
    same = respondent(restricted)
    into.parties.filter(role="respondent").delete()
    add_party(into, same, PartyRole.RESPONDENT)
    assert told(here, into) == []
    Case.objects.filter(pk=restricted.pk).update(status="joined", joined_to=into)
    assert told(here, into) == [("Dale Larkspur", DOG, "Manager Larkspur")]


def test_nothing_written_to_a_person_and_no_other_landlord_tells_it(
    world: World, here: Side, client: Client
) -> None:
    mark(here)
    letters = here.sign_in(client).get(address("letters", here)).content.decode()
    progress = client.get(reverse("progress")).content.decode()
    assert (DOG in letters, DOG in progress) == (False, False)
    world.there.sign_in(client, Role.MANAGER)
    assert DOG not in client.get(address("case", world.there)).content.decode()
    assert client.get(address("people", here)).status_code == 404


def test_it_goes_along_when_a_restricted_case_is_split(here: Side) -> None:
    restricted = here.restricted_case
    mark(here, restricted, everywhere=False)
    new = report(here, "domestic_abuse").case
    assert new is not None
    same_person = respondent(restricted)
    new.parties.filter(role="respondent").delete()
    add_party(new, same_person, PartyRole.RESPONDENT)
    keep_marks(restricted, new)
    assert told(here, new) == told(here, restricted) == [("Dale Larkspur", DOG, "Manager Larkspur")]
