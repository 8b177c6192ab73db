"""Some of what is on a case was another matter: it gets a case of its own, under the same policy and level."""

import uuid
from collections.abc import Collection

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from cases.choices import DeadlineState, PartyRole
from cases.clocks import ONE_SECOND
from cases.confided import confided_to
from cases.lifecycle import CaseState
from cases.models import (
    Case,
    CaseLink,
    Categorisation,
    Confided,
    Deadline,
    Evidence,
    Incident,
    Party,
    Rearrangement,
    Report,
)
from cases.models.link import LinkKind
from cases.permissions import check_can
from cases.references import new_reference
from cases.search import index_case
from cases.services.locking import locked
from cases.services.moving import Moved, share_access
from cases.services.people import add_party
from cases.services.rearranging import keep
from cases.services.staff_risk import keep_marks
from landlords.models import Landlord
from landlords.permissions import Permission, Refused
from timeline import clock
from timeline.actors import Actor
from timeline.services import record

OWED = Q(state=DeadlineState.RUNNING) | Q(needs_explanation=True)
KEPT = (
    "landlord_id",
    "route",
    "level",
    "level_label",
    "level_short",
    "level_rank",
    "team_id",
    "owner_id",
    "policy_id",
)
KEPT_TOO = ("place", "restricted", "reasons", "prompts")


@transaction.atomic
def split_case(case: Case, *, incident_ids: Collection[int], reason: str, by: Actor, title: str = "") -> Case:
    """Give the chosen incidents, with their reports, a new case beside this one; both are linked.

    The clocks of those reports go along with their own start and due. What is owed once to a complainant who has
    reported on both is owed on both from the same start; what is missed already stays missed where it is.
    Raises Refused unless at least one report goes and one stays.
    """
    case = locked(case)
    check_can(Permission.REARRANGE_CASES, case, by=by)
    going = _going(case, set(incident_ids))
    if not reason.strip():
        raise Refused(_("Say why this is a case of its own."))
    new = _new_case(case, going, title)
    moved = _move(case, new, going)
    share_access(case, new)
    _confide(case, new)
    keep_marks(case, new)
    _link(case, new, reason, by)
    for one in (case, new):
        index_case(one)
    record("case_opened", by=by, case_id=new.pk, payload={"route": new.route, "level": new.level_label})
    keep(Rearrangement.Kind.SPLIT, case, new, moved, reason, by, verb="case_split")
    return new


def _going(case: Case, wanted: set[int]) -> list[Incident]:
    incidents = list(case.incidents.select_related("report__complainant", "report__reporter").order_by("pk"))
    going = [one for one in incidents if one.pk in wanted]
    if len(going) != len(wanted):
        raise Refused(_("Choose from what is on this case."))
    if not any(one.report_id for one in going):
        raise Refused(_("Choose at least one report: a case begins with one."))
    if not any(one.report_id for one in incidents if one.pk not in wanted):
        raise Refused(_("Leave at least one report on this case."))
    return going


def _new_case(case: Case, going: list[Incident], title: str) -> Case:
    reports = [one.report for one in going if one.report]
    behaviours = list(dict.fromkeys(key for one in going for key in one.behaviours))
    domestic_abuse = "domestic_abuse" in behaviours
    new = Case.objects.create(
        **{name: getattr(case, name) for name in (*KEPT, *KEPT_TOO)},
        reference=new_reference(Landlord.objects.get(pk=case.landlord_id).reference_prefix),
        title=(title.strip() or case.title)[:200],
        behaviours=behaviours,
        hate=any(report.facts.get("hate_perceived") for report in reports),
        hate_strands=sorted({key for report in reports for key in report.facts.get("hate_strands", [])}),
        domestic_abuse=domestic_abuse,
        opened_at=clock.now(),
    )
    Categorisation.objects.create(
        landlord_id=new.landlord_id,
        case=new,
        level=new.level,
        level_label=new.level_label,
        reason=_("As on %(reference)s, which it was split from") % {"reference": case.reference},
        at=new.opened_at,
        by_name=case.owner.user.name if case.owner else case.team.label,
    )
    if case.status == CaseState.IN_HAND:
        new.take_in_hand()
        new.save(update_fields=["status"])
    return new


