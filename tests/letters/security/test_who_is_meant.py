"""Whom a letter must not tell of: everybody who told us, on every case about its reader, by whatever they said."""

import dataclasses

import pytest

from cases.choices import PartyRole
from cases.models import Case, Incident, Person
from cases.services.linking import link_cases
from cases.services.people import Told, add_party, change_person, details_of
from cases.services.rearranging import merge_cases
from cases.services.splitting import split_case
from landlords.permissions import Refused, Role
from letters.models import Release
from letters.outbox.checking import against_going
from letters.outbox.services import queue
from letters.services import begin_letter, change_letter, release_letter
from tests.factories.world import MONDAY, Side
from tests.letters.outbox.sealed import queued, sealed
from tests.letters.security.test_identity import another_case, reading
from tests.letters.test_writing import ANSWERS, begun, respondent, to_respondent
from timeline import clock
from timeline.actors import system
from triage.facts import Facts
from triage.services import Submission, submit_report

SAID = "He drags the iron bedstead over the kitchen tiles every morning at five"


def found(side: Side, about: str) -> list[str]:
    return [hit.found for hit in reading(to_respondent(side, about)).hits]


def test_whoever_had_a_hand_in_the_words_does_not_let_them_go(here: Side) -> None:
    letter = begun(here, "appointment", "respondent")
    manager = here.actor(Role.MANAGER)
    answers = {**ANSWERS, "about": f"{here.complainant.name} says you shouted"}
    change_letter(letter, answers=answers, own_words="", form="standard", by=manager)
    with pytest.raises(Refused, match="neither wrote it nor has the case"):
        release_letter(letter, ground="agreed", reason="She said so", by=manager)
    assert Release.objects.count() == 0


def test_what_was_let_go_is_stopped_again_for_somebody_who_came_since(here: Side) -> None:
    letter = to_respondent(here, f"{here.complainant.name} says you shouted, and Gareth Pemberton too")
    release_letter(letter, ground="agreed", reason="She said so", by=here.actor(Role.MANAGER))
    assert not reading(letter).stopped
    person = Person.objects.create(
        landlord=here.landlord, name="Gareth Pemberton", name_key="gareth pemberton"
    )
    add_party(here.case, person, PartyRole.WITNESS)
    assert reading(letter).stopped


@pytest.mark.parametrize(
    "name", ["The man above {name}", "{name}'s upstairs neighbour", "Neighbour of {name}"]
)
def test_somebody_known_by_a_description_is_not_addressed_by_it(here: Side, name: str) -> None:
    first = here.complainant.name.split()[0]
    Person.objects.filter(pk=respondent(here).pk).update(name=name.format(name=first))
    assert first in found(here, "shouting")


def test_in_care_of_whoever_complained_is_no_address_of_their_own(here: Side) -> None:
    Person.objects.filter(pk=respondent(here).pk).update(address="c/o Amina, 18 Larkspur Court")
    assert found(here, "shouting") == ["Amina"]


def test_the_words_of_somebody_without_a_name(here: Side) -> None:
    told = {
        "behaviours": ("noise",), "received_at": MONDAY, "channel": "telephone", "anonymous": True,
        "respondent": "tenant",
    }  # fmt: skip
    about = respondent(here)
    made = submit_report(
        Submission(
            Facts.model_validate(told),
            description=SAID,
            respondent=Told(name=about.name, address=about.address),
        ),
        by=system("Tests"),
    )
    assert made.case is not None
    reader = made.case.parties.get(role=PartyRole.RESPONDENT).person
    by = here.actor()
    letter = begin_letter(made.case, kind="appointment", audience="respondent", person_id=reader.pk, by=by)
    change_letter(letter, answers={**ANSWERS, "about": SAID}, own_words="", form="standard", by=by)
    assert [hit.kind for hit in reading(letter).hits] == ["quote"]


