"""The pages of the ASB case review: counts with their sources, proofs, and the record of an application."""

import datetime

import pytest
from django.test import Client
from django.urls import reverse

from cases.models import CaseReview, Notice
from landlords.permissions import Role
from tests.cases.linking.world import DAY, told
from tests.cases.pages import address, errors, send, words
from tests.factories.world import NOON, Side
from timeline.clock import clock_at


def local(moment: datetime.datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M")


def test_the_page_counts_and_says_what_counting_cannot_do(here: Side, client: Client) -> None:
    page = words(here.sign_in(client).get(address("case-review", here)))
    assert "ASB case review (Community Trigger)" in page
    assert "1 report since Saturday 16 May 2026, on this case. Amina Larkspur: 1." in page
    assert "0 of 3 1 more without the day it happened Not shown by our records alone" in page
    assert "a count can reach a threshold and never rule it out" in page
    assert (
        "The Community Safety Partnership. Where to ask: The customer's local council has the details" in page
    )
    assert "Nobody has asked for a review of this case." in page


def test_what_is_due_is_shown_until_it_is_explained(here: Side, client: Client) -> None:
    with clock_at(NOON + DAY):
        told(here, "noise", known=here.complainant, at=NOON + DAY, join=here.case)
        here.sign_in(client)
        url = address("case-review", here)
        assert "Tell Amina Larkspur about the ASB case review" in words(client.get(url))
        explain = address("explain-case-review", here)
        key = str(here.complainant.key)
        empty = send(client, explain, given_at=local(NOON + DAY))
        assert errors(empty) == [
            "Choose the person",
            "Say whether it was spoken or in writing",
            "Write down what they were told",
        ]
        assert Notice.objects.count() == 0
        typed = {"person": key, "how": "spoken", "words": "Ring the council", "given_at": local(NOON + DAY)}
        assert send(client, explain, **typed).status_code == 302
        page = words(client.get(url))
    assert "Tell Amina Larkspur" not in page
    assert "Amina Larkspur: spoken, Tue 17 Nov, 12 noon “Ring the council” Officer Larkspur" in page


def test_somebody_who_is_not_on_the_case_cannot_be_chosen(here: Side, client: Client) -> None:
    stranger = here.restricted_case.parties.get(role="complainant").person
    respondent = here.case.parties.get(role="respondent").person
    here.sign_in(client)
    for person in (stranger, respondent):
        typed = {"person": str(person.key), "how": "spoken", "words": "x", "given_at": local(NOON)}
        assert len(errors(send(client, address("explain-case-review", here), **typed))) == 1
    assert Notice.objects.count() == 0


def test_an_application_goes_its_whole_way(here: Side, client: Client) -> None:
    here.sign_in(client, Role.MANAGER)
    apply, page = address("apply-case-review", here), address("case-review", here)
    typed = {"person": str(here.complainant.key), "applied_at": local(NOON), "applicant": "Cllr Bird"}
    assert send(client, apply, **typed, applied_to="The council").status_code == 302
    assert "Threshold Not decided yet" in words(client.get(page))
    decide = address("decide-case-review", here, 1)
    assert errors(send(client, decide)) == [
        "Choose whether the threshold is met",
        "Say who decided",
        "Give the reasons for the decision",
        "Say when it was decided",
    ]
    said = {"threshold": "met", "decided_by": "J Smith", "reason": "Three", "decided_at": local(NOON)}
    assert send(client, decide, **said).status_code == 302
    assert "Met J Smith, Mon 16 Nov, 12 noon. Three The applicant has not been told yet" in words(
        client.get(page)
    )
    outcome = address("record-case-review-outcome", here, 1)
    held = {"reviewed_at": local(NOON), "recommendations": "A camera", "outcome": "By May"}
    assert send(client, outcome, **held, told_at=local(NOON)).status_code == 302
    shown = words(client.get(page))
    assert "Recommendations A camera Outcome By May applicant told Mon 16 Nov, 12 noon" in shown
    assert "Correct or complete the decision" not in shown
    review = CaseReview.objects.get()
    assert (review.applicant, review.threshold, review.outcome_told_at) == ("Cllr Bird", "met", NOON)


def test_what_is_refused_keeps_what_was_typed(here: Side, client: Client) -> None:
    here.sign_in(client, Role.MANAGER)
    typed = {"person": str(here.complainant.key), "applied_at": local(NOON), "applied_to": "The council"}
    send(client, address("apply-case-review", here), **typed)
    said = {"threshold": "not_met", "decided_by": "J Smith", "reason": "Two only"}
    early = local(NOON - DAY)
    response = send(client, address("decide-case-review", here, 1), **said, decided_at=early)
    assert errors(response) == ["The date of the decision cannot be before that of the application."]
    assert "Two only" in response.content.decode()
    assert CaseReview.objects.get().threshold == "waiting"


@pytest.mark.parametrize("number", [0, 2, 99])
def test_an_application_that_is_not_there(here: Side, client: Client, number: int) -> None:
    here.sign_in(client, Role.MANAGER)
    typed = {"person": str(here.complainant.key), "applied_at": local(NOON), "applied_to": "The council"}
    send(client, address("apply-case-review", here), **typed)
    for name in ("decide-case-review", "record-case-review-outcome"):
        assert client.get(address(name, here, number)).status_code == 404


def test_an_officer_explains_and_records_nothing_else(here: Side, client: Client) -> None:
    content = here.sign_in(client).get(address("case-review", here)).content.decode()
    offered = [
        name
        for name in ("explain-case-review", "apply-case-review")
        if reverse(name, args=[here.case.reference]) in content
    ]
    assert offered == ["explain-case-review"]
