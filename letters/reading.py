"""A letter as it stands: what it says, what is missing, what must not be in it."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from cases.models import Person
from letters.composing.document import Document
from letters.composing.engine import Composed, compose
from letters.composing.wording import placeholders
from letters.firewall.engine import Hit, scan
from letters.kinds import Audience, letter_kinds
from letters.models import Letter, Release
from letters.protecting import misaddressed, protected_from, reader_of
from letters.schema import LettersSection
from letters.values import Writing, open_to, values_of
from letters.wordings import Words, words_for


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
    hits += misaddressed(letter, composed.document)
    return Reading(words, composed, hits, _is_released(letter, composed.document, hits))


def _ours(writing: Writing) -> tuple[str, ...]:
    """Our own names and numbers give nobody away."""
    landlord, office = writing.landlord, writing.policy.section(LettersSection).letters.address
    people = (writing.writer.user.name, writing.contact.user.name)
    return (landlord.name, landlord.phone, landlord.email, writing.about.reference, *people, *office)


def text_hash(document: Document, hits: Iterable[Hit]) -> str:
    """Of everything anybody could read in it and of what was found: what was let go is let go for these words and
    these people only, and is stopped again where they would tell of somebody who has come onto the case since.
    """
    found = (f"{hit.line} {hit.start} {hit.end} {hit.kind} {hit.label}" for hit in hits)
    return hashlib.sha256("\n".join([*document.texts(), *found]).encode()).hexdigest()


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


def _is_released(letter: Letter, document: Document, hits: list[Hit]) -> bool:
    if letter.pk is None:
        return False
    return Release.objects.filter(letter=letter, text_hash=text_hash(document, hits)).exists()