def _move(case: Case, new: Case, going: list[Incident]) -> Moved:
    ids = [one.pk for one in going]
    evidence = list(Evidence.objects.filter(case=case, incident__in=ids).values_list("pk", flat=True))
    Evidence.objects.filter(pk__in=evidence).update(case=new)
    Incident.objects.filter(pk__in=ids).update(case=new)
    reports = [one.report for one in going if one.report]
    leaving, staying = _victims(case, reports)
    moved = {"incident": ids, "evidence": evidence, "parties": _people(case, new, reports, leaving)}
    return moved | _clocks(case, new, reports, leaving, staying)


def _victims(case: Case, gone: list[Report]) -> tuple[set[int], set[int]]:
    """The complainants of the reports that go: those who have none left on the old case, and those who have."""
    left = Report.objects.filter(incident__case=case).values_list("complainant_id", "reporter_id")
    still = {complainant or reporter for complainant, reporter in left}
    victims = {one.complainant_id or one.reporter_id for one in gone} - {None}
    return {one for one in victims if one not in still}, {one for one in victims if one in still}  # type: ignore[misc]


def _people(case: Case, new: Case, reports: list[Report], leaving: set[int]) -> list[int]:
    """Ids of the parts that went along; everybody else who belongs to both has one on each."""
    going = list(case.parties.filter(person__in=leaving).order_by("pk").values_list("pk", flat=True))
    Party.objects.filter(pk__in=going).update(case=new)
    for report in reports:
        if report.complainant and report.reporter:
            add_party(new, report.reporter, PartyRole.REPORTER)
        if victim := report.complainant or report.reporter:
            add_party(new, victim, PartyRole.COMPLAINANT)
    for party in case.parties.filter(role=PartyRole.RESPONDENT).select_related("person"):
        add_party(new, party.person, PartyRole.RESPONDENT)
    return going


def _confide(case: Case, new: Case) -> None:
    """What a restricted case knows of its people is known on the new one too, and from then on by each for itself."""
    known = confided_to(case) if new.restricted else {}
    for person_id in sorted(set(new.parties.filter(person__in=known).values_list("person", flat=True))):
        Confided.objects.create(
            landlord_id=new.landlord_id,
            case=new,
            person_id=person_id,
            known=known[person_id],
            changed_at=clock.now(),
        )


def _clocks(case: Case, new: Case, reports: list[Report], leaving: set[int], staying: set[int]) -> Moved:
    theirs = Q(report__in=reports) | Q(report__isnull=True, person__in=leaving)
    going = case.deadlines.filter(OWED, theirs)
    clocks = list(going.order_by("pk").values_list("pk", "team_id", "state"))
    on_both = case.deadlines.filter(report__isnull=True, person__in=staying, state=DeadlineState.RUNNING)
    copies = [
        {"id": _copy(one, new), "of": one.pk}
        for one in on_both.order_by("pk")
        if one.due_at is None or one.due_at > clock.now() - ONE_SECOND
    ]
    Deadline.objects.filter(pk__in=[pk for pk, _team, _state in clocks]).update(case=new)
    return {"clocks": clocks, "copies": copies}


def _copy(deadline: Deadline, new: Case) -> int:
    """The same duty with the same start and due, on the other case."""
    deadline.pk, deadline.key, deadline.case = None, uuid.uuid4(), new
    deadline._state.adding = True
    deadline.save()
    return deadline.pk


def _link(case: Case, new: Case, reason: str, by: Actor) -> None:
    CaseLink.objects.create(
        landlord_id=case.landlord_id,
        case=new,
        other=case,
        kind=LinkKind.SPLIT,
        reason=reason,
        made_at=clock.now(),
        made_by=by.name,
    )
