"""The questions of the public form, one form a step."""

import datetime
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from policies.working_time import LONDON
from timeline import clock
from triage.fields import LONGEST_VULNERABILITY, LongText, day, hour, instant, line, present, radios, yes_no
from triage.public import words
from triage.public.draft import Answers
from triage.words import HATE_STRAND_WORDS

DO_NOT_KNOW = _("I do not know")


class StepForm(forms.Form):
    """One page of questions. ``unsure``: nothing was chosen on the first page, so words are needed."""

    named: ClassVar[dict[str, words.Choices]] = {}
    """Fields whose choices name the landlord."""

    def __init__(self, answers: Answers | None, *, landlord: str, unsure: bool = False) -> None:
        super().__init__(answers)
        self.unsure = unsure
        for name, choices in self.named.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = words.naming(choices, landlord)

    def left_out(self) -> set[str]:
        """Questions that the other answers make pointless, so that "Check your answers" does not list them."""
        return set()


class WhatForm(StepForm):
    behaviours = forms.MultipleChoiceField(
        label=_("What is happening?"),
        help_text=_("Choose everything that fits. You do not need to be certain, and you do not need proof."),
        choices=words.behaviour_choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Choose what is happening, or choose “Something else, or I am not sure”"),
            "invalid_choice": _("Choose from the list what is happening"),
        },
    )


class WhenForm(StepForm):
    description = LongText(
        label=_("Tell us in your own words"),
        help_text=_("What do you see and hear? Spelling does not matter. Use any language you like."),
        required=False,
    )
    occurred_words = line(
        _("When does it happen?"), 250, help_text=_("For example, most nights from 11pm until about 2am")
    )
    last_on = day(_("Which day was the last time?"), help_text=_("Leave this empty if you are not sure"))
    last_at = hour(_("At about what time?"), help_text=_("Leave this empty if you are not sure"))
    location = line(
        _("Where does it happen?"), 300, help_text=_("For example, the stairs at 14 Larkspur Court, ZZ4 7QT")
    )

    def clean_description(self) -> str:
        text: str = self.cleaned_data["description"]
        if self.unsure and not text.strip():
            raise ValidationError(_("Tell us what is happening, in your own words"))
        return text

    def clean(self) -> dict[str, Any]:
        on, at = self.cleaned_data.get("last_on"), self.cleaned_data.get("last_at")
        if at and not on and "last_on" not in self.errors:
            self.add_error("last_on", gettext("Choose the day as well as the time, or leave both empty"))
        elif on and on > _today():
            self.add_error("last_on", gettext("The last time cannot be in the future"))
        elif on and at:
            self._clean_moment(on, at)
        return self.cleaned_data

    def _clean_moment(self, on: datetime.date, at: datetime.time) -> None:
        try:
            moment = instant(on, at)
        except ValidationError as error:
            self.add_error("last_at", error)
            return
        if moment > clock.now():
            self.add_error("last_at", gettext("The last time cannot be in the future"))
        self.cleaned_data["occurred_at"] = moment


class WhoForm(StepForm):
    named = {"respondent": words.RESPONDENT_CHOICES}

    respondent_name = line(
        _("Their name"), 200, help_text=_("Or what people call them. Leave it empty if you do not know.")
    )
    respondent_address = line(
        _("Where they live"), 300, help_text=_("For example, the flat above mine, or 16 Larkspur Court")
    )
    respondent = radios(_("Whose home do they live in?"), [])


