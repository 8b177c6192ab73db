"""The main job in a browser, for each landlord: a tenant reports, the policy decides, an officer works it."""

import datetime

import pytest
from django.db import transaction
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from cases.models import Breach, Case, Deadline
from cases.services.people import Told
from cases.sweep import sweep_landlord
from landlords.models import Landlord
from landlords.permissions import Role
from landlords.services import add_member
from tests.e2e.walking import PASSWORD, report_noise, sign_in
from tests.factories.policies import load
from tests.triage.browsing import DESKTOP, opened
from timeline import clock
from timeline.actors import system
from timeline.scope import landlord_scope
from triage.facts import Facts
from triage.services import Submission, submit_report

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

NOISE = {
    "plus-dane": "Level 3 Low Risk",
    "derby-homes": "Category 2",
    "believe": "1 day priority",
    "places-for-people": "ASB managed by Community Housing Manager or Living Plus equivalent",
    "vivid": "Category B",
}
"""What each landlord's policy makes of loud noise, in its own words."""


def officer_of(key: str) -> tuple[Landlord, str]:
    landlord = Landlord.objects.get(key=key)
    email = f"officer@{key}.example"
    with transaction.atomic(), landlord_scope(landlord.pk):
        add_member(
            email=email, name="Sunita Example", role=Role.MANAGER, password=PASSWORD, by=system("Tests")
        )
    return landlord, email


@pytest.mark.parametrize("key", sorted(NOISE))
def test_from_a_report_to_a_promise_kept(browser: Browser, live_server: LiveServer, key: str) -> None:
    load(key)
    landlord, email = officer_of(key)
    page = opened(browser, live_server.url, width=DESKTOP)
    reference = report_noise(page, live_server.url, key)
    sign_in(page, live_server.url, email)
    page.get_by_role("searchbox").fill(reference)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Noise")
    expect(page.locator(".asb-band")).to_contain_text(NOISE[key])
    page.get_by_label("How", exact=True).select_option("telephone")
    page.get_by_label("What happened").select_option("spoke")
    page.get_by_label("What was said").fill("Has not slept. Wants us to ring the neighbour first.")
    page.get_by_label("I told them I am their main contact").check()
    page.get_by_role("button", name="Save contact").click()
    expect(page.get_by_text("Has not slept.")).to_be_visible()
    with transaction.atomic(), landlord_scope(landlord.pk):
        first = Deadline.objects.get(kind="initial_contact", case=Case.objects.get())
        assert first.state == "met"


def test_a_miss_is_shown_explained_and_stays_a_miss(browser: Browser, live_server: LiveServer) -> None:
    load("vivid")
    landlord, email = officer_of("vivid")
    received = clock.now() - datetime.timedelta(days=9)
    with transaction.atomic(), landlord_scope(landlord.pk):
        case = submit_report(
            Submission(
                Facts(received_at=received, behaviours=("noise",), channel="letter"),
                description="Loud",
                reporter=Told(name="Wren Hathersage-Brown"),
                late_entry_reason="The letter lay in the post room",
            ),
            by=system("Tests"),
        ).case
    assert case is not None
    sweep_landlord(landlord.pk)
    page = opened(browser, live_server.url, width=DESKTOP)
    sign_in(page, live_server.url, email)
    page.goto(f"{live_server.url}/desk/cases/{case.reference}/")
    owed = page.locator("#owed").locator("xpath=ancestor::section")
    expect(owed).to_contain_text("Missed by")
    owed.get_by_role("link", name="Explain the miss").click()
    page.get_by_label("Something else outside our control").check()
    page.get_by_label("Explain it").fill("The letter reached us late.")
    page.get_by_role("button", name="Save the explanation").click()
    expect(owed).to_contain_text("Missed, explained")
    with transaction.atomic(), landlord_scope(landlord.pk):
        assert Breach.objects.get().explanation == "The letter reached us late."
