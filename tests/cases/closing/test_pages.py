"""The closing page: how the gates stand before anything is typed, everything missing at once, what is sent then."""

import datetime
import re
from collections.abc import Iterator

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from cases.models import Case, Mailing
from cases.services.closing import close_case, reopen_case
from cases.sweep import sweep_landlord
from landlords.permissions import Role
from tests.cases.pages import address, errors, send, words
from tests.factories.stage import A_DAY, Stage
from tests.factories.world import MONDAY, NOON, Side, World
from timeline.clock import clock_at
from timeline.models import Event
from timeline.scope import landlord_scope

THURSDAY = MONDAY + 3 * A_DAY


@pytest.fixture
def derby(world: World) -> Iterator[Side]:
    """Inside the scope of a landlord whose policy says much about closing."""
    with transaction.atomic(), landlord_scope(world.there.landlord.pk):
        yield world.there


def case(side: Side) -> Case:
    return Case.objects.get(pk=side.case.pk)


def stage(side: Side) -> Stage:
    return Stage(side.case, [side.complainant])


def panel(response: object) -> str:
    """The words of the gates panel."""
    content = response.content.decode()  # type: ignore[attr-defined]
    found = re.search(r'<section class="asb-gates.*?</section>', content, re.S)
    assert found is not None
    return " ".join(re.sub(r"<[^>]+>", " ", found[0]).split())


def test_the_page_tells_what_is_missing_before_anything_is_typed(derby: Side, client: Client) -> None:
    response = derby.sign_in(client).get(address("close-case", derby))
    assert panel(response).startswith(
        "1 thing is missing, whatever the ground Choose a ground and check it: each ground may ask for more."
        " Missing: Nobody has tried to contact the complainant about closing Amina Foxglove 17.2"
    )
    content = response.content.decode()
    assert f'href="{address("record-contact", derby)}?closing=1"' in content
    assert 'role="alert"' not in content.partition("asb-gates")[0].partition("<h1")[2]
    assert "There is insufficient evidence for action to be taken" in words(response)


def test_the_contact_page_it_leads_to_has_the_box_ticked(derby: Side, client: Client) -> None:
    content = derby.sign_in(client).get(address("record-contact", derby) + "?closing=1").content.decode()
    assert re.search(r'name="about_closing"[^>]*checked', content) is not None
    content = client.get(address("record-contact", derby)).content.decode()
    assert re.search(r'name="about_closing"[^>]*checked', content) is None


def test_checking_a_ground_asks_its_questions_and_closes_nothing(derby: Side, client: Client) -> None:
    url, before = address("close-case", derby), Event.objects.count()
    typed = {"ground": "everything_done", "reason": "I have tried all of it", "check": "1"}
    response = send(derby.sign_in(client), url, **typed)
    assert response.status_code == 200
    page = words(response)
    assert "This case cannot be closed yet: 4 things are missing What you wrote is kept below." in page
    assert "Have the reasons been fully explained to the complainant?" in page
    assert "Does the complainant want the case closed?" not in page
    content = response.content.decode()
    assert "I have tried all of it" in content
    assert 'href="#id_asked_reasons_explained_0"' in content
    assert 'id="id_asked_reasons_explained_0"' in content
    assert errors(response) == []
    assert (Event.objects.count(), case(derby).status) == (before, "new")


def test_a_refusal_says_everything_at_once_and_keeps_what_was_typed(derby: Side, client: Client) -> None:
    url, before = address("close-case", derby), Event.objects.count()
    typed = {"ground": "resolved", "reason": "", "asked_complainant_agrees": "no"}
    response = send(derby.sign_in(client), url, **typed)
    assert panel(response) == (
        "This case cannot be closed yet: 3 things are missing Nothing has changed on the case. What you wrote is"
        " kept below. Missing: Say why the case is closed, as you would explain it to the complainant. 17.3"
        " Answer it below : Say why the case is closed, as you would explain it to the complainant."
        " Missing: Nobody has tried to contact the complainant about closing Amina Foxglove 17.2"
        " Record contact : Nobody has tried to contact the complainant about closing"
        " Missing: The complainant is not in agreement with case closure or was not asked 17.1"
        " Answer it below : The complainant is not in agreement with case closure or was not asked"
        " Think of this as well. It does not stop you."
        " Reminder: Nobody has said whether a child or a vulnerable adult is believed to be at risk"
        " 6.2 (number missing in print) our reading How we read it"
        " 6.2 follows the Safeguarding policy at any time; asking before the case is closed is ours"
        " Record the decision : Nobody has said whether a child or a vulnerable adult is believed to be at risk"
        " Already there There: A ground is chosen"
        " The situation has been resolved and the complainant is in agreement with case closure 17.1"
    )
    content = response.content.decode()
    assert 'role="alert"' in content
    assert "<title>Error: Close this case" in content
    assert re.search(r'id="id_asked_complainant_agrees_1"[^>]*checked', content) is not None
    assert re.search(r'value="resolved" checked', content) is not None
    assert (Event.objects.count(), case(derby).status) == (before, "new")


