"""From where a letter is due: one click opens it for the right person, one makes and sends it."""

import html
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from cases.models import Case, Person
from letters.models import Letter, Sending
from tests.cases.pages import address, errors, words
from tests.factories.stage import Stage
from tests.factories.world import Side
from tests.letters.outbox.sealed import inside
from tests.letters.outbox.test_following import running
from timeline.models import Event


def link(response: Any, kind: str) -> str:
    """The first link on the page that opens a letter of this kind."""
    found = re.search(rf'href="([^"]*/letters/new/{kind}/[^"]*)"', response.content.decode())
    assert found is not None
    return html.unescape(found[1])


def pressed(client: Client, response: Any, **typed: str) -> Any:
    """Every box as the page has it, with what is typed, and the button “Make and send”."""
    page = response.content.decode()
    action = re.search(r'<form method="post" novalidate(?: action="([^"]*)")?>', page)
    assert action is not None
    radios = re.findall(r'<input[^>]*name="channel"[^>]*>', page)
    chosen = [re.findall(r'value="([a-z]+)"', one)[0] for one in radios if "checked" in one]
    form = {"form": "standard", "channel": "".join(chosen), "own_words": "", "send": "1"}
    return client.post(action[1] or response.request["PATH_INFO"] + _query(response), {**form, **typed})


def _query(response: Any) -> str:
    asked = response.request["QUERY_STRING"]
    return f"?{asked}" if asked else ""


def test_an_acknowledgement_takes_two_clicks_from_the_case(here: Side, client: Client) -> None:
    running(here, "acknowledgement_delivered")
    case = here.sign_in(client).get(address("case", here))
    draft = client.get(link(case, "acknowledgement"))
    assert (Letter.objects.count(), "Still missing" in words(draft)) == (0, False)
    sent = pressed(client, draft)
    letter = Letter.objects.get()
    assert sent["Location"] == address("letter", here, letter.key)
    assert (letter.status, letter.person, Sending.objects.get().channel) == (
        "sealed",
        here.complainant,
        "email",
    )


def test_an_update_takes_two_clicks_and_the_words(here: Side, client: Client) -> None:
    Stage(here.case, [here.complainant]).speak(0, about_closing=False)
    case = here.sign_in(client).get(address("case", here))
    draft = client.get(link(case, "update"))
    assert "Still missing What we have done and what comes next" in words(draft)
    pressed(client, draft, **{"asked-news": "We spoke to the council"})
    assert (Letter.objects.get().status, Sending.objects.get().state) == ("sealed", "waiting")


def test_what_is_missing_keeps_the_draft_and_says_so(here: Side, client: Client) -> None:
    url = reverse("new-letter", args=[here.case.reference, "update"]) + f"?person={here.complainant.key}"
    draft = here.sign_in(client).get(url)
    refused = pressed(client, draft, own_words="One more thing")
    assert errors(refused) == ["Missing: What we have done and what comes next"]
    letter = Letter.objects.get()
    assert (letter.status, letter.own_words, Sending.objects.count()) == ("draft", "One more thing", 0)
    assert f'action="{address("letter", here, letter.key)}"' in refused.content.decode()
    assert client.get(url)["Location"] == address("letter", here, letter.key)
    pressed(client, refused, **{"asked-news": "We spoke to the council", "channel": "email"})
    assert (Letter.objects.count(), Letter.objects.get().status) == (1, "sealed")


def test_one_that_would_tell_who_complained_is_stopped_on_the_record(here: Side, client: Client) -> None:
    respondent = here.case.parties.get(role="respondent").person
    url = reverse("new-letter", args=[here.case.reference, "update"]) + f"?person={respondent.key}"
    draft = here.sign_in(client).get(url)
    told = pressed(client, draft, **{"asked-news": "Amina Larkspur told us", "channel": "hand"})
    assert "would tell its reader who complained" in " ".join(errors(told))
    assert (Letter.objects.get().status, Sending.objects.count()) == ("draft", 0)
    assert Event.objects.filter(verb="letter_stopped").count() == 1


