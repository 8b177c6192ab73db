"""How a report comes onto a case file: on a new case, or joined to one that is open."""

from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from cases import deadlines
from cases.choices import PartyRole
from cases.clocks import Governing
from cases.models import Case, CaseAccess, Categorisation, Incident, Report
from cases.permissions import check_can
from cases.references import new_reference
from cases.search import index_case
from cases.services.announcing import Happening, announce
from cases.services.locking import locked
from cases.services.people import Told, add_party, person_from
from cases.services.reviewing import prompt_if_due
from cases.taxonomy import behaviours_named
from landlords.models import Landlord, Team
from landlords.permissions import Permission, Refused, can
from policies.schema import Policy
from policies.selectors import policy_of
from timeline import clock
from timeline.actors import Actor
from timeline.services import record


@dataclass(frozen=True)
class Standing:
    """What triage decided, as far as a case file needs to know it. ``level`` is empty on routes other than ASB."""

    route: str
    level: str
    level_label: str
    team: str
    reasons: list[dict[str, Any]]
    prompts: list[dict[str, Any]]


def open_case(report: Report, *, standing: Standing, title: str, by: Actor) -> Case:
    """Open a case for a report and start every clock the policy promises.

    Domestic abuse restricts it at once; a caseworker who logged it knows already and is named on it.
    """
    team = Team.objects.get(key=standing.team)
    domestic_abuse = "domestic_abuse" in report.behaviours
    case = Case.objects.create(
        landlord_id=report.landlord_id,
        reference=new_reference(Landlord.objects.get(pk=report.landlord_id).reference_prefix),
        title=title[:200],
        route=standing.route,
        level=standing.level,
        level_label=standing.level_label,
        **_place_of(standing.level, policy_of(report.policy)),
        team=team,
        policy=report.policy,
        behaviours=report.behaviours,
        place=report.location or report.respondent.get("address", ""),
        hate=bool(report.facts.get("hate_perceived")),
        hate_strands=report.facts.get("hate_strands", []),
        domestic_abuse=domestic_abuse,
        restricted=domestic_abuse,
        opened_at=clock.now(),
        reasons=standing.reasons,
        prompts=standing.prompts,
    )
    _first_categorisation(case, by)
    if case.restricted:
        _name_who_knows(case, by)
    _respondent(case, report)
    record("case_opened", by=by, case_id=case.pk, payload={"route": case.route, "level": case.level_label})
    _put_on_file(case, report, governing_of(case), by=by)
    return case


def join_to_case(report: Report, case: Case, *, by: Actor) -> Case:
    """Put a further report on an open case: its own response clock runs, graded by the case's present level."""
    case = locked(case)
    check_can(Permission.JOIN_REPORT, case, by=by)
    if hasattr(report, "incident"):
        raise Refused(_("This report is already on a case."))
    _add_behaviours(case, report, by)
    _put_on_file(case, report, governing_of(case), by=by)
    announce(Happening.INCIDENT, case, by=by)
    return case


def graded(report: Report, governing: Governing) -> Governing:
    """What governs the response to one report: its own level where that is more serious than the case's.

    Derby 9.5 grades each reported incident, not only the case.
    """
    decision = report.decision
    own = decision["level"] if decision["route"] == governing.route == "asb" else None
    levels = [level.key for level in governing.policy.core.levels]
    if own not in levels or levels.index(own) >= levels.index(governing.level):
        return governing
    return replace(governing, level=own, team=decision["team"])


def governing_of(case: Case, policy: Policy | None = None) -> Governing:
    """The policy version the case opened under, and where it stands now."""
    return Governing(
        policy or policy_of(case.policy), case.route, case.level, case.team.key, case.domestic_abuse
    )


def restrict(case: Case, *, by: Actor) -> None:
    """Domestic abuse restricts a case, and those joined to it, whenever it comes to light (decision 24)."""
    case.behaviours = list(dict.fromkeys([*case.behaviours, "domestic_abuse"]))
    case.domestic_abuse = case.restricted = True
    case.save(update_fields=["behaviours", "domestic_abuse", "restricted"])
    Case.objects.filter(joined_to=case).update(restricted=True)
    _name_who_knows(case, by)
    _start_what_it_brings(case)


