"""Changing what is known of a person: old and new on the timeline, nothing personal in the chain."""

from dataclasses import replace
from typing import Any

import pytest
from django.db import transaction

from cases.models import Person
from cases.search import found_ids
from cases.services.closing import close_case
from cases.services.people import PersonDetails, change_person, details_of
from landlords.permissions import Refused, Role
from tests.factories.world import Side, World
from timeline.models import Event
from timeline.scope import landlord_scope


def known(here: Side) -> PersonDetails:
    return details_of(here.complainant)


def newest(here: Side) -> Event:
    return Event.objects.filter(case_id=here.case.pk).select_related("words").order_by("-id")[0]


def test_old_and_new_are_told_in_the_text_and_only_which_in_the_chain(here: Side) -> None:
    told = replace(
        known(here),
        phone="07700 900999",
        formats=("easy_read", "large_print"),
        safe_contact="text",
        under_18=True,
        representative="Her aunt Beth",
    )
    change_person(here.case, here.complainant.pk, told, by=here.actor())
    event = newest(here)
    assert (event.verb, event.payload) == (
        "person_changed",
        {
            "person_id": here.complainant.pk,
            "changed": ["phone", "safe_contact", "formats", "under_18", "representative"],
        },
    )
    assert event.words.text.splitlines() == [
        "Telephone: 07700 900123 → 07700 900999",
        "Safe contact: Any way is safe → Text only",
        "Formats: none → Easy read, Large print",
        "Under 18: no → yes",
        "Speaks for them: nothing → Her aunt Beth",
    ]
    assert details_of(Person.objects.get(pk=here.complainant.pk)) == told


def test_a_new_name_is_what_the_case_is_found_by(here: Side) -> None:
    change_person(
        here.case, here.complainant.pk, replace(known(here), name=" Aminata  Sow "), by=here.actor()
    )
    person = Person.objects.get(pk=here.complainant.pk)
    assert (person.name, person.name_key) == ("Aminata  Sow", "aminata sow")
    assert found_ids("aminata") == [here.case.pk]


@pytest.mark.parametrize(
    ("role", "changes", "words"),
    [
        (
            Role.ADVISER,
            {"phone": "1"},
            "As contact centre adviser you cannot change what is known about a person.",
        ),
        (Role.AUDITOR, {"phone": "1"}, "As auditor you cannot change what is known about a person."),
        (Role.OFFICER, {}, "Nothing is changed."),
        (Role.OFFICER, {"name": "  "}, "A person needs a name, or words that tell who they are."),
    ],
)
def test_a_refused_change_changes_nothing(
    here: Side, role: Role, changes: dict[str, Any], words: str
) -> None:
    before, events = details_of(here.complainant), Event.objects.count()
    with pytest.raises(Refused, match=words.replace(".", r"\.")):
        change_person(here.case, here.complainant.pk, replace(before, **changes), by=here.actor(role))
    assert details_of(Person.objects.get(pk=here.complainant.pk)) == before
    assert Event.objects.count() == events


def test_somebody_of_another_case_or_landlord_cannot_be_changed(here: Side, world: World) -> None:
    stranger = here.restricted_case.parties.get(role="complainant").person
    there = world.there.complainant.pk
    for person_id in (stranger.pk, there):
        with pytest.raises(Refused, match="Choose somebody who is part of this case"):
            change_person(here.case, person_id, replace(known(here), phone="1"), by=here.actor())
    with transaction.atomic(), landlord_scope(world.there.landlord.pk):
        assert Person.objects.get(pk=there).phone == "07700 900123"
    assert Person.objects.get(pk=stranger.pk).phone == "07700 900123"


def test_nothing_changes_on_a_closed_case(here: Side) -> None:
    close_case(here.case, ground="resolved", reason="It stopped", by=here.actor())
    with pytest.raises(Refused, match="This case is closed"):
        change_person(here.case, here.complainant.pk, replace(known(here), phone="1"), by=here.actor())
    assert Person.objects.get(pk=here.complainant.pk).phone == "07700 900123"
