"""One page for a whole call. Nothing is needed to see the outcome; a little is needed to save."""

import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cases.choices import SafeContact
from cases.models import Person
from timeline import clock
from timeline.actors import Actor
from triage.fields import LONGEST_VULNERABILITY, LongText, day, hour, instant, line, present, yes_no
from triage.services import OLDEST_REPORT
from triage.staff.selectors import findable_people
from triage.words import (
    BEHAVIOUR_WORDS,
    CHANNEL_WORDS,
    GROUPS,
    HATE_STRAND_WORDS,
    REPORTER_WORDS,
    RESPONDENT_WORDS,
)

NOT_ASKED = _("Not asked")
NEW, ANONYMOUS = "new", "anonymous"
NOT_KNOWN = "unknown"
SAFE = list(SafeContact.choices)


def select(label: Any, choices: Any, initial: str = "", help_text: Any = "") -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, choices=list(choices), initial=initial, required=False, help_text=help_text
    )


def chips(label: Any, choices: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label, choices=choices, widget=forms.CheckboxSelectMultiple, required=False
    )


class CallerFields(forms.Form):
    """Who tells us, and whom it is about if that is somebody else."""

    caller_query = line(_("Find them by name, telephone or address"), 200, attrs={"autocomplete": "off"})
    caller = forms.CharField(required=False, widget=forms.HiddenInput)
    caller_name = line(_("Name"), 200, attrs={"autocomplete": "off"})
    caller_kind = select(_("They are"), REPORTER_WORDS.items(), NOT_KNOWN)
    caller_phone = line(_("Telephone"), 40, attrs={"type": "tel", "autocomplete": "off"})
    caller_email = forms.EmailField(
        label=_("E-mail"),
        max_length=254,
        required=False,
        error_messages={"invalid": _("Enter an e-mail address like name@example.org")},
    )
    caller_address = line(_("Address"), 300, attrs={"autocomplete": "off"})
    safe_contact = select(_("Safe way to reach them"), SAFE, SafeContact.ANY)
    safe_contact_note = line(
        _("Before we contact them"), 300, help_text=_("For example, 12 noon to 2pm, no voicemail")
    )
    needs = line(_("Help they need to talk to us"), 500, help_text=_("Language, large print, interpreter"))
    vulnerability = LongText(
        label=_("“Is there anything that makes this harder for you that we should know?”"),
        help_text=_("Health, disability, age, language. Of whoever it happens to; they need not answer."),
        max_length=LONGEST_VULNERABILITY,
        required=False,
    )
    other_name = line(_("Name"), 200, attrs={"autocomplete": "off"})
    other_phone = line(_("Telephone"), 40, attrs={"type": "tel", "autocomplete": "off"})
    other_address = line(_("Address"), 300, attrs={"autocomplete": "off"})
    other_safe_contact = select(_("Safe way to reach them"), [(NOT_KNOWN, NOT_ASKED), *SAFE], NOT_KNOWN)


class WhatFields(forms.Form):
    """What happens, where, when, and who does it."""

    same = forms.CharField(required=False, widget=forms.HiddenInput)
    behaviours = chips(
        _("What is happening?"),
        [(heading, [(key, BEHAVIOUR_WORDS[key].staff) for key in keys]) for heading, keys in GROUPS],
    )
    description = LongText(label=_("In the caller’s words"), required=False)
    respondent_name = line(_("Who is doing it"), 200, attrs={"autocomplete": "off"})
    respondent_kind = select(_("Their home"), RESPONDENT_WORDS.items(), NOT_KNOWN)
    respondent_address = line(_("Where they live"), 300, attrs={"autocomplete": "off"})
    location = line(_("Where it happens"), 300, attrs={"autocomplete": "off"})
    occurred_words = line(_("How often"), 250, help_text=_("For example, every night since 26 December"))
    last_on = day(_("Last time: day"))
    last_at = hour(_("Last time: hour"))


