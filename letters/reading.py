"""A letter as it stands: what it says, what is missing, what must not be in it."""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from cases.choices import PartyRole
from cases.confided import people_on
from cases.models import Case, CaseLink, Incident, Party, Person, Report
from cases.services.people import listed
from letters.composing.document import Document
from letters.composing.engine import Composed, compose
from letters.composing.wording import placeholders
from letters.firewall.engine import Hit, Protected, Reader, scan
from letters.kinds import Audience, letter_kinds
from letters.models import Letter, Release
from letters.schema import LettersSection
from letters.values import Writing, open_to, values_of
from letters.wordings import Words, words_for

PROTECTED_FROM: dict[str, tuple[PartyRole, ...]] = {
    Audience.RESPONDENT: (PartyRole.COMPLAINANT, PartyRole.REPORTER, PartyRole.WITNESS),
    Audience.WITNESS: (PartyRole.COMPLAINANT, PartyRole.REPORTER, PartyRole.WITNESS),
    Audience.COMPLAINANT: (PartyRole.COMPLAINANT, PartyRole.REPORTER, PartyRole.WITNESS),
    Audience.PARTNER: (PartyRole.REPORTER, PartyRole.WITNESS),
}
"""Whose identity each reader's letter must not tell; never the reader's own."""


@dataclass(frozen=True)
class Reading:
    """``hits`` are what could tell who complained; ``released`` says that somebody let exactly this text go."""

    words: Words
    composed: Composed
    hits: list[Hit]
    released: bool

    @property
    def document(self) -> Document:
        return self.composed.document

    @property
    def stopped(self) -> bool:
        return bool(self.hits) and not self.released


def read(letter: Letter, writing: Writing) -> Reading:
    """Put together anew from what is known now. Raises LookupError for a kind with no words for this reader."""
    easy = letter.format == Letter.Format.EASY_READ
    words = words_for(writing.landlord.key, letter.kind, writing.audience, easy_read=easy)
    composed = _compose(letter, words, writing)
    lines = [*composed.document.texts()]
    hits = scan(lines, protected_from(letter), reader_of(writing.addressee), allowed=_ours(writing))
    hits += _misaddressed(letter, composed.document)
    return Reading(words, composed, hits, _is_released(letter, composed.document, hits))


def _ours(writing: Writing) -> tuple[str, ...]:
    """Our own names and numbers give nobody away."""
    landlord, office = writing.landlord, writing.policy.section(LettersSection).letters.address
    contact = (writing.case.owner or writing.writer).user.name
    ours = (landlord.name, landlord.phone, landlord.email, writing.writer.user.name, writing.case.reference)
    return (*ours, contact, *office)


def text_hash(document: Document, hits: Iterable[Hit]) -> str:
    """Of everything anybody could read in it and of what was found: what was let go is let go for these words and
    these people only, and is stopped again where they would tell of somebody who has come onto the case since.
    """
    found = (f"{hit.line} {hit.start} {hit.end} {hit.kind} {hit.label}" for hit in hits)
    return hashlib.sha256("\n".join([*document.texts(), *found]).encode()).hexdigest()


def protected_from(letter: Letter) -> list[Protected]:
    """Everybody whom this reader must not be told of, with what would tell; and the words of those nobody knows."""
    roles, cases = PROTECTED_FROM[letter.audience], _cases(letter)
    parties = Party.objects.filter(case__in=cases, role__in=roles).select_related("person").order_by("pk")
    others = [party for party in parties if party.person_id != letter.person_id]
    people_on(letter.case, [party.person for party in others])
    reports = _reports(cases)
    told = [_protected(party, reports) for party in others]
    unnamed = _of_nobody(letter, cases, reports)
    return [*told, Protected(PartyRole.REPORTER, words=unnamed)] if unnamed else told


