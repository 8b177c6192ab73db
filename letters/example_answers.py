"""Invented answers to everything an officer is asked for a letter, each as one would type it."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from letters.kinds import Audience

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


def answer(name: str, kind: str, audience: Audience) -> str:
    """The nearest that is written for this letter. Raises KeyError for a question without an example."""
    for key in (f"{kind}.{audience.value}.{name}", f"{kind}.{name}", f"{audience.value}.{name}", name):
        if key in ANSWERS:
            return str(ANSWERS[key])
    raise KeyError(name)


_WARNED_OF = _(
    "Loud music after midnight on Friday 11, Saturday 12 and Saturday 19 December 2026\n"
    "Shouting and swearing at people on the stairs on Sunday 20 December 2026"
)

ANSWERS: "Mapping[str, str | _StrPromise]" = {
    "when": _("Wednesday 13 January 2027 at 10am"),
    "verbal_warning_record.when": _("Tuesday 22 December 2026 at 2pm"),
    "where": _("our office at 3 Example Street, Harrowmere"),
    "about": _("loud music at night"),
    "tried": _("by telephone on Tuesday 29 and Wednesday 30 December 2026"),
    "answer_by": _("Friday 15 January 2027"),
    "if_not": _("We will then talk about whether there is more that we can do."),
    "keep_for": _("two weeks"),
    "send_back": _("Monday 25 January 2027"),
    "realistic": _(
        "We can warn the other household. To go to court we would need more evidence, such as your diary and noise "
        "recordings. That may take some months."
    ),
    "behaviour": _WARNED_OF,
    "verbal_warning_record.behaviour": _(
        "Loud music after midnight on Friday 11 and Saturday 12 December 2026"
    ),
    "effect": _("People who live nearby could not sleep. Some were afraid to use the stairs."),
    "tenancy_clauses": _(
        "4.2 You must not do anything that causes a nuisance or annoys others.\n"
        "4.3 You must not play music so loudly that others can hear it between 11pm and 7am."
    ),
    "must_stop": _("Keep music low at all times, and off after 11pm\nDo not shout or swear at anybody"),
    "consequences": _("We may ask the court for an injunction\nWe may ask the court to end your tenancy"),
    "first_warning.consequences": _("A final written warning\nWe may ask the court for an injunction"),
    "verbal_warning_record.consequences": _("A written warning"),
    "their_side": _("the music was at a birthday party, and the shouting was not you."),
    "mediator": _("Harrowmere Neighbour Mediation"),
    "promises": _(
        "I will keep music low, and off between 11pm and 7am.\n"
        "I will not shout or swear at anybody on the stairs.\n"
        "I will tell visitors to be quiet when they leave."
    ),
    "good_neighbour_agreement.promises": _(
        "I will keep music low, and off between 11pm and 7am.\n"
        "I will say so kindly if something bothers me.\n"
        "I will leave bicycles where people can get past."
    ),
    "until": _("30 June 2027"),
    "our_help": _("We will lend you rubber feet for your speakers\nWe will ring you every two weeks"),
    "agencies": _("Harrowmere Police Station\nHarrowmere Support Partnership"),
    "decision": _("to ask the court for your home back on Ground 7A, a mandatory ground"),
    "grounds": _("A court found on Tuesday 1 December 2026 that you broke an injunction"),
    "council": _("Harrowmere Council, 020 7946 0160"),
    "from_when": _("Monday 11 January 2027"),
    "noise": _("loud music"),
    "told": _("Monday 4 January 2027, by telephone"),
    "what_helps": _(
        "Talking to them, if you feel safe to\nA card through the door, which we can send you\nMediation, which is free"
    ),
    "not_asb.reason": _("Children playing outside during the day is part of ordinary life."),
    "closure.reason": _("You have told us that it has been quiet since we wrote to the other household."),
    "who_helps": _(
        "Harrowmere Council, about litter: 020 7946 0160\n"
        "Harrowmere Neighbour Mediation, to talk it over: 020 7946 0175"
    ),
    "action_taken": _(
        "We met the other household and gave them a warning\n"
        "We checked recordings of the noise for two weeks\n"
        "We spoke to you every 10 days"
    ),
    "news": _(
        "We have met the other household and told them what has to stop.\n"
        "Noise equipment will be in your home from Monday 18 January 2027."
    ),
    "respondent.news": _(
        "We have heard your side and put it on record.\nWe have heard of nothing more since we met, and thank you."
    ),
    "witness.news": _(
        "We have used what you told us, without your name.\nWe do not need anything more from you at the moment."
    ),
    "agency": _("Harrowmere Support Partnership"),
    "information_request.agency": _("Harrowmere Police Station"),
    "agency_address": _("Partnership House\n8 Example Quay\nHarrowmere\nZZ4 2BB"),
    "needs": _(
        "She is afraid to leave her home alone and would like somebody to go with her\nHelp with sleeping and worry"
    ),
    "ground": _("She agreed to this on the telephone on Monday 4 January 2027"),
    "asked_for": _(
        "Whether you were called to Teasel House, Fennel Road, in December 2026, and what for\n"
        "Whether anybody was charged"
    ),
    "purpose": _("Preventing anti-social behaviour, crime and disorder"),
    "lawful_basis": _("Section 115 of the Crime and Disorder Act 1998"),
}
"""By the name of the question; before it, with dots, the kind, the reader or both where it is not the same for all."""
