"""The pages around the files: findings, court, the inbox with its clock, and what each person is offered."""

import datetime
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cases.models import Evidence, EvidenceReview
from cases.services.evidence import EvidenceDetails, receive_evidence, review_evidence
from landlords.permissions import Role
from tests.cases.evidence.pages import page
from tests.cases.pages import errors, words
from tests.factories.world import MONDAY, NOON, Side, World
from timeline.clock import clock_at
from timeline.models import Event

DAY = datetime.timedelta(days=1)


def receive(side: Side, title: str = "Sunday night", *, on_case: bool = True, **details: Any) -> Evidence:
    said = EvidenceDetails(**{"kind": "recording", "where_kept": "Noise App", "title": title, **details})
    case = side.case if on_case else None
    return receive_evidence(
        landlord_id=side.landlord.pk, case=case, details=said, upload=None, by=side.actor()
    )


def test_the_list_says_what_nobody_has_listened_to_and_never_calls_it_late(
    here: Side, client: Client
) -> None:
    receive(here, person_id=here.complainant.pk)
    here.sign_in(client)
    with clock_at(NOON + 9 * DAY):
        page_words = words(client.get(page("evidence", here)))
        overview = words(client.get(page("case", here)))
    assert (
        "Sunday night Noise recording · no file Amina Larkspur Mon 16 Nov, 12 noon Officer Larkspur"
        in page_words
    )
    assert "Not done, 9 days" in page_words
    assert "1 piece to look at" in overview
    assert "Not done, 9 days" in overview
    assert "Missed" not in page_words


def test_once_listened_to_it_says_so_and_the_overview_is_quiet(here: Side, client: Client) -> None:
    one = receive(here)
    here.sign_in(client)
    response = client.post(page("review-evidence", here, one.key), {"finding": "Bass from 0:10"})
    assert response.headers["Location"] == page("evidence-piece", here, one.key)
    assert EvidenceReview.objects.get().finding == "Bass from 0:10"
    shown = words(client.get(page("evidence-piece", here, one.key)))
    assert "Officer Larkspur, Mon 16 Nov, 12 noon Bass from 0:10" in shown
    assert "Listened to" in words(client.get(page("evidence", here)))
    assert "to look at" not in words(client.get(page("case", here)))


def test_a_finding_of_nothing_is_told_and_saves_nothing(here: Side, client: Client) -> None:
    one = receive(here)
    here.sign_in(client)
    response = client.post(page("review-evidence", here, one.key), {"finding": " "})
    assert errors(response) == ["Say what it shows, or that nothing can be seen or heard"]
    assert EvidenceReview.objects.count() == 0


def test_a_finding_sent_twice_is_saved_once(here: Side, client: Client) -> None:
    one = receive(here)
    here.sign_in(client)
    for _number in range(2):
        client.post(page("review-evidence", here, one.key), {"finding": "Bass", "version": "1"})
    assert EvidenceReview.objects.count() == 1


def test_what_was_said_about_court_is_on_record(here: Side, client: Client) -> None:
    one = receive(here, person_id=here.complainant.pk)
    url = page("evidence-court", here, one.key)
    here.sign_in(client)
    assert errors(client.post(url, {})) == ["Tick that you told them, or write down their objection"]
    assert client.post(url, {"told": "on", "objection": "He would know"}).status_code == 302
    one.refresh_from_db()
    assert (one.told_of_court, one.objection) == (True, "He would know")
    shown = words(client.get(page("evidence-piece", here, one.key)))
    assert "They were told that it may be used in court." in shown
    assert "“He would know”" in shown
    assert "Objection to its use in court" in words(client.get(page("evidence", here)))
    assert [event.verb for event in Event.objects.order_by("id")][-2:] == [
        "evidence_court_told",
        "objection_recorded",
    ]
    assert "told them" not in words(client.get(url))


def test_the_inbox_counts_down_to_the_next_working_day_and_then_says_since_when(
    here: Side, client: Client
) -> None:
    receive(here, on_case=False, from_words="noise@larkspur.example")
    here.sign_in(client)
    inbox = reverse("evidence-inbox")
    told = words(client.get(inbox))
    assert "Each piece should be on its case by the end of the next working day." in told
    assert "our reading" in told
    assert "noise@larkspur.example" in told
    assert "Tomorrow" in told
    with clock_at(NOON + DAY):
        assert "Due today" in words(client.get(inbox))
    with clock_at(NOON + 3 * DAY):
        late = words(client.get(inbox))
    assert "Not done, 2 days" in late
    assert "Missed" not in late


def test_finding_the_case_of_a_piece(here: Side, client: Client) -> None:
    one = receive(here, on_case=False)
    url = reverse("match-evidence", args=[one.key])
    here.sign_in(client, Role.ADVISER)
    assert errors(client.post(url, {})) == ["Type the reference of the case it belongs to"]
    assert errors(client.post(url, {"reference": "my case"})) == ["Type a reference such as VV-7K4M2-QX9RT"]
    assert errors(client.post(url, {"reference": "VV-00000-00000"})) == ["There is no case VV-00000-00000."]
    one.refresh_from_db()
    assert one.case_id is None
    typed = here.case.reference.lower().replace("-", " ")
    assert client.post(url, {"reference": typed}).headers["Location"] == reverse("evidence-inbox")
    one.refresh_from_db()
    assert one.case_id == here.case.pk
    assert "All evidence is on a case." in words(client.get(reverse("evidence-inbox")))
    assert client.get(reverse("unmatched-evidence", args=[one.key])).status_code == 404


