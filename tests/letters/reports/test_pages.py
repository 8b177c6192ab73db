"""The pages of letters about a report: from the decision to what was made, and who does not learn of them."""

import html
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from landlords.permissions import Role
from letters.models import Letter, Print, Release, Sending
from letters.services import change_letter, make_letter
from tests.cases.pages import errors, words
from tests.factories.world import Side, World
from tests.letters.outbox.sealed import inside
from tests.letters.reports.away import (
    HELP,
    REASON,
    SON,
    answered,
    begun,
    queued,
    secret,
    sent_away,
    waiting,
)
from timeline.models import Access, Event
from triage.models import Proposal

NOBODY = "Nobody gave a name, so there is nobody to write to."
TYPED = {"asked-reason": REASON, "asked-who_helps": "The council", "own_words": "", "form": "standard"}
PAGES = ("report-letter", "report-letter-pdf", "report-release-letter")


def decision(proposal: Proposal) -> str:
    return reverse("waiting-report", args=[proposal.report.reference])


def address(letter: Letter, name: str = "report-letter") -> str:
    return reverse(name, args=[letter.reference, letter.key])


def version(response: Any) -> str:
    found = re.search(r'name="version"(?: value="([0-9a-f]*)")?', response.content.decode())
    assert found is not None
    return found[1] or ""


def first_link(response: Any) -> str:
    found = re.search(r'href="([^"]*/letters/new/[^"]*)"', response.content.decode())
    assert found is not None
    return html.unescape(found[1])


def test_from_the_decision_it_takes_two_clicks(here: Side, client: Client) -> None:
    proposal = waiting(here)
    here.sign_in(client)
    decided = client.post(decision(proposal), {"route": "out_of_scope", "reason": REASON})
    assert decided["Location"] == decision(proposal)
    draft = client.get(first_link(client.get(decision(proposal))))
    assert (REASON in words(draft), Letter.objects.count()) == (True, 0)
    assert "Still missing" not in words(draft)
    sent = client.post(draft.request["PATH_INFO"], {**TYPED, "channel": "email", "send": "1"})
    letter = Letter.objects.get()
    assert sent["Location"] == address(letter)
    assert (letter.status, letter.report_id, Sending.objects.get().channel) == (
        "sealed",
        proposal.report_id,
        "email",
    )
    assert f"“{letter_label()}” is made. It goes within a minute" in words(client.get(address(letter)))
    assert f"{letter_label()} Amina Larkspur Waiting to go, e-mail" in words(client.get(decision(proposal)))


def letter_label() -> str:
    return "Not anti-social behaviour: who can help"


def test_a_second_click_begins_no_second_letter(here: Side, client: Client) -> None:
    proposal = sent_away(here)
    here.sign_in(client)
    url = first_link(client.get(decision(proposal)))
    for _click in range(2):
        client.post(url, {**TYPED, "save": "1"})
    assert Letter.objects.count() == 1


def test_a_draft_that_waits_is_gone_on_with(here: Side, client: Client) -> None:
    proposal = sent_away(here)
    letter = begun(here, proposal)
    here.sign_in(client)
    assert client.get(first_link(client.get(decision(proposal))))["Location"] == address(letter)


def test_both_who_told_us_and_whom_it_is_for_can_be_written_to(here: Side, client: Client) -> None:
    proposal = sent_away(here, complainant=SON)
    page = words(here.sign_in(client).get(decision(proposal)))
    offered = [
        f"{letter_label()}: Basil Quayle",
        f"{letter_label()}: Amina Larkspur",
        "Appointment: Basil Quayle",
        "Appointment: Amina Larkspur",
    ]
    assert " ".join(offered) in page


def test_nobody_to_write_to(here: Side, client: Client) -> None:
    proposal = waiting(here, anonymous=True)
    here.sign_in(client)
    decided = client.post(decision(proposal), {"route": "out_of_scope", "reason": REASON})
    assert decided["Location"] == reverse("waiting-reports")
    page = client.get(decision(proposal))
    assert NOBODY in words(page)
    assert "/letters/new/" not in page.content.decode()
    begin = reverse("report-new-letter", args=[proposal.report.reference, "not_asb"])
    assert client.get(begin)["Location"] == decision(proposal)
    assert Letter.objects.count() == 0


def test_nothing_is_offered_before_the_decision(here: Side, client: Client) -> None:
    proposal = waiting(here)
    here.sign_in(client)
    assert "/letters/new/" not in client.get(decision(proposal)).content.decode()
    begin = reverse("report-new-letter", args=[proposal.report.reference, "not_asb"])
    assert client.post(begin, {**TYPED, "save": "1"})["Location"] == decision(proposal)
    assert "Decide the report first" in words(client.get(decision(proposal)))
    assert Letter.objects.count() == 0


