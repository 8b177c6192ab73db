"""The pages of risk without a script: asked, worked out, confirmed, acted on; nothing typed is lost."""

import datetime
import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cases.choices import PartyRole
from cases.models import Deadline, Person
from cases.selectors.file import CaseFile, visible_case
from cases.services.people import add_party
from cases.services.working import IncidentDetails, add_incident
from landlords.permissions import Role
from riskmatrix.models import Assessment, Consent
from riskmatrix.pages.panel import draw
from riskmatrix.services import assess_risk
from tests.cases.pages import address, errors, send, words
from tests.factories.world import NOON, Side, World
from tests.riskmatrix.answering import HIGH, LOWEST, MEDIUM, answers, typed
from timeline.clock import clock_at
from timeline.models import Event

DAY = datetime.timedelta(days=1)


def assess_url(side: Side) -> str:
    return address("assess-risk", side, side.complainant.key)


def assessed(side: Side, told: Any = LOWEST, band: str = "low", **more: Any) -> Assessment:
    return assess_risk(
        side.case,
        person_id=side.complainant.pk,
        answers=answers(told),
        confirmed_band=band,
        by=side.actor(),
        **more,
    )


def checked(response: Any) -> list[str]:
    """The answers that stand chosen on the page."""
    found = re.findall(r'<input [^>]*name="(q\d+)" value="(\w+)"[^>]* checked', response.content.decode())
    return [f"{name}={value}" for name, value in found]


def test_the_form_asks_every_question_and_saves_nothing_by_itself(here: Side, client: Client) -> None:
    page = here.sign_in(client).get(assess_url(here))
    told = words(page)
    assert "Risk assessment: Amina Larkspur" in told
    assert re.findall(r'data-question="(\d+)"', page.content.decode()) == [str(n) for n in range(1, 15)]
    assert told.count("Declined / not known") == 14
    assert "Neither scores 0 added by us" in told
    assert "Other no score printed" in told
    assert "If there are child protection concerns, information will be shared regardless" in told
    assert "Confirm Low and save" not in told


def test_sending_the_answers_shows_what_they_come_to_and_keeps_them(here: Side, client: Client) -> None:
    here.sign_in(client)
    page = send(client, assess_url(here), **typed(HIGH, d6="Police, 24 December"))
    told = words(page)
    assert Assessment.objects.count() == 0
    assert "26 of 51" in told
    assert "Confirm High and save" in told
    assert len(checked(page)) == 15
    assert 'value="Police, 24 December"' in page.content.decode()
    assert errors(page) == []


def test_confirming_saves_and_high_goes_on_to_what_is_done(here: Side, client: Client) -> None:
    here.sign_in(client)
    more = {"c6": "yes", "d6": "Police", "share0": "yes", "share1": "no", "occasion": "After the threat"}
    response = send(client, assess_url(here), **typed(HIGH, confirmed_band="high", **more))
    kept = Assessment.objects.get()
    assert response.headers["Location"] == address("act-on-risk", here, kept.key)
    assert (kept.score, kept.confirmed_band, kept.occasion) == (26, "high", "After the threat")
    assert kept.answers["6"] == {"chosen": ["yes"], "declined": False, "text": "Police", "consent": True}
    assert list(Consent.objects.order_by("agency").values_list("agency", "agreed")) == [
        ("Police", True),
        ("Victim Support", False),
    ]
    page = words(client.get(response.headers["Location"]))
    assert "The assessment is on the file: 26 of 51, High." in page


def test_low_goes_back_to_the_risk_page(here: Side, client: Client) -> None:
    here.sign_in(client)
    response = send(client, assess_url(here), **typed(LOWEST, confirmed_band="low"))
    assert response.headers["Location"] == address("risk", here)