class EffectForm(StepForm):
    immediate_danger = yes_no(
        _("Is anyone in danger right now?"), DO_NOT_KNOW, _("If yes, call 999 first. Then come back.")
    )
    risk_of_personal_harm = yes_no(_("Are you afraid that you, or someone else, could be hurt?"), DO_NOT_KNOW)
    hate_perceived = yes_no(
        _("Do you think it is happening because of who you are?"),
        DO_NOT_KNOW,
        _("Or because of who somebody else is. If you think so, that is enough. You do not need proof."),
    )
    hate_strands = forms.MultipleChoiceField(
        label=_("If yes, what is it about?"),
        help_text=_("Choose all that fit"),
        choices=list(HATE_STRAND_WORDS.items()),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    persistent_or_unreasonable = yes_no(
        _("Does it keep happening, or is it more than anyone should have to put up with?"), DO_NOT_KNOW
    )
    clear_victim = yes_no(_("Is it aimed at one person or one household?"), DO_NOT_KNOW)
    affects_wider_community = yes_no(_("Are other people or families affected as well?"), DO_NOT_KNOW)
    directed_at_staff = yes_no(_("Is it aimed at people who work for your landlord?"), DO_NOT_KNOW)
    vulnerability = LongText(
        label=_("Is there anything that makes this harder for you that we should know?"),
        help_text=_(
            "For example health, disability, age or language. If you report for somebody else, tell us about "
            "them. We do not pass it on to the person you are reporting."
        ),
        max_length=LONGEST_VULNERABILITY,
        required=False,
    )


class YouForm(StepForm):
    named = {"reporter": words.REPORTER_CHOICES}

    name_given = radios(
        _("Will you tell us who you are?"),
        words.NAME_CHOICES,
        help_text=_(
            "We will not tell the person you are reporting that it was you, unless you agree. If you stay "
            "anonymous we cannot contact you, and there may be less that we can do."
        ),
        missing=_("Choose whether you will tell us who you are"),
    )
    name = line(_("Your name"), 200, attrs={"autocomplete": "name"})
    reporter = radios(_("Which of these is true for you?"), [])
    phone = line(_("Telephone number"), 40, attrs={"type": "tel", "autocomplete": "tel", "inputmode": "tel"})
    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        required=False,
        error_messages={"invalid": _("Enter an e-mail address like name@example.org")},
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
    )
    address = line(_("Your address"), 300, attrs={"autocomplete": "street-address"})
    safe_contact = radios(
        _("What is the safe way for us to reach you?"),
        words.SAFE_CHOICES,
        help_text=_("We will use only this way."),
    )
    safe_contact_note = line(
        _("Is there anything we should know before we contact you?"),
        300,
        help_text=_("For example, only weekdays from 12 noon to 2pm, or do not leave a voicemail"),
    )
    needs = line(
        _("What would help you talk to us?"),
        500,
        help_text=_("For example, another language, British Sign Language, large print, or someone with you"),
    )
    on_behalf = radios(
        _("Who are you reporting this for?"),
        words.FOR_CHOICES,
        missing=_("Choose who you are reporting this for"),
    )
    other_name = line(_("Their name"), 200)
    other_phone = line(_("Their telephone number"), 40, attrs={"type": "tel", "inputmode": "tel"})
    other_address = line(_("Their address"), 300)
    other_safe_contact = radios(_("What is the safe way to reach them?"), words.OTHER_SAFE_CHOICES)

    CONTACT = ("name", "phone", "email", "address")
    OTHER = ("other_name", "other_phone", "other_address", "other_safe_contact")
    WAYS: ClassVar = {"call": "phone", "text": "phone", "email": "email", "letter": "address"}

    @property
    def anonymous(self) -> bool:
        return self.cleaned_data.get("name_given") == "anonymous"

    @property
    def for_other(self) -> bool:
        return self.cleaned_data.get("on_behalf") == "other"

    def clean(self) -> dict[str, Any]:
        if self.anonymous:
            self._clean_anonymous()
        elif self.cleaned_data.get("name_given"):
            self._clean_named()
        return self.cleaned_data

    def _clean_anonymous(self) -> None:
        message = gettext("You asked to stay anonymous. Empty “%(field)s”, or choose to give your name.")
        for name in (*self.CONTACT, "safe_contact_note", "needs"):
            if present(self, name):
                self.add_error(name, message % {"field": self.fields[name].label})

    def _clean_named(self) -> None:
        if not present(self, "name") and "name" not in self.errors:
            self.add_error("name", gettext("Enter your name, or choose to stay anonymous"))
        way = present(self, "safe_contact") or "any"
        needed = self.WAYS.get(way)
        if needed and not present(self, needed) and needed not in self.errors:
            self.add_error(needed, gettext("You chose this as the safe way to reach you, so we need it"))
        ways = ("phone", "email", "address")
        if not needed and not any(present(self, name) or name in self.errors for name in ways):
            self.add_error("phone", gettext("Give us one way to reach you: telephone, e-mail or address"))

    def left_out(self) -> set[str]:
        hidden = {*self.CONTACT, "safe_contact", "safe_contact_note", "needs"} if self.anonymous else set()
        return hidden if self.for_other else hidden | set(self.OTHER)


def _today() -> datetime.date:
    return clock.now().astimezone(LONDON).date()
