"""The values that letters of every kind share, and those that only some readers may have."""

from collections.abc import Callable

from django.utils.functional import Promise
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.choices import SafeContact
from cases.models import Person, Report
from landlords.models import Membership
from letters import complainants, suggesting
from letters.composing.document import Table
from letters.composing.engine import Value
from letters.declaring import Found, declare, section_of
from letters.kinds import Audience
from letters.schema import Letters, Route
from letters.values import COMPLAINANT_ONLY, EVERYONE, Writing
from policies.wording import long_date
from policies.working_time import LONDON
from timeline import clock

PEOPLE = frozenset({Audience.COMPLAINANT, Audience.RESPONDENT, Audience.WITNESS})
TELLING = frozenset({Audience.COMPLAINANT, Audience.WITNESS})
"""Who tells us something, as against whom it is told of."""
SIGNING = frozenset({Audience.COMPLAINANT, Audience.RESPONDENT})
RESPONDENT_ONLY = frozenset({Audience.RESPONDENT})
PARTNER_ONLY = frozenset({Audience.PARTNER})
DIARY_ROWS = 8
ANSWER_FOR = gettext_lazy("You answer for everybody who lives with you or visits you.")
"""Where the landlord's policy has no words of its own for it."""


def register() -> None:
    _for_everyone()
    _for_some()
    complainants.register()
    _of_the_landlord()
    _about_somebody()
    suggesting.register()


def _for_everyone() -> None:
    ours: tuple[tuple[str, str | Promise, Found], ...] = (
        ("landlord", gettext_lazy("The landlord's name"), lambda writing: writing.landlord.name),
        ("phone", gettext_lazy("The landlord's telephone number"), lambda writing: writing.landlord.phone),
        (
            "opening_hours",
            gettext_lazy("When it is answered"),
            lambda writing: writing.landlord.opening_hours,
        ),
        ("email", gettext_lazy("The landlord's e-mail address"), lambda writing: writing.landlord.email),
        ("reference", gettext_lazy("The reference the reader may know"), reference),
        ("date", gettext_lazy("The day of the letter"), _today),
        ("officer", gettext_lazy("Who writes"), lambda writing: writing.writer.user.name),
        ("officer_title", gettext_lazy("What they are called"), _title),
        (
            "main_contact",
            gettext_lazy("Who looks after the case"),
            lambda writing: writing.contact.user.name,
        ),
        ("main_contact_title", gettext_lazy("What they are called who look after the case"), _contact_title),
        ("team", gettext_lazy("The team that has the case"), _team),
    )
    for name, description, value in ours:
        declare(name, description, value, EVERYONE, trusted=True)


def _for_some() -> None:
    declare("name", gettext_lazy("The reader's name"), _name, PEOPLE)
    declare("diary", gettext_lazy("An empty diary to fill in"), _diary, TELLING, trusted=True)
    declare("signatures", gettext_lazy("Where the reader and we sign"), _signatures, SIGNING)
    declare("own_signature", gettext_lazy("Where the reader signs"), _own_signature, COMPLAINANT_ONLY)
    declare(
        "support_routes",
        gettext_lazy("Help that is offered to this reader"),
        _support,
        PEOPLE,
        trusted=True,
        optional=True,
    )


def _of_the_landlord() -> None:
    """Words of the policy's section for letters."""
    routes: tuple[tuple[str, str | Promise, Callable[[Letters], Route | None], frozenset[Audience]], ...] = (
        (
            "other_languages",
            gettext_lazy("Other languages and formats"),
            lambda one: one.other_languages,
            EVERYONE,
        ),
        ("confidentiality", gettext_lazy("What is kept private"), lambda one: one.confidentiality, TELLING),
        ("how_to_report", gettext_lazy("How to report something"), lambda one: one.how_to_report, TELLING),
        (
            "asked_of_you",
            gettext_lazy("What is asked of who reports"),
            lambda one: one.asked_of_you,
            COMPLAINANT_ONLY,
        ),
        ("where_to_turn", gettext_lazy("Who else may help"), lambda one: one.where_to_turn, COMPLAINANT_ONLY),
        (
            "other_agencies",
            gettext_lazy("What others can do"),
            lambda one: one.other_agencies,
            COMPLAINANT_ONLY,
        ),
        (
            "realistic_advice",
            gettext_lazy("What can be done, and how soon"),
            lambda one: one.advice,
            COMPLAINANT_ONLY,
        ),
        (
            "appeal_route",
            gettext_lazy("How to appeal against a mandatory ground"),
            lambda one: one.appeal,
            RESPONDENT_ONLY,
        ),
        ("mediation", gettext_lazy("How mediation is done here"), lambda one: one.mediation, SIGNING),
    )
    for name, description, chosen, audiences in routes:
        declare(name, description, _words(chosen), audiences, trusted=True, optional=True)
    declare(
        "complaint_route",
        gettext_lazy("How to complain about us"),
        _complaint,
        EVERYONE,
        trusted=True,
        optional=True,
    )
    declare(
        "answer_for",
        gettext_lazy("Whose behaviour the reader answers for"),
        _answer_for,
        RESPONDENT_ONLY,
        trusted=True,
    )
    declare(
        "contract_name",
        gettext_lazy("What a behaviour contract is called here"),
        _contract_name,
        RESPONDENT_ONLY,
        trusted=True,
    )


