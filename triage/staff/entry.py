"""From the phone screen to facts and to the report that is submitted."""

from typing import Any

from django.utils.translation import gettext as _

from cases.services.people import Told
from policies.wording import long_date
from timeline import clock
from triage.facts import YES_NO_FACTS, Facts
from triage.fields import TRUTH, present
from triage.services import Mistake, Submission
from triage.staff.forms import NOT_KNOWN, LogForm

FIELD_OF = {"received_at": "received_on", "occurred_at": "last_on", "reporter": "caller_name"}
"""Where the screen calls something by another name than the report."""


def facts_from(form: LogForm) -> Facts:
    """As far as they are known; what could not be read counts as not asked. The form must have been checked."""
    found = form.cleaned_data
    asked = [name for name in YES_NO_FACTS if name != "anonymous"]
    answers: dict[str, Any] = {name: TRUTH.get(found.get(name, "")) for name in asked}
    return Facts(
        received_at=found.get("received_at") or clock.now(),
        channel=present(form, "channel") or "telephone",
        behaviours=tuple(found.get("behaviours", ())),
        reporter=_reporter_kind(form),
        respondent=present(form, "respondent_kind") or None,
        hate_strands=tuple(found.get("hate_strands", ())),
        anonymous=form.anonymous,
        **answers,
    )


def _reporter_kind(form: LogForm) -> str | None:
    chosen = present(form, "caller_kind")
    if chosen in ("", NOT_KNOWN) and form.known_caller:
        return form.known_caller.kind or None
    return chosen or None


def submission_from(form: LogForm) -> Submission:
    """The form must be valid."""
    found = form.cleaned_data
    return Submission(
        facts=facts_from(form),
        description=found["description"],
        occurred_at=found.get("occurred_at"),
        occurred_words=_occurred_words(form),
        location=present(form, "location"),
        reporter=caller(form),
        complainant=somebody_else(form),
        respondent=Told(name=present(form, "respondent_name"), address=present(form, "respondent_address")),
        vulnerability=present(form, "vulnerability"),
        late_entry_reason=present(form, "late_entry_reason"),
    )


def _occurred_words(form: LogForm) -> str:
    on = form.cleaned_data.get("last_on")
    at = form.cleaned_data.get("last_at")
    last = _("Last time: %(day)s") % {"day": long_date(on)} if on and not at else ""
    return ". ".join(part for part in (last, present(form, "occurred_words")) if part)


def caller(form: LogForm) -> Told:
    if form.anonymous:
        return Told()
    if form.known_caller:
        return Told(person_id=form.known_caller.pk)
    kind = present(form, "caller_kind")
    return Told(
        name=present(form, "caller_name"),
        kind="" if kind == NOT_KNOWN else kind,
        phone=present(form, "caller_phone"),
        email=present(form, "caller_email"),
        address=present(form, "caller_address"),
        safe_contact=present(form, "safe_contact") or "any",
        safe_contact_note=present(form, "safe_contact_note"),
        needs=present(form, "needs"),
    )


def somebody_else(form: LogForm) -> Told:
    """The person it happens to, where the caller speaks for them."""
    way = present(form, "other_safe_contact") or NOT_KNOWN
    told = Told(
        name=present(form, "other_name"),
        phone=present(form, "other_phone"),
        address=present(form, "other_address"),
        safe_contact="any" if way == NOT_KNOWN else way,
        safe_contact_note=_("Not asked which way is safe: ask the caller first") if way == NOT_KNOWN else "",
    )
    return told if told.is_somebody else Told()


def show_mistakes(form: LogForm, mistakes: list[Mistake]) -> None:
    """Each beside the field it is about."""
    for mistake in mistakes:
        name = FIELD_OF.get(mistake.field, mistake.field)
        form.add_error(name if name in form.fields else None, mistake.message)
