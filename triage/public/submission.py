"""From the answers of the public form to the report that is submitted."""

import datetime
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from cases.services.people import Told
from policies.wording import long_date
from timeline import clock
from triage.facts import Facts
from triage.fields import TRUTH, present
from triage.public.forms import StepForm, YouForm
from triage.public.words import UNSURE
from triage.services import Submission

ASKED = (
    "immediate_danger",
    "risk_of_personal_harm",
    "hate_perceived",
    "persistent_or_unreasonable",
    "clear_victim",
    "affects_wider_community",
    "directed_at_staff",
)


def submission_from(forms: Mapping[str, StepForm]) -> Submission:
    """Every form must be valid. The report is received now: there is no earlier moment to say."""
    when, who, you = forms["when"], forms["who"], forms["you"]
    assert isinstance(you, YouForm)
    return Submission(
        facts=_facts(forms),
        description=when.cleaned_data["description"],
        occurred_at=when.cleaned_data.get("occurred_at"),
        occurred_words=_occurred_words(when),
        location=present(when, "location"),
        reporter=Told() if you.anonymous else _reporter(you),
        complainant=_other(you) if you.for_other else Told(),
        respondent=Told(name=present(who, "respondent_name"), address=present(who, "respondent_address")),
        vulnerability=present(forms["effect"], "vulnerability"),
    )


def _facts(forms: Mapping[str, StepForm]) -> Facts:
    effect, you = forms["effect"].cleaned_data, forms["you"]
    known: dict[str, Any] = {name: TRUTH.get(effect[name]) for name in ASKED}
    assert isinstance(you, YouForm)
    return Facts(
        received_at=clock.now(),
        channel="web",
        behaviours=tuple(key for key in forms["what"].cleaned_data["behaviours"] if key != UNSURE),
        reporter=present(you, "reporter") or None,
        respondent=present(forms["who"], "respondent") or None,
        hate_strands=tuple(effect["hate_strands"]),
        anonymous=you.anonymous,
        **known,
    )


def _occurred_words(when: StepForm) -> str:
    """A day without an hour stays words: no hour is made up for it."""
    parts = [present(when, "occurred_words")]
    on: datetime.date | None = when.cleaned_data.get("last_on")
    if on and not when.cleaned_data.get("last_at"):
        parts.append(_("Last time: %(day)s") % {"day": long_date(on)})
    return ". ".join(part.rstrip(".") for part in parts if part)


def _reporter(you: StepForm) -> Told:
    return Told(
        name=present(you, "name"),
        kind=present(you, "reporter"),
        phone=present(you, "phone"),
        email=present(you, "email"),
        address=present(you, "address"),
        safe_contact=present(you, "safe_contact") or "any",
        safe_contact_note=present(you, "safe_contact_note"),
        needs=present(you, "needs"),
    )


def _other(you: StepForm) -> Told:
    way = present(you, "other_safe_contact") or "unknown"
    not_known = _("Nobody has told us which way is safe. Ask the person who reported it first.")
    return Told(
        name=present(you, "other_name"),
        phone=present(you, "other_phone"),
        address=present(you, "other_address"),
        safe_contact="any" if way == "unknown" else way,
        safe_contact_note=not_known if way == "unknown" else "",
    )
