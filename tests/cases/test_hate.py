"""Hate that comes to light on a case that is open already: as somebody sees it, never taken off, never proved."""

import pytest
from django.test import Client
from django.urls import reverse

from cases.models import Case
from cases.services.categorising import record_hate
from cases.services.closing import close_case
from cases.services.deciding import to_record
from landlords.permissions import Refused, Role
from tests.cases.pages import address, errors, send, words
from tests.factories.stage import set_gates_aside
from tests.factories.world import Side, World
from timeline.models import Event
from timeline.scope import landlord_scope

NOT_THEIRS = "As auditor you cannot add an incident. Ask a colleague who can, or your landlord administrator."
SAID = "She says he shouts about where she is from"


def stands(case: Case) -> tuple[bool, list[str], str, str]:
    found = Case.objects.get(pk=case.pk)
    return found.hate, found.hate_strands, found.level, found.status


def test_it_is_on_record_in_their_words_and_the_level_stays(here: Side) -> None:
    level = here.case.level
    record_hate(here.case, strands=["race", "age"], reason=f" {SAID} ", by=here.actor())
    assert stands(here.case) == (True, ["age", "race"], level, "in_hand")
    event = Event.objects.filter(verb="hate_recorded").select_related("words").get()
    assert (event.case_id, event.payload) == (here.case.pk, {})
    assert event.words.text.splitlines()[0] == SAID
    assert len(event.words.text.splitlines()) == 2


def test_what_it_is_about_may_come_to_light_later(here: Side) -> None:
    record_hate(here.case, strands=[], reason=SAID, by=here.actor())
    assert stands(here.case)[:2] == (True, [])
    record_hate(here.case, strands=["race"], reason=SAID, by=here.actor())
    assert stands(here.case)[:2] == (True, ["race"])


def test_the_decisions_of_hate_are_asked_from_then_on(world: World) -> None:
    there = world.there
    with landlord_scope(there.landlord.pk):
        before = {one.rule.key for one in to_record(there.case)}
        record_hate(there.case, strands=["race"], reason=SAID, by=there.actor())
        after = {one.rule.key for one in to_record(Case.objects.get(pk=there.case.pk))}
    assert after - before == {"hate_policy", "hate_signposting"}


@pytest.mark.parametrize(
    ("role", "strands", "reason", "against"),
    [
        (Role.OFFICER, ["race"], " ", ["Write down who sees it as hate, and why, in their words."]),
        (Role.OFFICER, ["colour"], SAID, ["Choose what it is about from the list."]),
        (Role.AUDITOR, ["race"], SAID, [NOT_THEIRS]),
    ],
)
def test_refused_it_changes_nothing(
    here: Side, role: Role, strands: list[str], reason: str, against: list[str]
) -> None:
    before, events = stands(here.case), Event.objects.count()
    with pytest.raises(Refused) as refused:
        record_hate(here.case, strands=strands, reason=reason, by=here.actor(role))
    assert refused.value.reasons == against
    assert (stands(here.case), Event.objects.count()) == (before, events)


def test_said_once_is_enough_and_a_closed_case_is_left_alone(here: Side) -> None:
    record_hate(here.case, strands=["race"], reason=SAID, by=here.actor())
    with pytest.raises(Refused, match=r"The case says so already\."):
        record_hate(here.case, strands=["race"], reason=SAID, by=here.actor())
    set_gates_aside(here.case)
    close_case(here.case, ground="resolved", reason="Over", by=here.actor(Role.MANAGER))
    with pytest.raises(Refused, match="This case is closed"):
        record_hate(here.case, strands=["age"], reason=SAID, by=here.actor())
    assert stands(here.case)[1] == ["race"]


def test_the_page_records_it_and_the_case_says_so(here: Side, client: Client) -> None:
    here.sign_in(client)
    assert "Record as hate" in words(client.get(address("case", here)))
    url = address("record-hate", here)
    assert errors(send(client, url, reason="")) == ["Write down who sees it as hate, and why, in their words"]
    assert stands(here.case)[0] is False
    assert send(client, url, strands=["race"], reason=SAID).status_code == 302
    page = words(client.get(address("case", here)))
    assert "Hate (race), as the complainant sees it" in page
    assert "Record as hate" not in page


def test_another_landlords_case_is_not_there(world: World, client: Client) -> None:
    world.here.sign_in(client)
    url = reverse("record-hate", args=[world.there.case.reference])
    assert client.post(url, {"reason": SAID}).status_code == 404
    with landlord_scope(world.there.landlord.pk):
        assert stands(world.there.case)[0] is False
