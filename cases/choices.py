"""The fixed words of a case file."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PartyRole(models.TextChoices):
    COMPLAINANT = "complainant", _("Complainant")
    REPORTER = "reporter", _("Reporter")
    RESPONDENT = "respondent", _("Alleged perpetrator")
    WITNESS = "witness", _("Witness")


class SafeContact(models.TextChoices):
    """How a person can be reached without danger. Empty means nothing was said."""

    ANY = "any", _("Any way is safe")
    CALL = "call", _("Call only")
    TEXT = "text", _("Text only")
    EMAIL = "email", _("E-mail only")
    LETTER = "letter", _("Letter only")


class ContactOutcome(models.TextChoices):
    """The first two are contact; the others are attempts and meet nothing."""

    SPOKE = "spoke", _("We spoke")
    VISIT_MET = "visit_met", _("We visited and met")
    NO_ANSWER = "no_answer", _("No answer")
    MESSAGE_LEFT = "message_left", _("Left a message")
    LETTER_SENT = "letter_sent", _("Sent a letter")
    VISIT_NO_ANSWER = "visit_no_answer", _("Visited, nobody in")


SUCCESSFUL = frozenset({ContactOutcome.SPOKE, ContactOutcome.VISIT_MET})


class ContactMeans(models.TextChoices):
    TELEPHONE = "telephone", _("Telephone")
    VISIT = "visit", _("Visit")
    OFFICE = "office", _("At our office")
    TEXT = "text", _("Text message")
    EMAIL = "email", _("E-mail")
    LETTER = "letter", _("Letter")
    VIDEO = "video", _("Video call")


class Format(models.TextChoices):
    """How somebody needs to be told things (PfP 6.8; Derby 3.4; VIVID 4.6)."""

    LARGE_PRINT = "large_print", _("Large print")
    EASY_READ = "easy_read", _("Easy read")
    BRAILLE = "braille", _("Braille")
    AUDIO = "audio", _("Audio")
    SPOKEN = "spoken", _("Spoken, not in writing")
    WRITTEN = "written", _("In writing, not by telephone")
    SIGN_LANGUAGE = "sign_language", _("British Sign Language")


class Basis(models.TextChoices):
    PROMISE = "promise", _("Promise")
    REMINDER = "reminder", _("Reminder")


class DeadlineState(models.TextChoices):
    """``withdrawn``: replaced when the case was re-categorised. ``impossible``: nobody to do it for."""

    RUNNING = "running", _("Running")
    MET = "met", _("Met")
    WITHDRAWN = "withdrawn", _("Replaced")
    IMPOSSIBLE = "impossible", _("Not possible")


class MissReason(models.TextChoices):
    REPORTER_UNAVAILABLE = "reporter_unavailable", _("The complainant was not available")
    OUTSIDE_CONTROL = "outside_control", _("Something else outside our control")
    OUR_FAILURE = "our_failure", _("We did not do it in time")
