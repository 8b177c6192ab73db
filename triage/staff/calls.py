"""The phone screen: log a report from whichever channel, with its outcome beside it."""

import hashlib
import json
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from cases.choices import SafeContact
from cases.lifecycle import OPEN_STATES
from cases.models import Case, Person
from cases.permissions import visible_to
from cases.selectors import Match, possible_matches
from cases.selectors.staff_risk import words_of_marks
from landlords.access import staff_page
from landlords.permissions import Permission, Refused, can
from policies.selectors import policy_of, version_in_force
from policies.services import local_today
from timeline.actors import Actor
from triage.fields import present
from triage.once import already_sent, keep_sent
from triage.services import InvalidReport, Submitted, submit_report
from triage.staff.entry import facts_from, show_mistakes, somebody_else, submission_from
from triage.staff.forms import ANONYMOUS, NEW, AskFields, LogForm
from triage.staff.outcome import facts_mentioned, work_out
from triage.staff.selectors import cases_of, find_people, may_see_restricted_reports

TOLD_AT_ONCE = frozenset({"telephone", "in_person"})
"""Whoever tells us this way hears at once that we have it."""


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(Permission.LOG_REPORT)
def log_report(request: Any) -> HttpResponse:
    """Without script the same page works the outcome out; only "Save" keeps anything."""
    if request.method != "POST":
        form = LogForm(by=request.actor, initial={"entry": secrets.token_urlsafe(16)})
        return render(request, "triage/staff/log.html", _whole_page(form, request.actor))
    saving = request.POST.get("action") == "save"
    form = LogForm(request.POST, by=request.actor, saving=saving)
    if form.is_valid() and saving:
        saved = _save(request, form)
        if saved is not None:
            return saved
    return render(request, "triage/staff/log.html", _whole_page(form, request.actor))


@require_POST
@staff_page(Permission.LOG_REPORT)
def log_report_outcome(request: Any) -> HttpResponse:
    """One part of the page, redrawn as the adviser types."""
    form = LogForm(request.POST, by=request.actor)
    form.is_valid()
    part = PARTS.get(request.headers.get("HX-Target", ""), PARTS["outcome"])
    return render(
        request, f"triage/staff/{part.template}.html", {"form": form} | part.context(form, request.actor)
    )


def _whole_page(form: LogForm, by: Actor) -> dict[str, Any]:
    context = {"form": form, "living_plus": "living_plus" in _facts_asked()} | _callers(form, by)
    if not form.is_bound:
        return context
    form.is_valid()
    return context | _matches(form, by) | _outcome(form, by)


def _facts_asked() -> frozenset[str]:
    return facts_mentioned(policy_of(version_in_force(local_today())))


def _outcome(form: LogForm, by: Actor) -> dict[str, Any]:
    join, contact = _case_to_join(form, by), somebody_else(form).name
    return {"outcome": work_out(facts_from(form), join=join, contact=contact, questions=_questions())}


def _questions() -> dict[str, str]:
    """The facts asked on the page, with their questions."""
    fields, mentioned = AskFields.base_fields, _facts_asked()
    asked = [name for name in fields if name != "hate_strands"]
    return {name: str(fields[name].label) for name in asked if name != "living_plus" or name in mentioned}


def _callers(form: LogForm, by: Actor) -> dict[str, Any]:
    """People found, whoever was chosen before, and the two that are always there."""
    checked = str(form["caller"].value() or NEW)
    people = find_people(present(form, "caller_query"), by=by) if form.is_bound else []
    known = form.known_caller
    if known and known not in people:
        people = [known, *people]
    on_cases = cases_of(people, by=by) if people else {}
    rows = [_caller(person, on_cases.get(person.pk)) for person in people]
    rows += [
        {"value": NEW, "title": _("Somebody new"), "why": _("Type their details below.")},
        {"value": ANONYMOUS, "title": _("They do not want to give a name")},
    ]
    return {"callers": [row | {"checked": row["value"] == checked} for row in rows]}


def _caller(person: Person, case: Case | None) -> dict[str, Any]:
    safe = person.get_safe_contact_display() if person.safe_contact != SafeContact.ANY else ""
    on_case = (
        _("on %(reference)s, %(title)s") % {"reference": case.reference, "title": case.title} if case else ""
    )
    known = (person.address, person.phone, person.email, str(safe), on_case)
    return {
        "value": str(person.key),
        "title": person.name,
        "why": " · ".join(part for part in known if part),
    }


