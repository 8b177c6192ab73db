"""Reports that wait: nothing is sent away until a named person has decided (decision 2)."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from cases.models import Case, Deadline
from cases.permissions import visible_to
from cases.references import normalise
from landlords.access import staff_page
from landlords.permissions import Permission, Refused
from policies.schema import Policy
from policies.selectors import policy_of
from policies.wording import Length, Unit, by_end_of, time_left
from policies.working_time import LONDON, is_late
from timeline import clock
from triage.decisions import Decision
from triage.fields import LongText
from triage.models import Proposal
from triage.schema import ROUTES, TriageSection
from triage.services import decide_report
from triage.staff.letters import letters_panel, sent_away_rows
from triage.staff.selectors import decision_reminders, proposals_for, undecided, waiting_proposals
from triage.staff.told import told
from triage.words import ROUTE_WORDS, behaviours_in_words

MOST_SHOWN = 50


@dataclass(frozen=True)
class Waiting:
    """One row of the list. A reminder is never late: "Not done, 3 days" (decision 31)."""

    proposal: Proposal
    what: str
    route: str
    state: str
    state_text: str
    due_text: str


@require_safe
@staff_page(Permission.DECIDE_ROUTE)
def waiting_reports(request: Any) -> HttpResponse:
    found = list(waiting_proposals(request.actor)[:MOST_SHOWN])
    reminders = decision_reminders([proposal.report_id for proposal in found])
    context = {
        "rows": [_row(proposal, reminders.get(proposal.report_id)) for proposal in found],
        "total": undecided(request.actor).count() if len(found) == MOST_SHOWN else len(found),
        "lately": sent_away_rows(request.actor),
    }
    return render(request, "triage/staff/waiting.html", context)


def _row(proposal: Proposal, reminder: Deadline | None) -> Waiting:
    state, text, due = reminder_words(reminder)
    return Waiting(
        proposal=proposal,
        what=behaviours_in_words(proposal.report.behaviours) or _("Not said"),
        route=str(ROUTE_WORDS[proposal.route]),
        state=state,
        state_text=text,
        due_text=due,
    )


def reminder_words(reminder: Deadline | None) -> tuple[str, str, str]:
    """The sign, its words and the date in words of the reminder to decide."""
    if reminder is None or reminder.due_at is None:
        return "reminder", _("Not done"), ""
    due, now = reminder.due_at.astimezone(LONDON), clock.now().astimezone(LONDON)
    by = by_end_of(due, now.date(), short=True)
    if not is_late(reminder.due_at, clock.now()):
        return "reminder", time_left(due, now), by
    days = Length((now.date() - reminder.start_at.astimezone(LONDON).date()).days, Unit.CALENDAR_DAYS)
    return "reminder", _("Not done, %(days)s") % {"days": days}, by


class DecideForm(forms.Form):
    """What becomes of the report, and why."""

    route = forms.ChoiceField(
        label=gettext_lazy("What becomes of the report?"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose what becomes of the report")},
    )
    level = forms.ChoiceField(required=False)
    reason = LongText(
        label=gettext_lazy("Why"),
        help_text=gettext_lazy("As you would explain it to the person who reported it."),
        required=False,
    )

    def __init__(self, data: Any, *, policy: Policy, proposed: str) -> None:
        super().__init__(data, initial={"route": proposed})
        described = policy.section(TriageSection).routes
        words = {route: ROUTE_WORDS[route] for route in ROUTES if route == "asb" or route in described}
        words[proposed] = _("%(route)s, as proposed") % {"route": ROUTE_WORDS[proposed]}  # type: ignore[index]
        level = self.fields["level"]
        route = self.fields["route"]
        assert isinstance(level, forms.ChoiceField)
        assert isinstance(route, forms.ChoiceField)
        route.choices = list(words.items())
        level.label = policy.core.words.level.capitalize()
        level.help_text = _("Only for anti-social behaviour")
        least = _("The most serious the facts support")
        level.choices = [("", least), *((one.key, one.label) for one in policy.core.levels)]


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(Permission.DECIDE_ROUTE)
def waiting_report(request: Any, reference: str) -> HttpResponse:
    """What was told, what is proposed and why, and the decision. Of another landlord or hidden: 404."""
    found = proposals_for(request.actor).select_related(
        "report__policy", "report__reporter", "report__complainant", "team"
    )
    proposal = get_object_or_404(found, report__reference=normalise(reference.replace("\0", "")))
    policy = policy_of(proposal.report.policy)
    posted = request.POST if request.method == "POST" else None
    form = DecideForm(posted, policy=policy, proposed=proposal.route)
    if posted is not None and form.is_valid():
        decided = _decide(request, proposal, form)
        if decided is not None:
            return decided
    context = _context(proposal, form) | {"letters": letters_panel(proposal, request.actor)}
    return render(request, "triage/staff/waiting_report.html", context)


def _context(proposal: Proposal, form: DecideForm) -> dict[str, Any]:
    proposal.refresh_from_db(fields=["decided_at", "decided_by", "decided_route", "reason"])
    report = proposal.report
    state, text, due = reminder_words(decision_reminders([report.pk]).get(report.pk))
    return {
        "proposal": proposal,
        "report": report,
        "told": told(report),
        "decision": Decision.from_json(report.decision),
        "route": ROUTE_WORDS[proposal.route],
        "decided_route": ROUTE_WORDS.get(proposal.decided_route, ""),
        "state": state,
        "state_text": text,
        "due_text": due,
        "form": form,
    }


def _decide(request: Any, proposal: Proposal, form: DecideForm) -> HttpResponse | None:
    found = form.cleaned_data
    try:
        case = decide_report(
            proposal,
            route=found["route"],
            reason=found["reason"],
            level=found["level"] or None,
            by=request.actor,
        )
    except Refused as refused:
        form.add_error(None, [str(reason) for reason in refused.reasons])
        return None
    if case and visible_to(request.actor, Case.objects.filter(pk=case.pk)).exists():
        messages.success(
            request, _("Decided. The clocks of this case run from when the report was received.")
        )
        return redirect("case", reference=case.reference)
    words = {"reference": proposal.report.reference, "route": str(ROUTE_WORDS[found["route"]]).lower()}
    messages.success(request, _("Decided for report %(reference)s: %(route)s.") % words)
    proposal.refresh_from_db(fields=["decided_at", "decided_route"])
    panel = letters_panel(proposal, request.actor)
    if panel and panel["offered"]:
        return redirect("waiting-report", reference=proposal.report.reference)
    return redirect("waiting-reports")
