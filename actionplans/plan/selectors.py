"""Reading plans. Nothing here is for anybody but staff: a plan is never shown to a respondent."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Exists, Max, OuterRef, Prefetch, Q, QuerySet

from actionplans.models import Action, Plan
from cases.choices import SUCCESSFUL, PartyRole
from cases.models import Case, Contact, Incident, Party
from cases.permissions import visible_to
from landlords.models import Membership
from landlords.permissions import MAY, Permission, Role
from riskmatrix.models import Assessment, Band
from timeline.prepared import prepared

UNFINISHED = Q(done_at__isnull=True, dropped_at__isnull=True)
DOES_ACTIONS = [role for role in Role.values if Permission.ADD_NOTE in MAY[role]]
"""Roles whose people can open a case and write on it, so that an action can be theirs."""


def newest(plans: QuerySet[Plan], *, at: datetime.datetime | None = None) -> QuerySet[Plan]:
    """The last version with each complainant of each case; ``at``: as it stood then."""
    later = Plan.objects.filter(
        case=OuterRef("case"), person=OuterRef("person"), version__gt=OuterRef("version")
    )
    if at is not None:
        plans, later = plans.filter(recorded_at__lte=at), later.filter(recorded_at__lte=at)
    return plans.filter(~Exists(later))


def complainants_among(parties: Iterable[Party]) -> list[Party]:
    """Those a plan can be made with: nobody who is on the other side as well."""
    parties = list(parties)
    respondents = {one.person_id for one in parties if one.role == PartyRole.RESPONDENT}
    return [one for one in parties if one.role == PartyRole.COMPLAINANT and one.person_id not in respondents]


def newest_plan(case: Case, person_id: int) -> Plan | None:
    return Plan.objects.filter(case=case, person_id=person_id).order_by("-version").first()


def newest_actions(case: Case) -> list[Action]:
    """Every action of the newest plans of a case, with plan and owner, in one query. No plan is without actions."""
    by_age = sorted(_actions(case.pk), key=lambda action: action.pk)
    found = sorted(by_age, key=lambda action: action.who, reverse=True)
    last = dict(sorted((one.plan.person_id, one.plan.version) for one in found))
    return [one for one in found if one.plan.version == last[one.plan.person_id]]


@prepared
def _actions(case_id: int) -> QuerySet[Action]:
    return Action.objects.select_related("plan", "owner__user").filter(plan__case=case_id)


def unfinished(plan: Plan) -> list[Action]:
    """What a next version carries over."""
    return list(plan.actions.filter(UNFINISHED).select_related("owner__user").order_by("-who", "pk"))


def owners_for(case: Case) -> list[Membership]:
    """Whom an action of this case may be given to: staff who work on cases and may open this one."""
    members = Membership.objects.filter(is_active=True, role__in=DOES_ACTIONS)
    found = members.select_related("user", "team").order_by("user__name", "pk")
    return [one for one in found if _may_open(case, one)]


def _may_open(case: Case, member: Membership) -> bool:
    if not case.restricted:
        return True
    return visible_to(member.actor(), Case.objects.filter(pk=case.pk)).exists()


@dataclass
class Standing:
    """How it stands with one complainant: their plans, newest first, when we last spoke and what is new since."""

    plans: list[Plan] = field(default_factory=list)
    spoke_at: datetime.datetime | None = None
    assessed_at: datetime.datetime | None = None
    high_risk: bool = False
    incident_at: datetime.datetime | None = None

    @property
    def newest(self) -> Plan | None:
        return self.plans[0] if self.plans else None


def standings(case: Case, people: Iterable[int]) -> dict[int, Standing]:
    """Of these persons, by their ids, in a constant number of queries."""
    found = {person: Standing() for person in people}
    for plan in _plans(case, found):
        found[plan.person_id].plans.append(plan)
    for person, at in _last_spoke(case, found):
        found[person].spoke_at = at
    for assessment in _assessments(case, found):
        found[assessment.person_id].assessed_at = assessment.recorded_at
        found[assessment.person_id].high_risk = assessment.confirmed_band == Band.HIGH
    newest_incident = Incident.objects.filter(case=case).aggregate(at=Max("recorded_at"))["at"]
    for standing in found.values():
        standing.incident_at = newest_incident
    return found


def last_spoke(case: Case, person_id: int) -> datetime.datetime | None:
    """When we last spoke with this person about this case; an attempt is not contact."""
    return dict(_last_spoke(case, [person_id])).get(person_id)


def _plans(case: Case, people: Iterable[int]) -> QuerySet[Plan]:
    actions = Action.objects.select_related("owner__user").order_by("-who", "pk")
    plans = Plan.objects.filter(case=case, person__in=people).order_by("-version")
    return plans.prefetch_related(Prefetch("actions", actions))


def _last_spoke(case: Case, people: Iterable[int]) -> QuerySet[Contact, tuple[int, datetime.datetime]]:
    spoken = Contact.objects.filter(case=case, person__in=people, outcome__in=SUCCESSFUL)
    return spoken.values("person").annotate(at=Max("occurred_at")).values_list("person", "at")


def _assessments(case: Case, people: Iterable[int]) -> QuerySet[Assessment]:
    """The newest of each person."""
    made = Assessment.objects.filter(case=case, person__in=people)
    return made.order_by("person", "-assessed_at", "-pk").distinct("person")
