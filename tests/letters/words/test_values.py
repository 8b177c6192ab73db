"""What stands in letters where their words leave a place: each reader's own, and nobody else's."""

import datetime
from collections.abc import Iterator
from dataclasses import replace

import pytest
from django.db import transaction

from cases.choices import PartyRole
from cases.models import Case, Deadline, Person
from cases.services.categorising import reassign
from cases.services.parties import NewParty, put_on_case
from cases.services.people import Told
from landlords.permissions import Role
from letters.composing.document import Table
from letters.kinds import Audience
from letters.schema import LettersSection
from letters.values import Writing, letter_values, values_of
from policies.sections import Section
from tests.cases.linking.world import DAY, told
from tests.factories.world import NOON, Side, World
from tests.letters.words.writing import everything, value, writing_to
from timeline.clock import clock_at
from timeline.scope import landlord_scope

C, R, W, P = Audience.COMPLAINANT, Audience.RESPONDENT, Audience.WITNESS, Audience.PARTNER


@pytest.fixture
def derby(world: World) -> Iterator[Side]:
    with transaction.atomic(), landlord_scope(world.there.landlord.pk):
        yield world.there


def respondent(side: Side) -> Person:
    return side.case.parties.select_related("person").get(role="respondent").person


def added(side: Side, role: PartyRole, name: str = "Idris Larkspur") -> Person:
    new = NewParty(Told(name=name, phone="07700 900124"), role)
    return put_on_case(side.case, new, by=side.actor()).person


def silent(writing: Writing) -> Writing:
    """The same where the landlord's policy says nothing of letters."""
    sections: dict[type[Section], Section] = dict(writing.policy.sections)
    sections[LettersSection] = LettersSection()
    return replace(writing, policy=replace(writing.policy, sections=sections))


def test_every_reader_has_a_value_or_none_for_whatever_they_may_have(here: Side) -> None:
    """Nothing that is asked for a reader fails for them, with or without somebody it is about."""
    writings = [
        writing_to(here),
        writing_to(here, respondent(here), R),
        writing_to(here, added(here, PartyRole.WITNESS), W),
        writing_to(here, respondent(here), P),
        writing_to(here, None, P),
    ]
    for writing in writings:
        allowed = {name for name in letter_values if writing.audience in letter_values[name].audiences}
        assert set(everything(writing)) == allowed


def test_what_a_respondent_may_have_tells_nothing_of_the_complainant(here: Side) -> None:
    said = str(everything(writing_to(here, respondent(here), R)))
    report = here.submitted.report
    for theirs in (
        "Amina",
        here.complainant.phone,
        here.complainant.email,
        report.reference,
        report.location,
    ):
        assert theirs not in said


def test_what_is_only_for_complainants_is_not_put_together_for_anybody_else(here: Side) -> None:
    assert values_of(writing_to(here, respondent(here), R), ["first_report", "promised", "case_review"]) == {}


def test_each_reader_has_the_reference_they_may_know(here: Side) -> None:
    told_us = here.submitted.report.reference
    assert value("reference", writing_to(here)) == told_us
    assert value("reference", writing_to(here, respondent(here), R)) == here.case.reference
    assert value("reference", writing_to(here, added(here, PartyRole.WITNESS), W)) == here.case.reference
    assert value("reference", writing_to(here, None, P)) == told_us
    assert value("reference", writing_to(here, respondent(here), P)) == told_us


def test_whoever_joined_an_older_case_keeps_the_reference_of_their_own_report(here: Side) -> None:
    with clock_at(NOON + DAY):
        told(here, "noise", who="Idris", at=NOON + DAY, join=here.case)
    idris = Person.objects.get(name="Idris Larkspur")
    own = idris.reports.get().reference
    assert value("reference", writing_to(here, idris)) == own
    assert value("reference", writing_to(here, idris, P)) == own
    assert own != here.submitted.report.reference


def test_whoever_has_the_case_is_the_contact_else_whoever_writes(here: Side) -> None:
    assert value("main_contact", writing_to(here)) == "Officer Larkspur"
    manager = here.members[Role.MANAGER]
    reassign(here.case, owner=manager, reason="Leave", by=here.actor(Role.MANAGER))
    writing = writing_to(here)
    assert (value("main_contact", writing), value("officer", writing)) == (
        "Manager Larkspur",
        "Officer Larkspur",
    )


