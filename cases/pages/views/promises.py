"""Explaining a miss, confirming that there was none, and recording a duty done elsewhere."""

import uuid
from typing import Any

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _

from cases.models import Breach, Deadline
from cases.pages import duties
from cases.pages.forms.changing import ConfirmForm, DoneForm, ExplainForm
from cases.pages.loading import act, deadline_of, open_file, show, starting
from cases.pages.views.recording import read_or_post
from cases.selectors.file import CaseFile, breaches_of
from cases.services.misses import confirm_met, explain_miss
from cases.services.working import record_duty_done
from landlords.access import staff_page
from landlords.permissions import Permission


@read_or_post
@staff_page(Permission.EXPLAIN_MISS)
def explain_page(request: Any, reference: str, key: uuid.UUID) -> HttpResponse:
    file = open_file(request, reference, _("explain a miss"))
    deadline = deadline_of(file, key)
    breach = _breach(deadline)
    form = ExplainForm(request.POST or None, initial=starting(file))

    def do() -> str:
        typed = form.cleaned_data
        explain_miss(breach, reason=typed["reason"], explanation=typed["explanation"], by=request.actor)
        return _("The miss is explained. It still counts as missed.")

    return act(request, file, form, do) or show(
        request, file, form, "cases/explain.html", **_about(deadline, file)
    )


@read_or_post
@staff_page(Permission.CONFIRM_MET)
def confirm_page(request: Any, reference: str, key: uuid.UUID) -> HttpResponse:
    file = open_file(request, reference, _("confirm a promise"))
    deadline = deadline_of(file, key)
    breach = _breach(deadline)
    form = ConfirmForm(request.POST or None, initial=starting(file))

    def do() -> str:
        confirm_met(breach, by=request.actor)
        return _("Confirmed: the promise was met in time and recorded late.")

    return act(request, file, form, do) or show(
        request, file, form, "cases/confirm.html", breach=breach, **_about(deadline, file)
    )


@read_or_post
@staff_page(Permission.RECORD_DUTY)
def done_page(request: Any, reference: str, key: uuid.UUID) -> HttpResponse:
    file = open_file(request, reference, _("mark a duty done"))
    deadline = deadline_of(file, key)
    form = DoneForm(request.POST or None, initial=starting(file))

    def do() -> str:
        typed = form.cleaned_data
        record_duty_done(deadline, done_at=typed["done_at"], note=typed["note"], by=request.actor)
        return _("Done: %(duty)s.") % {"duty": duties.title(deadline)}

    return act(request, file, form, do) or show(
        request, file, form, "cases/done.html", **_about(deadline, file)
    )


def _breach(deadline: Deadline) -> Breach:
    breach = breaches_of([deadline]).get(deadline.pk)
    if breach is None:
        raise Http404(_("This promise has not been missed."))
    return breach


def _about(deadline: Deadline, file: CaseFile) -> dict[str, Any]:
    sign = duties.sign(deadline, file.policy.calendar, breaches_of([deadline]).get(deadline.pk))
    return {
        "deadline": deadline,
        "duty": duties.title(deadline),
        "sign": sign,
        "due": duties.by_end_sentence(deadline),
        "done": duties.moment_words(deadline.met_at) if deadline.met_at else "",
    }