def test_what_is_missing_is_told_and_what_was_typed_is_kept(here: Side, client: Client) -> None:
    proposal = sent_away(here)
    here.sign_in(client)
    url = first_link(client.get(decision(proposal)))
    typed = {**TYPED, "asked-who_helps": "", "own_words": "We are sorry.", "make": "1"}
    response = client.post(url, typed)
    assert errors(response) == ["Missing: Who can help"]
    assert (Letter.objects.get().own_words, Letter.objects.get().status) == ("We are sorry.", "draft")
    page = response.content.decode()
    assert '<a class="asb-link" href="#id_asked-who_helps">Who can help</a>' in page
    assert ("[Who can help]" in page, "[who_helps]" in page, 'id="id_asked-who_helps"' in page) == (
        True,
        False,
        True,
    )


def test_it_is_kept_and_downloaded_byte_for_byte(here: Side, client: Client) -> None:
    letter = make_letter(answered(here, sent_away(here)), by=here.actor())
    response = here.sign_in(client).get(address(letter, "report-letter-pdf"))
    assert response.content == bytes(Print.objects.get(letter=letter).content)
    assert response["Content-Disposition"] == f'attachment; filename="{letter.reference}-not_asb.pdf"'
    assert response["Cache-Control"] == "private, no-store"
    assert "It cannot be changed." in words(client.get(address(letter)))


def test_a_stopped_one_is_let_go_by_somebody_else_who_is_told_whose_name_is_in_it(
    here: Side, client: Client
) -> None:
    proposal = sent_away(here, complainant=SON)
    letter = answered(here, proposal, own_words="Basil Quayle has told us the same.")
    here.sign_in(client)
    assert "would tell Amina Larkspur who complained" in words(client.get(address(letter)))
    here.sign_in(client, Role.MANAGER)
    release = address(letter, "report-release-letter")
    page = client.get(release)
    assert "Whose identity it would tell: complainant." in words(page)
    given = {"ground": "agreed", "reason": "He is her son", "version": version(page)}
    assert client.post(release, given)["Location"] == address(letter)
    assert Release.objects.get().released_by == "Manager Larkspur"
    here.sign_in(client)
    client.post(address(letter), {**TYPED, **_as_it_is(letter), "make": "1"})
    assert Letter.objects.get().status == "sealed"
    assert list(Event.objects.filter(verb__startswith="letter_").values_list("case_id", flat=True)) == [
        None,
        None,
    ]


def _as_it_is(letter: Letter) -> dict[str, str]:
    return {"asked-who_helps": HELP["who_helps"], "own_words": letter.own_words}


def test_another_landlord_opens_none_of_it(world: World, client: Client) -> None:
    with inside(world.here):
        proposal = sent_away(world.here)
        letter = make_letter(answered(world.here, proposal), by=world.here.actor())
    world.there.sign_in(client, Role.MANAGER)
    for name in PAGES:
        assert client.get(address(letter, name)).status_code == 404, name
    begin = reverse("report-new-letter", args=[proposal.report.reference, "not_asb"])
    assert (client.get(begin).status_code, client.post(begin, TYPED).status_code) == (404, 404)
    assert client.post(address(letter), {"channel": "email"}).status_code == 404
    with inside(world.here):
        assert (Letter.objects.count(), Sending.objects.count()) == (1, 0)


def test_the_key_of_a_letter_opens_nothing_under_another_report_or_case(here: Side, client: Client) -> None:
    letter, other = begun(here, sent_away(here)), sent_away(here)
    here.sign_in(client, Role.MANAGER)
    for name in PAGES:
        assert client.get(reverse(name, args=[other.report.reference, letter.key])).status_code == 404
    assert client.get(reverse("letter", args=[here.case.reference, letter.key])).status_code == 404
    assert client.get(reverse("report-letter", args=[here.case.reference, letter.key])).status_code == 404


@pytest.mark.parametrize("role", [Role.ADVISER, Role.AUDITOR, Role.ADMINISTRATOR])
def test_roles_that_write_none_open_none(here: Side, client: Client, role: str) -> None:
    letter = make_letter(answered(here, sent_away(here)), by=here.actor())
    here.sign_in(client, role)
    assert [client.get(address(letter, name)).status_code for name in PAGES] == [403, 403, 403]
    assert client.post(address(letter), {"channel": "email"}).status_code == 403
    assert Sending.objects.count() == 0