def test_the_same_form_sent_twice_is_saved_once(here: Side, client: Client) -> None:
    here.sign_in(client)
    url = assess_url(here)
    first = client.get(url)
    version = re.search(r'name="version" value="([0-9a-f]*)"', first.content.decode())
    assert version is not None
    sent = typed(LOWEST, confirmed_band="low", version=version[1])
    assert [client.post(url, sent).status_code for _twice in range(2)] == [302, 302]
    assert Assessment.objects.count() == 1


def test_a_band_of_ones_own_needs_its_reason_and_both_are_shown(here: Side, client: Client) -> None:
    here.sign_in(client)
    judged = typed(MEDIUM, confirmed_band="judge", judged_band="high")
    page = send(client, assess_url(here), **judged)
    assert errors(page) == ["The score is 18, which suggests Medium. Say why you judge the risk as High."]
    assert (Assessment.objects.count(), "<details" in page.content.decode()) == (0, True)
    assert 'class="asb-score__judge" open' in page.content.decode()
    send(client, assess_url(here), **judged, judgement="He has her key")
    kept = Assessment.objects.get()
    assert (kept.computed_band, kept.confirmed_band, kept.judgement) == ("medium", "high", "He has her key")
    assert "The score suggests Medium; Officer Larkspur judges High: “He has her key”" in words(
        client.get(address("risk", here))
    )


def test_answers_changed_after_the_band_was_shown_are_not_saved_under_the_old_band(
    here: Side, client: Client
) -> None:
    here.sign_in(client)
    page = send(client, assess_url(here), **typed(MEDIUM, confirmed_band="low"))
    assert errors(page) == ["The score is 18, which suggests Medium. Say why you judge the risk as Low."]
    assert "Confirm Medium and save" in words(page)
    assert Assessment.objects.count() == 0


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"q7": ["you", "none"]}, "Question 7: “none” cannot go with another answer."),
        ({"q7": ["you", "declined"]}, "Question 7 is answered: take back “declined / not known”."),
        ({"q1": "hourly"}, "Question 1: choose one of its answers"),
        ({"assessed_at": "2026-11-17T12:00"}, "The assessment cannot be in the future"),
        ({"assessed_at": "2026-11-10T12:00"}, "This was more than a day ago. Say why it is recorded late."),
        ({"judgement": "x" * 10_001}, "The text must be 10,000 characters or fewer; it has 10001"),
    ],
)
def test_what_is_wrong_is_told_kept_and_nothing_is_saved(
    here: Side, client: Client, change: dict[str, Any], message: str
) -> None:
    events = Event.objects.count()
    here.sign_in(client)
    sent = typed(LOWEST, d9="Her own words", confirmed_band="low") | change
    page = send(client, assess_url(here), **sent)
    assert errors(page) == [message]
    assert 'value="Her own words"' in page.content.decode()
    assert "q13=close" in checked(page)
    assert (Assessment.objects.count(), Event.objects.count()) == (0, events)


def test_what_is_left_out_is_named_and_does_not_count_as_done(here: Side, client: Client) -> None:
    here.sign_in(client)
    told = {number: value for number, value in LOWEST.items() if number not in (12, 14)}
    page = words(send(client, assess_url(here), **typed(told)))
    assert "2 still to ask: 12 , 14" in page
    assert "Asked 12 of 14" in page
    send(client, assess_url(here), **typed(told, confirmed_band="low"))
    assert "Not every question was asked, so the assessment is still owed." in words(
        client.get(address("risk", here))
    )
    assert Deadline.objects.get(case=here.case, kind="risk_assessment").state == "running"


def test_the_last_score_stands_beside_the_new_one(here: Side, client: Client) -> None:
    assessed(here, MEDIUM, "medium")
    assert "Was 18, Medium, on Mon 16 Nov." in words(here.sign_in(client).get(assess_url(here)))


def test_two_points_before_the_next_band_are_pointed_out(here: Side, client: Client) -> None:
    here.sign_in(client)
    nearly = send(client, assess_url(here), **typed({**MEDIUM, 1: "most_days"}))
    assert re.search(r"data-nearly( hidden)?>", nearly.content.decode()) is not None
    assert "data-nearly>" in nearly.content.decode()
    assert "data-nearly hidden>" in send(client, assess_url(here), **typed(LOWEST)).content.decode()


