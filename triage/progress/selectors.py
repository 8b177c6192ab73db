"""What somebody may learn of their own report, and of nothing else."""

from dataclasses import dataclass

from django.db import connection
from django.utils.translation import gettext as _

from cases.lifecycle import CaseState
from cases.models import Case, Deadline, Report
from policies.wording import by_end_of, long_date
from policies.working_time import LONDON
from timeline import clock


@dataclass(frozen=True)
class FoundReport:
    landlord_id: int
    report_id: int


@dataclass(frozen=True)
class Line:
    """One promise to this person, in plain words: kept, still to come, or not kept."""

    state: str
    text: str


def find_report(reference: str) -> FoundReport | None:
    """Looks over all landlords; returns ids only."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT landlord_id, report_id FROM find_report(%s)", [reference])
        row = cursor.fetchone()
    return FoundReport(*row) if row else None


def standing_words(report: Report) -> str:
    """Where the report stands, the same whether it has a case of its own or joined an older one (decision 9)."""
    case = Case.objects.filter(incidents__report=report).first()
    if case is None:
        return _("A person is reading your report, or has told you what we can do.")
    if case.status == CaseState.CLOSED:
        return _("We have finished working on this. If it happens again, tell us.")
    return _("We are working on this.")


def promises_kept(report: Report) -> list[Line]:
    """The first contact promised for this report; the rest is told in person."""
    found = Deadline.objects.filter(
        report=report, person=report.reporter_id, basis="promise", due_at__isnull=False
    ).exclude(state="withdrawn")
    return [_line(deadline) for deadline in found.filter(kind="initial_contact").order_by("due_at")]


def _line(deadline: Deadline) -> Line:
    assert deadline.due_at is not None
    by = by_end_of(
        deadline.due_at.astimezone(LONDON), clock.now().astimezone(LONDON).date(), always_year=True
    )
    if deadline.met_at is not None:
        spoke = long_date(deadline.met_at.astimezone(LONDON).date())
        return Line("met", _("We spoke with you on %(day)s.") % {"day": spoke})
    if deadline.breached_at is not None:
        return Line("missed", _("We did not contact you %(by)s, as we promised. We are sorry.") % {"by": by})
    return Line("on_time", _("A person will contact you %(by)s.") % {"by": by})
