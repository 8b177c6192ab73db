"""Where a chronology happens: the landlord, the staff, and the cases and people it has so far."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from uuid import uuid4

from django.utils.translation import gettext as _

from asbcases.replay.noticing import REPLAY, Noticed, enough_reports
from asbcases.replay.verbs.base import OFFICER, Event
from cases.models import Case, Report
from cases.services.people import name_key
from landlords.models import Landlord, Membership
from landlords.permissions import Refused, Role
from landlords.services import add_member
from policies.schema import Policy
from timeline.actors import Actor

ROLES: Mapping[str, tuple[str, Role]] = {
    OFFICER: ("Officer", Role.OFFICER),
    "second_officer": ("Second officer", Role.OFFICER),
    "specialist": ("Specialist", Role.SPECIALIST),
    "manager": ("Manager", Role.MANAGER),
    "adviser": ("Adviser", Role.ADVISER),
}
"""Who works here in every chronology, beside one person for each position of the policy."""


@dataclass(frozen=True)
class ToldReport:
    """A report of the chronology: ``number`` counts from 1, ``event`` from 0."""

    number: int
    event: int
    report: Report


@dataclass
class Stage:
    """``cases`` holds ids in the order they opened; case 1 is the first. ``event`` is the one that happens now."""

    landlord: Landlord
    policy: Policy
    staff: Mapping[str, Membership]
    cases: list[int] = field(default_factory=list)
    reports: list[ToldReport] = field(default_factory=list)
    people: dict[str, int] = field(default_factory=dict)
    noticed: list[Noticed] = field(default_factory=list)
    event: int = 0

    def begin(self, number: int, event: Event) -> Event:
        self.event = number
        return event

    def actor(self, event: Event) -> Actor:
        return self.staff[event.actor_key].actor()

    def case_of(self, event: Event) -> Case:
        """The case the event names, else the newest open one. Raises Refused where there is none."""
        if event.case is not None:
            return self.numbered(event.case)
        newest_first = list(Case.objects.filter(pk__in=self.cases).order_by("-pk"))
        if not newest_first:
            raise Refused(_("There is no case yet."))
        return next((case for case in newest_first if case.is_open), newest_first[0])

    def closed_case_of(self, event: Event) -> Case:
        """The case the event names, else the one that was closed last. Raises Refused where there is none."""
        if event.case is not None:
            return self.numbered(event.case)
        found = Case.objects.filter(pk__in=self.cases, closed_at__isnull=False).order_by("-closed_at", "-pk")
        case = found.first()
        if case is None:
            raise Refused(_("There is no closed case."))
        return case

    def numbered(self, number: int) -> Case:
        if number > len(self.cases):
            raise Refused(_("There is no case %(number)d yet.") % {"number": number})
        return Case.objects.get(pk=self.cases[number - 1])

    def number_of(self, case_id: int | None) -> int | None:
        return self.cases.index(case_id) + 1 if case_id in self.cases else None

    def came_onto(self, case: Case | None) -> None:
        """A report came onto this case, which is counted the first time it is seen."""
        if case is None:
            return
        if case.pk not in self.cases:
            self.cases.append(case.pk)
        self.notice(enough_reports(case))

    def notice(self, found: Iterable[Noticed]) -> None:
        """Remember what comes up, each thing once."""
        known = {one.what for one in self.noticed}
        self.noticed += [one for one in found if one.what not in known]

    def told(self, report: Report) -> None:
        self.reports.append(ToldReport(len(self.reports) + 1, self.event, report))

    def person_in(self, case: Case, name: str | None) -> int:
        """The id of somebody who is part of the case; its first complainant where no name is given.

        Raises Refused where nobody of that name is part of it.
        """
        parties = case.parties.select_related("person").order_by("pk")
        if name is None:
            complainant = parties.filter(role="complainant").first()
            if complainant is None:
                raise Refused(_("Nobody is known who complains; the reports are anonymous."))
            return complainant.person_id
        found = parties.filter(person__name_key=name_key(name)).first()
        if found is None:
            raise Refused(_("Nobody called %(name)s is part of this case.") % {"name": name})
        return found.person_id

    def open_case_about(self, respondent: str) -> Case | None:
        """The newest open case of this chronology about somebody of this name."""
        if not respondent.strip():
            return None
        cases = Case.objects.filter(
            pk__in=self.cases,
            parties__role="respondent",
            parties__person__name_key=name_key(respondent),
        )
        return next((case for case in cases.order_by("-pk") if case.is_open), None)


def actor_keys(policy: Policy) -> list[str]:
    return [*ROLES, *(key for key in policy.core.positions if key not in ROLES)]


def hire(policy: Policy) -> dict[str, Membership]:
    """One person for each role, and one for each position of the policy, all of the landlord in scope."""
    staff = {key: _member(name, role) for key, (name, role) in ROLES.items()}
    for key, position in policy.core.positions.items():
        if key in staff:
            _give_position(staff[key], key)
        else:
            staff[key] = _member(position.label, Role.MANAGER, (key,))
    return staff


def _member(name: str, role: Role, positions: Iterable[str] = ()) -> Membership:
    return add_member(
        email=f"replay-{uuid4().hex}@example.org", name=name, role=role, positions=tuple(positions), by=REPLAY
    )


def _give_position(member: Membership, key: str) -> None:
    member.positions = [*member.positions, key]
    member.save(update_fields=["positions"])
