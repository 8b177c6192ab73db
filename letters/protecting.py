"""Whom the reader of a letter must not be told of, and what would tell of them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.db.models import Q

from cases.choices import PartyRole
from cases.models import Case, CaseLink, Incident, Party, Person, Report
from cases.services.people import listed
from letters.about import known_about
from letters.composing.document import Document
from letters.firewall.engine import Hit, Protected, Reader, scan
from letters.kinds import Audience
from letters.models import Letter

PROTECTED_FROM: dict[str, tuple[PartyRole, ...]] = {
    Audience.RESPONDENT: (PartyRole.COMPLAINANT, PartyRole.REPORTER, PartyRole.WITNESS),
    Audience.WITNESS: (PartyRole.COMPLAINANT, PartyRole.REPORTER, PartyRole.WITNESS),
    Audience.COMPLAINANT: (PartyRole.COMPLAINANT, PartyRole.REPORTER, PartyRole.WITNESS),
    Audience.PARTNER: (PartyRole.REPORTER, PartyRole.WITNESS),
}
"""Whose identity each reader's letter must not tell; never the reader's own."""


@dataclass(frozen=True)
class Part:
    """Somebody's part in a case, or in a report that has none."""

    role: str
    person: Person


def protected_from(letter: Letter) -> list[Protected]:
    """Everybody whom this reader must not be told of, with what would tell; and the words of those nobody knows."""
    if letter.report is not None:
        return _of_report(letter.report, letter)
    cases = _cases(letter)
    reports = _reports(cases)
    told = [_protected(part, reports) for part in _others(letter, cases)]
    unnamed = _of_nobody(letter, cases, reports)
    return [*told, Protected(PartyRole.REPORTER, words=unnamed)] if unnamed else told


def reader_of(person: Person | None) -> Reader:
    """Somebody who is known only by a description (“the man above Amina”, c/o her) has no name in it of their own."""
    if person is None:
        return Reader()
    name = "" if DESCRIBED.search(person.name) else person.name
    address = ", ".join(part for part in re.split(r"[,\n]", person.address) if not BY_OTHERS.search(part))
    return Reader(
        names=_given(name, *listed(person.also_called)),
        addresses=_given(address),
        phones=_given(person.phone),
        emails=_given(person.email),
        plates=tuple(listed(person.vehicles)),
    )


BY_OTHERS = re.compile(r"\bc/o\b|\b(?:care of|above|below|opposite|behind|beside|next)\b", re.IGNORECASE)
DESCRIBED = re.compile(
    BY_OTHERS.pattern
    + r"|\d|['’]s\b|\b(?:the|of|at|from|with|who|unknown|upstairs|downstairs|neighbours?|tenants?|"
    r"occupiers?|man|woman|male|female|partner|ex|son|daughter|husband|wife|mother|father|brother|sister|friend)\b",
    re.IGNORECASE,
)


def misaddressed(letter: Letter, document: Document) -> list[Hit]:
    """A letter to an agency that would lie on the mat of whoever is complained about."""
    if letter.audience != Audience.PARTNER:
        return []
    parties = Party.objects.filter(case=letter.case, role=PartyRole.RESPONDENT).select_related("person")
    people = known_about(letter.about, [party.person for party in parties])
    known = [Protected(PartyRole.RESPONDENT, (one.name,), _given(one.address)) for one in people]
    return scan(document.address, known, Reader())


def whose(hits: Iterable[Hit]) -> list[str]:
    """The parts of those whom the letter would give away, each once."""
    return list(dict.fromkeys(hit.label for hit in hits))


def _of_report(report: Report, letter: Letter) -> list[Protected]:
    """Who it happens to and who told us; never the reader's own part, nor what they themselves have said."""
    told = ((PartyRole.COMPLAINANT, report.complainant), (PartyRole.REPORTER, report.reporter))
    others = [Part(role, person) for role, person in told if person and person.pk != letter.person_id]
    found = [_protected(part, [report]) for part in others]
    return [replace(one, words=()) for one in found] if letter.person_id == report.reporter_id else found


def _others(letter: Letter, cases: set[int]) -> list[Part]:
    roles = PROTECTED_FROM[letter.audience]
    parties = Party.objects.filter(case__in=cases, role__in=roles).select_related("person").order_by("pk")
    found = [Part(party.role, party.person) for party in parties if party.person_id != letter.person_id]
    known_about(letter.about, [part.person for part in found])
    return found


def _cases(letter: Letter) -> set[int]:
    """This one. A respondent must not learn either who complained of them on another, or on one linked with it; what
    is restricted is left out, for whoever writes would learn of it by what is stopped.
    """
    this = letter.about.pk
    if letter.audience != Audience.RESPONDENT:
        return {this}
    links = CaseLink.objects.filter(Q(case=this) | Q(other=this), ended_at__isnull=True)
    pairs = {one for pair in links.values_list("case_id", "other_id") for one in pair}
    theirs = Party.objects.filter(person=letter.person_id, role=PartyRole.RESPONDENT).values("case_id")
    open_to_all = Case.objects.filter(Q(pk__in=pairs) | Q(pk__in=theirs), restricted=False)
    return {this, *open_to_all.values_list("pk", flat=True)}


def _protected(part: Part, reports: list[Report]) -> Protected:
    """With whoever speaks for them, and with where it happened as long as their address is not known."""
    person = part.person
    own = [one for one in reports if person.pk in (one.complainant_id, one.reporter_id)]
    speaker = NOT_A_NAME.split(person.representative, maxsplit=1)[0]
    homes = (
        (person.address,) if person.address else tuple(filter(NUMBERED.match, (one.location for one in own)))
    )
    return Protected(
        label=part.role,
        names=_given(person.name, speaker, *listed(person.also_called)),
        addresses=homes,
        phones=_given(person.phone, *NUMBER.findall(person.representative)),
        emails=_given(person.email),
        plates=tuple(listed(person.vehicles)),
        words=_given(
            *(text for one in own for text in (one.description, one.occurred_words, one.vulnerability))
        ),
    )


NOT_A_NAME = re.compile(r"[,;:(/\d]|\s[-–]\s|\b(?:her|his|their|the|a|who|is|from|of)\b", re.IGNORECASE)
"""Where the name of a representative ends, which is free text: “Leila Hussain, her sister”."""
NUMBER = re.compile(r"\+?\d[\d\s()-]{6,}\d")
NUMBERED = re.compile(r"\s*(?:flat|apartment|house|number|no\.?)?\s*\d", re.IGNORECASE)
"""A place that begins as an address does; “the car park” is nobody's home."""


def _reports(cases: set[int]) -> list[Report]:
    """What each of them told us, in their own words."""
    told = Report.objects.filter(incident__case__in=cases).order_by("pk")
    return list(
        told.only(
            "description",
            "occurred_words",
            "vulnerability",
            "location",
            "complainant_id",
            "reporter_id",
            "landlord_id",
        )
    )


def _of_nobody(letter: Letter, cases: set[int], reports: list[Report]) -> tuple[str, ...]:
    """The words of reports without a name; for a respondent also those of diaries and visits, by which whoever told us
    can be known too.
    """
    nobodys = [one for one in reports if not (one.complainant_id or one.reporter_id)]
    unnamed = [words for one in nobodys for words in (one.description, one.vulnerability)]
    if letter.audience != Audience.RESPONDENT:
        return _given(*unnamed)
    noted = Incident.objects.filter(case__in=cases, report__isnull=True).order_by("pk")
    return _given(*unnamed, *noted.values_list("description", flat=True))


def _given(*texts: str) -> tuple[str, ...]:
    return tuple(text for text in texts if text)
