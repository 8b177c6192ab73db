"""A letter as it stands: what it says, what is missing, what must not be in it."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from cases.choices import PartyRole
from cases.confided import people_on
from cases.models import Case, Party, Person, Report
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
    return Reading(words, composed, hits, _is_released(letter, composed.document))


def _ours(writing: Writing) -> tuple[str, ...]:
    """Our own names and numbers give nobody away."""
    landlord, office = writing.landlord, writing.policy.section(LettersSection).letters.address
    ours = (landlord.name, landlord.phone, landlord.email, writing.writer.user.name, writing.case.reference)
    return (*ours, *office)


def text_hash(document: Document) -> str:
    """Of everything anybody could read in it: what was let go is let go for these words only."""
    return hashlib.sha256("\n".join(document.texts()).encode()).hexdigest()


def protected_from(letter: Letter) -> list[Protected]:
    """Everybody on the case whom this reader must not be told of, with what would tell."""
    roles = PROTECTED_FROM[letter.audience]
    parties = Party.objects.filter(case=letter.case, role__in=roles).select_related("person").order_by("pk")
    others = [party for party in parties if party.person_id != letter.person_id]
    people_on(letter.case, [party.person for party in others])
    said = _said_by(letter.case, {party.person_id for party in others})
    return [_protected(party, said.get(party.person_id, [])) for party in others]


def reader_of(person: Person | None) -> Reader:
    if person is None:
        return Reader()
    return Reader((person.name,), _given(person.address), _given(person.phone), _given(person.email))


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


def _protected(party: Party, said: list[str]) -> Protected:
    person = party.person
    return Protected(
        label=party.role,
        names=(person.name,),
        addresses=_given(person.address),
        phones=_given(person.phone),
        emails=_given(person.email),
        words=tuple(said),
    )


def _said_by(case: Case, people: set[int]) -> dict[int, list[str]]:
    """What each of them told us, in their own words."""
    said: dict[int, list[str]] = {}
    for report in Report.objects.filter(incident__case=case).only(
        "description", "complainant_id", "reporter_id", "landlord_id"
    ):
        for person_id in {report.complainant_id, report.reporter_id} & people:
            if person_id is not None:
                said.setdefault(person_id, []).append(report.description)
    return said


def _given(*texts: str) -> tuple[str, ...]:
    return tuple(text for text in texts if text)


def _is_released(letter: Letter, document: Document) -> bool:
    if letter.pk is None:
        return False
    return Release.objects.filter(letter=letter, text_hash=text_hash(document)).exists()


def whose(hits: Iterable[Hit]) -> list[str]:
    """The roles that the letter would give away, each once."""
    return list(dict.fromkeys(hit.label for hit in hits))
