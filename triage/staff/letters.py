"""Letters to whoever made a report that was sent away, under the page of its decision."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cases.models import Person, Report
from cases.pages.forms.fields import CaseForm
from cases.pages.loading import act_once
from cases.references import normalise
from landlords.access import staff_page
from landlords.permissions import Permission, can
from letters.about import letters_about, readers_of_report
from letters.kinds import Audience, letter_kinds
from letters.models import Letter
from letters.pages.beginning import begin_one
from letters.pages.place import letter_address
from letters.pages.shared import one_letter, pdf_of, release_one
from letters.pages.told import SealedLetter
from timeline.actors import Actor
from timeline.services import record_access
from triage.models import Proposal
from triage.staff.selectors import lately_sent_away, proposals_for
from triage.words import ROUTE_WORDS, behaviours_in_words
from triage.writing import is_sent_away

MOST_LATELY = 20
read_or_post = require_http_methods(["GET", "HEAD", "POST"])


@dataclass(frozen=True)
class ReportPlace:
    proposal: Proposal

    @property
    def about(self) -> Report:
        return self.proposal.report

    @property
    def back(self) -> str:
        return reverse("waiting-report", args=[self.about.reference])

    def readers(self, kind: str) -> list[tuple[str, Person | None]]:
        people = readers_of_report(self.about) if letter_kinds[kind].of_reports else []
        return [(Audience.COMPLAINANT, person) for person in people]

    def act(self, request: Any, form: CaseForm, do: Callable[[], str]) -> bool:
        """The decision is held, as a case would be, so that a second click waits for the first."""
        if request.method == "POST":
            Proposal.objects.select_for_update().get(pk=self.proposal.pk)
        return act_once(request, form, do)

    def show(self, request: Any, template: str, **context: Any) -> HttpResponse:
        label = _("Report %(reference)s") % {"reference": self.about.reference}
        shared = {"part": "triage/staff/part.html", "proposal": self.proposal, "report": self.about}
        back = {"back_url": self.back, "back_label": label}
        return render(request, template, shared | back | context)


@read_or_post
@staff_page(Permission.WRITE_LETTERS)
def report_new_letter_page(request: Any, reference: str, letter: str) -> HttpResponse:
    return begin_one(request, _place(request, reference, _("letter")), letter)


@read_or_post
@staff_page(Permission.WRITE_LETTERS)
def report_letter_page(request: Any, reference: str, key: Any) -> HttpResponse:
    return one_letter(request, _place(request, reference, _("letter"), key), key)


@read_or_post
@staff_page(Permission.APPROVE)
def report_release_letter_page(request: Any, reference: str, key: Any) -> HttpResponse:
    return release_one(request, _place(request, reference, _("stopped letter"), key), key)


@require_safe
@staff_page(Permission.WRITE_LETTERS)
def report_letter_pdf(request: Any, reference: str, key: Any) -> HttpResponse:
    return pdf_of(_place(request, reference, _("letter as a PDF"), key), key)


def letters_panel(proposal: Proposal, by: Actor) -> dict[str, Any] | None:
    """What was written, and what can be; None on a report that waits or went onto a case, and for who writes none."""
    if not is_sent_away(proposal) or not can(by, Permission.WRITE_LETTERS):
        return None
    report = proposal.report
    found = letters_about(report).select_related("report", "person", "sending").order_by("-begun_at", "-pk")
    return {
        "written": [{"row": SealedLetter(one), "url": letter_address(one)} for one in found],
        "offered": _offered(report),
    }


def sent_away_rows(by: Actor) -> list[dict[str, Any]]:
    """What was sent away lately, and how far its letter is; at most 20."""
    found = list(lately_sent_away(by)[:MOST_LATELY])
    letters = Letter.objects.filter(report__in=[one.report_id for one in found])
    kept = letters.exclude(status=Letter.Status.GIVEN_UP).select_related("sending").order_by("begun_at", "pk")
    newest = {letter.report_id: letter for letter in kept}
    return [
        {
            "proposal": one,
            "what": behaviours_in_words(one.report.behaviours) or _("Not said"),
            "route": ROUTE_WORDS.get(one.decided_route, ""),
            "letter": _standing(newest.get(one.report_id), one.report),
        }
        for one in found
    ]


def _standing(letter: Letter | None, report: Report) -> str:
    if letter is None:
        return _("None yet") if readers_of_report(report) else _("Nobody to write to")
    sending = SealedLetter(letter).sending
    return str(sending.get_state_display() if sending else letter.get_status_display())


def _offered(report: Report) -> list[dict[str, Any]]:
    """Each kind with everybody it can be for; what explains the decision comes first."""
    kinds = [key for key in letter_kinds if letter_kinds[key].of_reports]
    readers = readers_of_report(report)
    return [
        {"label": letter_kinds[kind].label, "name": reader.name, "url": _new(report, kind, reader)}
        for kind in sorted(kinds, key=lambda key: (key != "not_asb", letter_kinds[key].order))
        for reader in readers
    ]


def _new(report: Report, kind: str, reader: Person) -> str:
    return reverse("report-new-letter", args=[report.reference, kind]) + f"?person={reader.key}"


def _place(request: Any, reference: str, purpose: str, key: Any = None) -> ReportPlace:
    """Raises Http404 for a report of another landlord, one of domestic abuse that is not for them, and one on a case.

    Opening a letter about one of domestic abuse is written down.
    """
    found = proposals_for(request.actor).select_related(
        "report__policy", "report__reporter", "report__complainant"
    )
    wanted = normalise(reference.replace("\0", ""))
    place = ReportPlace(get_object_or_404(found, report__reference=wanted))
    if key is not None and place.proposal.restricted and request.method != "HEAD":
        record_access(None, by=request.actor, purpose=purpose, opened=key)
    return place