def test_a_yes_to_question_8_is_said_and_sets_nothing(here: Side, client: Client) -> None:
    here.sign_in(client)
    send(client, assess_url(here), **typed({**LOWEST, 8: "yes"}, confirmed_band="low"))
    page = words(client.get(address("risk", here)))
    assert "ask whether it is to be recorded as a hate incident" in page
    assert "Nothing is set by itself." in page
    here.case.refresh_from_db(fields=["hate"])
    assert here.case.hate is False


def test_the_risk_page_shows_every_assessment_with_its_answers(here: Side, client: Client) -> None:
    assessed(here, MEDIUM, "medium", occasion="First visit")
    with clock_at(NOON + DAY):
        assessed(here, HIGH, "high")
        page = words(here.sign_in(client).get(address("risk", here)))
    assert "Complainants, for any support they need and any vulnerabilities. 4.6 bullet 5" in page
    assert "High 26 of 51, Tue 17 Nov, Officer Larkspur" in page
    assert "Was 18, Medium, on Mon 16 Nov." in page
    assert "Tue 17 Nov 2026: 26 of 51, High" in page
    assert "Mon 16 Nov 2026: 18 of 51, Medium" in page
    assert "medium from 18, high from 26. Officer Larkspur. First visit" in page
    assert (
        "7. Which of the following do you think that this incident deliberately targeted You, Your family 7"
        in page
    )
    assert "Nobody has said what is done about it Say what is done : Amina Larkspur" in page


def test_an_anonymous_case_says_that_nobody_can_be_assessed(here: Side, client: Client) -> None:
    here.case.parties.filter(role="complainant").delete()
    here.sign_in(client)
    assert "Nobody is known whose risk could be assessed." in words(client.get(address("risk", here)))
    assert 'id="risk"' not in client.get(address("case", here)).content.decode()


def test_the_overview_shows_band_and_score_and_what_is_new_since(here: Side, client: Client) -> None:
    here.sign_in(client)
    assert "Amina Larkspur Not assessed Assess : Amina Larkspur" in words(client.get(address("case", here)))
    assessed(here, MEDIUM, "medium")
    page = words(client.get(address("case", here)))
    assert (
        "Amina Larkspur Assess again : Amina Larkspur Medium 18 of 51, Mon 16 Nov, Officer Larkspur" in page
    )
    assert "Something new on the file since" not in page
    with clock_at(NOON + DAY):
        add_incident(here.case, IncidentDetails("Shouting", ["noise"]), by=here.actor())
        assert "Something new on the file since" in words(client.get(address("case", here)))


def test_the_panel_asks_the_database_once(here: Side, client: Client) -> None:
    for index in range(3):
        with clock_at(NOON + index * DAY):
            assessed(here, MEDIUM, "medium")
    file = CaseFile(visible_case(here.case.reference, by=here.actor()))
    assert (len(file.parties), len(file.deadlines) > 0) == (2, True)  # the overview has read both
    with CaptureQueriesContext(connection) as asked:
        drawn = draw(file, here.actor())
    assert drawn is not None
    assert len(asked) == 1


def test_acting_asks_derby_whether_the_level_is_raised(world: World, client: Client) -> None:
    there = world.there
    there.sign_in(client)
    answer = send(client, assess_url(there), **typed(HIGH, confirmed_band="high"))
    url = answer.headers["Location"]
    page = words(client.get(url))
    assert "Raise the case from Category 2 to Category 1?" in page
    assert "Where risk to the victim is considered to be high, the complaint is Category 1. 5.16" in page
    refused = send(client, url, words="She stays with her sister")
    assert errors(refused) == ["Say whether the level of the case is raised."]
    assert "She stays with her sister" in refused.content.decode()
    send(client, url, words="She stays with her sister", raise_level="yes")
    case = words(client.get(address("case", there)))
    assert "What is done about the risk is on the file." in case
    assert "Category 1 was Category 2 until" in case
    assert "Acted on Mon 16 Nov, Officer Foxglove: She stays with her sister" in case


