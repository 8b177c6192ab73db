"""One case of one landlord, worked through the real services, for tests of what closing needs."""

import datetime
from dataclasses import dataclass

from cases.models import Case, Deviation, Person
from cases.services.approving import approve, give_notice
from cases.services.asking import ask_of_person
from cases.services.people import Told
from cases.services.working import ContactDetails, record_contact
from landlords.models import Landlord
from landlords.permissions import Role
from landlords.services import add_member
from tests.factories.world import MONDAY, Side, report
from timeline import clock
from timeline.actors import Actor, system
from timeline.clock import clock_at
from triage.facts import Facts
from triage.services import Submission, submit_report

BY = system("Tests")
A_DAY = datetime.timedelta(days=1)


@dataclass
class Stage:
    """``days`` after the report on MONDAY something happens; what is not said happens on that day."""

    case: Case
    people: list[Person]

    def fresh(self) -> Case:
        return Case.objects.select_related("team", "policy").get(pk=self.case.pk)

    def speak(self, days: int = 1, *, about_closing: bool = True, person: int = 0) -> None:
        self._contact(days, "spoke", "telephone", person, about_closing)

    def speak_now(self) -> None:
        """About closing, by the real clock."""
        details = ContactDetails(self.people[0].pk, "telephone", "spoke", clock.now(), about_closing=True)
        record_contact(self.fresh(), details, by=BY)

    def attempt(self, days: int = 1, means: str = "telephone", *, person: int = 0) -> None:
        outcome = {"telephone": "no_answer", "visit": "visit_no_answer"}.get(means, "letter_sent")
        self._contact(days, outcome, means, person, True)

    def ask(self, days: int = 1) -> None:
        with clock_at(MONDAY + days * A_DAY):
            person = self.people[0].pk
            ask_of_person(self.fresh(), person_id=person, what="A diary", answer_by=clock.now().date(), by=BY)

    def tell_in_writing(self, days: int = 1) -> None:
        with clock_at(MONDAY + days * A_DAY):
            for person in self.people:
                give_notice(
                    self.fresh(),
                    person_id=person.pk,
                    of="closing",
                    how="written",
                    given_at=clock.now(),
                    summary="Letter on the file",
                    by=BY,
                )

    def advise(self, position: str, days: int = 1) -> None:
        with clock_at(MONDAY + days * A_DAY):
            by = _manager(position)
            approve(self.fresh(), what="closing_advice", answer="advice", reason="Watch it first", by=by)

    def _contact(self, days: int, outcome: str, means: str, person: int, about_closing: bool) -> None:
        with clock_at(MONDAY + days * A_DAY):
            details = ContactDetails(
                self.people[person].pk, means, outcome, clock.now(), about_closing=about_closing
            )
            record_contact(self.fresh(), details, by=BY)


def staged(landlord: Landlord, *, anonymous: bool = False) -> Stage:
    """A case of noise just reported, inside the landlord's scope."""
    with clock_at(MONDAY):
        case = _anonymous_case() if anonymous else report(Side(landlord, "Larkspur"), "noise").case
    assert case is not None
    parties = case.parties.filter(role="complainant").select_related("person").order_by("pk")
    return Stage(case, [party.person for party in parties])


def set_gates_aside(case: Case) -> None:
    """As a manager does where a policy lets them, for tests that are not about the gates."""
    Deviation.objects.create(
        landlord_id=case.landlord_id,
        case=case,
        step="close",
        reasons="Not what is tested",
        why_proportionate="Not what is tested",
        clause="",
        decided_at=clock.now(),
        decided_by="Tests",
    )


def _anonymous_case() -> Case | None:
    facts = Facts(
        received_at=MONDAY, behaviours=("noise",), channel="telephone", anonymous=True, respondent="tenant"
    )
    return submit_report(
        Submission(facts, description="Loud", respondent=Told(name="Dale Example")), by=BY
    ).case


def _manager(position: str) -> Actor:
    return add_member(
        email=f"{position}@example.org",
        name=f"The {position}",
        role=Role.MANAGER,
        positions=(position,),
        by=BY,
    ).actor()
