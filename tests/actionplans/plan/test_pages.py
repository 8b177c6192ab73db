"""Agreeing, reading and settling plans on the page: nothing saved by halves, nothing typed lost."""

import datetime
import re
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from actionplans.models import Action, Plan
from cases.models import Case, Person
from cases.services.working import IncidentDetails, add_incident
from landlords.permissions import Role
from riskmatrix.models import Assessment
from tests.actionplans.plan.plans import FRIDAY, agree, everything, ours, respondent, spoke, theirs
from tests.cases.pages import address, errors, send, words
from tests.factories.world import NOON, Side
from timeline.clock import clock_at

DAY = datetime.timedelta(days=1)


def agree_address(side: Side) -> str:
    return address("agree-plan", side, side.complainant.key)


def typed(side: Side, **changes: Any) -> dict[str, Any]:
    owner = str(side.members[Role.OFFICER].key)
    return {
        "every_days": "7",
        "item-contact_us-take": "on",
        "item-interview-take": "on",
        "item-interview-owner": owner,
        "item-interview-by": "2026-11-20",
        **changes,
    }


def signed_in(side: Side, client: Client, role: str = Role.OFFICER) -> Client:
    return side.sign_in(client, role)


def test_ticked_items_become_a_plan(here: Side, client: Client) -> None:
    signed_in(here, client)
    response = send(client, agree_address(here), **typed(here))
    assert response.headers["Location"] == address("case", here)
    plan = Plan.objects.get()
    assert list(plan.actions.order_by("pk").values_list("who", "item", "words", "by")) == [
        ("complainant", "contact_us", "For you to contact us for any extra support or advice", None),
        ("landlord", "interview", "interview the alleged perpetrator(s)", FRIDAY),
    ]
    assert "Version 1 of the action plan is agreed." in words(client.get(address("case", here)))


def test_blanks_and_lines_of_ones_own_are_filled_in(here: Side, client: Client) -> None:
    signed_in(here, client)
    owner = str(here.members[Role.MANAGER].key)
    told = {
        "every_days": "",
        "item-report_incidents-take": "on",
        "item-target_hardening-take": "on",
        "item-target_hardening-details": "a door viewer",
        "item-target_hardening-location": "no. 14",
        "item-target_hardening-owner": owner,
        "item-target_hardening-by": "2026-11-20",
        "item-keep_contact-take": "on",
        "item-keep_contact-owner": owner,
        "item-keep_contact-by": "2026-11-23",
        "own-complainant-1-words": "Keep the gate shut",
        "own-complainant-1-by": "2026-11-18",
        "own-landlord-2-words": "Mend the gate",
        "own-landlord-2-owner": owner,
        "own-landlord-2-by": "2026-11-17",
    }
    send(client, agree_address(here), **told)
    assert sorted(Action.objects.values_list("words", flat=True)) == [
        "For you to report any further incidents to VIVID",
        "Keep the gate shut",
        "Mend the gate",
        "install a door viewer at no. 14",
        "keep weekly contact with you until your case is closed",
    ]


@pytest.mark.parametrize(
    ("changes", "messages"),
    [
        ({"item-interview-owner": ""}, ["Choose who does it"]),
        ({"item-interview-by": ""}, ["Say by when"]),
        ({"item-interview-by": "soon"}, ["Enter a date, such as 30/11/2026"]),
        (
            {"item-interview-by": "2026-11-15"},
            ["“interview the alleged perpetrator(s)”: the day it is to be done by has passed."],
        ),
        (
            {"item-interview-owner": "nobody"},
            ["Select a valid choice. nobody is not one of the available choices."],
        ),
        ({"item-keep_record-take": "on"}, ["Fill this in"]),
        (
            {"item-keep_record-weeks": "4"},
            ["Tick this if it is agreed, or empty what stands beside it"],
        ),
        ({"own-complainant-2-by": "2026-11-20"}, ["Say what is done, or empty the day"]),
        (
            {"own-complainant-2-words": "x" * 501},
            ["Ensure this value has at most 500 characters (it has 501)."],
        ),
        ({"every_days": "often"}, ["Enter the days between contacts as a number, such as 14"]),
        ({"every_days": "366"}, ["The days between contacts must be 365 or fewer"]),
        ({"agreed_at": "2026-11-16T12:01"}, ["It cannot have been agreed in the future"]),
    ],
)
def test_bad_input_is_told_kept_and_nothing_is_saved(
    here: Side, client: Client, changes: dict[str, str], messages: list[str]
) -> None:
    signed_in(here, client)
    before = everything(here)
    response = send(client, agree_address(here), **typed(here, **{"own-landlord-1-words": "", **changes}))
    assert errors(response) == messages
    body = response.content.decode()
    assert "<title>Error: " in body
    assert re.search(r'name="item-contact_us-take"[^>]* checked', body)
    assert [
        value for value in changes.values() if value not in ("", "on", "nobody") and value not in body
    ] == []
    assert everything(here) == before