def test_acting_without_words_is_refused(here: Side, client: Client) -> None:
    assessment = assessed(here, HIGH, "high")
    here.sign_in(client)
    page = send(client, address("act-on-risk", here, assessment.key), words=" ")
    assert errors(page) == ["Say what is done about the risk, or why nothing is"]
    assessment.refresh_from_db()
    assert assessment.acted_at is None


def test_consent_is_recorded_and_taken_back(here: Side, client: Client) -> None:
    here.sign_in(client)
    url = address("risk-consent", here, here.complainant.key)
    assert "Usually asked about: Police, Victim Support." in words(client.get(url))
    send(client, url, agency="Fire service", answer="yes")
    page = client.get(address("risk", here))
    assert "Fire service agreed Mon 16 Nov, Officer Larkspur · Take back : Fire service" in words(page)
    link = f"{url}?agency=Fire%20service&amp;answer=withdrawn"
    assert f'href="{link}"' in page.content.decode()
    assert 'value="Fire service"' in client.get(link.replace("&amp;", "&")).content.decode()
    send(client, url, agency="Fire service", answer="withdrawn")
    assert "Fire service agreed Mon 16 Nov, taken back Mon 16 Nov" in words(client.get(address("risk", here)))


@pytest.mark.parametrize(
    ("sent", "message"),
    [
        ({"agency": "", "answer": "yes"}, "Say which agency this is about"),
        ({"agency": "Police", "answer": ""}, "Choose what they say"),
        ({"agency": "Police", "answer": "withdrawn"}, "There is no agreement to take back."),
    ],
)
def test_consent_that_cannot_be_recorded(
    here: Side, client: Client, sent: dict[str, str], message: str
) -> None:
    here.sign_in(client)
    assert errors(send(client, address("risk-consent", here, here.complainant.key), **sent)) == [message]
    assert Consent.objects.count() == 0


def test_an_auditor_reads_and_is_offered_nothing_to_do(here: Side, client: Client) -> None:
    assessed(here, HIGH, "high")
    page = here.sign_in(client, Role.AUDITOR).get(address("risk", here))
    assert "High 26 of 51" in words(page)
    for name in ("assess/", "act/", "consent/"):
        assert f'{name}"' not in page.content.decode()


@pytest.mark.parametrize("name", ["assess-risk", "risk-consent"])
def test_somebody_who_is_no_complainant_has_no_such_page(here: Side, client: Client, name: str) -> None:
    respondent = here.case.parties.get(role="respondent").person
    here.sign_in(client)
    assert client.get(address(name, here, respondent.key)).status_code == 404


def test_the_assessment_of_another_case_is_not_found_under_this_one(here: Side, client: Client) -> None:
    other = assess_risk(
        here.restricted_case,
        person_id=here.restricted_case.parties.get(role="complainant").person_id,
        answers=answers(HIGH),
        confirmed_band="high",
        by=here.actor(Role.MANAGER),
    )
    here.sign_in(client)
    assert client.get(address("act-on-risk", here, other.key)).status_code == 404


def test_pages_do_not_grow_slower_with_people_or_assessments(here: Side, client: Client) -> None:
    here.sign_in(client)
    url = address("risk", here)

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(url).status_code == 200
        return len(captured)

    assessed(here)
    queries()
    before = queries()
    for index in range(3):
        person = Person.objects.create(landlord_id=here.landlord.pk, name=f"P{index}", name_key=f"p{index}")
        add_party(here.case, person, PartyRole.COMPLAINANT)
        assess_risk(
            here.case, person_id=person.pk, answers=answers(HIGH), confirmed_band="high", by=here.actor()
        )
    assert queries() == before