def test_a_title_is_the_position_else_what_the_team_calls_them_else_the_role(here: Side) -> None:
    officer, manager = here.members[Role.OFFICER], here.members[Role.MANAGER]
    assert value("officer_title", writing_to(here)) == "Neighbourhood Officer"
    assert value("officer_title", writing_to(here, role=Role.MANAGER)) == manager.get_role_display()
    officer.positions = ["long_gone", "tenancy_enforcement_officer"]
    assert value("officer_title", writing_to(here)) == "Tenancy Enforcement Officer"


def test_promises_are_told_in_public_words_the_soonest_first(here: Side) -> None:
    assert value("promised", writing_to(here)) == Table(
        ("What we promise", "By when"),
        (("A person will contact you", "by the end of Tuesday 17 November 2026"),),
        "promised",
    )
    assert (
        value("next_promise", writing_to(here))
        == "A person will contact you by the end of Tuesday 17 November 2026"
    )


def test_a_promise_without_public_words_has_ours_and_an_inner_duty_is_not_told(here: Side) -> None:
    first = Deadline.objects.get(case=here.case, kind="initial_contact", person=here.complainant)
    for number, kind in enumerate(("contact_update", "risk_review", "risk_assessment", "acknowledgement")):
        first.pk, first.key = None, f"00000000-0000-4000-8000-00000000000{number}"
        first.kind, first.due_at = kind, NOON + (number + 3) * DAY
        first.save()
    found = value("promised", writing_to(here))
    assert isinstance(found, Table)
    assert [what for what, _when in found.rows] == [
        "A person will contact you",
        "We will contact you again",
        "We will go through the risk to you with you",
    ]


def test_what_is_late_is_not_promised_again(here: Side) -> None:
    with clock_at(NOON + 3 * DAY):
        assert (value("promised", writing_to(here)), value("next_promise", writing_to(here))) == (None, None)


def test_the_case_review_is_told_where_it_is_owed(here: Side) -> None:
    assert value("case_review_when_due", writing_to(here)) is None
    with clock_at(NOON + DAY):
        told(here, "noise", known=here.complainant, at=NOON + DAY, join=here.case)
        words = value("case_review_when_due", writing_to(here))
    assert words == value("case_review", writing_to(here)) == value("case_review_route", writing_to(here))
    assert "Your local council tells you how." in str(words)


def test_derby_tells_everybody_in_every_letter(derby: Side) -> None:
    words = str(value("case_review_when_due", writing_to(derby)))
    assert "derbyhomes.org, saferderbyshire.gov.uk or derby.gov.uk" in words


def test_what_a_landlord_does_not_say_is_not_said_for_it(here: Side) -> None:
    writing = silent(writing_to(here))
    names = [
        "complaint_route",
        "case_review",
        "case_review_when_due",
        "handled_under",
        "support_routes",
        "mediation",
    ]
    assert values_of(writing, names) == dict.fromkeys(names)
    assert (
        value("good_neighbour_way", writing)
        == "as a matter between neighbours, and not as anti-social behaviour"
    )


def test_a_complaint_goes_to_us_and_then_to_the_ombudsman(here: Side) -> None:
    words = str(value("complaint_route", writing_to(here)))
    assert words.index("complain to us") < words.index("Housing Ombudsman")


@pytest.mark.parametrize(
    ("audience", "told"),
    [(C, "our worker at Victim Support"), (R, "to keep your home"), (W, "go to court as a witness")],
)
def test_help_is_offered_to_its_own_reader_alone(here: Side, audience: Audience, told: str) -> None:
    offered = {
        one: str(value("support_routes", writing_to(here, here.complainant, one))) for one in (C, R, W)
    }
    assert [one for one, words in offered.items() if told in words] == [audience]


def test_what_they_reported_is_their_own(here: Side) -> None:
    with clock_at(NOON + DAY):
        told(here, "verbal_abuse", "noise", who="Idris", at=NOON + DAY, join=here.case)
    idris = Person.objects.get(name="Idris Larkspur")
    amina = str(value("kind_of_problem", writing_to(here)))
    assert str(value("kind_of_problem", writing_to(here, idris))) == f"verbal abuse and {amina}"
    assert value("first_report", writing_to(here, idris)) == "Tuesday 17 November 2026"
    assert value("first_report", writing_to(here)) == "Monday 16 November 2026"


def test_a_complainant_who_reported_nothing_themselves(here: Side) -> None:
    writing = writing_to(here, added(here, PartyRole.COMPLAINANT))
    assert value("first_report", writing) is None
    assert value("kind_of_problem", writing) == "anti-social behaviour"