class AskFields(forms.Form):
    """The facts that triage may use, as they are asked on the telephone."""

    immediate_danger = yes_no(
        _("Is anyone in danger right now?"), NOT_ASKED, _("Ask this first. If yes: 999 now, then go on.")
    )
    hate_perceived = yes_no(
        _("“Do you think it is because of who you are?”"),
        NOT_ASKED,
        _(
            "Race, religion, disability, sexuality, gender identity. If they say so, it is hate. Do not judge it."
        ),
    )
    hate_strands = chips(_("Because of"), list(HATE_STRAND_WORDS.items()))
    risk_of_personal_harm = yes_no(_("“Are you afraid that you or someone else could be hurt?”"), NOT_ASKED)
    persistent_or_unreasonable = yes_no(
        _("“Does it keep happening, or is it more than anyone should put up with?”"),
        NOT_ASKED,
        _("Answer No only if it is neither."),
    )
    clear_victim = yes_no(_("“Is it aimed at one person or one household?”"), NOT_ASKED)
    affects_wider_community = yes_no(_("“Are other people or families affected?”"), NOT_ASKED)
    directed_at_staff = yes_no(_("Is it aimed at our staff or contractors?"), NOT_ASKED)
    living_plus = yes_no(_("Is it a Living Plus home?"), NOT_ASKED)


class LogForm(CallerFields, WhatFields, AskFields):
    """``saving`` also checks what must be there for a report to be kept; the outcome does without."""

    entry = forms.CharField(required=False, widget=forms.HiddenInput)
    channel = select(_("How did they tell us?"), CHANNEL_WORDS.items(), "telephone")
    received_on = day(_("Day we first had it"), help_text=_("Leave empty for now"))
    received_time = hour(_("Hour we first had it"), help_text=_("Leave empty for now"))
    late_entry_reason = line(
        _("Why it is entered later"),
        300,
        help_text=_("Only if we had it before today. The clocks run from then."),
    )

    def __init__(self, data: Any = None, *, by: Actor, saving: bool = False, **options: Any) -> None:
        super().__init__(data, **options)
        self.by = by
        self.saving = saving
        self.known_caller: Person | None = None

    @property
    def anonymous(self) -> bool:
        return present(self, "caller") == ANONYMOUS

    @property
    def typed_caller(self) -> list[str]:
        """Details typed for somebody new."""
        names = (
            "caller_name",
            "caller_phone",
            "caller_email",
            "caller_address",
            "safe_contact_note",
            "needs",
        )
        typed = [name for name in names if present(self, name)]
        return typed if present(self, "safe_contact") in ("", "any") else [*typed, "safe_contact"]

    def clean_caller(self) -> str:
        chosen: str = self.cleaned_data["caller"] or NEW
        if chosen not in (NEW, ANONYMOUS):
            self.known_caller = _person(chosen, self.by)
            if self.known_caller is None:
                raise ValidationError(_("Choose again who is calling"))
        return chosen

    def clean(self) -> dict[str, Any]:
        self._clean_moment("last_on", "last_at", "occurred_at")
        self._clean_moment("received_on", "received_time", "received_at")
        self._clean_received()
        if self.saving and "caller" not in self.errors:
            self._clean_who_calls()
        return self.cleaned_data

    def _clean_moment(self, on_name: str, at_name: str, name: str) -> None:
        on, at = self.cleaned_data.get(on_name), self.cleaned_data.get(at_name)
        if at and not on and on_name not in self.errors:
            self.add_error(on_name, gettext("Enter the day as well as the hour"))
        elif on and not at and at_name not in self.errors and name == "received_at":
            self.add_error(at_name, gettext("Enter the hour as well as the day"))
        elif on and at:
            self._keep_instant(on, at, at_name, name)

    def _clean_received(self) -> None:
        """A year mistyped must not take the page away: no calendar reaches so far."""
        received, now = self.cleaned_data.get("received_at"), clock.now()
        if received is None or now - OLDEST_REPORT <= received <= now:
            return
        del self.cleaned_data["received_at"]
        future = gettext("The report cannot have been received in the future.")
        old = gettext("The report must have been received in the last year.")
        self.add_error("received_on", future if received > now else old)

    def _keep_instant(self, on: datetime.date, at: datetime.time, at_name: str, name: str) -> None:
        try:
            self.cleaned_data[name] = instant(on, at)
        except ValidationError as error:
            self.add_error(at_name, error)

    def _clean_who_calls(self) -> None:
        if self.known_caller or self.anonymous:
            message = (
                gettext("An anonymous caller has no details. Take this out, or choose “Somebody new”.")
                if self.anonymous
                else gettext("You chose somebody we know. Take this out, or choose “Somebody new”.")
            )
            for name in self.typed_caller:
                self.add_error(name, message)
        elif not present(self, "caller_name") and "caller_name" not in self.errors:
            self.add_error("caller_name", gettext("Enter who is calling, or choose that they stay anonymous"))


def _person(key: str, by: Actor) -> Person | None:
    try:
        return findable_people(by).filter(key=UUID(key)).first()
    except ValueError:
        return None