def test_nothing_ticked_is_no_plan(here: Side, client: Client) -> None:
    signed_in(here, client)
    assert errors(send(client, agree_address(here), every_days="7")) == [
        "The plan has no action: say what each of you does."
    ]


def test_derby_asks_how_often_and_offers_no_number(there: Side, client: Client) -> None:
    signed_in(there, client)
    page = client.get(agree_address(there))
    assert "Ask how often they would like to hear from us 9.16" in words(page)
    field = re.search(r'<input[^>]*name="every_days"[^>]*>', page.content.decode())
    assert field is not None
    assert "value=" not in field[0]
    response = send(client, agree_address(there), **typed(there, every_days=""))
    assert errors(response) == ["Agree with Amina Foxglove how often we speak, and say it in days. (9.16)"]


def test_a_change_carries_on_and_drops(here: Side, client: Client) -> None:
    agree(here, ours(here, "first"), ours(here, "second"))
    gone = Action.objects.get(words="first")
    signed_in(here, client)
    shown = client.get(agree_address(here))
    assert "Carried on from the version before First Officer Larkspur" in words(shown)
    named = rf'role="group" aria-labelledby="(id_drop-{gone.key}-of)"><p id="\1">First'
    assert re.search(named, shown.content.decode())
    drop = {f"drop-{gone.key}": "on", f"drop-{gone.key}-why": "They moved out"}
    assert errors(send(client, agree_address(here), **typed(here), **drop)) == ["Say why the plan changes"]
    send(client, agree_address(here), **typed(here), **drop, why_changed="It got better")
    plan = Plan.objects.get(version=2)
    assert sorted(plan.actions.values_list("words", flat=True)) == [
        "For you to contact us for any extra support or advice",
        "interview the alleged perpetrator(s)",
        "second",
    ]
    gone.refresh_from_db()
    assert gone.outcome == "They moved out"


@pytest.mark.parametrize(
    ("drop", "message"),
    [
        ({"": "on"}, "Say why it is dropped"),
        ({"-why": "They moved out"}, "Tick this to drop it, or empty the reason"),
    ],
)
def test_dropping_is_ticked_and_explained(
    here: Side, client: Client, drop: dict[str, str], message: str
) -> None:
    key = agree(here, ours(here, "first")).actions.get().key
    signed_in(here, client)
    told = {f"drop-{key}{end}": value for end, value in drop.items()}
    response = send(client, agree_address(here), **typed(here), **told, why_changed="Why")
    assert errors(response) == [message]
    assert Plan.objects.count() == 1


def test_an_item_carried_on_is_not_offered_twice(here: Side, client: Client) -> None:
    agree(here, ours(here, item="interview"))
    signed_in(here, client)
    body = client.get(agree_address(here)).content.decode()
    assert ("item-interview-take" in body, "item-door_knock-take" in body) == (False, True)


@pytest.mark.parametrize(
    ("safe", "how", "warns"), [("call", "post", True), ("letter", "post", False), ("any", "email", False)]
)
def test_an_unsafe_way_of_sending_is_warned_about(
    here: Side, client: Client, safe: str, how: str, warns: bool
) -> None:
    Person.objects.filter(pk=here.complainant.pk).update(safe_contact=safe)
    signed_in(here, client)
    response = send(client, agree_address(here), **typed(here, sent_how=how))
    if warns:
        assert errors(response) == ["Amina Larkspur told us that this is not safe: call only"]
        send(client, agree_address(here), **typed(here, sent_how=how, confirmed="on"))
        assert Plan.objects.count() == 0
        send(client, agree_address(here), **typed(here, sent_how=how, asked_this_way="on"))
    assert Plan.objects.get().sent_how == how


def test_a_plan_agreed_before_is_marked_sent_in_an_unsafe_way_only_where_they_asked(
    here: Side, client: Client
) -> None:
    plan = agree(here)
    Person.objects.filter(pk=here.complainant.pk).update(safe_contact="call")
    signed_in(here, client)
    page = address("send-plan", here, plan.key)
    assert errors(send(client, page, how="post")) == [
        "Amina Larkspur told us that this is not safe: call only"
    ]
    assert Plan.objects.get().sent_at is None
    send(client, page, how="post", asked_this_way="on")
    assert Plan.objects.get().sent_how == "post"


