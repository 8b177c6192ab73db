"""A report that opened its own case turns out to belong to an older open one (decision 9)."""

from django.db import transaction
from django.utils.translation import gettext as _

from cases.choices import DeadlineState, PartyRole
from cases.models import Case, Report
from cases.permissions import check_can
from cases.search import index_case
from cases.services.announcing import Happening, announce
from cases.services.locking import lock
from cases.services.opening import give_access, governing_of
from cases.services.people import add_party
from cases.services.reviewing import prompt_if_due
from cases.sweep import settle
from landlords.permissions import Permission, Refused
from timeline.actors import Actor
from timeline.services import record


@transaction.atomic
def join_cases(newer: Case, older: Case, *, reason: str, by: Actor) -> Case:
    """Move everything of a one-report case to an older open case. Its clocks keep their own start and due.

    The reporter keeps the report's own reference and never learns of the older case. Raises Refused where the
    newer case has more than one report, or is not the newer of the two.
    """
    if newer.pk == older.pk:
        raise Refused(_("Choose another case to join this one to."))
    older, newer = (lock(case) for case in sorted((older, newer), key=lambda case: case.pk))
    settle((older.pk, newer.pk))
    check_can(Permission.JOIN_CASES, older, by=by)
    check_can(Permission.JOIN_CASES, newer, by=by)
    reports = list(Report.objects.filter(incident__case=newer))
    if len(reports) != 1:
        raise Refused(_("Only a case with a single report can be joined to another."))
    if not reason.strip():
        raise Refused(_("Say why they belong together."))
    _move(newer, older)
    newer.join()
    newer.joined_to = older
    newer.restricted = older.restricted
    newer.save(update_fields=["status", "joined_to", "restricted"])
    index_case(older)
    if owed := reports[0].complainant or reports[0].reporter:
        prompt_if_due(older, owed, governing_of(older), at=reports[0].received_at)
    payload = {"reference": reports[0].reference}
    record(
        "report_joined",
        by=by,
        case_id=older.pk,
        subject=("report", reports[0].pk),
        payload=payload,
        text=reason,
    )
    record(
        "report_moved",
        by=by,
        case_id=newer.pk,
        subject=("report", reports[0].pk),
        payload=payload,
        text=reason,
    )
    announce(Happening.INCIDENT, older, by=by)
    return older


def _move(newer: Case, older: Case) -> None:
    for party in newer.parties.select_related("person"):
        if party.role != PartyRole.RESPONDENT:
            add_party(older, party.person, PartyRole(party.role))
    newer.incidents.update(case=older)
    newer.contacts.update(case=older)
    newer.notes.update(case=older)
    newer.evidence.update(case=older)
    for access in newer.named_staff.all():
        give_access(older, access.membership_id)
    newer.deadlines.filter(state=DeadlineState.RUNNING).update(case=older, team=older.team)
    newer.deadlines.filter(needs_explanation=True).update(case=older)
    older.behaviours = list(dict.fromkeys([*older.behaviours, *newer.behaviours]))
    older.hate = older.hate or newer.hate
    older.hate_strands = sorted({*older.hate_strands, *newer.hate_strands})
    older.domestic_abuse = older.domestic_abuse or newer.domestic_abuse
    older.restricted = older.restricted or newer.restricted
    older.save(update_fields=["behaviours", "hate", "hate_strands", "domestic_abuse", "restricted"])
    if older.restricted:
        Case.objects.filter(joined_to=older).update(restricted=True)