def _about_somebody() -> None:
    """Of the person a letter to an agency is about."""
    declare(
        "about_name", gettext_lazy("The name of the person it is about"), _name, PARTNER_ONLY, optional=True
    )
    declare("person_referred", gettext_lazy("The name of the person who is referred"), _name, PARTNER_ONLY)
    for name, description, value in (
        ("about_address", gettext_lazy("Their address"), lambda person: person.address),
        ("about_reach", gettext_lazy("How they can be reached safely"), _safe_reach),
        ("about_language", gettext_lazy("The language they need"), lambda person: person.language),
    ):
        declare(name, description, _of_person(value), PARTNER_ONLY, optional=True)


def reference(writing: Writing) -> str:
    """Of the reader's own report where they made one: that of the case stays with us (decision 20).

    An agency is told that of the first report; somebody who reported nothing has that of the case.
    """
    if isinstance(writing.about, Report):
        return writing.about.reference
    reports = Report.objects.filter(incident__case=writing.about).order_by("received_at", "pk")
    told = list(reports.only("reference", "complainant_id", "reporter_id", "landlord_id"))
    person = writing.addressee.pk if writing.addressee else None
    own = [one for one in told if person is not None and person in (one.complainant_id, one.reporter_id)]
    may_know = own or told if writing.audience == Audience.PARTNER else own
    if writing.audience == Audience.RESPONDENT or not may_know:
        return writing.about.reference
    return may_know[0].reference


def _answer_for(writing: Writing) -> Value:
    route = section_of(writing).answer_for
    return route.words if route else str(ANSWER_FOR)


def _contract_name(writing: Writing) -> Value:
    route = section_of(writing).contract_name
    return route.words if route else _("Acceptable Behaviour Contract")


def _words(chosen: Callable[[Letters], Route | None]) -> Found:
    def value(writing: Writing) -> Value:
        route = chosen(section_of(writing))
        return route.words if route else None

    return value


def _of_person(chosen: Callable[[Person], str]) -> Found:
    return lambda writing: chosen(writing.addressee) if writing.addressee else None


def _today(_writing: Writing) -> Value:
    return long_date(clock.now().astimezone(LONDON).date())


def _team(writing: Writing) -> Value:
    """Without a case: that of whoever writes."""
    team = writing.writer.team if isinstance(writing.about, Report) else writing.about.team
    return team.label if team else None


def _title(writing: Writing) -> Value:
    return _title_of(writing.writer, writing)


def _contact_title(writing: Writing) -> Value:
    return _title_of(writing.contact, writing)


def _title_of(member: Membership, writing: Writing) -> str:
    """Their position in the landlord's policy; else what it calls officers of their team; else their role."""
    known = writing.policy.core.positions
    held = [known[key].label for key in member.positions if key in known]
    if held:
        return held[0]
    return member.team.officer if member.team else str(member.get_role_display())


def _name(writing: Writing) -> str | None:
    return writing.addressee.name if writing.addressee else None


def _diary(_writing: Writing) -> Value:
    columns = (_("Day and date"), _("From"), _("Until"), _("What you saw or heard"), _("How it affected you"))
    return Table(columns, ((("",) * len(columns)),) * DIARY_ROWS, "diary")


def _signatures(writing: Writing) -> Value:
    """Whoever is under 18 signs with a parent or guardian."""
    reader = writing.addressee
    guardian = [_("Parent or guardian")] if reader and reader.under_18 else []
    return _to_sign("signatures", _name(writing) or "", *guardian, writing.writer.user.name)


def _own_signature(writing: Writing) -> Value:
    return _to_sign("own_signature", _name(writing) or "")


def _to_sign(placeholder: str, *names: str) -> Table:
    rows = tuple((name, "", "") for name in names)
    return Table((_("Name"), _("Signature"), _("Date")), rows, placeholder)


def _support(writing: Writing) -> Value:
    offered = [one.words for one in section_of(writing).support if writing.audience in one.readers]
    return "\n".join(offered) or None


def _complaint(writing: Writing) -> Value:
    routes = (section_of(writing).complaint, section_of(writing).complaint_next)
    return " ".join(route.words for route in routes if route) or None


def _safe_reach(person: Person) -> str:
    """Only ways that are safe for them; nothing where we know of none."""
    by_phone = _("by telephone on %(number)s") % {"number": person.phone} if person.phone else ""
    by_text = _("by text message to %(number)s") % {"number": person.phone} if person.phone else ""
    by_email = _("by e-mail to %(address)s") % {"address": person.email} if person.email else ""
    only = {
        SafeContact.CALL: by_phone,
        SafeContact.TEXT: by_text,
        SafeContact.EMAIL: by_email,
        SafeContact.LETTER: _("by letter"),
    }
    if person.safe_contact in only:
        way = only[SafeContact(person.safe_contact)]
        return _("only %(way)s; no other way is safe") % {"way": way} if way else ""
    return get_text_list([way for way in (by_phone, by_email) if way], _("or"))