def _matches(form: LogForm, by: Actor) -> dict[str, Any]:
    """Open cases the report may be put on, and others only to be told of."""
    join, may_join = _case_to_join(form, by), can(by, Permission.JOIN_REPORT)
    found = possible_matches(
        respondent_name=present(form, "respondent_name"),
        respondent_address=present(form, "respondent_address"),
        place=present(form, "location"),
        by=by,
    )
    if join is not None and join not in [match.case for match in found]:
        found = [Match(join, (_("you chose it"),)), *found]
    joinable = [match for match in found if may_join and match.case and match.case.is_open]
    others = [match for match in found if match not in joinable]
    rows = [_joinable(match, chosen=match.case == join) for match in joinable]
    new = {"value": "", "title": _("No, this is something new"), "checked": join is None}
    return {"joinable": [*rows, new] if rows else [], "other_matches": others, "may_join": may_join}


def _joinable(match: Match, *, chosen: bool) -> dict[str, Any]:
    return {
        "value": match.reference,
        "title": match.title,
        "reference": match.reference,
        "why": f"{match.take_care} {match.why}".strip(),
        "flag": "take_care" if match.take_care else "",
        "checked": chosen,
    }


def _case_to_join(form: LogForm, by: Actor) -> Case | None:
    reference = present(form, "same")
    if not reference:
        return None
    open_cases = Case.objects.filter(status__in=[*OPEN_STATES]).select_related("team", "policy")
    with_marks = open_cases.annotate(words_of_marks=words_of_marks())
    return visible_to(by, with_marks).filter(reference=reference).first()


def _save(request: Any, form: LogForm) -> HttpResponse | None:
    """Where to go once it is saved; None where it could not be, with every reason on the form."""
    token = _press(request, present(form, "entry"))
    earlier = already_sent(request.session, token) if token else None
    if earlier:
        return redirect(earlier)
    join = _case_to_join(form, request.actor)
    if present(form, "same") and join is None:
        form.add_error(None, _("The case you chose is no longer open. Choose again."))
        return None
    try:
        submitted = submit_report(
            submission_from(form),
            by=request.actor,
            join=join,
            acknowledged=present(form, "channel") in TOLD_AT_ONCE,
        )
    except InvalidReport as invalid:
        show_mistakes(form, invalid.mistakes)
        return None
    except Refused as refused:
        form.add_error(None, [str(reason) for reason in refused.reasons])
        return None
    url = _after(request, submitted)
    if token:
        keep_sent(request.session, token, url)
    return redirect(url)


def _press(request: Any, entry: str) -> str:
    """The same words pressed twice; a page gone back to and written over is another report."""
    typed = sorted((name, values) for name, values in request.POST.lists() if name != "csrfmiddlewaretoken")
    return f"{entry}:{hashlib.sha256(json.dumps(typed).encode()).hexdigest()}" if entry else ""


def _after(request: Any, submitted: Submitted) -> str:
    """The case or the waiting report, where this person may open it; else a fresh page that says it is saved."""
    report, case, by = submitted.report, submitted.case, request.actor
    saved = _("Report %(reference)s is saved.") % {"reference": report.reference}
    if case and visible_to(by, Case.objects.filter(pk=case.pk)).exists():
        messages.success(request, saved)
        return reverse("case", args=[case.reference])
    if case:
        restricted = _(
            "It is restricted, so you cannot open the case. Give the caller the report’s reference."
        )
        messages.success(request, f"{saved} {restricted}")
        return reverse("log-report")
    may_open = can(by, Permission.DECIDE_ROUTE) and (
        "domestic_abuse" not in report.behaviours or may_see_restricted_reports(by)
    )
    waits = _("It waits for a person to decide what becomes of it; nobody has been told anything yet.")
    messages.success(request, f"{saved} {waits}")
    return reverse("waiting-report", args=[report.reference]) if may_open else reverse("log-report")


@dataclass(frozen=True)
class Part:
    """A part of the page that is redrawn on its own."""

    template: str
    context: Callable[[LogForm, Actor], dict[str, Any]]


PARTS = {
    "callers": Part("_callers", _callers),
    "matches": Part("_matches", _matches),
    "outcome": Part("_outcome_parts", _outcome),
}
"""By the id of their place on the page."""