def test_a_restricted_case_is_told_like_one_that_is_not_there(here: Side, client: Client) -> None:
    one = receive(here, on_case=False)
    url, typed = reverse("match-evidence", args=[one.key]), {"reference": here.restricted_case.reference}
    here.sign_in(client)
    assert errors(client.post(url, typed)) == [f"There is no case {here.restricted_case.reference}."]
    here.sign_in(client, Role.MANAGER)
    assert client.post(url, typed).status_code == 302
    one.refresh_from_db()
    assert one.case_id == here.restricted_case.pk


def test_it_can_be_listened_to_before_its_case_is_found(here: Side, client: Client) -> None:
    one = receive(here, on_case=False)
    here.sign_in(client)
    assert (
        client.post(reverse("review-unmatched-evidence", args=[one.key]), {"finding": "A dog"}).status_code
        == 302
    )
    assert EvidenceReview.objects.get().finding == "A dog"
    assert "A dog" in words(client.get(reverse("unmatched-evidence", args=[one.key])))


def test_the_inbox_takes_evidence_too(here: Side, client: Client) -> None:
    here.sign_in(client, Role.ADVISER)
    typed = {"kind": "diary", "title": "Sheet in the post", "where_kept": "Tray 4"}
    assert client.post(reverse("add-unmatched-evidence"), typed).headers["Location"] == reverse(
        "evidence-inbox"
    )
    assert Evidence.objects.get().case_id is None


def test_the_number_waiting_stands_in_the_navigation_of_the_inbox(here: Side, client: Client) -> None:
    receive(here, on_case=False)
    here.sign_in(client)
    body = client.get(reverse("evidence-inbox")).content.decode()
    assert 'aria-current="page">Evidence <span class="asb-count">1</span>' in body


def test_an_auditor_reads_and_changes_nothing(here: Side, client: Client) -> None:
    one, waiting = receive(here), receive(here, "Waiting", on_case=False)
    before = Event.objects.count(), EvidenceReview.objects.count()
    here.sign_in(client, Role.AUDITOR)
    for url in (page("evidence", here), page("evidence-piece", here, one.key), reverse("evidence-inbox"),
                reverse("unmatched-evidence", args=[waiting.key])):  # fmt: skip
        body = client.get(url).content.decode().partition("<main")[2]
        assert body.count("<form") == 0
        assert "Add evidence" not in body
    for url in (page("review-evidence", here, one.key), page("evidence-court", here, one.key),
                reverse("match-evidence", args=[waiting.key]),
                reverse("review-unmatched-evidence", args=[waiting.key])):  # fmt: skip
        assert (
            client.post(url, {"finding": "x", "told": "on", "reference": here.case.reference}).status_code
            == 403
        )
    assert (Event.objects.count(), EvidenceReview.objects.count()) == before
    assert Evidence.objects.filter(case__isnull=True).count() == 1


def test_on_a_closed_case_evidence_is_read_and_nothing_is_offered(here: Side, client: Client) -> None:
    one = receive(here)
    type(here.case).objects.filter(pk=here.case.pk).update(status="closed")
    here.sign_in(client)
    for url in (page("evidence", here), page("evidence-piece", here, one.key)):
        assert "<form" not in client.get(url).content.decode().partition("<main")[2]
    response = client.post(page("review-evidence", here, one.key), {"finding": "Bass"})
    assert errors(response) == ["This case is closed. Reopen it first."]
    assert EvidenceReview.objects.count() == 0


def test_where_the_policy_names_the_officer_of_the_case_anybody_elses_finding_is_not_enough(
    world: World, here: Side, client: Client, monkeypatch: Any
) -> None:
    from cases.evidence.schema import EvidenceRules, ReviewRule

    rule = ReviewRule(of="recordings", by_case_officer=True, clause="14")
    monkeypatch.setattr("cases.pages.evidence.words.rules_of", lambda _: EvidenceRules(review=rule))
    here.case.owner = here.members[Role.OFFICER]
    here.case.save()
    one = receive(here)
    review_evidence(one, finding="Bass", by=here.actor(Role.MANAGER))
    here.sign_in(client)
    told = "Not yet by the officer of the case, Officer Larkspur"
    assert told in words(client.get(page("evidence", here)))
    review_evidence(one, finding="Bass", by=here.actor(Role.OFFICER))
    assert told not in words(client.get(page("evidence", here)))


def test_the_number_of_queries_does_not_grow(here: Side, client: Client) -> None:
    here.sign_in(client)

    def queries(url: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(url).status_code == 200
        return len(captured)

    urls = (page("evidence", here), reverse("evidence-inbox"))
    receive(here, "First", person_id=here.complainant.pk)
    receive(here, "First", on_case=False)
    before = [queries(url) for url in urls]
    for number in range(8):
        one = receive(here, f"{number}", person_id=here.complainant.pk)
        review_evidence(one, finding="Bass", by=here.actor())
        receive(here, f"{number}", on_case=False)
    assert [queries(url) for url in urls] == before


def test_made_and_about_are_shown(here: Side, client: Client) -> None:
    incident = here.case.incidents.get()
    one = receive(here, captured_at=MONDAY, incident_id=incident.pk)
    here.sign_in(client)
    shown = words(client.get(page("evidence-piece", here, one.key)))
    assert "Made Mon 16 Nov, 10am" in shown
    assert "About It happened again Larkspur" in shown