def test_naming_somebody_confidential_is_warned_about(here: Side, client: Client) -> None:
    kept = respondent(here)
    Person.objects.filter(pk=kept.pk).update(confidential=True, name="Morgan Kept")
    signed_in(here, client)
    told = typed(here, **{"own-complainant-1-words": "Stay away from morgan kept"})
    assert errors(send(client, agree_address(here), **told)) == [
        "The plan names Morgan Kept, whose identity is kept confidential. The complainant will read it"
    ]
    assert Plan.objects.count() == 0
    send(client, agree_address(here), **told, confirmed="on")
    assert Plan.objects.count() == 1


def test_the_plan_page_shows_versions_and_how_each_action_stands(here: Side, client: Client) -> None:
    spoke(here, NOON)
    agree(here, ours(here, "talk to them"), theirs("keep a diary", by=FRIDAY), agreed_at=NOON)
    agree(here, ours(here, "visit"), why_changed="More noise", contact_every_days=14)
    with clock_at(NOON + 6 * DAY):
        page = words(signed_in(here, client).get(address("plan", here)))
    assert "Never shown to the alleged perpetrator" in page
    assert "Amina Larkspur, version 2 We speak every 14 days. Last spoke Mon 16 Nov, 12 noon." in page
    assert "Why it changed: More noise" in page
    table = "Talk to them Officer Larkspur Fri 20 Nov Not done, 2 days Done : Talk to them"
    assert table in page
    assert "Keep a diary Amina Larkspur Fri 20 Nov Ask how it went" in page
    assert (
        "Version 1 Agreed Mon 16 Nov, 12 noon, recorded by Officer Larkspur. We spoke every 7 days." in page
    )


def test_what_a_plan_does_not_know_of_yet_is_told(here: Side, client: Client) -> None:
    agree(here, theirs())
    signed_in(here, client)
    first = words(client.get(address("plan", here)))
    assert "The plan does not say what is expected of us. 4.6 bullet 3" in first
    assert "Something has happened since this version." not in first
    with clock_at(NOON + DAY):
        add_incident(here.case, IncidentDetails("Again", ["noise"]), by=here.actor())
        page = words(client.get(address("plan", here)))
        assert "Something has happened since this version. Go through the plan again." in page
        agree(here, actions=(), why_changed="Gone through: nothing changes")
        page = words(client.get(address("plan", here)))
        assert "Something has happened since this version." not in page


def assess(side: Side, band: str) -> None:
    Assessment.objects.create(
        landlord_id=side.landlord.pk, case=side.case, person=side.complainant, instrument="pfp-ram-2024",
        instrument_version=1, answers={}, mode="sum", medium_from=18, high_from=26, score=30, most=40,
        complete=True, computed_band=band, confirmed_band=band, assessed_at=NOON + DAY,
        recorded_at=NOON + DAY, recorded_by="Officer Hawthorn",
    )  # fmt: skip


@pytest.mark.parametrize(("band", "told"), [("high", True), ("medium", False)])
def test_places_for_people_suggests_weekly_where_the_risk_is_high(
    elsewhere: Side, client: Client, band: str, told: bool
) -> None:
    agree(elsewhere, contact_every_days=14)
    with clock_at(NOON + DAY):
        assess(elsewhere, band)
        page = words(signed_in(elsewhere, client).get(address("plan", elsewhere)))
    assert ("The risk is high: consider speaking every 7 days. Appendix 2" in page) is told
    assert "The risk has been assessed since this version. Does the plan still answer it? 6.3" in page
    assert "Not sent yet 6.3" in page


def test_the_panel_shows_the_newest_plan_in_one_query(
    here: Side, client: Client, django_assert_num_queries: Any
) -> None:
    from actionplans.plan.pages import draw_panel
    from cases.selectors.file import CaseFile, visible_case

    agree(here, ours(here, "talk to them"))
    agree(here, ours(here, "visit"), why_changed="More noise")
    by = here.actor()
    file = CaseFile(visible_case(here.case.reference, by=by))
    assert [party.role for party in file.parties] == ["respondent", "complainant"]
    with django_assert_num_queries(1):
        drawn = draw_panel(file, by)
    assert drawn is not None
    assert [(one["heading"], [row.words for row in one["rows"]]) for one in drawn["plans"]] == [
        ("Action plan with Amina Larkspur, version 2", ["Talk to them", "Visit"])
    ]
    with clock_at(NOON + 7 * DAY):
        page = words(signed_in(here, client).get(address("case", here)))
    assert "Action plan with Amina Larkspur, version 2 Change" in page
    assert "Visit Officer Larkspur, by Fri 20 Nov Not done, 3 days" in page