def test_domestic_abuse_is_not_there_for_others_and_looks_are_on_record(here: Side, client: Client) -> None:
    proposal = secret(here)
    sending = queued(here, proposal, role=Role.SPECIALIST, asked_this_way=True)
    letter = sending.letter
    here.sign_in(client)
    assert [client.get(address(letter, name)).status_code for name in PAGES] == [404, 404, 404]
    assert client.get(decision(proposal)).status_code == 404
    assert client.get(reverse("outgoing-letter", args=[letter.key])).status_code == 404
    assert "Amina Larkspur" not in words(client.get(reverse("outgoing")))
    assert Access.objects.count() == 0
    here.sign_in(client, Role.SPECIALIST)
    for url in (address(letter), address(letter, "report-letter-pdf")):
        assert client.get(url).status_code == 200
    assert client.get(reverse("outgoing-letter", args=[letter.key])).status_code == 200
    assert list(Access.objects.order_by("pk").values_list("case_id", "opened", "purpose")) == [
        (None, letter.key, "letter"),
        (None, letter.key, "letter as a PDF"),
        (None, letter.key, "letter on its way"),
    ]


def test_what_was_sent_away_lately_says_how_far_its_letter_is(here: Side, client: Client) -> None:
    anonymous, told = sent_away(here, anonymous=True), sent_away(here)
    hidden = secret(here)
    page = words(here.sign_in(client).get(reverse("waiting-reports")))
    shown = page.partition("Sent away in the last four weeks")[2]
    assert f"Noise {told.report.reference} Outside this policy Officer Larkspur, Mon 16 Nov None yet" in shown
    assert f"{anonymous.report.reference} Outside this policy Officer Larkspur, Mon 16 Nov Nobody" in shown
    assert hidden.report.reference not in page
    queued(here, told)
    assert "Mon 16 Nov Waiting to go" in words(client.get(reverse("waiting-reports")))


def test_the_post_room_leads_to_the_letter(here: Side, client: Client) -> None:
    sending = queued(here, sent_away(here))
    page = here.sign_in(client).get(reverse("outgoing"))
    assert f'href="{address(sending.letter)}"' in page.content.decode()
    assert sending.letter.reference in words(page)


def test_two_who_write_at_once_do_not_lose_each_others_words(here: Side, client: Client) -> None:
    letter = begun(here, sent_away(here))
    seen = version(here.sign_in(client).get(address(letter)))
    change_letter(
        letter, answers=HELP, own_words="Hers", form="standard", by=here.actor(Role.SPECIALIST), seen=seen
    )
    mine = {**TYPED, "own_words": "Mine", "version": seen}
    for button in ("save", "make", "give_up"):
        response = client.post(address(letter), {**mine, button: "1"})
        assert errors(response)[0].startswith("Somebody else has changed this letter while you were writing.")
        assert "Mine" in response.content.decode()
        now = Letter.objects.get()
        assert (now.own_words, now.status) == ("Hers", "draft")
    client.post(address(letter), {**mine, "version": version(response), "save": "1"})
    assert Letter.objects.get().own_words == "Mine"


def test_whoever_lets_it_go_lets_go_what_they_have_read(here: Side, client: Client) -> None:
    letter = answered(here, sent_away(here, complainant=SON), own_words="Basil Quayle told us.")
    release = address(letter, "report-release-letter")
    seen = version(here.sign_in(client, Role.MANAGER).get(release))
    change_letter(
        letter, answers=HELP, own_words="Basil Quayle rang.", form="standard", by=here.actor(), seen=seen
    )
    response = client.post(release, {"ground": "agreed", "reason": "He agreed", "version": seen})
    assert errors(response)[0].startswith("Somebody else has changed this letter")
    assert Release.objects.count() == 0


def test_a_draft_that_was_made_meanwhile_is_not_sent_by_saving_it(here: Side, client: Client) -> None:
    proposal = sent_away(here)
    letter = answered(here, proposal)
    here.sign_in(client)
    seen = version(client.get(address(letter)))
    make_letter(letter, by=here.actor(Role.SPECIALIST))
    response = client.post(
        address(letter), {**TYPED, "own_words": "Too late", "version": seen, "channel": "email", "save": "1"}
    )
    page = words(response)
    assert "Specialist Larkspur has made this letter meanwhile. What you wrote is not in it." in page
    assert "Too late" in page
    assert (Sending.objects.count(), Letter.objects.get().own_words) == (0, "")