def test_an_answer_to_another_ground_is_kept_out_of_sight(derby: Side, client: Client) -> None:
    typed = {"ground": "resolved", "asked_everything_done": "yes", "check": "1"}
    content = send(derby.sign_in(client), address("close-case", derby), **typed).content.decode()
    assert '<input type="hidden" name="asked_everything_done" value="yes"' in content


def test_a_ground_nobody_offers_is_refused(derby: Side, client: Client) -> None:
    response = send(derby.sign_in(client), address("close-case", derby), ground="tired", reason="Enough")
    assert errors(response) == ["Choose one of these grounds"]
    assert case(derby).status == "new"


def test_with_everything_there_it_is_closed_and_the_letters_are_listed(derby: Side, client: Client) -> None:
    stage(derby).speak(0)
    typed = {"ground": "resolved", "reason": "It stopped", "asked_complainant_agrees": "yes"}
    response = send(derby.sign_in(client), address("close-case", derby), **typed)
    assert response.status_code == 302
    page = words(client.get(address("case", derby)))
    assert "The case is closed. Its running clocks have stopped; what was missed stays missed." in page
    assert "2 letters and surveys are to be sent." in page
    assert "Case closed: The situation has been resolved and the complainant is in agreement" in page
    assert "It stopped Does the complainant want the case closed? Yes" in page
    assert "Closing letter : Amina Foxglove 17.3 To be sent" in page
    assert "Satisfaction survey : Amina Foxglove 3.11 To be sent" in page


def test_what_is_ours_only_reminds_and_says_so(here: Side, client: Client) -> None:
    response = here.sign_in(client).get(address("close-case", here))
    assert panel(response).startswith("Nothing is missing so far")
    assert "Think of this as well. It does not stop you." in panel(response)
    assert "They remind; they do not stop you." in words(response)
    assert send(client, address("close-case", here), ground="resolved", reason="Quiet").status_code == 302
    assert (case(here).status, case(here).closing_ground) == ("closed", "resolved")
    page = words(client.get(address("case", here)))
    assert "This case is closed. Nothing can be recorded on it until it is reopened." in page
    assert "Case closed: The behaviour has stopped and the complainant agrees" in page
    assert client.get(address("case", here)).context["record"] is None


def test_what_stays_owed_is_said_before(here: Side, client: Client) -> None:
    here.sign_in(client)
    with clock_at(THURSDAY):
        sweep_landlord(here.landlord.pk)
        assert "1 missed promise is not explained." in words(client.get(address("close-case", here)))


def test_updates_we_missed_stand_beside_the_silence(here: Side, client: Client) -> None:
    stage(here).speak(0, about_closing=False)
    here.sign_in(client)
    with clock_at(MONDAY + 9 * A_DAY):
        sweep_landlord(here.landlord.pk)
        page = words(client.get(address("close-case", here)))
    assert "We ourselves missed 1 update that we owed the complainants. Silence may be ours." in page


def test_a_closed_case_is_not_closed_again(here: Side, client: Client) -> None:
    close_case(here.case, ground="resolved", reason="Quiet", by=here.actor())
    response = send(here.sign_in(client), address("close-case", here), ground="resolved", reason="Quiet")
    assert errors(response) == ["This case is not open."]
    assert Event.objects.filter(verb="case_closed").count() == 1


def test_a_closed_case_is_reopened(here: Side, client: Client) -> None:
    here.sign_in(client)
    assert errors(send(client, address("reopen-case", here), reason="Again")) == ["This case is not closed."]
    close_case(here.case, ground="resolved", reason="Quiet", by=here.actor())
    assert send(client, address("reopen-case", here), reason="Again").status_code == 302
    assert case(here).status == "in_hand"


