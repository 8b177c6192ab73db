"""What any letter looks like, with invented people and days: for whoever writes its words, and for the pictures of it.

The landlord's own words and numbers are real; everything about the case is made up, and nothing is read from one.
"""

from typing import Protocol

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.schema import DeadlinesSection
from letters.common import ANSWER_FOR, DIARY_ROWS
from letters.complainants import OUR_WORDS
from letters.composing.document import Table
from letters.composing.engine import Composed, Value, compose
from letters.example_answers import answer
from letters.kinds import Audience, letter_kinds
from letters.pdf.look import Look
from letters.schema import Letters, LettersSection, Route
from letters.values import known_in, open_to
from policies.schema import Policy

OFFICER = "Ruth Ashdown-Bell"
READERS = {
    Audience.COMPLAINANT: "Marguerite Thornbury",
    Audience.RESPONDENT: "Dale Ackerley",
    Audience.WITNESS: "Owen Lindfield",
}
ASKED_ABOUT = "information_request"
"""The letter to an agency that is about the person complained about; others are about who complains."""
HOMES = {
    Audience.COMPLAINANT: ("14 Larkspur Court", "Harrowmere", "ZZ4 7QT"),
    Audience.RESPONDENT: ("Flat 3, Teasel House", "Fennel Road", "Harrowmere", "ZZ4 7QX"),
    Audience.WITNESS: ("22 Larkspur Court", "Harrowmere", "ZZ4 7QT"),
}
PROMISED = (
    gettext_lazy("by the end of Friday 8 January 2027"),
    gettext_lazy("by the end of Monday 18 January 2027"),
)


class Ours(Protocol):
    """What is read of a landlord: its record, or ``organisation`` of its policy file."""

    @property
    def name(self) -> str: ...
    @property
    def reference_prefix(self) -> str: ...
    @property
    def brand_colour(self) -> str: ...
    @property
    def phone(self) -> str: ...
    @property
    def opening_hours(self) -> str: ...
    @property
    def email(self) -> str: ...


def example_letter(
    *,
    subject: str,
    body: str,
    kind: str,
    audience: Audience,
    ours: Ours,
    policy: Policy,
    easy_read: bool = False,
) -> Composed:
    """These words as a letter. A name in brackets that nobody has declared is told as missing."""
    asks = letter_kinds[kind].asks
    not_required = {name for name, question in asks.items() if not question.required}
    optional = {name for name, one in open_to(audience).items() if one.optional}
    return compose(
        subject=subject,
        body=body,
        own_words="",
        address=_address(kind, audience),
        values=example_values(kind, audience, ours, policy, easy_read=easy_read),
        optional=frozenset(optional | not_required),
    )


def example_look(kind: str, ours: Ours, policy: Policy, *, logo: bytes | None = None) -> Look:
    """As it is sent; ``dataclasses.replace`` makes large print or easy read of it."""
    return Look(
        landlord=ours.name,
        brand_colour=ours.brand_colour,
        address=_letters(policy).address,
        phone=ours.phone,
        email=ours.email,
        reference=_reference(ours),
        kind=str(letter_kinds[kind].label),
        date=_("Monday 4 January 2027"),
        logo=logo,
        sent=True,
    )


def example_values(
    kind: str, audience: Audience, ours: Ours, policy: Policy, *, easy_read: bool = False
) -> dict[str, Value]:
    """For everything this letter may use, but what the landlord's policy does not say."""
    letters = _letters(policy).in_easy_read() if easy_read else _letters(policy)
    known = {
        **_of_the_office(ours, policy),
        **_of_the_policy(letters, audience),
        **_of_the_case(audience, policy),
        **_about(Audience.RESPONDENT if kind == ASKED_ABOUT else Audience.COMPLAINANT),
        **{name: answer(name, kind, audience) for name in letter_kinds[kind].asks},
    }
    return {name: known.get(name) for name in known_in(kind, audience)}


def _letters(policy: Policy) -> Letters:
    return policy.section(LettersSection).letters


def _reference(ours: Ours) -> str:
    return f"{ours.reference_prefix}-7K4M-2QX"


def _address(kind: str, audience: Audience) -> tuple[str, ...]:
    if audience == Audience.PARTNER:
        return (answer("agency", kind, audience), *answer("agency_address", kind, audience).splitlines())
    return (READERS[audience], *HOMES[audience])