def test_only_safe_ways_are_offered_and_another_is_refused(here: Side, client: Client) -> None:
    person = here.complainant
    person.safe_contact = "text"
    person.save()
    url = reverse("new-letter", args=[here.case.reference, "acknowledgement"]) + f"?person={person.key}"
    draft = here.sign_in(client).get(url)
    assert [one.value for one in draft.context["ways"] if one.value in ("email", "post")] == []
    refused = pressed(client, draft, channel="email")
    assert errors(refused) == [
        "Our safety rule: Amina Larkspur is written to only in the way that is safe for them (text only)."
    ]
    assert (Sending.objects.count(), Letter.objects.filter(status="sealed").count()) == (0, 0)


def test_on_domestic_abuse_nothing_goes_until_somebody_asked(here: Side, client: Client) -> None:
    case = here.restricted_case
    person = case.parties.get(role="complainant").person
    here.sign_in(client, "manager")
    draft = client.get(reverse("new-letter", args=[case.reference, "acknowledgement"]))
    assert draft.status_code == 200
    assert [one.value for one in draft.context["ways"]] in ([], ["hand"])
    Person.objects.filter(pk=person.pk).update(safe_contact="email")
    draft = client.get(reverse("new-letter", args=[case.reference, "acknowledgement"]))
    assert draft.context["ways"][0].value == "email"


@pytest.mark.parametrize(
    "asked", ["?for=respondent:{key}", "?person=nobody", "?for=complainant:", "?for=x:y:z"]
)
def test_somebody_it_cannot_be_for_leads_to_the_list(here: Side, client: Client, asked: str) -> None:
    url = reverse("new-letter", args=[here.case.reference, "acknowledgement"])
    answer = here.sign_in(client).get(url + asked.format(key=here.complainant.key), follow=True)
    assert "Choose a letter, and whom it is for, from the list." in words(answer)
    assert Letter.objects.count() == 0


def test_a_letter_that_is_none_is_not_found(here: Side, client: Client) -> None:
    url = reverse("new-letter", args=[here.case.reference, "court-form"])
    assert here.sign_in(client).get(url).status_code == 404


def test_links_stand_where_letters_are_due(here: Side, client: Client) -> None:
    running(here, "case_review_information_given")
    here.sign_in(client)
    tools = client.get(address("tools", here))
    for kind in ("first_warning", "final_warning", "mediation_invitation", "behaviour_contract"):
        assert client.get(link(tools, kind)).status_code == 200
    review = client.get(address("case-review", here))
    assert client.get(link(review, "case_review_information")).status_code == 200


def test_after_a_failed_try_a_letter_says_that_we_tried(here: Side, client: Client) -> None:
    here.sign_in(client)
    assert "new/contact_attempt" not in client.get(address("case", here)).content.decode()
    with inside(here):
        Stage(Case.objects.get(pk=here.case.pk), [here.complainant]).attempt(0)
    page = client.get(address("case", here))
    assert client.get(link(page, "contact_attempt")).status_code == 200


def test_an_auditor_and_an_adviser_are_led_to_no_letter(here: Side, client: Client) -> None:
    running(here, "acknowledgement_delivered")
    for role in ("auditor", "adviser"):
        content = here.sign_in(client, role).get(address("case", here)).content.decode()
        assert "letters/new/" not in content
        assert client.get(reverse("new-letter", args=[here.case.reference, "update"])).status_code == 403


def test_nobody_begins_a_second_one_unawares(here: Side, client: Client) -> None:
    url = reverse("new-letter", args=[here.case.reference, "acknowledgement"])
    told = "is on its way already"
    first = here.sign_in(client).get(url)
    assert told not in words(first)
    pressed(client, first)
    assert told in words(client.get(url))


def test_the_enter_key_in_a_box_saves_and_never_sends(here: Side, client: Client) -> None:
    page = here.sign_in(client).get(reverse("new-letter", args=[here.case.reference, "acknowledgement"]))
    form = page.content.decode().partition('<form method="post" novalidate')[2]
    assert re.findall(r'<button[^>]*name="(\w+)"', form)[:2] == ["save", "send"]