def _cases(letter: Letter) -> set[int]:
    """This one. A respondent must not learn either who complained of them on another, or on one linked with it; what
    is restricted is left out, for whoever writes would learn of it by what is stopped.
    """
    if letter.audience != Audience.RESPONDENT:
        return {letter.case_id}
    links = CaseLink.objects.filter(Q(case=letter.case_id) | Q(other=letter.case_id), ended_at__isnull=True)
    pairs = {one for pair in links.values_list("case_id", "other_id") for one in pair}
    theirs = Party.objects.filter(person=letter.person_id, role=PartyRole.RESPONDENT).values("case_id")
    open_to_all = Case.objects.filter(Q(pk__in=pairs) | Q(pk__in=theirs), restricted=False)
    return {letter.case_id, *open_to_all.values_list("pk", flat=True)}


def _misaddressed(letter: Letter, document: Document) -> list[Hit]:
    """A letter to an agency that would lie on the mat of whoever is complained about."""
    if letter.audience != Audience.PARTNER:
        return []
    parties = Party.objects.filter(case=letter.case, role=PartyRole.RESPONDENT).select_related("person")
    people = people_on(letter.case, [party.person for party in parties])
    known = [Protected(PartyRole.RESPONDENT, (one.name,), _given(one.address)) for one in people]
    return scan(document.address, known, Reader())


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


def _compose(letter: Letter, words: Words, writing: Writing) -> Composed:
    """What the officer was asked is only taken for the questions of this kind."""
    asked = letter_kinds[letter.kind].asks
    answers = {name: str(letter.answers.get(name, "")).strip() or None for name in asked}
    names = placeholders(f"{words.subject}\n{words.body}")
    not_required = {name for name, question in asked.items() if not question.required}
    optional = {name for name, one in open_to(writing.audience).items() if one.optional}
    return compose(
        subject=words.subject,
        body=words.body,
        own_words=letter.own_words,
        address=address_of(letter, writing.addressee),
        values={**values_of(writing, names), **answers},
        optional=frozenset(optional | not_required),
    )


def address_of(letter: Letter, addressee: Person | None) -> tuple[str, ...]:
    """Line by line, as it shows in the window of the envelope; only the name where no address is known."""
    if letter.audience == Audience.PARTNER:
        lines = [
            str(letter.answers.get("agency", "")),
            *str(letter.answers.get("agency_address", "")).splitlines(),
        ]
    elif addressee is None:
        lines = []
    else:
        lines = [addressee.name, *addressee.address.split(",")]
    return tuple(line.strip() for line in lines if line.strip())


def _protected(party: Party, reports: list[Report]) -> Protected:
    """With whoever speaks for them, and with where it happened as long as their address is not known."""
    person = party.person
    own = [one for one in reports if person.pk in (one.complainant_id, one.reporter_id)]
    speaker = NOT_A_NAME.split(person.representative, maxsplit=1)[0]
    homes = (
        (person.address,) if person.address else tuple(filter(NUMBERED.match, (one.location for one in own)))
    )
    return Protected(
        label=party.role,
        names=_given(person.name, speaker, *listed(person.also_called)),
        addresses=homes,
        phones=_given(person.phone, *NUMBER.findall(person.representative)),
        emails=_given(person.email),
        plates=tuple(listed(person.vehicles)),
        words=_given(*(text for one in own for text in (one.description, one.occurred_words))),
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
        told.only("description", "occurred_words", "location", "complainant_id", "reporter_id", "landlord_id")
    )


def _of_nobody(letter: Letter, cases: set[int], reports: list[Report]) -> tuple[str, ...]:
    """The words of reports without a name; for a respondent also those of diaries and visits, by which whoever told us
    can be known too.
    """
    unnamed = [one.description for one in reports if not (one.complainant_id or one.reporter_id)]
    if letter.audience != Audience.RESPONDENT:
        return _given(*unnamed)
    noted = Incident.objects.filter(case__in=cases, report__isnull=True).order_by("pk")
    return _given(*unnamed, *noted.values_list("description", flat=True))


def _given(*texts: str) -> tuple[str, ...]:
    return tuple(text for text in texts if text)


def _is_released(letter: Letter, document: Document, hits: list[Hit]) -> bool:
    if letter.pk is None:
        return False
    return Release.objects.filter(letter=letter, text_hash=text_hash(document, hits)).exists()


def whose(hits: Iterable[Hit]) -> list[str]:
    """The roles that the letter would give away, each once."""
    return list(dict.fromkeys(hit.label for hit in hits))
