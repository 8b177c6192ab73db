"""What every page of one case does first and last: find the case, note the look, act once, say what happened."""

import hashlib
import json
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from cases.confided import known_on
from cases.models import Case, Deadline
from cases.pages import duties
from cases.pages.entries import entry_title
from cases.pages.forms.fields import CaseForm
from cases.permissions import visible_to
from cases.selectors.file import CaseFile, recorded_since, version_of, visible_case
from cases.services.locking import locked
from landlords.permissions import Refused
from timeline.models import Event
from timeline.services import record_access

LAST_FORM = "last_form"
"""In the session: the fingerprint of the form saved last."""


def open_file(request: Any, reference: str, purpose: str) -> CaseFile:
    """The file, if this person may see it, else 404. Opening a restricted one is written down (decision 25)."""
    try:
        case = visible_case(reference, by=request.actor)
    except Case.DoesNotExist:
        raise Http404(_("No case with this reference.")) from None
    if case.restricted and request.method != "HEAD":
        record_access(case.pk, by=request.actor, purpose=purpose)
    return CaseFile(case)


def deadline_of(file: CaseFile, key: Any) -> Deadline:
    try:
        return known_on(file.case, [file.case.deadlines.select_related("person").get(key=key)])[0]
    except Deadline.DoesNotExist:
        raise Http404(_("No such promise on this case.")) from None


def act(
    request: Any,
    file: CaseFile,
    form: CaseForm,
    do: Callable[[], str],
    *,
    mind_others: bool = True,
    back: str = "case",
) -> HttpResponse | None:
    """Do what a posted form asks and go back to the case; None where the form has to be shown (again).

    ``back`` names another page of the case to go back to. Every reason against it stands on the form, with what was
    typed. ``mind_others``: first tell what somebody else has recorded since the page was made, because it may change
    what there is to do.
    """
    if request.method != "POST":
        return None
    locked(file.case)
    _check_still_seen(request, file)
    if _sent_before(request):
        return redirect(back, file.case.reference)
    since = recorded_since(file.case, form.data.get("version", ""), by=request.actor) if mind_others else []
    if form.is_valid() and not since and _done(form, do, request):
        _remember(request)
        return _after(request, file, back)
    if since:
        form.add_error(None, _told(since, file))
        form.renew(version_of(file.case))
    return None


def act_once(request: Any, form: CaseForm, do: Callable[[], str]) -> bool:
    """As ``act``, for a form about something else than a case. The caller has taken hold of it.

    True where it is done, now or by the click before.
    """
    if request.method != "POST":
        return False
    if _sent_before(request):
        return True
    if form.is_valid() and _done(form, do, request):
        _remember(request)
        return True
    return False


def _check_still_seen(request: Any, file: CaseFile) -> None:
    """Raises Http404: somebody restricted the case between its being opened and its being held."""
    if not visible_to(request.actor, Case.objects.filter(pk=file.case.pk)).exists():
        raise Http404(_("No case with this reference."))


def _after(request: Any, file: CaseFile, back: str) -> HttpResponse:
    """Back to the page; where what was saved closed it to this person, they are told so and not shown "not found"."""
    case = Case.objects.filter(pk=file.case.pk)
    if visible_to(request.actor, case).exists():
        return redirect(back, file.case.reference)
    told = _(
        "%(reference)s is restricted now: only the staff named on it can open it. What you wrote is on the file."
    )
    messages.warning(request, told % {"reference": file.case.reference})
    return redirect("cases")


def show(request: Any, file: CaseFile, form: CaseForm, template: str, **context: Any) -> HttpResponse:
    """A page with one form of a case."""
    case = file.case
    shared = {
        "case": case,
        "form": form,
        "back_url": reverse("case", args=[case.reference]),
        "back_label": f"{case.reference} {case.title}",
    }
    return render(request, template, shared | context)


def starting(file: CaseFile, **initial: Any) -> dict[str, Any]:
    """The initial values of a form about this case."""
    return {"version": file.version, **initial}


def _sent_before(request: Any) -> bool:
    """The very form that was saved last: a second click, or a page sent again. It is saved once.

    Read anew, behind the lock on the case, because the first click may only just have been saved.
    """
    session = request.session
    last = type(session)(session.session_key).get(LAST_FORM)
    return bool(last == _fingerprint(request))


def _remember(request: Any) -> None:
    request.session[LAST_FORM] = _fingerprint(request)
    request.session.save()


def _fingerprint(request: Any) -> str:
    typed = sorted((name, values) for name, values in request.POST.lists() if name != "csrfmiddlewaretoken")
    uploads = [(name, one) for name, several in request.FILES.lists() for one in several]
    files = sorted((name, one.name or "", one.size or 0, getattr(one, "sha256", "")) for name, one in uploads)
    return hashlib.sha256(json.dumps([request.path, typed, files]).encode()).hexdigest()


def _done(form: CaseForm, do: Callable[[], str], request: Any) -> bool:
    try:
        messages.success(request, do())
    except Refused as refused:
        for reason in refused.reasons:
            form.add_error(None, reason)
        return False
    return True


def _told(since: list[Event], file: CaseFile) -> str:
    names = {party.person_id: party.person.name for party in file.parties}
    entries = "; ".join(
        f"{entry_title(event, names)}, {event.actor_name}, {duties.moment_words(event.recorded_at)}"
        for event in since
    )
    told = _(
        "Somebody else has changed this case while you were writing: %(entries)s. "
        "Nothing of yours is saved yet; what you typed is below. Check it, then save again"
    )
    return told % {"entries": entries}