def test_how_a_report_is_dealt_with_goes_by_the_route(here: Side) -> None:
    assert value("handled_under", writing_to(here)) == "as anti-social behaviour"
    Case.objects.filter(pk=here.case.pk).update(route="good_neighbourhood", level="")
    words = "as a matter between neighbours, and not as anti-social behaviour"
    assert value("handled_under", writing_to(here)) == words
    assert value("good_neighbour_way", writing_to(here)) == words


def test_how_often_is_what_was_agreed(here: Side) -> None:
    assert value("how_often", writing_to(here)) is None
    for days, words in ((1, "every day"), (10, "every 10 days")):
        here.case.parties.filter(role="complainant").update(contact_every_days=days)
        assert value("how_often", writing_to(here)) == words


@pytest.mark.parametrize(
    ("safe", "told"),
    [
        ("any", "by telephone on 07700 900123 or by e-mail to amina@larkspur.example"),
        ("call", "only by telephone on 07700 900123; no other way is safe"),
        ("text", "only by text message to 07700 900123; no other way is safe"),
        ("email", "only by e-mail to amina@larkspur.example; no other way is safe"),
        ("letter", "only by letter; no other way is safe"),
    ],
)
def test_an_agency_is_told_only_the_safe_way(here: Side, safe: str, told: str) -> None:
    person = here.complainant
    person.safe_contact = safe
    assert value("about_reach", writing_to(here, person, P)) == told


def test_without_a_safe_way_an_agency_is_told_none(here: Side) -> None:
    person = here.complainant
    person.safe_contact, person.phone = "call", ""
    assert value("about_reach", writing_to(here, person, P)) is None


def test_who_it_is_about_has_to_be_known_for_a_referral(here: Side) -> None:
    person = here.complainant
    person.address, person.language = "16 Larkspur Court", "Polish"
    about = ["about_name", "person_referred", "about_address", "about_language"]
    assert list(values_of(writing_to(here, person, P), about).values()) == [
        "Amina Larkspur",
        "Amina Larkspur",
        "16 Larkspur Court",
        "Polish",
    ]
    assert values_of(writing_to(here, None, P), about) == dict.fromkeys(about)
    assert (letter_values["about_name"].optional, letter_values["person_referred"].optional) == (True, False)


def test_there_is_room_to_sign_for_the_reader_and_for_us(here: Side) -> None:
    assert value("signatures", writing_to(here, respondent(here), R)) == Table(
        ("Name", "Signature", "Date"), (("Dale Larkspur", "", ""), ("Officer Larkspur", "", "")), "signatures"
    )


def test_somebody_under_18_signs_with_a_parent_or_guardian(here: Side) -> None:
    """believe 12.16; nobody older has a line for one."""
    young = respondent(here)
    young.under_18 = True
    signed = value("signatures", writing_to(here, young, R))
    assert isinstance(signed, Table)
    assert [row[0] for row in signed.rows] == ["Dale Larkspur", "Parent or guardian", "Officer Larkspur"]


def test_what_is_agreed_to_is_signed_by_the_reader_alone(here: Side) -> None:
    signed = value("own_signature", writing_to(here))
    assert signed == Table(("Name", "Signature", "Date"), (("Amina Larkspur", "", ""),), "own_signature")


def test_a_diary_is_empty(here: Side) -> None:
    diary = value("diary", writing_to(here))
    assert isinstance(diary, Table)
    assert (len(diary.columns), set(diary.rows), len(diary.rows)) == (5, {("",) * 5}, 8)


def test_a_contract_has_the_name_it_has_here(here: Side) -> None:
    writing = writing_to(here, respondent(here), R)
    assert value("contract_name", writing) == "Acceptable Behaviour Agreement"
    assert value("contract_name", silent(writing)) == "Acceptable Behaviour Contract"


def test_whose_behaviour_somebody_answers_for_is_said_by_every_landlord(here: Side) -> None:
    writing = writing_to(here, respondent(here), R)
    assert str(value("answer_for", writing)).endswith("for your visitors and for your pets.")
    assert value("answer_for", replace(writing, easy_read=True)) == (
        "This is also about your family, people who live with you, visitors and pets."
    )
    assert (
        value("answer_for", silent(writing)) == "You answer for everybody who lives with you or visits you."
    )


def test_the_day_is_that_of_london(here: Side) -> None:
    with clock_at(datetime.datetime(2026, 7, 1, 23, 30, tzinfo=datetime.UTC)):
        assert value("date", writing_to(here)) == "Thursday 2 July 2026"