def _start_what_it_brings(case: Case) -> None:
    """Duties that only domestic abuse brings are owed from when it came to light."""
    governing = governing_of(case)
    brought = [rule for rule in governing.per_complainant() if rule.only_domestic_abuse]
    for party in case.parties.filter(role=PartyRole.COMPLAINANT).select_related("person"):
        deadlines.start_missing(brought, case, party.person, governing, at=clock.now())


def _name_who_knows(case: Case, by: Actor) -> None:
    """A caseworker who wrote it down knows already."""
    if by.membership_id and can(by, Permission.RECORD_CONTACT):
        give_access(case, by.membership_id)


def give_access(case: Case, membership_id: int) -> None:
    CaseAccess.objects.get_or_create(
        landlord_id=case.landlord_id,
        case=case,
        membership_id=membership_id,
        defaults={"given_at": clock.now()},
    )


def _put_on_file(case: Case, report: Report, governing: Governing, *, by: Actor) -> None:
    Incident.objects.create(
        landlord_id=case.landlord_id,
        case=case,
        report=report,
        description=report.description,
        behaviours=report.behaviours,
        occurred_at=report.occurred_at,
        occurred_words=report.occurred_words,
        location=report.location,
        recorded_at=clock.now(),
        recorded_by=report.recorded_by,
    )
    newcomer = _parties(case, report)
    deadlines.start_for_report(report, case, graded(report, governing), case.team_id)
    if newcomer:
        person = report.complainant or report.reporter
        deadlines.start_for_complainant(case, person, governing, started_at=report.received_at)
    if owed := report.complainant or report.reporter:
        prompt_if_due(case, owed, governing, at=report.received_at)
    index_case(case)
    record(
        "report_received",
        by=by,
        case_id=case.pk,
        subject=("report", report.pk),
        payload={"what": _what(report), "channel": report.channel, "reference": report.reference},
        text=report.description,
        occurred_at=report.received_at,
    )


def _parties(case: Case, report: Report) -> bool:
    """Add reporter and complainant; True where their duties have yet to start on this case."""
    if report.complainant and report.reporter:
        add_party(case, report.reporter, PartyRole.REPORTER)
    owed = report.complainant or report.reporter
    if owed is None:
        return not case.deadlines.exclude(report__isnull=False).exists()
    known = case.parties.filter(person=owed, role=PartyRole.COMPLAINANT).exists()
    add_party(case, owed, PartyRole.COMPLAINANT)
    return not known


def _respondent(case: Case, report: Report) -> None:
    told = report.respondent
    person = person_from(
        Told(told.get("name", ""), told.get("kind", ""), address=told.get("address", "")), case.landlord_id
    )
    if person:
        add_party(case, person, PartyRole.RESPONDENT)


def _add_behaviours(case: Case, report: Report, by: Actor) -> None:
    case.behaviours = list(dict.fromkeys([*case.behaviours, *report.behaviours]))
    case.hate = case.hate or bool(report.facts.get("hate_perceived"))
    case.hate_strands = sorted({*case.hate_strands, *report.facts.get("hate_strands", [])})
    case.save(update_fields=["behaviours", "hate", "hate_strands"])
    if "domestic_abuse" in report.behaviours:
        restrict(case, by=by)


def _place_of(key: str, policy: Policy) -> dict[str, Any]:
    """What lists call a level, and where it stands; nothing on routes other than ASB."""
    if not key:
        return {}
    level = policy.level(key)
    return {"level_short": level.short or level.label, "level_rank": policy.rank(key)}


def _first_categorisation(case: Case, by: Actor) -> None:
    Categorisation.objects.create(
        landlord_id=case.landlord_id,
        case=case,
        level=case.level,
        level_label=case.level_label,
        reason="Triage of the first report",
        at=case.opened_at,
        by_name=by.name,
    )


def _what(report: Report) -> str:
    return behaviours_named(report.behaviours) or _("Something")