def _of_the_office(ours: Ours, policy: Policy) -> dict[str, Value]:
    team = policy.core.teams[policy.core.levels[0].team]
    return {
        "landlord": ours.name,
        "phone": ours.phone,
        "opening_hours": ours.opening_hours,
        "email": ours.email,
        "reference": _reference(ours),
        "date": _("Monday 4 January 2027"),
        "officer": OFFICER,
        "officer_title": team.officer,
        "main_contact": OFFICER,
        "main_contact_title": team.officer,
        "team": team.label,
    }


def _of_the_policy(letters: Letters, audience: Audience) -> dict[str, Value]:
    offered = [one.words for one in letters.support if audience in one.readers]
    complaint = [one.words for one in (letters.complaint, letters.complaint_next) if one]
    review = _words(letters.case_review)
    handled = {str(route): one.words for route, one in letters.handled_under.items()}
    return {
        "support_routes": "\n".join(offered) or None,
        "complaint_route": " ".join(complaint) or None,
        "case_review": review,
        "case_review_when_due": review,
        "case_review_route": review,
        "other_languages": _words(letters.other_languages),
        "confidentiality": _words(letters.confidentiality),
        "how_to_report": _words(letters.how_to_report),
        "asked_of_you": _words(letters.asked_of_you),
        "where_to_turn": _words(letters.where_to_turn),
        "other_agencies": _words(letters.other_agencies),
        "mediation": _words(letters.mediation),
        "realistic_advice": _words(letters.advice),
        "appeal_route": _words(letters.appeal),
        "answer_for": _words(letters.answer_for) or str(ANSWER_FOR),
        "contract_name": _words(letters.contract_name) or _("Acceptable Behaviour Contract"),
        "handled_under": handled.get("asb"),
        "good_neighbour_way": handled.get("good_neighbourhood")
        or _("as a matter between neighbours, and not as anti-social behaviour"),
    }


def _words(route: Route | None) -> str | None:
    return route.words if route else None


def _of_the_case(audience: Audience, policy: Policy) -> dict[str, Value]:
    promised = _promised(policy)
    return {
        "name": READERS.get(audience),
        "first_report": _("Monday 4 January 2027"),
        "next_promise": " ".join(promised[0]) if promised else None,
        "promised": Table((_("What we promise"), _("By when")), promised, "promised") if promised else None,
        "how_often": _("every 10 days"),
        "kind_of_problem": _("noise and intimidation"),
        "plan_agreed_on": _("Thursday 31 December 2026"),
        "plan_contact": _("every 10 days"),
        **_tables(audience),
    }


def _about(whom: Audience) -> dict[str, Value]:
    return {
        "about_name": READERS[whom],
        "person_referred": READERS[whom],
        "about_address": ", ".join(HOMES[whom]),
        "about_reach": _("only by telephone on 07700 900412; no other way is safe"),
        "about_language": _("Polish"),
    }


def _promised(policy: Policy) -> tuple[tuple[str, str], ...]:
    """The landlord's own promises with invented days, in the words a letter has for them."""
    rules = policy.section(DeadlinesSection).deadlines
    words = [
        rule.public if rule.public and rule.kind != "contact_update" else str(OUR_WORDS[rule.kind])
        for rule in rules
        if rule.kind in OUR_WORDS and rule.basis == "promise"
    ]
    return tuple((what, str(day)) for what, day in zip(dict.fromkeys(words), PROMISED, strict=False))


def _tables(audience: Audience) -> dict[str, Value]:
    diary = (_("Day and date"), _("From"), _("Until"), _("What you saw or heard"), _("How it affected you"))
    ours = (
        (_("Speak to you every 10 days"), OFFICER, _("Thursday 14 January 2027")),
        (_("Write to the other household about the noise"), OFFICER, _("Friday 8 January 2027")),
        (_("Put noise equipment in your home for two weeks"), OFFICER, _("Monday 18 January 2027")),
    )
    theirs = (
        (_("Keep a diary of what you hear and when"), _("Monday 18 January 2027")),
        (_("Ring the police on 999 if you are threatened"), _("Any time")),
    )
    return {
        "diary": Table(diary, (("",) * len(diary),) * DIARY_ROWS, "diary"),
        "own_signature": Table(
            (_("Name"), _("Signature"), _("Date")), ((READERS.get(audience, ""), "", ""),), "own_signature"
        ),
        "signatures": Table(
            (_("Name"), _("Signature"), _("Date")),
            ((READERS.get(audience, ""), "", ""), (OFFICER, "", "")),
            "signatures",
        ),
        "actions_ours": Table((_("What"), _("Who"), _("By when")), ours, "actions_ours"),
        "actions_theirs": Table((_("What"), _("By when")), theirs, "actions_theirs"),
    }
