"""Every page of a case in a real browser: nothing against WCAG 2.2 AA, and narrow enough for the smallest phone."""

import datetime
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from cases.models import StaffRisk
from cases.services.linking import link_cases
from cases.services.staff_risk import Care, record_staff_risk
from cases.services.working import ContactDetails, add_note, record_contact
from landlords.permissions import Role
from policies.working_time import LONDON
from riskmatrix.services import assess_risk
from tests.actionplans.plan.plans import agree, build_places_for_people, inside, ours, respondent, theirs
from tests.factories.world import Side, report
from tests.riskmatrix.answering import HIGH, answers
from tests.triage.browsing import DESKTOP, PHONE, SMALLEST, faults, opened, started, too_wide
from timeline import clock

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
OF_THE_CASE = [
    "case",
    "people",
    "add-party",
    "ask-of-person",
    "evidence",
    "add-evidence",
    "add-diary",
    "risk",
    "plan",
    "tools",
    "approvals",
    "set-aside",
    "partners",
    "refer-person",
    "share-information",
    "links",
    "link-case",
    "merge-case",
    "split-case",
    "case-review",
    "explain-case-review",
    "apply-case-review",
    "letters",
    "owed-letters",
    "close-case",
    "recategorise",
    "reassign",
    "record-contact",
    "add-note",
    "add-incident",
]
OF_A_PERSON = ["change-person", "mark-staff-risk", "keep-told", "assess-risk", "risk-consent", "agree-plan"]
OF_SOMETHING = [
    ("use-tool", "injunction"),
    ("use-tool", "mediation"),
    ("approve", "escalation"),
    ("record-decision", "lead_agency"),
    ("new-letter", "acknowledgement"),
    ("new-letter", "action_plan"),
]


@pytest.fixture
def browser() -> Iterator[Browser]:
    with started() as browser:
        yield browser


@pytest.fixture
def worked(db: None) -> Side:
    """A case with two assessments of risk, a plan, a contact, a note, and another case it is linked to."""
    now = clock.now()
    side = build_places_for_people(received_at=now)
    soon = now.astimezone(LONDON).date() + datetime.timedelta(days=3)
    with inside(side):
        by, person = side.actor(), side.complainant.pk
        for _time in range(2):
            assess_risk(side.case, person_id=person, answers=answers(HIGH), confirmed_band="high", by=by)
        referral = ours(side, "make a support referral to Victim Support", item="support_referral", by=soon)
        agree(side, ours(side, by=soon), referral, theirs())
        record_contact(side.case, ContactDetails(person, "telephone", "no_answer", now), by=by)
        add_note(side.case, text="They talk in the evenings", kind="safeguarding", by=by)
        other = report(side, "noise", received_at=now).case
        assert other is not None
        link_cases(side.case, other, kind="related", reason="The same people", by=by)
    return side


def addresses(side: Side) -> list[str]:
    reference, key = side.case.reference, side.complainant.key
    with inside(side):
        about = respondent(side).key
        mark = StaffRisk.objects.get().key
    return [
        *(reverse(name, args=[reference]) for name in OF_THE_CASE),
        *(reverse(name, args=[reference, key]) for name in OF_A_PERSON),
        reverse("change-person", args=[reference, about]),
        reverse("look-at-risk-again", args=[reference, mark]),
        reverse("safeguarding-concerns"),
        reverse("change-password"),
        *(reverse(name, args=[reference, of]) for name, of in OF_SOMETHING),
    ]


@pytest.mark.parametrize("width", [DESKTOP, PHONE])
def test_no_page_of_a_case_breaks_the_rules(
    browser: Browser, live_server: LiveServer, worked: Side, width: int
) -> None:
    session = worked.sign_in(Client(), Role.MANAGER).cookies["sessionid"].value
    _take_care(worked)
    page = opened(browser, live_server.url, session, width=width)
    found = {}
    for address in addresses(worked):
        response = page.goto(live_server.url + address)
        assert response is not None
        found[address] = (response.status, faults(page), _wide(page, width))
    assert found == {address: (200, [], False) for address in found}
    assert len(found) == len(OF_THE_CASE) + len(OF_A_PERSON) + 4 + len(OF_SOMETHING)


def _take_care(side: Side) -> None:
    with inside(side):
        care = Care(
            "Large dog, not tied up. Visit in twos.", clock.now().date() + datetime.timedelta(days=30)
        )
        record_staff_risk(side.case, respondent(side).pk, care, by=side.actor())


def _wide(page: Page, width: int) -> bool:
    """Whether it scrolls sideways at this width or, on phones, at the smallest one."""
    narrow = SMALLEST if width == PHONE else width
    page.set_viewport_size({"width": narrow, "height": 900})
    found = too_wide(page)
    page.set_viewport_size({"width": width, "height": 900})
    return found


def test_a_phone_shows_first_who_how_dangerous_and_what_is_next(
    browser: Browser, live_server: LiveServer, worked: Side
) -> None:
    session = worked.sign_in(Client()).cookies["sessionid"].value
    page = opened(browser, live_server.url, session, width=PHONE)
    page.set_viewport_size({"width": PHONE, "height": 844})
    page.goto(live_server.url + reverse("case", args=[worked.case.reference]))
    cells = page.locator(".asb-band > div").evaluate_all(
        "cells => cells.filter(e => e.getBoundingClientRect().bottom <= innerHeight)"
        ".sort((a, b) => a.getBoundingClientRect().top - b.getBoundingClientRect().top)"
        ".map(e => e.querySelector('dt').firstChild.textContent.trim())"
    )
    assert cells[:4] == ["Next promise", "Risk", "Complainant", "Alleged perpetrator"]