class TestSending:
    @pytest.fixture
    def closed(self, here: Side) -> Side:
        close_case(here.case, ground="resolved", reason="Quiet since <May>", by=here.actor())
        return here

    def test_a_letter_is_read_and_marked_as_sent(self, closed: Side, client: Client) -> None:
        closed.sign_in(client)
        url = address("mark-mailing-sent", closed, 1)
        assert url in client.get(address("case", closed)).content.decode()
        assert "Why we have closed it: Quiet since <May>" in words(client.get(url))
        assert send(client, url, how="letter", note="On paper", sent_at="2026-11-16T12:00").status_code == 302
        letter = Mailing.objects.get(case=closed.case, kind="closing_letter")
        assert (letter.sent_how, letter.sent_at, letter.sent_by) == ("letter", NOON, "Officer Larkspur")
        page = words(client.get(address("case", closed)))
        assert "Letter, sent Mon 16 Nov, marked by Officer Larkspur" in page
        assert "Sent to Amina Larkspur: Closing letter" in page
        assert url not in client.get(address("case", closed)).content.decode()

    def test_it_is_marked_once_and_with_how_and_when(self, closed: Side, client: Client) -> None:
        url = address("mark-mailing-sent", closed, 1)
        closed.sign_in(client)
        assert errors(send(client, url, sent_at="")) == [
            "Choose how it was sent",
            "Say what was sent, and how",
        ]
        early = send(client, url, how="letter", note="On paper", sent_at="2026-11-15T12:00")
        assert errors(early) == ["It cannot have been sent before the case was closed."]
        assert Mailing.objects.filter(sent_at__isnull=False).count() == 0
        assert send(client, url, how="letter", note="On paper", sent_at="2026-11-16T12:00").status_code == 302
        again = send(client, url, how="email", note="On paper", sent_at="2026-11-16T11:59")
        assert errors(again) == ["This is already marked as sent, by Officer Larkspur."]

    def test_a_way_that_is_not_safe_is_refused_unless_they_asked(self, closed: Side, client: Client) -> None:
        person = closed.complainant
        person.safe_contact = "email"
        person.save(update_fields=["safe_contact"])
        url = address("mark-mailing-sent", closed, 1)
        closed.sign_in(client)
        response = send(client, url, how="letter", note="On paper", sent_at="2026-11-16T12:00")
        assert errors(response) == [
            "Amina Larkspur told us that this is not safe: e-mail only. Tick if they asked for it this way"
        ]
        assert Mailing.objects.filter(sent_at__isnull=False).count() == 0
        typed = {"how": "letter", "note": "On paper", "sent_at": "2026-11-16T12:00", "asked_this_way": "on"}
        assert send(client, url, **typed).status_code == 302

    @pytest.mark.parametrize("number", [0, 3, 99])
    def test_a_letter_that_is_not_there_is_not_found(self, closed: Side, client: Client, number: int) -> None:
        url = reverse("mark-mailing-sent", args=[closed.case.reference, number])
        assert closed.sign_in(client).get(url).status_code == 404

    def test_an_auditor_reads_the_list_and_sends_nothing(self, closed: Side, client: Client) -> None:
        closed.sign_in(client, Role.AUDITOR)
        content = client.get(address("case", closed)).content.decode()
        assert "Closing letter" in content
        assert address("mark-mailing-sent", closed, 1) not in content
        assert client.post(address("mark-mailing-sent", closed, 1)).status_code == 403

    def test_after_reopening_it_is_not_sent_any_more(self, closed: Side, client: Client) -> None:
        with clock_at(NOON + datetime.timedelta(hours=1)):
            reopen_case(case(closed), reason="It began again", by=closed.actor())
        url = address("mark-mailing-sent", closed, 1)
        assert url not in closed.sign_in(client).get(address("case", closed)).content.decode()
        with clock_at(NOON + datetime.timedelta(hours=2)):
            late = send(client, url, how="letter", note="On paper", sent_at="2026-11-16T13:30")
            assert errors(late) == [
                "The case was reopened before this was sent. What it says is no longer true."
            ]
            assert (
                send(client, url, how="letter", note="On paper", sent_at="2026-11-16T12:30").status_code
                == 302
            )