def test_the_panel_says_that_there_is_no_plan_yet(here: Side, client: Client) -> None:
    page = words(signed_in(here, client).get(address("case", here)))
    assert "No action plan yet Amina Larkspur Agree it : Action plan with Amina Larkspur" in page


def test_nobody_named_no_plan(here: Side, client: Client) -> None:
    here.case.parties.filter(role="complainant").delete()
    signed_in(here, client)
    assert "There is nobody to agree a plan with." in words(client.get(address("plan", here)))
    assert "Action plan with" not in words(client.get(address("case", here)))


@pytest.mark.parametrize("role", [Role.ADVISER, Role.AUDITOR])
def test_readers_see_the_plan_and_no_button(here: Side, client: Client, role: Role) -> None:
    agree(here)
    page = words(signed_in(here, client, role).get(address("plan", here)))
    assert "Interview the alleged perpetrator(s)" in page
    assert [button for button in ("Change the plan", "Mark as sent", "Drop :") if button in page] == []


def test_a_closed_case_keeps_its_plan_without_buttons(here: Side, client: Client) -> None:
    agree(here)
    Case.objects.filter(pk=here.case.pk).update(status="closed")
    page = words(signed_in(here, client).get(address("plan", here)))
    assert "Interview the alleged perpetrator(s)" in page
    assert [button for button in ("Change the plan", "Mark as sent", "Drop :") if button in page] == []


def test_marking_as_sent(elsewhere: Side, client: Client) -> None:
    plan = agree(elsewhere)
    signed_in(elsewhere, client)
    url = address("send-plan", elsewhere, plan.key)
    assert errors(send(client, url)) == ["Choose how the plan was sent"]
    assert send(client, url, how="post").status_code == 302
    plan.refresh_from_db()
    assert (plan.sent_at, plan.sent_how) == (NOON, "post")
    assert "Sent: by post, Mon 16 Nov, 12 noon." in words(client.get(address("plan", elsewhere)))


def test_an_action_is_finished_given_and_dropped(here: Side, client: Client) -> None:
    agree(here, ours(here, "talk"), ours(here, "visit"), ours(here, "mend the gate"))
    talk, visit, gate = (Action.objects.get(words=one) for one in ("talk", "visit", "mend the gate"))
    signed_in(here, client)
    assert errors(send(client, address("finish-action", here, talk.key))) == ["Say what came of it"]
    send(client, address("finish-action", here, talk.key), outcome="They agree")
    send(client, address("drop-action", here, visit.key), reason="No need")
    manager = here.members[Role.MANAGER]
    give = address("give-action", here, gate.key)
    assert errors(send(client, give)) == ["Choose who does it", "Say by when"]
    send(client, give, owner=str(manager.key), by="2026-11-19")
    for action in (talk, visit, gate):
        action.refresh_from_db()
    assert (talk.outcome, visit.outcome, gate.owner_id) == ("They agree", "No need", manager.pk)
    page = words(client.get(address("plan", here)))
    assert "Talk Mon 16 Nov, 12 noon, Officer Larkspur. They agree" in page
    assert "Mend the gate Manager Larkspur Thu 19 Nov In 3 days" in page


def test_settling_from_an_old_page_is_refused_in_words(here: Side, client: Client) -> None:
    action = agree(here, ours(here, "talk")).actions.get()
    agree(here, why_changed="Why")
    signed_in(here, client)
    response = send(client, address("finish-action", here, action.key), outcome="They agree")
    assert errors(response) == ["The plan has changed since. Open it again."]
    assert "They agree" in response.content.decode()


def test_what_is_not_on_this_case_is_not_found(here: Side, client: Client) -> None:
    plan = agree(here)
    signed_in(here, client, Role.MANAGER)
    other = here.restricted_case.reference
    action = plan.actions.all()[0].key
    urls = [
        address("agree-plan", here, uuid4()),
        address("send-plan", here, uuid4()),
        address("finish-action", here, uuid4()),
        reverse("agree-plan", args=[other, here.complainant.key]),
        reverse("send-plan", args=[other, plan.key]),
        reverse("finish-action", args=[other, action]),
        reverse("drop-action", args=[other, action]),
        reverse("give-action", args=[other, action]),
    ]
    assert {url: client.get(url).status_code for url in urls} == dict.fromkeys(urls, 404)