def test_what_stands_in_a_diary(here: Side) -> None:
    Incident.objects.create(
        landlord=here.landlord, case=here.case, description=SAID, recorded_at=clock.now(), recorded_by="x"
    )
    assert found(here, SAID) == [SAID]


def test_whoever_speaks_for_them(here: Side) -> None:
    details = details_of(here.complainant)
    changed = dataclasses.replace(details, representative="Leila Hussain, her sister, 07700 900777")
    change_person(here.case, here.complainant.pk, changed, by=here.actor(Role.MANAGER))
    assert found(here, "what Leila Hussain told us") == ["Leila Hussain"]
    assert found(here, "a call from 07700 900777") == ["07700 900777"]
    assert found(here, "what your sister told us") == []


def test_where_it_happened_as_long_as_their_home_is_not_known(here: Side) -> None:
    assert found(here, "what was heard at 16 Larkspur Court") == ["16 Larkspur Court"]


def test_whoever_complained_on_another_case_about_them(here: Side) -> None:
    other = another_case(here, "Gareth Pemberton")
    assert found(here, "what Gareth told us") == []
    link_cases(here.case, other, kind="related", reason="The same man", by=here.actor(Role.MANAGER))
    assert found(here, "what Gareth told us") == ["Gareth"]
    Case.objects.filter(pk=other.pk).update(restricted=True)
    assert (
        found(here, "what Gareth told us") == []
    )  # or whoever writes could find out who is on a restricted case


def test_whoever_complained_on_a_case_that_was_split_off(here: Side) -> None:
    source = another_case(here, "Gareth Pemberton")
    report = source.incidents.get().report
    manager = here.actor(Role.MANAGER)
    merge_cases(source, here.case, reason="The same", by=manager)
    case = Case.objects.get(pk=here.case.pk)
    split_case(case, incident_ids=[case.incidents.get(report=report).pk], reason="Not the same", by=manager)
    assert found(here, "what Gareth told us") == ["Gareth"]


def test_an_agency_that_is_the_respondent(here: Side) -> None:
    by, reader = here.actor(), respondent(here)
    letter = begin_letter(here.case, kind="information_request", audience="partner", person_id=None, by=by)
    answers = dict.fromkeys(("asked_for", "purpose", "lawful_basis", "answer_by"), "x")
    answers |= {"agency": "Northmoor Police", "agency_address": reader.address.replace(",", "\n")}
    change_letter(letter, answers=answers, own_words="", form="standard", by=by)
    assert [hit.kind for hit in reading(letter).hits] == ["address"]


@pytest.mark.parametrize(("channel", "field"), [("email", "email"), ("text", "phone"), ("post", "address")])
def test_nothing_goes_where_the_other_side_reads_it(here: Side, channel: str, field: str) -> None:
    shared = {"email": "home@larkspur.example", "phone": "07700 900123", "address": "18 Larkspur Court"}
    people = [here.complainant.pk, respondent(here).pk]
    Person.objects.filter(pk__in=people).update(**{field: shared[field]})
    letter = sealed(here, person=Person.objects.get(pk=here.complainant.pk))
    with pytest.raises(Refused, match="where the person complained about can read it"):
        queue(letter, channel=channel, by=here.actor())
    assert queue(letter, channel=channel, asked_this_way=True, by=here.actor()).state == "waiting"


def test_that_they_asked_counts_for_nothing_once_more_is_known(here: Side) -> None:
    Person.objects.filter(pk=here.complainant.pk).update(safe_contact="letter")
    sending = queued(here, person=Person.objects.get(pk=here.complainant.pk), asked_this_way=True)
    case = Case.objects.get(pk=here.case.pk)
    assert against_going(sending, sending.letter, case) == []
    Person.objects.filter(pk=here.complainant.pk).update(safe_contact="call")
    sending.letter.person = Person.objects.get(pk=here.complainant.pk)
    assert len(against_going(sending, sending.letter, case)) == 1
