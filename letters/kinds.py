"""Every kind of letter: for whom it is, which values it may use, what the officer is asked for first."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from timeline.registry import Registry

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    Described = str | _StrPromise


class Audience(TextChoices):
    """Who reads it. A letter has one, and only what that reader may know is ever put together for it."""

    COMPLAINANT = "complainant", _("Complainant")
    RESPONDENT = "respondent", _("Person complained about")
    WITNESS = "witness", _("Witness")
    PARTNER = "partner", _("Partner agency")


@dataclass(frozen=True)
class Question:
    """What an officer is asked before the letter is made. ``lines`` is the height of its box; 1 is a single line.

    ``in_words`` is False for what stands only in the window of the envelope.
    """

    label: "Described"
    hint: "Described" = ""
    lines: int = 1
    required: bool = True
    in_words: bool = True


@dataclass(frozen=True)
class Kind:
    """``asks`` by the name of the placeholder each answer fills. ``sent`` is told when one has gone out: it meets or
    starts clocks of the app that registered it. ``of_reports``: its words make sense to whoever made a report for which
    no case was opened.
    """

    label: "Described"
    audiences: tuple[Audience, ...]
    asks: dict[str, Question]
    order: int = 0
    sent: Callable[[Any], None] | None = None
    of_reports: bool = False


letter_kinds: Registry[Kind] = Registry("kind of letter")

C, R, W, P = Audience.COMPLAINANT, Audience.RESPONDENT, Audience.WITNESS, Audience.PARTNER
_WHEN = Question(
    _("Day and time"), _("As it should stand in the letter, such as Wednesday 6 January at 10am")
)
_WHERE = Question(_("Where"))
_ABOUT = Question(
    _("What it is about"),
    _("A few words that follow “about”, such as loud music at night. Never who told us"),
    lines=2,
)
_BEHAVIOUR = Question(
    _("What they did"),
    _("The behaviour itself, not who told us: such as loud music after midnight on three nights in May"),
    lines=4,
)
_EFFECT = Question(
    _("What effect it has"), _("On people who live nearby, naming nobody and no home"), lines=3
)
_TENANCY = Question(
    _("Clauses of the tenancy it may break"), _("Number and words of each, one on each line"), lines=3
)
_STOP = Question(_("What has to stop or change"), _("Only what they can do, one thing on each line"), lines=3)
_ELSE = Question(_("What may follow if it goes on"), _("Only what we could really do next"), lines=3)
_THEIR_SIDE = Question(
    _("What they told us"), _("Their side, in their own words if you can"), lines=3, required=False
)
_UNTIL = Question(_("Until when"), _("Such as 30 June 2027"))
_ANSWER_BY = Question(_("Answer by"), _("A day, such as Friday 8 January"))
_SEND_BACK = Question(_("When we should have it back"), _("A day, such as Friday 8 January"))
_PROMISES = Question(_("What is agreed"), _("Each begins with “I will”, one on each line"), lines=6)
_AGENCY = Question(_("Agency"))
_AGENCY_ADDRESS = Question(_("Its address"), _("As on the envelope, line by line"), lines=4, in_words=False)
_WARNING = {
    "behaviour": _BEHAVIOUR,
    "effect": _EFFECT,
    "tenancy_clauses": _TENANCY,
    "must_stop": _STOP,
    "consequences": _ELSE,
    "their_side": _THEIR_SIDE,
}

KINDS = {
    "acknowledgement": Kind(_("Acknowledgement"), (C,), {}),
    "action_plan": Kind(
        _("Action plan"),
        (C,),
        {
            "realistic": Question(
                _("What they can expect"),
                _(
                    "What we may be able to do, what evidence that takes, how long it may be. Left out if empty"
                ),
                lines=4,
                required=False,
            )
        },
    ),
    "sharing_consent": Kind(
        _("Agreement to share information"),
        (C,),
        {
            "agencies": Question(
                _("With whom"), _("One agency on each line. Left out if empty"), lines=3, required=False
            )
        },
    ),
    "appointment": Kind(
        _("Appointment"), (C, R, W), {"when": _WHEN, "where": _WHERE, "about": _ABOUT}, of_reports=True
    ),
    "contact_attempt": Kind(
        _("We tried to reach you"),
        (C, W),
        {
            "tried": Question(
                _("When and how we tried"), _("Such as by telephone on 4 and 5 January"), lines=2
            ),
            "answer_by": _ANSWER_BY,
            "if_not": Question(
                _("What happens if we hear nothing"),
                _("A whole sentence, such as “We will then talk about closing your case.” Left out if empty"),
                lines=2,
                required=False,
            ),
        },
    ),
    "diary_sheets": Kind(
        _("Diary sheets"),
        (C, W),
        {
            "keep_for": Question(_("How long to keep the diary"), _("Such as two weeks")),
            "send_back": _SEND_BACK,
        },
    ),
    "verbal_warning_record": Kind(
        _("Record of a spoken warning"),
        (R,),
        {
            "when": _WHEN,
            "behaviour": _BEHAVIOUR,
            "effect": _EFFECT,
            "consequences": _ELSE,
            "their_side": _THEIR_SIDE,
        },
    ),
    "first_warning": Kind(_("First written warning"), (R,), _WARNING),
    "final_warning": Kind(_("Final written warning"), (R,), _WARNING),
    "possession_decision": Kind(
        _("Decision to go to court on a mandatory ground"),
        (R,),
        {
            "decision": Question(
                _("What was decided"),
                _("Follows “We have decided”, such as to ask the court for your home back on Ground 7A"),
                lines=2,
            ),
            "grounds": Question(_("Why"), _("Only what can be shown to a court, never who told us"), lines=4),
            "answer_by": _ANSWER_BY,
        },
    ),
    "mediation_invitation": Kind(
        _("Invitation to mediation"),
        (C, R),
        {"mediator": Question(_("Who mediates")), "about": _ABOUT, "answer_by": _ANSWER_BY},
    ),
    "behaviour_contract": Kind(
        _("Acceptable behaviour contract or agreement"),
        (R,),
        {
            "promises": _PROMISES,
            "until": _UNTIL,
            "our_help": Question(
                _("What we do to help"),
                _("One thing on each line. Left out if empty"),
                lines=3,
                required=False,
            ),
        },
    ),
    "good_neighbour_agreement": Kind(
        _("Good neighbour agreement"), (C, R), {"promises": _PROMISES, "until": _UNTIL}
    ),
    "noise_monitoring_notice": Kind(
        _("Noise monitoring will be used"),
        (R,),
        {
            "from_when": Question(_("From when"), _("A day, such as Monday 11 January")),
            "noise": Question(_("What noise"), _("Such as loud music. Not where it is heard")),
            "told": Question(
                _("When they were told in person or by telephone"),
                _("A day and how. Left out if empty"),
                required=False,
            ),
        },
    ),
    "good_neighbourhood": Kind(
        _("Good neighbourhood: what happens now"),
        (C,),
        {"what_helps": Question(_("What may help"), _("One thing on each line"), lines=3)},
    ),
    "not_asb": Kind(
        _("Not anti-social behaviour: who can help"),
        (C,),
        {
            "reason": Question(_("Why we cannot take this on"), _("As you would say it to them"), lines=3),
            "who_helps": Question(_("Who can help"), _("One on each line, and how to reach them"), lines=3),
        },
        of_reports=True,
    ),
    "update": Kind(
        _("Update"),
        (C, R, W),
        {
            "news": Question(
                _("What we have done and what comes next"),
                _("Only what this reader may know, one thing on each line"),
                lines=5,
            )
        },
    ),
    "support_referral": Kind(
        _("Referral for support"),
        (P,),
        {
            "agency": _AGENCY,
            "agency_address": _AGENCY_ADDRESS,
            "needs": Question(_("What they need help with"), _("Only what the agency has to know"), lines=4),
            "ground": Question(
                _("Their agreement"),
                _("When and how they agreed to this. Without it: why you tell the agency all the same"),
                lines=2,
            ),
        },
    ),
    "information_request": Kind(
        _("Request for information"),
        (P,),
        {
            "agency": _AGENCY,
            "agency_address": _AGENCY_ADDRESS,
            "asked_for": Question(_("What we ask for"), _("One thing on each line"), lines=4),
            "purpose": Question(
                _("What we need it for"),
                _("Such as preventing anti-social behaviour, crime and disorder"),
                lines=2,
            ),
            "lawful_basis": Question(
                _("On what ground"), _("Such as section 115 of the Crime and Disorder Act 1998"), lines=2
            ),
            "answer_by": _ANSWER_BY,
        },
    ),
    "case_review_information": Kind(
        _("About the ASB case review"),
        (C,),
        {
            "council": Question(
                _("The council where they live, and how to reach it"),
                _("Its name, telephone number or web page. Left out if empty"),
                lines=2,
                required=False,
            )
        },
    ),
    "closure": Kind(
        _("Closing letter"),
        (C,),
        {
            "action_taken": Question(_("What was done"), _("One thing on each line"), lines=4),
            "reason": Question(
                _("Why the case is closed"), _("As you would explain it to this person"), lines=3
            ),
        },
    ),
    "satisfaction_survey": Kind(
        _("Satisfaction survey"),
        (C, R),
        {"send_back": Question(_SEND_BACK.label, _("A day. Left out if empty"), required=False)},
    ),
}
"""In the order of the life of a case."""


def register() -> None:
    for number, (key, kind) in enumerate(KINDS.items()):
        letter_kinds.register(key, replace(kind, order=number))
